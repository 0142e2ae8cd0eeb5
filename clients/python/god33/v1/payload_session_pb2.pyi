from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SessionStarted(_message.Message):
    __slots__ = ("session_id", "workflow_id", "agent_type", "agent_instance_id", "checkpoint_id", "metadata")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    workflow_id: str
    agent_type: str
    agent_instance_id: str
    checkpoint_id: str
    metadata: _struct_pb2.Struct
    def __init__(self, session_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., agent_type: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class SessionPaused(_message.Message):
    __slots__ = ("session_id", "reason", "checkpoint_id")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    reason: str
    checkpoint_id: str
    def __init__(self, session_id: _Optional[str] = ..., reason: _Optional[str] = ..., checkpoint_id: _Optional[str] = ...) -> None: ...

class SessionResumed(_message.Message):
    __slots__ = ("session_id", "resuming_from_checkpoint")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RESUMING_FROM_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    resuming_from_checkpoint: str
    def __init__(self, session_id: _Optional[str] = ..., resuming_from_checkpoint: _Optional[str] = ...) -> None: ...

class SessionCompleted(_message.Message):
    __slots__ = ("session_id", "final_checkpoint_id", "summary", "metrics")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    FINAL_CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    final_checkpoint_id: str
    summary: str
    metrics: _payload_common_pb2.WorkMetrics
    def __init__(self, session_id: _Optional[str] = ..., final_checkpoint_id: _Optional[str] = ..., summary: _Optional[str] = ..., metrics: _Optional[_Union[_payload_common_pb2.WorkMetrics, _Mapping]] = ...) -> None: ...

class SessionFailed(_message.Message):
    __slots__ = ("session_id", "last_checkpoint_id", "failure_reason")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    LAST_CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    last_checkpoint_id: str
    failure_reason: str
    def __init__(self, session_id: _Optional[str] = ..., last_checkpoint_id: _Optional[str] = ..., failure_reason: _Optional[str] = ...) -> None: ...

class SessionRecoveryStarted(_message.Message):
    __slots__ = ("new_session_id", "recovering_from_checkpoint", "failed_session_id", "agent_type", "agent_instance_id")
    NEW_SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RECOVERING_FROM_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    FAILED_SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    new_session_id: str
    recovering_from_checkpoint: str
    failed_session_id: str
    agent_type: str
    agent_instance_id: str
    def __init__(self, new_session_id: _Optional[str] = ..., recovering_from_checkpoint: _Optional[str] = ..., failed_session_id: _Optional[str] = ..., agent_type: _Optional[str] = ..., agent_instance_id: _Optional[str] = ...) -> None: ...

class CheckpointSaved(_message.Message):
    __slots__ = ("session_id", "checkpoint_id", "agent_instance_id", "checkpoint_type", "summary", "context_snapshot", "metrics", "schema_version", "snapshot_digest", "snapshot_size")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_TYPE_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    SCHEMA_VERSION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_DIGEST_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_SIZE_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    checkpoint_id: str
    agent_instance_id: str
    checkpoint_type: _payload_common_pb2.CheckpointType
    summary: str
    context_snapshot: ContextSnapshot
    metrics: _payload_common_pb2.WorkMetrics
    schema_version: str
    snapshot_digest: str
    snapshot_size: int
    def __init__(self, session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., checkpoint_type: _Optional[_Union[_payload_common_pb2.CheckpointType, str]] = ..., summary: _Optional[str] = ..., context_snapshot: _Optional[_Union[ContextSnapshot, _Mapping]] = ..., metrics: _Optional[_Union[_payload_common_pb2.WorkMetrics, _Mapping]] = ..., schema_version: _Optional[str] = ..., snapshot_digest: _Optional[str] = ..., snapshot_size: _Optional[int] = ...) -> None: ...

class ContextSnapshot(_message.Message):
    __slots__ = ("files_modified", "current_focus", "next_steps", "additional_members")
    FILES_MODIFIED_FIELD_NUMBER: _ClassVar[int]
    CURRENT_FOCUS_FIELD_NUMBER: _ClassVar[int]
    NEXT_STEPS_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    files_modified: _containers.RepeatedScalarFieldContainer[str]
    current_focus: str
    next_steps: str
    additional_members: str
    def __init__(self, files_modified: _Optional[_Iterable[str]] = ..., current_focus: _Optional[str] = ..., next_steps: _Optional[str] = ..., additional_members: _Optional[str] = ...) -> None: ...

class CheckpointPinChanged(_message.Message):
    __slots__ = ("session_id", "checkpoint_id", "reason")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    checkpoint_id: str
    reason: str
    def __init__(self, session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CheckpointDeleted(_message.Message):
    __slots__ = ("session_id", "checkpoint_id", "reason")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    checkpoint_id: str
    reason: str
    def __init__(self, session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class ContextUpdated(_message.Message):
    __slots__ = ("session_id", "agent_instance_id", "decision_incorporated", "context_delta", "summary", "context_tokens", "context_limit")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    DECISION_INCORPORATED_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_DELTA_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_LIMIT_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    agent_instance_id: str
    decision_incorporated: str
    context_delta: _struct_pb2.Struct
    summary: str
    context_tokens: int
    context_limit: int
    def __init__(self, session_id: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., decision_incorporated: _Optional[str] = ..., context_delta: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., summary: _Optional[str] = ..., context_tokens: _Optional[int] = ..., context_limit: _Optional[int] = ...) -> None: ...

class ContextRestored(_message.Message):
    __slots__ = ("session_id", "checkpoint_id", "context_delta", "checkpoint_position")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_DELTA_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_POSITION_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    checkpoint_id: str
    context_delta: _struct_pb2.Struct
    checkpoint_position: int
    def __init__(self, session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., context_delta: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., checkpoint_position: _Optional[int] = ...) -> None: ...

class TaskCompleted(_message.Message):
    __slots__ = ("session_id", "workflow_id", "task_id", "agent_instance_id", "final_checkpoint_id", "artifacts", "validation", "next_action", "summary", "service", "metrics")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    FINAL_CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTION_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    workflow_id: str
    task_id: str
    agent_instance_id: str
    final_checkpoint_id: str
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    validation: _payload_common_pb2.TaskValidation
    next_action: str
    summary: str
    service: str
    metrics: _payload_common_pb2.WorkMetrics
    def __init__(self, session_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., task_id: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., final_checkpoint_id: _Optional[str] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., validation: _Optional[_Union[_payload_common_pb2.TaskValidation, _Mapping]] = ..., next_action: _Optional[str] = ..., summary: _Optional[str] = ..., service: _Optional[str] = ..., metrics: _Optional[_Union[_payload_common_pb2.WorkMetrics, _Mapping]] = ...) -> None: ...

class TaskBlocked(_message.Message):
    __slots__ = ("session_id", "workflow_id", "task_id", "agent_instance_id", "reason", "needs")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    workflow_id: str
    task_id: str
    agent_instance_id: str
    reason: str
    needs: str
    def __init__(self, session_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., task_id: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., reason: _Optional[str] = ..., needs: _Optional[str] = ...) -> None: ...

class TaskResumed(_message.Message):
    __slots__ = ("session_id", "resuming_from", "workflow_id", "task_id")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RESUMING_FROM_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    resuming_from: str
    workflow_id: str
    task_id: str
    def __init__(self, session_id: _Optional[str] = ..., resuming_from: _Optional[str] = ..., workflow_id: _Optional[str] = ..., task_id: _Optional[str] = ...) -> None: ...

class TaskFailed(_message.Message):
    __slots__ = ("session_id", "workflow_id", "task_id", "agent_instance_id", "failure_reason", "retryable")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    RETRYABLE_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    workflow_id: str
    task_id: str
    agent_instance_id: str
    failure_reason: str
    retryable: bool
    def __init__(self, session_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., task_id: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., failure_reason: _Optional[str] = ..., retryable: bool = ...) -> None: ...
