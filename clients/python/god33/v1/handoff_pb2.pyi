from god33.v1 import payload_common_pb2 as _payload_common_pb2
from god33.v1 import payload_handoff_pb2 as _payload_handoff_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class HandoffState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HANDOFF_STATE_UNSPECIFIED: _ClassVar[HandoffState]
    HANDOFF_STATE_OFFERED: _ClassVar[HandoffState]
    HANDOFF_STATE_ACCEPTED: _ClassVar[HandoffState]
    HANDOFF_STATE_BLOCKED: _ClassVar[HandoffState]
    HANDOFF_STATE_COMPLETED: _ClassVar[HandoffState]
    HANDOFF_STATE_FAILED: _ClassVar[HandoffState]
    HANDOFF_STATE_DECLINED: _ClassVar[HandoffState]
    HANDOFF_STATE_EXPIRED: _ClassVar[HandoffState]
    HANDOFF_STATE_CANCELLED: _ClassVar[HandoffState]
HANDOFF_STATE_UNSPECIFIED: HandoffState
HANDOFF_STATE_OFFERED: HandoffState
HANDOFF_STATE_ACCEPTED: HandoffState
HANDOFF_STATE_BLOCKED: HandoffState
HANDOFF_STATE_COMPLETED: HandoffState
HANDOFF_STATE_FAILED: HandoffState
HANDOFF_STATE_DECLINED: HandoffState
HANDOFF_STATE_EXPIRED: HandoffState
HANDOFF_STATE_CANCELLED: HandoffState

class Handoff(_message.Message):
    __slots__ = ("handoff_id", "workflow_id", "task_id", "state", "from_agent", "to_agent", "to_kind", "task_type", "task_description", "context", "deadline", "priority", "fairness_key", "attempt", "max_attempts", "lease", "checkpoint_id", "progress", "progress_pct", "reason", "artifacts", "validation", "next_action", "summary", "requested_event_id", "accepted_event_id", "created_at", "updated_at", "version", "position", "stall_after")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_FIELD_NUMBER: _ClassVar[int]
    TO_KIND_FIELD_NUMBER: _ClassVar[int]
    TASK_TYPE_FIELD_NUMBER: _ClassVar[int]
    TASK_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    FAIRNESS_KEY_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    MAX_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_PCT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTION_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    ACCEPTED_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    STALL_AFTER_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    workflow_id: str
    task_id: str
    state: HandoffState
    from_agent: str
    to_agent: str
    to_kind: _payload_handoff_pb2.HandoffTargetKind
    task_type: str
    task_description: str
    context: _payload_common_pb2.TaskContext
    deadline: _timestamp_pb2.Timestamp
    priority: _payload_common_pb2.Priority
    fairness_key: str
    attempt: int
    max_attempts: int
    lease: Lease
    checkpoint_id: str
    progress: _struct_pb2.Struct
    progress_pct: float
    reason: str
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    validation: _payload_common_pb2.TaskValidation
    next_action: str
    summary: str
    requested_event_id: str
    accepted_event_id: str
    created_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    version: int
    position: int
    stall_after: _duration_pb2.Duration
    def __init__(self, handoff_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., task_id: _Optional[str] = ..., state: _Optional[_Union[HandoffState, str]] = ..., from_agent: _Optional[str] = ..., to_agent: _Optional[str] = ..., to_kind: _Optional[_Union[_payload_handoff_pb2.HandoffTargetKind, str]] = ..., task_type: _Optional[str] = ..., task_description: _Optional[str] = ..., context: _Optional[_Union[_payload_common_pb2.TaskContext, _Mapping]] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., priority: _Optional[_Union[_payload_common_pb2.Priority, str]] = ..., fairness_key: _Optional[str] = ..., attempt: _Optional[int] = ..., max_attempts: _Optional[int] = ..., lease: _Optional[_Union[Lease, _Mapping]] = ..., checkpoint_id: _Optional[str] = ..., progress: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., progress_pct: _Optional[float] = ..., reason: _Optional[str] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., validation: _Optional[_Union[_payload_common_pb2.TaskValidation, _Mapping]] = ..., next_action: _Optional[str] = ..., summary: _Optional[str] = ..., requested_event_id: _Optional[str] = ..., accepted_event_id: _Optional[str] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ..., position: _Optional[int] = ..., stall_after: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Lease(_message.Message):
    __slots__ = ("session_id", "agent", "fencing_token", "remaining_ms", "duration_ms")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REMAINING_MS_FIELD_NUMBER: _ClassVar[int]
    DURATION_MS_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    agent: str
    fencing_token: int
    remaining_ms: int
    duration_ms: int
    def __init__(self, session_id: _Optional[str] = ..., agent: _Optional[str] = ..., fencing_token: _Optional[int] = ..., remaining_ms: _Optional[int] = ..., duration_ms: _Optional[int] = ...) -> None: ...
