from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AgentState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AGENT_STATE_UNSPECIFIED: _ClassVar[AgentState]
    AGENT_STATE_STARTING: _ClassVar[AgentState]
    AGENT_STATE_IDLE: _ClassVar[AgentState]
    AGENT_STATE_BUSY: _ClassVar[AgentState]
    AGENT_STATE_DRAINING: _ClassVar[AgentState]
    AGENT_STATE_STOPPED: _ClassVar[AgentState]
    AGENT_STATE_FAILED: _ClassVar[AgentState]
AGENT_STATE_UNSPECIFIED: AgentState
AGENT_STATE_STARTING: AgentState
AGENT_STATE_IDLE: AgentState
AGENT_STATE_BUSY: AgentState
AGENT_STATE_DRAINING: AgentState
AGENT_STATE_STOPPED: AgentState
AGENT_STATE_FAILED: AgentState

class AgentTypeRegistered(_message.Message):
    __slots__ = ("agent_type", "framework", "capabilities", "payload_versions", "checkpoint_schema_versions", "desired_warm", "max_instances", "description", "metadata")
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    FRAMEWORK_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_SCHEMA_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    DESIRED_WARM_FIELD_NUMBER: _ClassVar[int]
    MAX_INSTANCES_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    agent_type: str
    framework: str
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    payload_versions: _containers.RepeatedScalarFieldContainer[str]
    checkpoint_schema_versions: _containers.RepeatedScalarFieldContainer[str]
    desired_warm: int
    max_instances: int
    description: str
    metadata: _struct_pb2.Struct
    def __init__(self, agent_type: _Optional[str] = ..., framework: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ..., payload_versions: _Optional[_Iterable[str]] = ..., checkpoint_schema_versions: _Optional[_Iterable[str]] = ..., desired_warm: _Optional[int] = ..., max_instances: _Optional[int] = ..., description: _Optional[str] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class AgentCreated(_message.Message):
    __slots__ = ("agent_id", "agent_type", "instance_id", "name", "system_prompt", "mcp_servers", "initial_context", "checkpoint_id", "session_id")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_PROMPT_FIELD_NUMBER: _ClassVar[int]
    MCP_SERVERS_FIELD_NUMBER: _ClassVar[int]
    INITIAL_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    agent_type: str
    instance_id: str
    name: str
    system_prompt: str
    mcp_servers: _containers.RepeatedScalarFieldContainer[str]
    initial_context: _struct_pb2.Struct
    checkpoint_id: str
    session_id: str
    def __init__(self, agent_id: _Optional[str] = ..., agent_type: _Optional[str] = ..., instance_id: _Optional[str] = ..., name: _Optional[str] = ..., system_prompt: _Optional[str] = ..., mcp_servers: _Optional[_Iterable[str]] = ..., initial_context: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., checkpoint_id: _Optional[str] = ..., session_id: _Optional[str] = ...) -> None: ...

class AgentStateChanged(_message.Message):
    __slots__ = ("agent_id", "state", "reason")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    state: AgentState
    reason: str
    def __init__(self, agent_id: _Optional[str] = ..., state: _Optional[_Union[AgentState, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class AgentTaskAssigned(_message.Message):
    __slots__ = ("task_id", "agent_id", "task_type", "description", "context", "workflow_id", "estimated_checkpoints")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_TYPE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    agent_id: str
    task_type: str
    description: str
    context: _payload_common_pb2.TaskContext
    workflow_id: str
    estimated_checkpoints: int
    def __init__(self, task_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., task_type: _Optional[str] = ..., description: _Optional[str] = ..., context: _Optional[_Union[_payload_common_pb2.TaskContext, _Mapping]] = ..., workflow_id: _Optional[str] = ..., estimated_checkpoints: _Optional[int] = ...) -> None: ...
