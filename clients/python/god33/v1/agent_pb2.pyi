from god33.v1 import payload_agent_pb2 as _payload_agent_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AgentTaskStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGENT_TASK_STATUS_UNSPECIFIED: _ClassVar[AgentTaskStatus]
    AGENT_TASK_STATUS_ACCEPTED: _ClassVar[AgentTaskStatus]
    AGENT_TASK_STATUS_BLOCKED: _ClassVar[AgentTaskStatus]
    AGENT_TASK_STATUS_COMPLETED: _ClassVar[AgentTaskStatus]
    AGENT_TASK_STATUS_FAILED: _ClassVar[AgentTaskStatus]
    AGENT_TASK_STATUS_PENDING: _ClassVar[AgentTaskStatus]
AGENT_TASK_STATUS_UNSPECIFIED: AgentTaskStatus
AGENT_TASK_STATUS_ACCEPTED: AgentTaskStatus
AGENT_TASK_STATUS_BLOCKED: AgentTaskStatus
AGENT_TASK_STATUS_COMPLETED: AgentTaskStatus
AGENT_TASK_STATUS_FAILED: AgentTaskStatus
AGENT_TASK_STATUS_PENDING: AgentTaskStatus

class AgentType(_message.Message):
    __slots__ = ("agent_type", "framework", "capabilities", "payload_versions", "checkpoint_schema_versions", "desired_warm", "max_instances", "description", "metadata", "position")
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    FRAMEWORK_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_SCHEMA_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    DESIRED_WARM_FIELD_NUMBER: _ClassVar[int]
    MAX_INSTANCES_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_type: str
    framework: str
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    payload_versions: _containers.RepeatedScalarFieldContainer[str]
    checkpoint_schema_versions: _containers.RepeatedScalarFieldContainer[str]
    desired_warm: int
    max_instances: int
    description: str
    metadata: _struct_pb2.Struct
    position: int
    def __init__(self, agent_type: _Optional[str] = ..., framework: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ..., payload_versions: _Optional[_Iterable[str]] = ..., checkpoint_schema_versions: _Optional[_Iterable[str]] = ..., desired_warm: _Optional[int] = ..., max_instances: _Optional[int] = ..., description: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class AgentPool(_message.Message):
    __slots__ = ("agent_type", "desired_warm", "starting", "idle", "busy", "draining", "failed", "waiting_handoffs", "oldest_waiting", "max_instances")
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    DESIRED_WARM_FIELD_NUMBER: _ClassVar[int]
    STARTING_FIELD_NUMBER: _ClassVar[int]
    IDLE_FIELD_NUMBER: _ClassVar[int]
    BUSY_FIELD_NUMBER: _ClassVar[int]
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    WAITING_HANDOFFS_FIELD_NUMBER: _ClassVar[int]
    OLDEST_WAITING_FIELD_NUMBER: _ClassVar[int]
    MAX_INSTANCES_FIELD_NUMBER: _ClassVar[int]
    agent_type: str
    desired_warm: int
    starting: int
    idle: int
    busy: int
    draining: int
    failed: int
    waiting_handoffs: int
    oldest_waiting: _duration_pb2.Duration
    max_instances: int
    def __init__(self, agent_type: _Optional[str] = ..., desired_warm: _Optional[int] = ..., starting: _Optional[int] = ..., idle: _Optional[int] = ..., busy: _Optional[int] = ..., draining: _Optional[int] = ..., failed: _Optional[int] = ..., waiting_handoffs: _Optional[int] = ..., oldest_waiting: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_instances: _Optional[int] = ...) -> None: ...

class Agent(_message.Message):
    __slots__ = ("agent_id", "agent_type", "instance_id", "name", "state", "checkpoint_id", "session_id", "mcp_servers", "system_prompt", "created_at", "last_active_at", "open_task_ids", "initial_context", "version", "position")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MCP_SERVERS_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_PROMPT_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_ACTIVE_AT_FIELD_NUMBER: _ClassVar[int]
    OPEN_TASK_IDS_FIELD_NUMBER: _ClassVar[int]
    INITIAL_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    agent_type: str
    instance_id: str
    name: str
    state: _payload_agent_pb2.AgentState
    checkpoint_id: str
    session_id: str
    mcp_servers: _containers.RepeatedScalarFieldContainer[str]
    system_prompt: str
    created_at: _timestamp_pb2.Timestamp
    last_active_at: _timestamp_pb2.Timestamp
    open_task_ids: _containers.RepeatedScalarFieldContainer[str]
    initial_context: _struct_pb2.Struct
    version: int
    position: int
    def __init__(self, agent_id: _Optional[str] = ..., agent_type: _Optional[str] = ..., instance_id: _Optional[str] = ..., name: _Optional[str] = ..., state: _Optional[_Union[_payload_agent_pb2.AgentState, str]] = ..., checkpoint_id: _Optional[str] = ..., session_id: _Optional[str] = ..., mcp_servers: _Optional[_Iterable[str]] = ..., system_prompt: _Optional[str] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., last_active_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., open_task_ids: _Optional[_Iterable[str]] = ..., initial_context: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., version: _Optional[int] = ..., position: _Optional[int] = ...) -> None: ...
