from god33.v1 import payload_common_pb2 as _payload_common_pb2
from god33.v1 import payload_director_pb2 as _payload_director_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CrossServiceTaskState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CROSS_SERVICE_TASK_STATE_UNSPECIFIED: _ClassVar[CrossServiceTaskState]
    CROSS_SERVICE_TASK_STATE_ACTIVE: _ClassVar[CrossServiceTaskState]
    CROSS_SERVICE_TASK_STATE_VALIDATING: _ClassVar[CrossServiceTaskState]
    CROSS_SERVICE_TASK_STATE_COMPLETED: _ClassVar[CrossServiceTaskState]
    CROSS_SERVICE_TASK_STATE_FAILED: _ClassVar[CrossServiceTaskState]
    CROSS_SERVICE_TASK_STATE_CANCELLED: _ClassVar[CrossServiceTaskState]

class ServiceWorkState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SERVICE_WORK_STATE_UNSPECIFIED: _ClassVar[ServiceWorkState]
    SERVICE_WORK_STATE_WAITING: _ClassVar[ServiceWorkState]
    SERVICE_WORK_STATE_READY: _ClassVar[ServiceWorkState]
    SERVICE_WORK_STATE_DELEGATED: _ClassVar[ServiceWorkState]
    SERVICE_WORK_STATE_COMPLETED: _ClassVar[ServiceWorkState]
    SERVICE_WORK_STATE_FAILED: _ClassVar[ServiceWorkState]
CROSS_SERVICE_TASK_STATE_UNSPECIFIED: CrossServiceTaskState
CROSS_SERVICE_TASK_STATE_ACTIVE: CrossServiceTaskState
CROSS_SERVICE_TASK_STATE_VALIDATING: CrossServiceTaskState
CROSS_SERVICE_TASK_STATE_COMPLETED: CrossServiceTaskState
CROSS_SERVICE_TASK_STATE_FAILED: CrossServiceTaskState
CROSS_SERVICE_TASK_STATE_CANCELLED: CrossServiceTaskState
SERVICE_WORK_STATE_UNSPECIFIED: ServiceWorkState
SERVICE_WORK_STATE_WAITING: ServiceWorkState
SERVICE_WORK_STATE_READY: ServiceWorkState
SERVICE_WORK_STATE_DELEGATED: ServiceWorkState
SERVICE_WORK_STATE_COMPLETED: ServiceWorkState
SERVICE_WORK_STATE_FAILED: ServiceWorkState

class CrossServiceTask(_message.Message):
    __slots__ = ("task_id", "state", "goal", "services", "workflow_id", "collaboration_id", "from_agent", "pattern_id", "validation", "outcome", "summary", "deadline", "priority", "created_at", "completed_at", "version", "position")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    GOAL_FIELD_NUMBER: _ClassVar[int]
    SERVICES_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    PATTERN_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_AT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    state: CrossServiceTaskState
    goal: str
    services: _containers.RepeatedCompositeFieldContainer[ServiceWork]
    workflow_id: str
    collaboration_id: str
    from_agent: str
    pattern_id: str
    validation: _payload_director_pb2.MiseValidationCompleted
    outcome: str
    summary: str
    deadline: _timestamp_pb2.Timestamp
    priority: _payload_common_pb2.Priority
    created_at: _timestamp_pb2.Timestamp
    completed_at: _timestamp_pb2.Timestamp
    version: int
    position: int
    def __init__(self, task_id: _Optional[str] = ..., state: _Optional[_Union[CrossServiceTaskState, str]] = ..., goal: _Optional[str] = ..., services: _Optional[_Iterable[_Union[ServiceWork, _Mapping]]] = ..., workflow_id: _Optional[str] = ..., collaboration_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., pattern_id: _Optional[str] = ..., validation: _Optional[_Union[_payload_director_pb2.MiseValidationCompleted, _Mapping]] = ..., outcome: _Optional[str] = ..., summary: _Optional[str] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., priority: _Optional[_Union[_payload_common_pb2.Priority, str]] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., completed_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ..., position: _Optional[int] = ...) -> None: ...

class ServiceWork(_message.Message):
    __slots__ = ("service", "state", "agent", "depends_on", "task_description", "delegation_id", "artifacts", "summary", "completed_event_id")
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    DEPENDS_ON_FIELD_NUMBER: _ClassVar[int]
    TASK_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    service: str
    state: ServiceWorkState
    agent: str
    depends_on: _containers.RepeatedScalarFieldContainer[str]
    task_description: str
    delegation_id: str
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    summary: str
    completed_event_id: str
    def __init__(self, service: _Optional[str] = ..., state: _Optional[_Union[ServiceWorkState, str]] = ..., agent: _Optional[str] = ..., depends_on: _Optional[_Iterable[str]] = ..., task_description: _Optional[str] = ..., delegation_id: _Optional[str] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., summary: _Optional[str] = ..., completed_event_id: _Optional[str] = ...) -> None: ...

class Delegation(_message.Message):
    __slots__ = ("delegation_id", "task_id", "service", "from_agent", "to_agent", "state", "pattern_reference", "task_description", "context", "artifacts", "summary", "requested_event_id", "deadline", "position")
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PATTERN_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    TASK_DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    delegation_id: str
    task_id: str
    service: str
    from_agent: str
    to_agent: str
    state: ServiceWorkState
    pattern_reference: str
    task_description: str
    context: _payload_common_pb2.TaskContext
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    summary: str
    requested_event_id: str
    deadline: _timestamp_pb2.Timestamp
    position: int
    def __init__(self, delegation_id: _Optional[str] = ..., task_id: _Optional[str] = ..., service: _Optional[str] = ..., from_agent: _Optional[str] = ..., to_agent: _Optional[str] = ..., state: _Optional[_Union[ServiceWorkState, str]] = ..., pattern_reference: _Optional[str] = ..., task_description: _Optional[str] = ..., context: _Optional[_Union[_payload_common_pb2.TaskContext, _Mapping]] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., summary: _Optional[str] = ..., requested_event_id: _Optional[str] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class MisePattern(_message.Message):
    __slots__ = ("pattern_id", "name", "standard_tasks", "task_interface", "from_agent", "example", "event_id", "created_at", "position")
    PATTERN_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    STANDARD_TASKS_FIELD_NUMBER: _ClassVar[int]
    TASK_INTERFACE_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    EXAMPLE_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    pattern_id: str
    name: str
    standard_tasks: _struct_pb2.Struct
    task_interface: _struct_pb2.Struct
    from_agent: str
    example: str
    event_id: str
    created_at: _timestamp_pb2.Timestamp
    position: int
    def __init__(self, pattern_id: _Optional[str] = ..., name: _Optional[str] = ..., standard_tasks: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., task_interface: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., from_agent: _Optional[str] = ..., example: _Optional[str] = ..., event_id: _Optional[str] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...
