from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SessionStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SESSION_STATUS_UNSPECIFIED: _ClassVar[SessionStatus]
    SESSION_STATUS_ACTIVE: _ClassVar[SessionStatus]
    SESSION_STATUS_PAUSED: _ClassVar[SessionStatus]
    SESSION_STATUS_COMPLETED: _ClassVar[SessionStatus]
    SESSION_STATUS_FAILED: _ClassVar[SessionStatus]

class ContextLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONTEXT_LEVEL_UNSPECIFIED: _ClassVar[ContextLevel]
    CONTEXT_LEVEL_HEALTHY: _ClassVar[ContextLevel]
    CONTEXT_LEVEL_WARNING: _ClassVar[ContextLevel]
    CONTEXT_LEVEL_CRITICAL: _ClassVar[ContextLevel]
SESSION_STATUS_UNSPECIFIED: SessionStatus
SESSION_STATUS_ACTIVE: SessionStatus
SESSION_STATUS_PAUSED: SessionStatus
SESSION_STATUS_COMPLETED: SessionStatus
SESSION_STATUS_FAILED: SessionStatus
CONTEXT_LEVEL_UNSPECIFIED: ContextLevel
CONTEXT_LEVEL_HEALTHY: ContextLevel
CONTEXT_LEVEL_WARNING: ContextLevel
CONTEXT_LEVEL_CRITICAL: ContextLevel

class Session(_message.Message):
    __slots__ = ("session_id", "agent_type", "agent_instance_id", "checkpoint_id", "workflow_id", "started_at", "last_active_at", "completed_at", "status", "metadata", "reason", "recovered_from", "recovered_by", "handoff_id", "context_health", "heartbeat_timeout", "framework", "fencing_token", "version", "position", "checkpoint_count", "agent_id", "metrics")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_ACTIVE_AT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_AT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RECOVERED_FROM_FIELD_NUMBER: _ClassVar[int]
    RECOVERED_BY_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_HEALTH_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    FRAMEWORK_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_COUNT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    agent_type: str
    agent_instance_id: str
    checkpoint_id: str
    workflow_id: str
    started_at: _timestamp_pb2.Timestamp
    last_active_at: _timestamp_pb2.Timestamp
    completed_at: _timestamp_pb2.Timestamp
    status: SessionStatus
    metadata: _struct_pb2.Struct
    reason: str
    recovered_from: str
    recovered_by: str
    handoff_id: str
    context_health: ContextHealth
    heartbeat_timeout: _duration_pb2.Duration
    framework: str
    fencing_token: int
    version: int
    position: int
    checkpoint_count: int
    agent_id: str
    metrics: _payload_common_pb2.WorkMetrics
    def __init__(self, session_id: _Optional[str] = ..., agent_type: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., started_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., last_active_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., completed_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., status: _Optional[_Union[SessionStatus, str]] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., reason: _Optional[str] = ..., recovered_from: _Optional[str] = ..., recovered_by: _Optional[str] = ..., handoff_id: _Optional[str] = ..., context_health: _Optional[_Union[ContextHealth, _Mapping]] = ..., heartbeat_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., framework: _Optional[str] = ..., fencing_token: _Optional[int] = ..., version: _Optional[int] = ..., position: _Optional[int] = ..., checkpoint_count: _Optional[int] = ..., agent_id: _Optional[str] = ..., metrics: _Optional[_Union[_payload_common_pb2.WorkMetrics, _Mapping]] = ...) -> None: ...

class ContextHealth(_message.Message):
    __slots__ = ("context_tokens", "context_limit", "measured_at", "level")
    CONTEXT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_LIMIT_FIELD_NUMBER: _ClassVar[int]
    MEASURED_AT_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    context_tokens: int
    context_limit: int
    measured_at: _timestamp_pb2.Timestamp
    level: ContextLevel
    def __init__(self, context_tokens: _Optional[int] = ..., context_limit: _Optional[int] = ..., measured_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., level: _Optional[_Union[ContextLevel, str]] = ...) -> None: ...
