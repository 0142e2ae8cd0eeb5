from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import options_pb2 as _options_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EventContext(_message.Message):
    __slots__ = ("correlation_ids", "source", "agent_context", "chain_id", "traceparent", "timestamp")
    CORRELATION_IDS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    AGENT_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHAIN_ID_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    correlation_ids: _containers.RepeatedScalarFieldContainer[str]
    source: _event_pb2.Source
    agent_context: _event_pb2.AgentContext
    chain_id: str
    traceparent: str
    timestamp: _timestamp_pb2.Timestamp
    def __init__(self, correlation_ids: _Optional[_Iterable[str]] = ..., source: _Optional[_Union[_event_pb2.Source, _Mapping]] = ..., agent_context: _Optional[_Union[_event_pb2.AgentContext, _Mapping]] = ..., chain_id: _Optional[str] = ..., traceparent: _Optional[str] = ..., timestamp: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
