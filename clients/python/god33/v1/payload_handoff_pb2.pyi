from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class HandoffTargetKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HANDOFF_TARGET_KIND_UNSPECIFIED: _ClassVar[HandoffTargetKind]
    HANDOFF_TARGET_KIND_TYPE: _ClassVar[HandoffTargetKind]
    HANDOFF_TARGET_KIND_INSTANCE: _ClassVar[HandoffTargetKind]
    HANDOFF_TARGET_KIND_CAPABILITY: _ClassVar[HandoffTargetKind]
HANDOFF_TARGET_KIND_UNSPECIFIED: HandoffTargetKind
HANDOFF_TARGET_KIND_TYPE: HandoffTargetKind
HANDOFF_TARGET_KIND_INSTANCE: HandoffTargetKind
HANDOFF_TARGET_KIND_CAPABILITY: HandoffTargetKind

class HandoffRequested(_message.Message):
    __slots__ = ("workflow_id", "from_agent", "to_agent", "task_type", "task_description", "context", "deadline", "priority", "handoff_id", "task_id", "to_kind", "fairness_key", "lease_seconds", "stall_seconds", "max_attempts", "session_id", "checkpoint_id")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_FIELD_NUMBER: _ClassVar[int]
    TASK_TYPE_FIELD_NUMBER: _ClassVar[int]
    TASK_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    TO_KIND_FIELD_NUMBER: _ClassVar[int]
    FAIRNESS_KEY_FIELD_NUMBER: _ClassVar[int]
    LEASE_SECONDS_FIELD_NUMBER: _ClassVar[int]
    STALL_SECONDS_FIELD_NUMBER: _ClassVar[int]
    MAX_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    from_agent: str
    to_agent: str
    task_type: str
    task_description: str
    context: _payload_common_pb2.TaskContext
    deadline: _timestamp_pb2.Timestamp
    priority: _payload_common_pb2.Priority
    handoff_id: str
    task_id: str
    to_kind: HandoffTargetKind
    fairness_key: str
    lease_seconds: float
    stall_seconds: float
    max_attempts: int
    session_id: str
    checkpoint_id: str
    def __init__(self, workflow_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., to_agent: _Optional[str] = ..., task_type: _Optional[str] = ..., task_description: _Optional[str] = ..., context: _Optional[_Union[_payload_common_pb2.TaskContext, _Mapping]] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., priority: _Optional[_Union[_payload_common_pb2.Priority, str]] = ..., handoff_id: _Optional[str] = ..., task_id: _Optional[str] = ..., to_kind: _Optional[_Union[HandoffTargetKind, str]] = ..., fairness_key: _Optional[str] = ..., lease_seconds: _Optional[float] = ..., stall_seconds: _Optional[float] = ..., max_attempts: _Optional[int] = ..., session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ...) -> None: ...

class HandoffOffered(_message.Message):
    __slots__ = ("handoff_id", "to_agent", "attempt", "checkpoint_id", "previous_session_id", "reason", "progress")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    to_agent: str
    attempt: int
    checkpoint_id: str
    previous_session_id: str
    reason: str
    progress: _struct_pb2.Struct
    def __init__(self, handoff_id: _Optional[str] = ..., to_agent: _Optional[str] = ..., attempt: _Optional[int] = ..., checkpoint_id: _Optional[str] = ..., previous_session_id: _Optional[str] = ..., reason: _Optional[str] = ..., progress: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class HandoffAccepted(_message.Message):
    __slots__ = ("handoff_id", "from_agent", "checkpoint_id", "session_id", "agent_instance_id", "workflow_id", "attempt", "fencing_token", "estimated_checkpoints")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    from_agent: str
    checkpoint_id: str
    session_id: str
    agent_instance_id: str
    workflow_id: str
    attempt: int
    fencing_token: int
    estimated_checkpoints: int
    def __init__(self, handoff_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., session_id: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., attempt: _Optional[int] = ..., fencing_token: _Optional[int] = ..., estimated_checkpoints: _Optional[int] = ...) -> None: ...

class HandoffDeclined(_message.Message):
    __slots__ = ("handoff_id", "from_agent", "reason", "session_id")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    from_agent: str
    reason: str
    session_id: str
    def __init__(self, handoff_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., reason: _Optional[str] = ..., session_id: _Optional[str] = ...) -> None: ...

class HandoffExpired(_message.Message):
    __slots__ = ("handoff_id", "reason")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    reason: str
    def __init__(self, handoff_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class HandoffCancelled(_message.Message):
    __slots__ = ("handoff_id", "cancelled_by", "reason")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    cancelled_by: str
    reason: str
    def __init__(self, handoff_id: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class HandoffProgress(_message.Message):
    __slots__ = ("handoff_id", "session_id", "progress_pct", "summary", "details")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_PCT_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    session_id: str
    progress_pct: float
    summary: str
    details: _struct_pb2.Struct
    def __init__(self, handoff_id: _Optional[str] = ..., session_id: _Optional[str] = ..., progress_pct: _Optional[float] = ..., summary: _Optional[str] = ..., details: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class HandoffBlocked(_message.Message):
    __slots__ = ("handoff_id", "session_id", "reason", "needs")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    session_id: str
    reason: str
    needs: str
    def __init__(self, handoff_id: _Optional[str] = ..., session_id: _Optional[str] = ..., reason: _Optional[str] = ..., needs: _Optional[str] = ...) -> None: ...

class HandoffUnblocked(_message.Message):
    __slots__ = ("handoff_id", "unblocked_by", "resolution")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    UNBLOCKED_BY_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    unblocked_by: str
    resolution: str
    def __init__(self, handoff_id: _Optional[str] = ..., unblocked_by: _Optional[str] = ..., resolution: _Optional[str] = ...) -> None: ...

class HandoffCompleted(_message.Message):
    __slots__ = ("handoff_id", "session_id", "artifacts", "validation", "next_action", "summary")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTION_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    session_id: str
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    validation: _payload_common_pb2.TaskValidation
    next_action: str
    summary: str
    def __init__(self, handoff_id: _Optional[str] = ..., session_id: _Optional[str] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., validation: _Optional[_Union[_payload_common_pb2.TaskValidation, _Mapping]] = ..., next_action: _Optional[str] = ..., summary: _Optional[str] = ...) -> None: ...

class HandoffFailed(_message.Message):
    __slots__ = ("handoff_id", "session_id", "failure_reason", "attempt", "final")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    FINAL_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    session_id: str
    failure_reason: str
    attempt: int
    final: bool
    def __init__(self, handoff_id: _Optional[str] = ..., session_id: _Optional[str] = ..., failure_reason: _Optional[str] = ..., attempt: _Optional[int] = ..., final: bool = ...) -> None: ...
