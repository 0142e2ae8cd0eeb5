from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from god33.v1 import payload_handoff_pb2 as _payload_handoff_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WorkflowStarted(_message.Message):
    __slots__ = ("workflow_id", "project_name", "phase", "from_agent", "description", "metadata")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PROJECT_NAME_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    project_name: str
    phase: _payload_common_pb2.WorkflowPhase
    from_agent: str
    description: str
    metadata: _struct_pb2.Struct
    def __init__(self, workflow_id: _Optional[str] = ..., project_name: _Optional[str] = ..., phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., from_agent: _Optional[str] = ..., description: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class WorkflowPhaseCompleted(_message.Message):
    __slots__ = ("workflow_id", "phase", "from_agent", "next_phase", "artifacts", "summary")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    NEXT_PHASE_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    phase: _payload_common_pb2.WorkflowPhase
    from_agent: str
    next_phase: _payload_common_pb2.WorkflowPhase
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    summary: str
    def __init__(self, workflow_id: _Optional[str] = ..., phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., from_agent: _Optional[str] = ..., next_phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., summary: _Optional[str] = ...) -> None: ...

class WorkflowPhaseSkipped(_message.Message):
    __slots__ = ("workflow_id", "phase", "from_agent", "reason")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    phase: _payload_common_pb2.WorkflowPhase
    from_agent: str
    reason: str
    def __init__(self, workflow_id: _Optional[str] = ..., phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., from_agent: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class WorkflowHandoffRequested(_message.Message):
    __slots__ = ("workflow_id", "from_agent", "to_agent", "task_type", "task_description", "context", "deadline", "priority", "handoff_id", "task_id", "to_kind", "fairness_key", "lease_seconds", "stall_seconds", "max_attempts")
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
    to_kind: _payload_handoff_pb2.HandoffTargetKind
    fairness_key: str
    lease_seconds: float
    stall_seconds: float
    max_attempts: int
    def __init__(self, workflow_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., to_agent: _Optional[str] = ..., task_type: _Optional[str] = ..., task_description: _Optional[str] = ..., context: _Optional[_Union[_payload_common_pb2.TaskContext, _Mapping]] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., priority: _Optional[_Union[_payload_common_pb2.Priority, str]] = ..., handoff_id: _Optional[str] = ..., task_id: _Optional[str] = ..., to_kind: _Optional[_Union[_payload_handoff_pb2.HandoffTargetKind, str]] = ..., fairness_key: _Optional[str] = ..., lease_seconds: _Optional[float] = ..., stall_seconds: _Optional[float] = ..., max_attempts: _Optional[int] = ...) -> None: ...

class WorkflowValidationRequested(_message.Message):
    __slots__ = ("workflow_id", "from_agent", "target_agent", "task_id", "artifacts", "criteria")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    TARGET_AGENT_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    CRITERIA_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    from_agent: str
    target_agent: str
    task_id: str
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    criteria: str
    def __init__(self, workflow_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., target_agent: _Optional[str] = ..., task_id: _Optional[str] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., criteria: _Optional[str] = ...) -> None: ...

class WorkflowValidationCompleted(_message.Message):
    __slots__ = ("workflow_id", "from_agent", "target_agent", "task_id", "passed", "validation", "findings", "next_action", "summary")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    TARGET_AGENT_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTION_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    from_agent: str
    target_agent: str
    task_id: str
    passed: bool
    validation: _payload_common_pb2.TaskValidation
    findings: _containers.RepeatedScalarFieldContainer[str]
    next_action: str
    summary: str
    def __init__(self, workflow_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., target_agent: _Optional[str] = ..., task_id: _Optional[str] = ..., passed: bool = ..., validation: _Optional[_Union[_payload_common_pb2.TaskValidation, _Mapping]] = ..., findings: _Optional[_Iterable[str]] = ..., next_action: _Optional[str] = ..., summary: _Optional[str] = ...) -> None: ...

class WorkflowCompleted(_message.Message):
    __slots__ = ("workflow_id", "from_agent", "artifacts", "summary")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    from_agent: str
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    summary: str
    def __init__(self, workflow_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., summary: _Optional[str] = ...) -> None: ...

class WorkflowFailed(_message.Message):
    __slots__ = ("workflow_id", "from_agent", "failure_reason", "phase")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    from_agent: str
    failure_reason: str
    phase: _payload_common_pb2.WorkflowPhase
    def __init__(self, workflow_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., failure_reason: _Optional[str] = ..., phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ...) -> None: ...

class WorkflowCancelled(_message.Message):
    __slots__ = ("workflow_id", "cancelled_by", "reason")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    cancelled_by: str
    reason: str
    def __init__(self, workflow_id: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...
