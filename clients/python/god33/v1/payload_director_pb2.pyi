from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ServiceSpec(_message.Message):
    __slots__ = ("service", "agent", "depends_on", "task_description", "additional_members")
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    DEPENDS_ON_FIELD_NUMBER: _ClassVar[int]
    TASK_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    service: str
    agent: str
    depends_on: _containers.RepeatedScalarFieldContainer[str]
    task_description: str
    additional_members: str
    def __init__(self, service: _Optional[str] = ..., agent: _Optional[str] = ..., depends_on: _Optional[_Iterable[str]] = ..., task_description: _Optional[str] = ..., additional_members: _Optional[str] = ...) -> None: ...

class CrossServiceTaskCreated(_message.Message):
    __slots__ = ("task_id", "goal", "services", "workflow_id", "collaboration_id", "from_agent", "deadline", "priority")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    GOAL_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    goal: str
    services: _containers.RepeatedCompositeFieldContainer[ServiceSpec]
    workflow_id: str
    collaboration_id: str
    from_agent: str
    deadline: _timestamp_pb2.Timestamp
    priority: _payload_common_pb2.Priority
    def __init__(self, task_id: _Optional[str] = ..., goal: _Optional[str] = ..., services: _Optional[_Iterable[_Union[ServiceSpec, _Mapping]]] = ..., workflow_id: _Optional[str] = ..., collaboration_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., priority: _Optional[_Union[_payload_common_pb2.Priority, str]] = ...) -> None: ...

class CrossServiceTaskCompleted(_message.Message):
    __slots__ = ("task_id", "outcome", "services", "summary")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    outcome: str
    services: _containers.RepeatedScalarFieldContainer[str]
    summary: str
    def __init__(self, task_id: _Optional[str] = ..., outcome: _Optional[str] = ..., services: _Optional[_Iterable[str]] = ..., summary: _Optional[str] = ...) -> None: ...

class CrossServiceTaskFailed(_message.Message):
    __slots__ = ("task_id", "failure_reason", "unfinished_services")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    UNFINISHED_SERVICES_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    failure_reason: str
    unfinished_services: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, task_id: _Optional[str] = ..., failure_reason: _Optional[str] = ..., unfinished_services: _Optional[_Iterable[str]] = ...) -> None: ...

class CrossServiceTaskCancelled(_message.Message):
    __slots__ = ("task_id", "cancelled_by", "reason")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    cancelled_by: str
    reason: str
    def __init__(self, task_id: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class MiseStandardizationRequested(_message.Message):
    __slots__ = ("from_agent", "orchestrator", "target_services", "collaboration_id", "task_id", "standard_tasks")
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    ORCHESTRATOR_FIELD_NUMBER: _ClassVar[int]
    TARGET_SERVICES_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    STANDARD_TASKS_FIELD_NUMBER: _ClassVar[int]
    from_agent: str
    orchestrator: str
    target_services: _containers.RepeatedScalarFieldContainer[str]
    collaboration_id: str
    task_id: str
    standard_tasks: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, from_agent: _Optional[str] = ..., orchestrator: _Optional[str] = ..., target_services: _Optional[_Iterable[str]] = ..., collaboration_id: _Optional[str] = ..., task_id: _Optional[str] = ..., standard_tasks: _Optional[_Iterable[str]] = ...) -> None: ...

class ServiceDelegationRequested(_message.Message):
    __slots__ = ("from_agent", "to_agent", "service", "pattern_reference", "delegation_id", "task_id", "task_description", "context", "deadline")
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    PATTERN_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    from_agent: str
    to_agent: str
    service: str
    pattern_reference: str
    delegation_id: str
    task_id: str
    task_description: str
    context: _payload_common_pb2.TaskContext
    deadline: _timestamp_pb2.Timestamp
    def __init__(self, from_agent: _Optional[str] = ..., to_agent: _Optional[str] = ..., service: _Optional[str] = ..., pattern_reference: _Optional[str] = ..., delegation_id: _Optional[str] = ..., task_id: _Optional[str] = ..., task_description: _Optional[str] = ..., context: _Optional[_Union[_payload_common_pb2.TaskContext, _Mapping]] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ServiceDelegationFailed(_message.Message):
    __slots__ = ("delegation_id", "service", "failure_reason")
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    delegation_id: str
    service: str
    failure_reason: str
    def __init__(self, delegation_id: _Optional[str] = ..., service: _Optional[str] = ..., failure_reason: _Optional[str] = ...) -> None: ...

class MisePatternDefined(_message.Message):
    __slots__ = ("standard_tasks", "task_interface", "pattern_id", "from_agent", "name", "example", "collaboration_id")
    STANDARD_TASKS_FIELD_NUMBER: _ClassVar[int]
    TASK_INTERFACE_FIELD_NUMBER: _ClassVar[int]
    PATTERN_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    EXAMPLE_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    standard_tasks: _struct_pb2.Struct
    task_interface: _struct_pb2.Struct
    pattern_id: str
    from_agent: str
    name: str
    example: str
    collaboration_id: str
    def __init__(self, standard_tasks: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., task_interface: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., pattern_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., name: _Optional[str] = ..., example: _Optional[str] = ..., collaboration_id: _Optional[str] = ...) -> None: ...

class MiseValidationRequested(_message.Message):
    __slots__ = ("validates", "from_agent", "services", "pattern_id", "task_id")
    VALIDATES_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    PATTERN_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    validates: str
    from_agent: str
    services: _containers.RepeatedScalarFieldContainer[str]
    pattern_id: str
    task_id: str
    def __init__(self, validates: _Optional[str] = ..., from_agent: _Optional[str] = ..., services: _Optional[_Iterable[str]] = ..., pattern_id: _Optional[str] = ..., task_id: _Optional[str] = ...) -> None: ...

class MiseValidationCompleted(_message.Message):
    __slots__ = ("validates", "from_agent", "passed", "findings", "task_id", "summary")
    VALIDATES_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    FINDINGS_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    validates: str
    from_agent: str
    passed: bool
    findings: _containers.RepeatedCompositeFieldContainer[ServiceFinding]
    task_id: str
    summary: str
    def __init__(self, validates: _Optional[str] = ..., from_agent: _Optional[str] = ..., passed: bool = ..., findings: _Optional[_Iterable[_Union[ServiceFinding, _Mapping]]] = ..., task_id: _Optional[str] = ..., summary: _Optional[str] = ...) -> None: ...

class ServiceFinding(_message.Message):
    __slots__ = ("service", "passed", "problems", "additional_members")
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    PASSED_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    service: str
    passed: bool
    problems: _containers.RepeatedScalarFieldContainer[str]
    additional_members: str
    def __init__(self, service: _Optional[str] = ..., passed: bool = ..., problems: _Optional[_Iterable[str]] = ..., additional_members: _Optional[str] = ...) -> None: ...
