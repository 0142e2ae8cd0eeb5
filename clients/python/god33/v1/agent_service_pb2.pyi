from god33.v1 import agent_pb2 as _agent_pb2
from god33.v1 import checkpoint_pb2 as _checkpoint_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_agent_pb2 as _payload_agent_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from god33.v1 import payload_session_pb2 as _payload_session_pb2
from god33.v1 import session_pb2 as _session_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RegisterAgentTypeRequest(_message.Message):
    __slots__ = ("request_id", "context", "agent_type")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    agent_type: _payload_agent_pb2.AgentTypeRegistered
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., agent_type: _Optional[_Union[_payload_agent_pb2.AgentTypeRegistered, _Mapping]] = ...) -> None: ...

class RegisterAgentTypeResponse(_message.Message):
    __slots__ = ("agent_type", "event_ids", "position")
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_type: _agent_pb2.AgentType
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, agent_type: _Optional[_Union[_agent_pb2.AgentType, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class GetAgentTypeRequest(_message.Message):
    __slots__ = ("agent_type", "min_position")
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_type: str
    min_position: int
    def __init__(self, agent_type: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetAgentTypeResponse(_message.Message):
    __slots__ = ("agent_type", "position")
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_type: _agent_pb2.AgentType
    position: int
    def __init__(self, agent_type: _Optional[_Union[_agent_pb2.AgentType, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListAgentTypesRequest(_message.Message):
    __slots__ = ("capability", "page_size", "page_token", "min_position")
    CAPABILITY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    capability: str
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, capability: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListAgentTypesResponse(_message.Message):
    __slots__ = ("agent_types", "next_page_token")
    AGENT_TYPES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agent_types: _containers.RepeatedCompositeFieldContainer[_agent_pb2.AgentType]
    next_page_token: str
    def __init__(self, agent_types: _Optional[_Iterable[_Union[_agent_pb2.AgentType, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CreateAgentRequest(_message.Message):
    __slots__ = ("request_id", "context", "agent_type", "name", "system_prompt", "mcp_servers", "initial_context", "agent_id", "instance_id", "without_session")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    SYSTEM_PROMPT_FIELD_NUMBER: _ClassVar[int]
    MCP_SERVERS_FIELD_NUMBER: _ClassVar[int]
    INITIAL_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_SESSION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    agent_type: str
    name: str
    system_prompt: str
    mcp_servers: _containers.RepeatedScalarFieldContainer[str]
    initial_context: _struct_pb2.Struct
    agent_id: str
    instance_id: str
    without_session: bool
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., agent_type: _Optional[str] = ..., name: _Optional[str] = ..., system_prompt: _Optional[str] = ..., mcp_servers: _Optional[_Iterable[str]] = ..., initial_context: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., agent_id: _Optional[str] = ..., instance_id: _Optional[str] = ..., without_session: bool = ...) -> None: ...

class CreateAgentResponse(_message.Message):
    __slots__ = ("agent_id", "instance_id", "status", "checkpoint_id", "session", "agent", "event_ids", "position")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    instance_id: str
    status: _session_pb2.SessionStatus
    checkpoint_id: str
    session: _session_pb2.Session
    agent: _agent_pb2.Agent
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, agent_id: _Optional[str] = ..., instance_id: _Optional[str] = ..., status: _Optional[_Union[_session_pb2.SessionStatus, str]] = ..., checkpoint_id: _Optional[str] = ..., session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., agent: _Optional[_Union[_agent_pb2.Agent, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class SetAgentStateRequest(_message.Message):
    __slots__ = ("request_id", "context", "agent_id", "state", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    agent_id: str
    state: _payload_agent_pb2.AgentState
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., agent_id: _Optional[str] = ..., state: _Optional[_Union[_payload_agent_pb2.AgentState, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class SetAgentStateResponse(_message.Message):
    __slots__ = ("agent", "event_ids", "position")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    agent: _agent_pb2.Agent
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, agent: _Optional[_Union[_agent_pb2.Agent, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class AssignTaskRequest(_message.Message):
    __slots__ = ("request_id", "context", "agent_id", "task_type", "description", "task_context", "correlation_id", "workflow_id", "task_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_TYPE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    TASK_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CORRELATION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    agent_id: str
    task_type: str
    description: str
    task_context: _payload_common_pb2.TaskContext
    correlation_id: str
    workflow_id: str
    task_id: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., agent_id: _Optional[str] = ..., task_type: _Optional[str] = ..., description: _Optional[str] = ..., task_context: _Optional[_Union[_payload_common_pb2.TaskContext, _Mapping]] = ..., correlation_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., task_id: _Optional[str] = ...) -> None: ...

class AssignTaskResponse(_message.Message):
    __slots__ = ("task_id", "status", "estimated_checkpoints", "event_ids", "position")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    status: _agent_pb2.AgentTaskStatus
    estimated_checkpoints: int
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, task_id: _Optional[str] = ..., status: _Optional[_Union[_agent_pb2.AgentTaskStatus, str]] = ..., estimated_checkpoints: _Optional[int] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class GetAgentCheckpointRequest(_message.Message):
    __slots__ = ("agent_id", "checkpoint_id", "min_position")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    checkpoint_id: str
    min_position: int
    def __init__(self, agent_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetAgentCheckpointResponse(_message.Message):
    __slots__ = ("checkpoint_id", "created_at", "memory_snapshot", "context", "checkpoint", "position")
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    MEMORY_SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    checkpoint_id: str
    created_at: _timestamp_pb2.Timestamp
    memory_snapshot: _struct_pb2.Struct
    context: _payload_session_pb2.ContextSnapshot
    checkpoint: _checkpoint_pb2.Checkpoint
    position: int
    def __init__(self, checkpoint_id: _Optional[str] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., memory_snapshot: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., context: _Optional[_Union[_payload_session_pb2.ContextSnapshot, _Mapping]] = ..., checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class GetAgentRequest(_message.Message):
    __slots__ = ("agent_id", "min_position")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    min_position: int
    def __init__(self, agent_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetAgentResponse(_message.Message):
    __slots__ = ("agent", "position")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    agent: _agent_pb2.Agent
    position: int
    def __init__(self, agent: _Optional[_Union[_agent_pb2.Agent, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListAgentsRequest(_message.Message):
    __slots__ = ("agent_type", "states", "page_size", "page_token", "min_position")
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    agent_type: str
    states: _containers.RepeatedScalarFieldContainer[_payload_agent_pb2.AgentState]
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, agent_type: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_payload_agent_pb2.AgentState, str]]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListAgentsResponse(_message.Message):
    __slots__ = ("agents", "next_page_token")
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agents: _containers.RepeatedCompositeFieldContainer[_agent_pb2.Agent]
    next_page_token: str
    def __init__(self, agents: _Optional[_Iterable[_Union[_agent_pb2.Agent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListAgentPoolsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "min_position")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListAgentPoolsResponse(_message.Message):
    __slots__ = ("pools", "next_page_token")
    POOLS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    pools: _containers.RepeatedCompositeFieldContainer[_agent_pb2.AgentPool]
    next_page_token: str
    def __init__(self, pools: _Optional[_Iterable[_Union[_agent_pb2.AgentPool, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchAgentPoolsRequest(_message.Message):
    __slots__ = ("agent_types",)
    AGENT_TYPES_FIELD_NUMBER: _ClassVar[int]
    agent_types: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, agent_types: _Optional[_Iterable[str]] = ...) -> None: ...

class WatchAgentPoolsResponse(_message.Message):
    __slots__ = ("pool", "position")
    POOL_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    pool: _agent_pb2.AgentPool
    position: int
    def __init__(self, pool: _Optional[_Union[_agent_pb2.AgentPool, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...
