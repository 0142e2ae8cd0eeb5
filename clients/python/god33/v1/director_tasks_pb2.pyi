from god33.v1 import director_pb2 as _director_pb2
from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CompleteCrossServiceTaskRequest(_message.Message):
    __slots__ = ("request_id", "context", "task_id", "outcome", "summary", "force")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    task_id: str
    outcome: str
    summary: str
    force: bool
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., task_id: _Optional[str] = ..., outcome: _Optional[str] = ..., summary: _Optional[str] = ..., force: bool = ...) -> None: ...

class CompleteCrossServiceTaskResponse(_message.Message):
    __slots__ = ("task", "event_ids", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _director_pb2.CrossServiceTask
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, task: _Optional[_Union[_director_pb2.CrossServiceTask, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class FailCrossServiceTaskRequest(_message.Message):
    __slots__ = ("request_id", "context", "task_id", "failure_reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    task_id: str
    failure_reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., task_id: _Optional[str] = ..., failure_reason: _Optional[str] = ...) -> None: ...

class FailCrossServiceTaskResponse(_message.Message):
    __slots__ = ("task", "event_ids", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _director_pb2.CrossServiceTask
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, task: _Optional[_Union[_director_pb2.CrossServiceTask, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CancelCrossServiceTaskRequest(_message.Message):
    __slots__ = ("request_id", "context", "task_id", "cancelled_by", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    task_id: str
    cancelled_by: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., task_id: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CancelCrossServiceTaskResponse(_message.Message):
    __slots__ = ("task", "event_ids", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _director_pb2.CrossServiceTask
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, task: _Optional[_Union[_director_pb2.CrossServiceTask, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class GetCrossServiceTaskRequest(_message.Message):
    __slots__ = ("task_id", "min_position")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    min_position: int
    def __init__(self, task_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetCrossServiceTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _director_pb2.CrossServiceTask
    position: int
    def __init__(self, task: _Optional[_Union[_director_pb2.CrossServiceTask, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListCrossServiceTasksRequest(_message.Message):
    __slots__ = ("states", "workflow_id", "service", "page_size", "page_token", "min_position")
    STATES_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedScalarFieldContainer[_director_pb2.CrossServiceTaskState]
    workflow_id: str
    service: str
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, states: _Optional[_Iterable[_Union[_director_pb2.CrossServiceTaskState, str]]] = ..., workflow_id: _Optional[str] = ..., service: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListCrossServiceTasksResponse(_message.Message):
    __slots__ = ("tasks", "next_page_token")
    TASKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[_director_pb2.CrossServiceTask]
    next_page_token: str
    def __init__(self, tasks: _Optional[_Iterable[_Union[_director_pb2.CrossServiceTask, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchCrossServiceTaskRequest(_message.Message):
    __slots__ = ("task_id", "min_position")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    min_position: int
    def __init__(self, task_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class WatchCrossServiceTaskResponse(_message.Message):
    __slots__ = ("task", "event", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _director_pb2.CrossServiceTask
    event: _event_pb2.RecordedEvent
    position: int
    def __init__(self, task: _Optional[_Union[_director_pb2.CrossServiceTask, _Mapping]] = ..., event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class GetDelegationRequest(_message.Message):
    __slots__ = ("delegation_id", "min_position")
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    delegation_id: str
    min_position: int
    def __init__(self, delegation_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetDelegationResponse(_message.Message):
    __slots__ = ("delegation", "position")
    DELEGATION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    delegation: _director_pb2.Delegation
    position: int
    def __init__(self, delegation: _Optional[_Union[_director_pb2.Delegation, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListDelegationsRequest(_message.Message):
    __slots__ = ("task_id", "service", "to_agent", "states", "page_size", "page_token", "min_position")
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    SERVICE_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    task_id: str
    service: str
    to_agent: str
    states: _containers.RepeatedScalarFieldContainer[_director_pb2.ServiceWorkState]
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, task_id: _Optional[str] = ..., service: _Optional[str] = ..., to_agent: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_director_pb2.ServiceWorkState, str]]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListDelegationsResponse(_message.Message):
    __slots__ = ("delegations", "next_page_token")
    DELEGATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    delegations: _containers.RepeatedCompositeFieldContainer[_director_pb2.Delegation]
    next_page_token: str
    def __init__(self, delegations: _Optional[_Iterable[_Union[_director_pb2.Delegation, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetMisePatternRequest(_message.Message):
    __slots__ = ("pattern_id", "min_position")
    PATTERN_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    pattern_id: str
    min_position: int
    def __init__(self, pattern_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetMisePatternResponse(_message.Message):
    __slots__ = ("pattern", "position")
    PATTERN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    pattern: _director_pb2.MisePattern
    position: int
    def __init__(self, pattern: _Optional[_Union[_director_pb2.MisePattern, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListMisePatternsRequest(_message.Message):
    __slots__ = ("page_size", "page_token", "min_position")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListMisePatternsResponse(_message.Message):
    __slots__ = ("patterns", "next_page_token")
    PATTERNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    patterns: _containers.RepeatedCompositeFieldContainer[_director_pb2.MisePattern]
    next_page_token: str
    def __init__(self, patterns: _Optional[_Iterable[_Union[_director_pb2.MisePattern, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...
