from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_pb2 as _payload_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EventEnvelope(_message.Message):
    __slots__ = ("event_id", "event_type", "timestamp", "version", "source", "correlation_ids", "agent_context", "payload", "chain_id", "causation_id", "traceparent", "unknown_members", "bus")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_IDS_FIELD_NUMBER: _ClassVar[int]
    AGENT_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_FIELD_NUMBER: _ClassVar[int]
    CHAIN_ID_FIELD_NUMBER: _ClassVar[int]
    CAUSATION_ID_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    UNKNOWN_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    BUS_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    event_type: str
    timestamp: _timestamp_pb2.Timestamp
    version: str
    source: Source
    correlation_ids: _containers.RepeatedScalarFieldContainer[str]
    agent_context: AgentContext
    payload: _payload_pb2.EventPayload
    chain_id: str
    causation_id: str
    traceparent: str
    unknown_members: str
    bus: BusMetadata
    def __init__(self, event_id: _Optional[str] = ..., event_type: _Optional[str] = ..., timestamp: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[str] = ..., source: _Optional[_Union[Source, _Mapping]] = ..., correlation_ids: _Optional[_Iterable[str]] = ..., agent_context: _Optional[_Union[AgentContext, _Mapping]] = ..., payload: _Optional[_Union[_payload_pb2.EventPayload, _Mapping]] = ..., chain_id: _Optional[str] = ..., causation_id: _Optional[str] = ..., traceparent: _Optional[str] = ..., unknown_members: _Optional[str] = ..., bus: _Optional[_Union[BusMetadata, _Mapping]] = ...) -> None: ...

class Source(_message.Message):
    __slots__ = ("host", "type", "app", "meta", "additional_members")
    HOST_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    APP_FIELD_NUMBER: _ClassVar[int]
    META_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    host: str
    type: str
    app: str
    meta: _struct_pb2.Struct
    additional_members: str
    def __init__(self, host: _Optional[str] = ..., type: _Optional[str] = ..., app: _Optional[str] = ..., meta: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., additional_members: _Optional[str] = ...) -> None: ...

class AgentContext(_message.Message):
    __slots__ = ("type", "name", "system_prompt", "instance_id", "mcp_servers", "file_references", "url_references", "code_state", "checkpoint_id", "meta", "additional_members")
    TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_PROMPT_FIELD_NUMBER: _ClassVar[int]
    INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    MCP_SERVERS_FIELD_NUMBER: _ClassVar[int]
    FILE_REFERENCES_FIELD_NUMBER: _ClassVar[int]
    URL_REFERENCES_FIELD_NUMBER: _ClassVar[int]
    CODE_STATE_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    META_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    type: str
    name: str
    system_prompt: str
    instance_id: str
    mcp_servers: _containers.RepeatedScalarFieldContainer[str]
    file_references: _containers.RepeatedScalarFieldContainer[str]
    url_references: _containers.RepeatedScalarFieldContainer[str]
    code_state: CodeState
    checkpoint_id: str
    meta: _struct_pb2.Struct
    additional_members: str
    def __init__(self, type: _Optional[str] = ..., name: _Optional[str] = ..., system_prompt: _Optional[str] = ..., instance_id: _Optional[str] = ..., mcp_servers: _Optional[_Iterable[str]] = ..., file_references: _Optional[_Iterable[str]] = ..., url_references: _Optional[_Iterable[str]] = ..., code_state: _Optional[_Union[CodeState, _Mapping]] = ..., checkpoint_id: _Optional[str] = ..., meta: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., additional_members: _Optional[str] = ...) -> None: ...

class CodeState(_message.Message):
    __slots__ = ("repo_url", "branch", "working_diff", "branch_diff", "last_commit_hash", "additional_members")
    REPO_URL_FIELD_NUMBER: _ClassVar[int]
    BRANCH_FIELD_NUMBER: _ClassVar[int]
    WORKING_DIFF_FIELD_NUMBER: _ClassVar[int]
    BRANCH_DIFF_FIELD_NUMBER: _ClassVar[int]
    LAST_COMMIT_HASH_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    repo_url: str
    branch: str
    working_diff: str
    branch_diff: str
    last_commit_hash: str
    additional_members: str
    def __init__(self, repo_url: _Optional[str] = ..., branch: _Optional[str] = ..., working_diff: _Optional[str] = ..., branch_diff: _Optional[str] = ..., last_commit_hash: _Optional[str] = ..., additional_members: _Optional[str] = ...) -> None: ...

class BusMetadata(_message.Message):
    __slots__ = ("exchange", "routing_key", "message_id", "headers", "content_type", "envelope_family", "id_synthesized", "timestamp_synthesized")
    EXCHANGE_FIELD_NUMBER: _ClassVar[int]
    ROUTING_KEY_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_ID_FIELD_NUMBER: _ClassVar[int]
    HEADERS_FIELD_NUMBER: _ClassVar[int]
    CONTENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    ENVELOPE_FAMILY_FIELD_NUMBER: _ClassVar[int]
    ID_SYNTHESIZED_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_SYNTHESIZED_FIELD_NUMBER: _ClassVar[int]
    exchange: str
    routing_key: str
    message_id: str
    headers: str
    content_type: str
    envelope_family: str
    id_synthesized: bool
    timestamp_synthesized: bool
    def __init__(self, exchange: _Optional[str] = ..., routing_key: _Optional[str] = ..., message_id: _Optional[str] = ..., headers: _Optional[str] = ..., content_type: _Optional[str] = ..., envelope_family: _Optional[str] = ..., id_synthesized: bool = ..., timestamp_synthesized: bool = ...) -> None: ...

class RecordedEvent(_message.Message):
    __slots__ = ("envelope", "position", "recorded_at", "workflow_id", "session_id", "agent", "digest", "principal")
    ENVELOPE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    envelope: EventEnvelope
    position: int
    recorded_at: _timestamp_pb2.Timestamp
    workflow_id: str
    session_id: str
    agent: str
    digest: bytes
    principal: str
    def __init__(self, envelope: _Optional[_Union[EventEnvelope, _Mapping]] = ..., position: _Optional[int] = ..., recorded_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., workflow_id: _Optional[str] = ..., session_id: _Optional[str] = ..., agent: _Optional[str] = ..., digest: _Optional[bytes] = ..., principal: _Optional[str] = ...) -> None: ...
