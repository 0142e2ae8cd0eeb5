from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_filter_pb2 as _event_filter_pb2
from god33.v1 import options_pb2 as _options_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EventOrder(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    EVENT_ORDER_UNSPECIFIED: _ClassVar[EventOrder]
    EVENT_ORDER_OLDEST_FIRST: _ClassVar[EventOrder]
    EVENT_ORDER_NEWEST_FIRST: _ClassVar[EventOrder]
EVENT_ORDER_UNSPECIFIED: EventOrder
EVENT_ORDER_OLDEST_FIRST: EventOrder
EVENT_ORDER_NEWEST_FIRST: EventOrder

class GetEventRequest(_message.Message):
    __slots__ = ("event_id", "min_position", "include_original")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_ORIGINAL_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    min_position: int
    include_original: bool
    def __init__(self, event_id: _Optional[str] = ..., min_position: _Optional[int] = ..., include_original: bool = ...) -> None: ...

class GetEventResponse(_message.Message):
    __slots__ = ("event", "original", "payload_json")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ORIGINAL_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_JSON_FIELD_NUMBER: _ClassVar[int]
    event: _event_pb2.RecordedEvent
    original: bytes
    payload_json: str
    def __init__(self, event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., original: _Optional[bytes] = ..., payload_json: _Optional[str] = ...) -> None: ...

class BatchGetEventsRequest(_message.Message):
    __slots__ = ("event_ids", "min_position")
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    min_position: int
    def __init__(self, event_ids: _Optional[_Iterable[str]] = ..., min_position: _Optional[int] = ...) -> None: ...

class BatchGetEventsResponse(_message.Message):
    __slots__ = ("events", "missing_event_ids")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    MISSING_EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    missing_event_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ..., missing_event_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class ListEventsRequest(_message.Message):
    __slots__ = ("filter", "order", "page_size", "page_token", "include_total", "min_position", "after_position")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_TOTAL_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    filter: _event_filter_pb2.EventFilter
    order: EventOrder
    page_size: int
    page_token: str
    include_total: bool
    min_position: int
    after_position: int
    def __init__(self, filter: _Optional[_Union[_event_filter_pb2.EventFilter, _Mapping]] = ..., order: _Optional[_Union[EventOrder, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., include_total: bool = ..., min_position: _Optional[int] = ..., after_position: _Optional[int] = ...) -> None: ...

class ListEventsResponse(_message.Message):
    __slots__ = ("events", "next_page_token", "previous_page_token", "total")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    next_page_token: str
    previous_page_token: str
    total: int
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., previous_page_token: _Optional[str] = ..., total: _Optional[int] = ...) -> None: ...

class ListEventTypesRequest(_message.Message):
    __slots__ = ("pattern", "recorded_only", "page_size", "page_token", "min_position")
    PATTERN_FIELD_NUMBER: _ClassVar[int]
    RECORDED_ONLY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    pattern: str
    recorded_only: bool
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, pattern: _Optional[str] = ..., recorded_only: bool = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListEventTypesResponse(_message.Message):
    __slots__ = ("event_types", "next_page_token")
    EVENT_TYPES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    event_types: _containers.RepeatedCompositeFieldContainer[EventTypeInfo]
    next_page_token: str
    def __init__(self, event_types: _Optional[_Iterable[_Union[EventTypeInfo, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class EventTypeInfo(_message.Message):
    __slots__ = ("event_type", "declared_message", "first_position", "json_schema")
    EVENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    DECLARED_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    FIRST_POSITION_FIELD_NUMBER: _ClassVar[int]
    JSON_SCHEMA_FIELD_NUMBER: _ClassVar[int]
    event_type: str
    declared_message: str
    first_position: int
    json_schema: str
    def __init__(self, event_type: _Optional[str] = ..., declared_message: _Optional[str] = ..., first_position: _Optional[int] = ..., json_schema: _Optional[str] = ...) -> None: ...

class GetLogInfoRequest(_message.Message):
    __slots__ = ("min_position",)
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    min_position: int
    def __init__(self, min_position: _Optional[int] = ...) -> None: ...

class GetLogInfoResponse(_message.Message):
    __slots__ = ("store_id", "head_position", "head_recorded_at", "earliest_position", "earliest_recorded_at", "limits")
    STORE_ID_FIELD_NUMBER: _ClassVar[int]
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    HEAD_RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    EARLIEST_POSITION_FIELD_NUMBER: _ClassVar[int]
    EARLIEST_RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    LIMITS_FIELD_NUMBER: _ClassVar[int]
    store_id: str
    head_position: int
    head_recorded_at: _timestamp_pb2.Timestamp
    earliest_position: int
    earliest_recorded_at: _timestamp_pb2.Timestamp
    limits: Limits
    def __init__(self, store_id: _Optional[str] = ..., head_position: _Optional[int] = ..., head_recorded_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., earliest_position: _Optional[int] = ..., earliest_recorded_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., limits: _Optional[_Union[Limits, _Mapping]] = ...) -> None: ...

class Limits(_message.Message):
    __slots__ = ("max_payload_bytes", "max_batch_events", "max_batch_bytes", "max_parents", "max_event_type_length", "max_page_size", "max_depth", "max_walk_events", "max_snapshot_bytes", "max_chunk_bytes")
    MAX_PAYLOAD_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_BATCH_EVENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_BATCH_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_PARENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_EVENT_TYPE_LENGTH_FIELD_NUMBER: _ClassVar[int]
    MAX_PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    MAX_DEPTH_FIELD_NUMBER: _ClassVar[int]
    MAX_WALK_EVENTS_FIELD_NUMBER: _ClassVar[int]
    MAX_SNAPSHOT_BYTES_FIELD_NUMBER: _ClassVar[int]
    MAX_CHUNK_BYTES_FIELD_NUMBER: _ClassVar[int]
    max_payload_bytes: int
    max_batch_events: int
    max_batch_bytes: int
    max_parents: int
    max_event_type_length: int
    max_page_size: int
    max_depth: int
    max_walk_events: int
    max_snapshot_bytes: int
    max_chunk_bytes: int
    def __init__(self, max_payload_bytes: _Optional[int] = ..., max_batch_events: _Optional[int] = ..., max_batch_bytes: _Optional[int] = ..., max_parents: _Optional[int] = ..., max_event_type_length: _Optional[int] = ..., max_page_size: _Optional[int] = ..., max_depth: _Optional[int] = ..., max_walk_events: _Optional[int] = ..., max_snapshot_bytes: _Optional[int] = ..., max_chunk_bytes: _Optional[int] = ...) -> None: ...
