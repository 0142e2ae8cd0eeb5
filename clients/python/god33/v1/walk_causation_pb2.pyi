from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import options_pb2 as _options_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CausalEvent(_message.Message):
    __slots__ = ("event", "depth", "path")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    DEPTH_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    event: _event_pb2.RecordedEvent
    depth: int
    path: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., depth: _Optional[int] = ..., path: _Optional[_Iterable[str]] = ...) -> None: ...

class ListAncestorsRequest(_message.Message):
    __slots__ = ("event_id", "max_depth", "max_events", "page_size", "page_token", "min_position")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_DEPTH_FIELD_NUMBER: _ClassVar[int]
    MAX_EVENTS_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    max_depth: int
    max_events: int
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, event_id: _Optional[str] = ..., max_depth: _Optional[int] = ..., max_events: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListAncestorsResponse(_message.Message):
    __slots__ = ("root_event", "events", "missing_parents", "total", "truncated", "next_page_token")
    ROOT_EVENT_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    MISSING_PARENTS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    root_event: _event_pb2.RecordedEvent
    events: _containers.RepeatedCompositeFieldContainer[CausalEvent]
    missing_parents: _containers.RepeatedCompositeFieldContainer[MissingParent]
    total: int
    truncated: bool
    next_page_token: str
    def __init__(self, root_event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., events: _Optional[_Iterable[_Union[CausalEvent, _Mapping]]] = ..., missing_parents: _Optional[_Iterable[_Union[MissingParent, _Mapping]]] = ..., total: _Optional[int] = ..., truncated: bool = ..., next_page_token: _Optional[str] = ...) -> None: ...

class MissingParent(_message.Message):
    __slots__ = ("event_id", "named_by", "dropped")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    NAMED_BY_FIELD_NUMBER: _ClassVar[int]
    DROPPED_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    named_by: str
    dropped: bool
    def __init__(self, event_id: _Optional[str] = ..., named_by: _Optional[str] = ..., dropped: bool = ...) -> None: ...

class ListDescendantsRequest(_message.Message):
    __slots__ = ("event_id", "max_depth", "max_events", "page_size", "page_token", "min_position")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_DEPTH_FIELD_NUMBER: _ClassVar[int]
    MAX_EVENTS_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    max_depth: int
    max_events: int
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, event_id: _Optional[str] = ..., max_depth: _Optional[int] = ..., max_events: _Optional[int] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListDescendantsResponse(_message.Message):
    __slots__ = ("root_event", "events", "total", "truncated", "next_page_token")
    ROOT_EVENT_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    root_event: _event_pb2.RecordedEvent
    events: _containers.RepeatedCompositeFieldContainer[CausalEvent]
    total: int
    truncated: bool
    next_page_token: str
    def __init__(self, root_event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., events: _Optional[_Iterable[_Union[CausalEvent, _Mapping]]] = ..., total: _Optional[int] = ..., truncated: bool = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetCausationGraphRequest(_message.Message):
    __slots__ = ("event_ids", "workflow_id", "max_depth", "max_events", "min_position")
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_DEPTH_FIELD_NUMBER: _ClassVar[int]
    MAX_EVENTS_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    workflow_id: str
    max_depth: int
    max_events: int
    min_position: int
    def __init__(self, event_ids: _Optional[_Iterable[str]] = ..., workflow_id: _Optional[str] = ..., max_depth: _Optional[int] = ..., max_events: _Optional[int] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetCausationGraphResponse(_message.Message):
    __slots__ = ("events", "edges", "truncated")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    EDGES_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    edges: _containers.RepeatedCompositeFieldContainer[CausationEdge]
    truncated: bool
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ..., edges: _Optional[_Iterable[_Union[CausationEdge, _Mapping]]] = ..., truncated: bool = ...) -> None: ...

class CausationEdge(_message.Message):
    __slots__ = ("parent_id", "child_id", "ordinal", "parent_recorded")
    PARENT_ID_FIELD_NUMBER: _ClassVar[int]
    CHILD_ID_FIELD_NUMBER: _ClassVar[int]
    ORDINAL_FIELD_NUMBER: _ClassVar[int]
    PARENT_RECORDED_FIELD_NUMBER: _ClassVar[int]
    parent_id: str
    child_id: str
    ordinal: int
    parent_recorded: bool
    def __init__(self, parent_id: _Optional[str] = ..., child_id: _Optional[str] = ..., ordinal: _Optional[int] = ..., parent_recorded: bool = ...) -> None: ...

class ListPathsRequest(_message.Message):
    __slots__ = ("from_event_id", "to_event_id", "max_paths", "max_depth", "min_position")
    FROM_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    TO_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_PATHS_FIELD_NUMBER: _ClassVar[int]
    MAX_DEPTH_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    from_event_id: str
    to_event_id: str
    max_paths: int
    max_depth: int
    min_position: int
    def __init__(self, from_event_id: _Optional[str] = ..., to_event_id: _Optional[str] = ..., max_paths: _Optional[int] = ..., max_depth: _Optional[int] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListPathsResponse(_message.Message):
    __slots__ = ("paths", "truncated")
    PATHS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    paths: _containers.RepeatedCompositeFieldContainer[CausationPath]
    truncated: bool
    def __init__(self, paths: _Optional[_Iterable[_Union[CausationPath, _Mapping]]] = ..., truncated: bool = ...) -> None: ...

class CausationPath(_message.Message):
    __slots__ = ("event_ids",)
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, event_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListCommonAncestorsRequest(_message.Message):
    __slots__ = ("event_ids", "max_depth", "min_position")
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    MAX_DEPTH_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    max_depth: int
    min_position: int
    def __init__(self, event_ids: _Optional[_Iterable[str]] = ..., max_depth: _Optional[int] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListCommonAncestorsResponse(_message.Message):
    __slots__ = ("events", "truncated")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    truncated: bool
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ..., truncated: bool = ...) -> None: ...

class GetDescendantsSummaryRequest(_message.Message):
    __slots__ = ("event_id", "max_events", "min_position")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_EVENTS_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    max_events: int
    min_position: int
    def __init__(self, event_id: _Optional[str] = ..., max_events: _Optional[int] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetDescendantsSummaryResponse(_message.Message):
    __slots__ = ("total", "count_by_event_type", "count_by_agent", "first_recorded_at", "last_recorded_at", "critical_path", "tokens_used", "duration_seconds", "truncated")
    class CountByEventTypeEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    class CountByAgentEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    COUNT_BY_EVENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    COUNT_BY_AGENT_FIELD_NUMBER: _ClassVar[int]
    FIRST_RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    CRITICAL_PATH_FIELD_NUMBER: _ClassVar[int]
    TOKENS_USED_FIELD_NUMBER: _ClassVar[int]
    DURATION_SECONDS_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    total: int
    count_by_event_type: _containers.ScalarMap[str, int]
    count_by_agent: _containers.ScalarMap[str, int]
    first_recorded_at: _timestamp_pb2.Timestamp
    last_recorded_at: _timestamp_pb2.Timestamp
    critical_path: _containers.RepeatedScalarFieldContainer[str]
    tokens_used: int
    duration_seconds: float
    truncated: bool
    def __init__(self, total: _Optional[int] = ..., count_by_event_type: _Optional[_Mapping[str, int]] = ..., count_by_agent: _Optional[_Mapping[str, int]] = ..., first_recorded_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., last_recorded_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., critical_path: _Optional[_Iterable[str]] = ..., tokens_used: _Optional[int] = ..., duration_seconds: _Optional[float] = ..., truncated: bool = ...) -> None: ...
