from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class WorkflowStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    WORKFLOW_STATUS_UNSPECIFIED: _ClassVar[WorkflowStatus]
    WORKFLOW_STATUS_ACTIVE: _ClassVar[WorkflowStatus]
    WORKFLOW_STATUS_COMPLETED: _ClassVar[WorkflowStatus]
    WORKFLOW_STATUS_FAILED: _ClassVar[WorkflowStatus]
    WORKFLOW_STATUS_CANCELLED: _ClassVar[WorkflowStatus]
WORKFLOW_STATUS_UNSPECIFIED: WorkflowStatus
WORKFLOW_STATUS_ACTIVE: WorkflowStatus
WORKFLOW_STATUS_COMPLETED: WorkflowStatus
WORKFLOW_STATUS_FAILED: WorkflowStatus
WORKFLOW_STATUS_CANCELLED: WorkflowStatus

class Workflow(_message.Message):
    __slots__ = ("workflow_id", "project_name", "current_phase", "current_agent", "started_at", "updated_at", "completed_at", "status", "version", "phase_history", "agent_handoffs", "correlation_ids", "metadata", "anomalies", "owner", "reason", "description", "position", "event_count")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PROJECT_NAME_FIELD_NUMBER: _ClassVar[int]
    CURRENT_PHASE_FIELD_NUMBER: _ClassVar[int]
    CURRENT_AGENT_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_AT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_AT_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PHASE_HISTORY_FIELD_NUMBER: _ClassVar[int]
    AGENT_HANDOFFS_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_IDS_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    ANOMALIES_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EVENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    project_name: str
    current_phase: _payload_common_pb2.WorkflowPhase
    current_agent: str
    started_at: _timestamp_pb2.Timestamp
    updated_at: _timestamp_pb2.Timestamp
    completed_at: _timestamp_pb2.Timestamp
    status: WorkflowStatus
    version: int
    phase_history: _containers.RepeatedCompositeFieldContainer[PhaseRecord]
    agent_handoffs: _containers.RepeatedCompositeFieldContainer[AgentHandoff]
    correlation_ids: _containers.RepeatedScalarFieldContainer[str]
    metadata: WorkflowMetadata
    anomalies: int
    owner: str
    reason: str
    description: str
    position: int
    event_count: int
    def __init__(self, workflow_id: _Optional[str] = ..., project_name: _Optional[str] = ..., current_phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., current_agent: _Optional[str] = ..., started_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., updated_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., completed_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., status: _Optional[_Union[WorkflowStatus, str]] = ..., version: _Optional[int] = ..., phase_history: _Optional[_Iterable[_Union[PhaseRecord, _Mapping]]] = ..., agent_handoffs: _Optional[_Iterable[_Union[AgentHandoff, _Mapping]]] = ..., correlation_ids: _Optional[_Iterable[str]] = ..., metadata: _Optional[_Union[WorkflowMetadata, _Mapping]] = ..., anomalies: _Optional[int] = ..., owner: _Optional[str] = ..., reason: _Optional[str] = ..., description: _Optional[str] = ..., position: _Optional[int] = ..., event_count: _Optional[int] = ...) -> None: ...

class PhaseRecord(_message.Message):
    __slots__ = ("phase", "started_at", "completed_at", "skipped")
    PHASE_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_AT_FIELD_NUMBER: _ClassVar[int]
    SKIPPED_FIELD_NUMBER: _ClassVar[int]
    phase: _payload_common_pb2.WorkflowPhase
    started_at: _timestamp_pb2.Timestamp
    completed_at: _timestamp_pb2.Timestamp
    skipped: bool
    def __init__(self, phase: _Optional[_Union[_payload_common_pb2.WorkflowPhase, str]] = ..., started_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., completed_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., skipped: bool = ...) -> None: ...

class AgentHandoff(_message.Message):
    __slots__ = ("to", "at", "event_id")
    FROM_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    AT_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    to: str
    at: _timestamp_pb2.Timestamp
    event_id: str
    def __init__(self, to: _Optional[str] = ..., at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., event_id: _Optional[str] = ..., **kwargs) -> None: ...

class WorkflowMetadata(_message.Message):
    __slots__ = ("total_agents_involved", "bmad_agents", "letta_agents", "other_agents", "agents", "custom")
    TOTAL_AGENTS_INVOLVED_FIELD_NUMBER: _ClassVar[int]
    BMAD_AGENTS_FIELD_NUMBER: _ClassVar[int]
    LETTA_AGENTS_FIELD_NUMBER: _ClassVar[int]
    OTHER_AGENTS_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    CUSTOM_FIELD_NUMBER: _ClassVar[int]
    total_agents_involved: int
    bmad_agents: int
    letta_agents: int
    other_agents: int
    agents: _containers.RepeatedScalarFieldContainer[str]
    custom: _struct_pb2.Struct
    def __init__(self, total_agents_involved: _Optional[int] = ..., bmad_agents: _Optional[int] = ..., letta_agents: _Optional[int] = ..., other_agents: _Optional[int] = ..., agents: _Optional[_Iterable[str]] = ..., custom: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class TimelineEntry(_message.Message):
    __slots__ = ("timestamp", "event_type", "event_id", "agent", "summary", "position", "recorded_at")
    TIMESTAMP_FIELD_NUMBER: _ClassVar[int]
    EVENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    timestamp: _timestamp_pb2.Timestamp
    event_type: str
    event_id: str
    agent: str
    summary: str
    position: int
    recorded_at: _timestamp_pb2.Timestamp
    def __init__(self, timestamp: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., event_type: _Optional[str] = ..., event_id: _Optional[str] = ..., agent: _Optional[str] = ..., summary: _Optional[str] = ..., position: _Optional[int] = ..., recorded_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
