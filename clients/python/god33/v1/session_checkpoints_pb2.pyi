from god33.v1 import checkpoint_pb2 as _checkpoint_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_session_pb2 as _payload_session_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SaveCheckpointRequest(_message.Message):
    __slots__ = ("request_id", "context", "checkpoint", "upload_id", "snapshot", "media_type", "pin")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    PIN_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    checkpoint: _payload_session_pb2.CheckpointSaved
    upload_id: str
    snapshot: bytes
    media_type: str
    pin: bool
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., checkpoint: _Optional[_Union[_payload_session_pb2.CheckpointSaved, _Mapping]] = ..., upload_id: _Optional[str] = ..., snapshot: _Optional[bytes] = ..., media_type: _Optional[str] = ..., pin: bool = ...) -> None: ...

class SaveCheckpointResponse(_message.Message):
    __slots__ = ("checkpoint", "event_ids", "position")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    checkpoint: _checkpoint_pb2.Checkpoint
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class StartSnapshotUploadRequest(_message.Message):
    __slots__ = ("request_id", "session_id", "digest", "size", "chunks", "media_type")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    CHUNKS_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    session_id: str
    digest: bytes
    size: int
    chunks: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.ChunkInfo]
    media_type: str
    def __init__(self, request_id: _Optional[str] = ..., session_id: _Optional[str] = ..., digest: _Optional[bytes] = ..., size: _Optional[int] = ..., chunks: _Optional[_Iterable[_Union[_checkpoint_pb2.ChunkInfo, _Mapping]]] = ..., media_type: _Optional[str] = ...) -> None: ...

class StartSnapshotUploadResponse(_message.Message):
    __slots__ = ("upload_id", "missing_chunks")
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    MISSING_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    missing_chunks: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, upload_id: _Optional[str] = ..., missing_chunks: _Optional[_Iterable[int]] = ...) -> None: ...

class UploadChunkRequest(_message.Message):
    __slots__ = ("upload_id", "index", "data")
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    index: int
    data: bytes
    def __init__(self, upload_id: _Optional[str] = ..., index: _Optional[int] = ..., data: _Optional[bytes] = ...) -> None: ...

class UploadChunkResponse(_message.Message):
    __slots__ = ("missing",)
    MISSING_FIELD_NUMBER: _ClassVar[int]
    missing: int
    def __init__(self, missing: _Optional[int] = ...) -> None: ...

class UploadChunksRequest(_message.Message):
    __slots__ = ("upload_id", "index", "data")
    UPLOAD_ID_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    upload_id: str
    index: int
    data: bytes
    def __init__(self, upload_id: _Optional[str] = ..., index: _Optional[int] = ..., data: _Optional[bytes] = ...) -> None: ...

class UploadChunksResponse(_message.Message):
    __slots__ = ("missing_chunks",)
    MISSING_CHUNKS_FIELD_NUMBER: _ClassVar[int]
    missing_chunks: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, missing_chunks: _Optional[_Iterable[int]] = ...) -> None: ...

class DownloadSnapshotRequest(_message.Message):
    __slots__ = ("session_id", "checkpoint_id", "from_chunk")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_CHUNK_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    checkpoint_id: str
    from_chunk: int
    def __init__(self, session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., from_chunk: _Optional[int] = ...) -> None: ...

class DownloadSnapshotResponse(_message.Message):
    __slots__ = ("snapshot", "index", "data")
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    snapshot: _checkpoint_pb2.SnapshotInfo
    index: int
    data: bytes
    def __init__(self, snapshot: _Optional[_Union[_checkpoint_pb2.SnapshotInfo, _Mapping]] = ..., index: _Optional[int] = ..., data: _Optional[bytes] = ...) -> None: ...

class GetCheckpointRequest(_message.Message):
    __slots__ = ("session_id", "checkpoint_id", "min_position")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    checkpoint_id: str
    min_position: int
    def __init__(self, session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetCheckpointResponse(_message.Message):
    __slots__ = ("checkpoint", "position")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    checkpoint: _checkpoint_pb2.Checkpoint
    position: int
    def __init__(self, checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListCheckpointsRequest(_message.Message):
    __slots__ = ("session_id", "include_deleted", "page_size", "page_token", "min_position")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_DELETED_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    include_deleted: bool
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, session_id: _Optional[str] = ..., include_deleted: bool = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListCheckpointsResponse(_message.Message):
    __slots__ = ("checkpoints", "next_page_token")
    CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    checkpoints: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.Checkpoint]
    next_page_token: str
    def __init__(self, checkpoints: _Optional[_Iterable[_Union[_checkpoint_pb2.Checkpoint, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SetCheckpointPinRequest(_message.Message):
    __slots__ = ("request_id", "context", "session_id", "checkpoint_id", "pinned", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    PINNED_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    session_id: str
    checkpoint_id: str
    pinned: bool
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., pinned: bool = ..., reason: _Optional[str] = ...) -> None: ...

class SetCheckpointPinResponse(_message.Message):
    __slots__ = ("checkpoint", "event_ids", "position")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    checkpoint: _checkpoint_pb2.Checkpoint
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class PruneCheckpointsRequest(_message.Message):
    __slots__ = ("request_id", "context", "session_id", "keep_last", "dry_run")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    KEEP_LAST_FIELD_NUMBER: _ClassVar[int]
    DRY_RUN_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    session_id: str
    keep_last: int
    dry_run: bool
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., session_id: _Optional[str] = ..., keep_last: _Optional[int] = ..., dry_run: bool = ...) -> None: ...

class PruneCheckpointsResponse(_message.Message):
    __slots__ = ("deleted", "freed_bytes", "event_ids", "position")
    DELETED_FIELD_NUMBER: _ClassVar[int]
    FREED_BYTES_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    deleted: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.Checkpoint]
    freed_bytes: int
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, deleted: _Optional[_Iterable[_Union[_checkpoint_pb2.Checkpoint, _Mapping]]] = ..., freed_bytes: _Optional[int] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...
