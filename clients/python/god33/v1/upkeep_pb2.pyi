from god33.v1 import error_reason_pb2 as _error_reason_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReconcileBusRequest(_message.Message):
    __slots__ = ("request_id", "after_position", "until_position", "resend")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    UNTIL_POSITION_FIELD_NUMBER: _ClassVar[int]
    RESEND_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    after_position: int
    until_position: int
    resend: bool
    def __init__(self, request_id: _Optional[str] = ..., after_position: _Optional[int] = ..., until_position: _Optional[int] = ..., resend: bool = ...) -> None: ...

class ReconcileBusResponse(_message.Message):
    __slots__ = ("total", "confirmed", "unconfirmed_positions", "resent", "truncated")
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_FIELD_NUMBER: _ClassVar[int]
    UNCONFIRMED_POSITIONS_FIELD_NUMBER: _ClassVar[int]
    RESENT_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    total: int
    confirmed: int
    unconfirmed_positions: _containers.RepeatedScalarFieldContainer[int]
    resent: int
    truncated: bool
    def __init__(self, total: _Optional[int] = ..., confirmed: _Optional[int] = ..., unconfirmed_positions: _Optional[_Iterable[int]] = ..., resent: _Optional[int] = ..., truncated: bool = ...) -> None: ...

class LogPartition(_message.Message):
    __slots__ = ("name", "first_position", "last_position", "until", "size_bytes", "droppable")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FIRST_POSITION_FIELD_NUMBER: _ClassVar[int]
    LAST_POSITION_FIELD_NUMBER: _ClassVar[int]
    FROM_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    DROPPABLE_FIELD_NUMBER: _ClassVar[int]
    name: str
    first_position: int
    last_position: int
    until: _timestamp_pb2.Timestamp
    size_bytes: int
    droppable: bool
    def __init__(self, name: _Optional[str] = ..., first_position: _Optional[int] = ..., last_position: _Optional[int] = ..., until: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., size_bytes: _Optional[int] = ..., droppable: bool = ..., **kwargs) -> None: ...

class GetRetentionRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetRetentionResponse(_message.Message):
    __slots__ = ("partitions", "max_age", "max_bytes", "earliest_position")
    PARTITIONS_FIELD_NUMBER: _ClassVar[int]
    MAX_AGE_FIELD_NUMBER: _ClassVar[int]
    MAX_BYTES_FIELD_NUMBER: _ClassVar[int]
    EARLIEST_POSITION_FIELD_NUMBER: _ClassVar[int]
    partitions: _containers.RepeatedCompositeFieldContainer[LogPartition]
    max_age: _duration_pb2.Duration
    max_bytes: int
    earliest_position: int
    def __init__(self, partitions: _Optional[_Iterable[_Union[LogPartition, _Mapping]]] = ..., max_age: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_bytes: _Optional[int] = ..., earliest_position: _Optional[int] = ...) -> None: ...

class ApplyRetentionRequest(_message.Message):
    __slots__ = ("request_id", "before", "dry_run")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    before: _timestamp_pb2.Timestamp
    dry_run: bool
    def __init__(self, request_id: _Optional[str] = ..., before: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., dry_run: bool = ...) -> None: ...

class ApplyRetentionResponse(_message.Message):
    __slots__ = ("dropped", "earliest_position")
    DROPPED_FIELD_NUMBER: _ClassVar[int]
    EARLIEST_POSITION_FIELD_NUMBER: _ClassVar[int]
    dropped: _containers.RepeatedCompositeFieldContainer[LogPartition]
    earliest_position: int
    def __init__(self, dropped: _Optional[_Iterable[_Union[LogPartition, _Mapping]]] = ..., earliest_position: _Optional[int] = ...) -> None: ...

class VerifyLogRequest(_message.Message):
    __slots__ = ("after_position", "compare_states")
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    COMPARE_STATES_FIELD_NUMBER: _ClassVar[int]
    after_position: int
    compare_states: bool
    def __init__(self, after_position: _Optional[int] = ..., compare_states: bool = ...) -> None: ...

