from god33.v1 import quarantine_pb2 as _quarantine_pb2
from god33.v1 import read_events_pb2 as _read_events_pb2
from god33.v1 import upkeep_pb2 as _upkeep_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CircuitState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CIRCUIT_STATE_UNSPECIFIED: _ClassVar[CircuitState]
    CIRCUIT_STATE_CLOSED: _ClassVar[CircuitState]
    CIRCUIT_STATE_OPEN: _ClassVar[CircuitState]
    CIRCUIT_STATE_HALF_OPEN: _ClassVar[CircuitState]
CIRCUIT_STATE_UNSPECIFIED: CircuitState
CIRCUIT_STATE_CLOSED: CircuitState
CIRCUIT_STATE_OPEN: CircuitState
CIRCUIT_STATE_HALF_OPEN: CircuitState

class GetServerInfoRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetServerInfoResponse(_message.Message):
    __slots__ = ("version", "store_id", "node_id", "store_kind", "bus_kind", "started_at", "methods", "limits", "principal")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    STORE_KIND_FIELD_NUMBER: _ClassVar[int]
    BUS_KIND_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    METHODS_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    version: str
    store_id: str
    node_id: str
    store_kind: str
    bus_kind: str
    started_at: _timestamp_pb2.Timestamp
    methods: _containers.RepeatedScalarFieldContainer[str]
    limits: _read_events_pb2.Limits
    principal: str
    def __init__(self, version: _Optional[str] = ..., store_id: _Optional[str] = ..., node_id: _Optional[str] = ..., store_kind: _Optional[str] = ..., bus_kind: _Optional[str] = ..., started_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., methods: _Optional[_Iterable[str]] = ..., limits: _Optional[_Union[_read_events_pb2.Limits, _Mapping]] = ..., principal: _Optional[str] = ...) -> None: ...

class GetBusStatusRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetBusStatusResponse(_message.Message):
    __slots__ = ("kind", "circuit", "problem", "since", "exchange", "queue", "relayed_position", "relay_lag", "relay_node_id", "ingested", "published", "unroutable", "quarantined", "dead_lettered", "reconnects")
    KIND_FIELD_NUMBER: _ClassVar[int]
    CIRCUIT_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    RELAYED_POSITION_FIELD_NUMBER: _ClassVar[int]
    RELAY_LAG_FIELD_NUMBER: _ClassVar[int]
    RELAY_NODE_ID_FIELD_NUMBER: _ClassVar[int]
    INGESTED_FIELD_NUMBER: _ClassVar[int]
    PUBLISHED_FIELD_NUMBER: _ClassVar[int]
    UNROUTABLE_FIELD_NUMBER: _ClassVar[int]
    QUARANTINED_FIELD_NUMBER: _ClassVar[int]
    DEAD_LETTERED_FIELD_NUMBER: _ClassVar[int]
    RECONNECTS_FIELD_NUMBER: _ClassVar[int]
    kind: str
    circuit: CircuitState
    problem: str
    since: _timestamp_pb2.Timestamp
    exchange: str
    queue: str
    relayed_position: int
    relay_lag: int
    relay_node_id: str
    ingested: int
    published: int
    unroutable: int
    quarantined: int
    dead_lettered: int
    reconnects: int
    def __init__(self, kind: _Optional[str] = ..., circuit: _Optional[_Union[CircuitState, str]] = ..., problem: _Optional[str] = ..., since: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., exchange: _Optional[str] = ..., queue: _Optional[str] = ..., relayed_position: _Optional[int] = ..., relay_lag: _Optional[int] = ..., relay_node_id: _Optional[str] = ..., ingested: _Optional[int] = ..., published: _Optional[int] = ..., unroutable: _Optional[int] = ..., quarantined: _Optional[int] = ..., dead_lettered: _Optional[int] = ..., reconnects: _Optional[int] = ...) -> None: ...
