from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import handoff_pb2 as _handoff_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from god33.v1 import payload_workflow_pb2 as _payload_workflow_pb2
from god33.v1 import workflow_pb2 as _workflow_pb2
from god33.v1 import workflow_reads_pb2 as _workflow_reads_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StartWorkflowRequest(_message.Message):
    __slots__ = ("request_id", "context", "project_name", "workflow_id", "phase", "from_agent", "description", "metadata")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    PROJECT_NAME_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    project_name: str
    workflow_id: str
    phase: _payload_common_pb2.WorkflowPhase
    from_agent: str
    description: str
    metadata: _struct_pb2.Struct
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., project_name: _Optional[str] = ..., workflow_id: _Optional[str] = ..., phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., from_agent: _Optional[str] = ..., description: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class StartWorkflowResponse(_message.Message):
    __slots__ = ("workflow", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CompletePhaseRequest(_message.Message):
    __slots__ = ("request_id", "context", "workflow_id", "expected_version", "phase", "from_agent", "artifacts", "summary")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    workflow_id: str
    expected_version: int
    phase: _payload_common_pb2.WorkflowPhase
    from_agent: str
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    summary: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., workflow_id: _Optional[str] = ..., expected_version: _Optional[int] = ..., phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., from_agent: _Optional[str] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., summary: _Optional[str] = ...) -> None: ...

class CompletePhaseResponse(_message.Message):
    __slots__ = ("workflow", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class SkipPhaseRequest(_message.Message):
    __slots__ = ("request_id", "context", "workflow_id", "expected_version", "phase", "from_agent", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    PHASE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    workflow_id: str
    expected_version: int
    phase: _payload_common_pb2.WorkflowPhase
    from_agent: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., workflow_id: _Optional[str] = ..., expected_version: _Optional[int] = ..., phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., from_agent: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class SkipPhaseResponse(_message.Message):
    __slots__ = ("workflow", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class RequestHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "expected_version", "handoff")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    expected_version: int
    handoff: _payload_workflow_pb2.WorkflowHandoffRequested
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., expected_version: _Optional[int] = ..., handoff: _Optional[_Union[_payload_workflow_pb2.WorkflowHandoffRequested, _Mapping]] = ...) -> None: ...

class RequestHandoffResponse(_message.Message):
    __slots__ = ("workflow", "handoff", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class RequestValidationRequest(_message.Message):
    __slots__ = ("request_id", "context", "expected_version", "validation")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    expected_version: int
    validation: _payload_workflow_pb2.WorkflowValidationRequested
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., expected_version: _Optional[int] = ..., validation: _Optional[_Union[_payload_workflow_pb2.WorkflowValidationRequested, _Mapping]] = ...) -> None: ...

class RequestValidationResponse(_message.Message):
    __slots__ = ("workflow", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class RecordValidationRequest(_message.Message):
    __slots__ = ("request_id", "context", "expected_version", "validation")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    expected_version: int
    validation: _payload_workflow_pb2.WorkflowValidationCompleted
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., expected_version: _Optional[int] = ..., validation: _Optional[_Union[_payload_workflow_pb2.WorkflowValidationCompleted, _Mapping]] = ...) -> None: ...

class RecordValidationResponse(_message.Message):
    __slots__ = ("workflow", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CompleteWorkflowRequest(_message.Message):
    __slots__ = ("request_id", "context", "workflow_id", "expected_version", "from_agent", "artifacts", "summary", "force")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    workflow_id: str
    expected_version: int
    from_agent: str
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    summary: str
    force: bool
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., workflow_id: _Optional[str] = ..., expected_version: _Optional[int] = ..., from_agent: _Optional[str] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., summary: _Optional[str] = ..., force: bool = ...) -> None: ...

class CompleteWorkflowResponse(_message.Message):
    __slots__ = ("workflow", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class FailWorkflowRequest(_message.Message):
    __slots__ = ("request_id", "context", "workflow_id", "expected_version", "from_agent", "failure_reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    workflow_id: str
    expected_version: int
    from_agent: str
    failure_reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., workflow_id: _Optional[str] = ..., expected_version: _Optional[int] = ..., from_agent: _Optional[str] = ..., failure_reason: _Optional[str] = ...) -> None: ...

class FailWorkflowResponse(_message.Message):
    __slots__ = ("workflow", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CancelWorkflowRequest(_message.Message):
    __slots__ = ("request_id", "context", "workflow_id", "expected_version", "cancelled_by", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    workflow_id: str
    expected_version: int
    cancelled_by: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., workflow_id: _Optional[str] = ..., expected_version: _Optional[int] = ..., cancelled_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CancelWorkflowResponse(_message.Message):
    __slots__ = ("workflow", "event_ids", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class GetWorkflowRequest(_message.Message):
    __slots__ = ("workflow_id", "min_position")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    min_position: int
    def __init__(self, workflow_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetWorkflowResponse(_message.Message):
    __slots__ = ("workflow", "position")
    WORKFLOW_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow: _workflow_pb2.Workflow
    position: int
    def __init__(self, workflow: _Optional[_Union[_workflow_pb2.Workflow, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...