class VerifyLogResponse(_message.Message):
    __slots__ = ("position", "until_position", "findings", "done")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    UNTIL_POSITION_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    position: int
    until_position: int
    findings: _containers.RepeatedCompositeFieldContainer[LogFinding]
    done: bool
    def __init__(self, position: _Optional[int] = ..., until_position: _Optional[int] = ..., findings: _Optional[_Iterable[_Union[LogFinding, _Mapping]]] = ..., done: bool = ...) -> None: ...

class LogFinding(_message.Message):
    __slots__ = ("kind", "position", "message")
    KIND_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    kind: str
    position: int
    message: str
    def __init__(self, kind: _Optional[str] = ..., position: _Optional[int] = ..., message: _Optional[str] = ...) -> None: ...

class RebuildStatesRequest(_message.Message):
    __slots__ = ("request_id", "kinds", "dry_run")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    kinds: _containers.RepeatedScalarFieldContainer[str]
    dry_run: bool
    def __init__(self, request_id: _Optional[str] = ..., kinds: _Optional[_Iterable[str]] = ..., dry_run: bool = ...) -> None: ...

class RebuildStatesResponse(_message.Message):
    __slots__ = ("position", "until_position", "differing", "done")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    UNTIL_POSITION_FIELD_NUMBER: _ClassVar[int]
    DIFFERING_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    position: int
    until_position: int
    differing: int
    done: bool
    def __init__(self, position: _Optional[int] = ..., until_position: _Optional[int] = ..., differing: _Optional[int] = ..., done: bool = ...) -> None: ...

class ListNodesRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListNodesResponse(_message.Message):
    __slots__ = ("nodes",)
    NODES_FIELD_NUMBER: _ClassVar[int]
    nodes: _containers.RepeatedCompositeFieldContainer[NodeInfo]
    def __init__(self, nodes: _Optional[_Iterable[_Union[NodeInfo, _Mapping]]] = ...) -> None: ...

class NodeInfo(_message.Message):
    __slots__ = ("node_id", "version", "started_at", "last_seen_at", "relays", "ingests", "tail_position")
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_SEEN_AT_FIELD_NUMBER: _ClassVar[int]
    RELAYS_FIELD_NUMBER: _ClassVar[int]
    INGESTS_FIELD_NUMBER: _ClassVar[int]
    TAIL_POSITION_FIELD_NUMBER: _ClassVar[int]
    node_id: str
    version: str
    started_at: _timestamp_pb2.Timestamp
    last_seen_at: _timestamp_pb2.Timestamp
    relays: bool
    ingests: bool
    tail_position: int
    def __init__(self, node_id: _Optional[str] = ..., version: _Optional[str] = ..., started_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., last_seen_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., relays: bool = ..., ingests: bool = ..., tail_position: _Optional[int] = ...) -> None: ...

class ListAuditEntriesRequest(_message.Message):
    __slots__ = ("principal", "method", "refused_only", "since", "until", "page_size", "page_token")
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    REFUSED_ONLY_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    principal: str
    method: str
    refused_only: bool
    since: _timestamp_pb2.Timestamp
    until: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    def __init__(self, principal: _Optional[str] = ..., method: _Optional[str] = ..., refused_only: bool = ..., since: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., until: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAuditEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[AuditEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[AuditEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class AuditEntry(_message.Message):
    __slots__ = ("at", "principal", "method", "subject", "refused", "peer", "node_id")
    AT_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    PEER_FIELD_NUMBER: _ClassVar[int]
    NODE_ID_FIELD_NUMBER: _ClassVar[int]
    at: _timestamp_pb2.Timestamp
    principal: str
    method: str
    subject: str
    refused: _error_reason_pb2.ErrorReason
    peer: str
    node_id: str
    def __init__(self, at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., principal: _Optional[str] = ..., method: _Optional[str] = ..., subject: _Optional[str] = ..., refused: _Optional[_Union[_error_reason_pb2.ErrorReason, str]] = ..., peer: _Optional[str] = ..., node_id: _Optional[str] = ...) -> None: ...
