from god33.v1 import payload_common_pb2 as _payload_common_pb2
from god33.v1 import payload_session_pb2 as _payload_session_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Checkpoint(_message.Message):
    __slots__ = ("checkpoint_id", "session_id", "workflow_id", "agent_instance_id", "checkpoint_type", "summary", "context_snapshot", "metrics", "schema_version", "snapshot", "event_id", "position", "created_at", "pinned", "deleted", "ordinal")
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_TYPE_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_VERSION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    PINNED_FIELD_NUMBER: _ClassVar[int]
    DELETED_FIELD_NUMBER: _ClassVar[int]
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    checkpoint_id: str
    session_id: str
    workflow_id: str
    agent_instance_id: str
    checkpoint_type: _payload_common_pb2.CheckpointType
    summary: str
    context_snapshot: _payload_session_pb2.ContextSnapshot
    metrics: _payload_common_pb2.WorkMetrics
    schema_version: str
    snapshot: SnapshotInfo
    event_id: str
    position: int
    created_at: _timestamp_pb2.Timestamp
    pinned: bool
    deleted: bool
    ordinal: int
    def __init__(self, checkpoint_id: _Optional[str] = ..., session_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., checkpoint_type: _Optional[_Union[_payload_common_pb2.CheckpointType, str]] = ..., summary: _Optional[str] = ..., context_snapshot: _Optional[_Union[_payload_session_pb2.ContextSnapshot, _Mapping]] = ..., metrics: _Optional[_Union[_payload_common_pb2.WorkMetrics, _Mapping]] = ..., schema_version: _Optional[str] = ..., snapshot: _Optional[_Union[SnapshotInfo, _Mapping]] = ..., event_id: _Optional[str] = ..., position: _Optional[int] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., pinned: bool = ..., deleted: bool = ..., ordinal: _Optional[int] = ...) -> None: ...

class SnapshotInfo(_message.Message):
    __slots__ = ("digest", "size", "media_type", "chunks", "stored_bytes")
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    STORED_BYTES_FIELD_NUMBER: _ClassVar[int]
    digest: bytes
    size: int
    media_type: str
    chunks: _containers.RepeatedCompositeFieldContainer[ChunkInfo]
    stored_bytes: int
    def __init__(self, digest: _Optional[bytes] = ..., size: _Optional[int] = ..., media_type: _Optional[str] = ..., chunks: _Optional[_Iterable[_Union[ChunkInfo, _Mapping]]] = ..., stored_bytes: _Optional[int] = ...) -> None: ...

class ChunkInfo(_message.Message):
    __slots__ = ("digest", "size")
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    digest: bytes
    size: int
    def __init__(self, digest: _Optional[bytes] = ..., size: _Optional[int] = ...) -> None: ...
