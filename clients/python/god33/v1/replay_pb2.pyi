from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_filter_pb2 as _event_filter_pb2
from god33.v1 import options_pb2 as _options_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReplayState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REPLAY_STATE_UNSPECIFIED: _ClassVar[ReplayState]
    REPLAY_STATE_RUNNING: _ClassVar[ReplayState]
    REPLAY_STATE_PAUSED: _ClassVar[ReplayState]
    REPLAY_STATE_COMPLETED: _ClassVar[ReplayState]
    REPLAY_STATE_CANCELLED: _ClassVar[ReplayState]
    REPLAY_STATE_FAILED: _ClassVar[ReplayState]
REPLAY_STATE_UNSPECIFIED: ReplayState
REPLAY_STATE_RUNNING: ReplayState
REPLAY_STATE_PAUSED: ReplayState
REPLAY_STATE_COMPLETED: ReplayState
REPLAY_STATE_CANCELLED: ReplayState
REPLAY_STATE_FAILED: ReplayState

class ReplaySpec(_message.Message):
    __slots__ = ("filter", "after_position", "until_position", "exchange", "subscription", "stream", "speed", "events_per_second", "allow_live_exchange")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    UNTIL_POSITION_FIELD_NUMBER: _ClassVar[int]
    EXCHANGE_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    STREAM_FIELD_NUMBER: _ClassVar[int]
    SPEED_FIELD_NUMBER: _ClassVar[int]
    EVENTS_PER_SECOND_FIELD_NUMBER: _ClassVar[int]
    ALLOW_LIVE_EXCHANGE_FIELD_NUMBER: _ClassVar[int]
    filter: _event_filter_pb2.EventFilter
    after_position: int
    until_position: int
    exchange: str
    subscription: str
    stream: bool
    speed: float
    events_per_second: float
    allow_live_exchange: bool
    def __init__(self, filter: _Optional[_Union[_event_filter_pb2.EventFilter, _Mapping]] = ..., after_position: _Optional[int] = ..., until_position: _Optional[int] = ..., exchange: _Optional[str] = ..., subscription: _Optional[str] = ..., stream: bool = ..., speed: _Optional[float] = ..., events_per_second: _Optional[float] = ..., allow_live_exchange: bool = ...) -> None: ...

class Replay(_message.Message):
    __slots__ = ("replay_id", "spec", "state", "position", "delivered", "total", "started_at", "ended_at", "started_by", "failure")
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    SPEC_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    ENDED_AT_FIELD_NUMBER: _ClassVar[int]
    STARTED_BY_FIELD_NUMBER: _ClassVar[int]
    FAILURE_FIELD_NUMBER: _ClassVar[int]
    replay_id: str
    spec: ReplaySpec
    state: ReplayState
    position: int
    delivered: int
    total: int
    started_at: _timestamp_pb2.Timestamp
    ended_at: _timestamp_pb2.Timestamp
    started_by: str
    failure: str
    def __init__(self, replay_id: _Optional[str] = ..., spec: _Optional[_Union[ReplaySpec, _Mapping]] = ..., state: _Optional[_Union[ReplayState, str]] = ..., position: _Optional[int] = ..., delivered: _Optional[int] = ..., total: _Optional[int] = ..., started_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., ended_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., started_by: _Optional[str] = ..., failure: _Optional[str] = ...) -> None: ...

class PlanReplayRequest(_message.Message):
    __slots__ = ("spec", "min_position")
    SPEC_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    spec: ReplaySpec
    min_position: int
    def __init__(self, spec: _Optional[_Union[ReplaySpec, _Mapping]] = ..., min_position: _Optional[int] = ...) -> None: ...

class PlanReplayResponse(_message.Message):
    __slots__ = ("total", "count_by_event_type", "first_position", "last_position", "estimated_duration")
    class CountByEventTypeEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    COUNT_BY_EVENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    FIRST_POSITION_FIELD_NUMBER: _ClassVar[int]
    LAST_POSITION_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_DURATION_FIELD_NUMBER: _ClassVar[int]
    total: int
    count_by_event_type: _containers.ScalarMap[str, int]
    first_position: int
    last_position: int
    estimated_duration: _duration_pb2.Duration
    def __init__(self, total: _Optional[int] = ..., count_by_event_type: _Optional[_Mapping[str, int]] = ..., first_position: _Optional[int] = ..., last_position: _Optional[int] = ..., estimated_duration: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class StartReplayRequest(_message.Message):
    __slots__ = ("request_id", "spec")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SPEC_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    spec: ReplaySpec
    def __init__(self, request_id: _Optional[str] = ..., spec: _Optional[_Union[ReplaySpec, _Mapping]] = ...) -> None: ...

class StartReplayResponse(_message.Message):
    __slots__ = ("replay",)
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    replay: Replay
    def __init__(self, replay: _Optional[_Union[Replay, _Mapping]] = ...) -> None: ...

class GetReplayRequest(_message.Message):
    __slots__ = ("replay_id",)
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    replay_id: str
    def __init__(self, replay_id: _Optional[str] = ...) -> None: ...

class GetReplayResponse(_message.Message):
    __slots__ = ("replay",)
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    replay: Replay
    def __init__(self, replay: _Optional[_Union[Replay, _Mapping]] = ...) -> None: ...

class ListReplaysRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListReplaysResponse(_message.Message):
    __slots__ = ("replays", "next_page_token")
    REPLAYS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    replays: _containers.RepeatedCompositeFieldContainer[Replay]
    next_page_token: str
    def __init__(self, replays: _Optional[_Iterable[_Union[Replay, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class PauseReplayRequest(_message.Message):
    __slots__ = ("request_id", "replay_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    replay_id: str
    def __init__(self, request_id: _Optional[str] = ..., replay_id: _Optional[str] = ...) -> None: ...

class PauseReplayResponse(_message.Message):
    __slots__ = ("replay",)
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    replay: Replay
    def __init__(self, replay: _Optional[_Union[Replay, _Mapping]] = ...) -> None: ...

class ResumeReplayRequest(_message.Message):
    __slots__ = ("request_id", "replay_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    replay_id: str
    def __init__(self, request_id: _Optional[str] = ..., replay_id: _Optional[str] = ...) -> None: ...

class ResumeReplayResponse(_message.Message):
    __slots__ = ("replay",)
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    replay: Replay
    def __init__(self, replay: _Optional[_Union[Replay, _Mapping]] = ...) -> None: ...

class CancelReplayRequest(_message.Message):
    __slots__ = ("request_id", "replay_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    replay_id: str
    def __init__(self, request_id: _Optional[str] = ..., replay_id: _Optional[str] = ...) -> None: ...

class CancelReplayResponse(_message.Message):
    __slots__ = ("replay",)
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    replay: Replay
    def __init__(self, replay: _Optional[_Union[Replay, _Mapping]] = ...) -> None: ...

class StreamReplayRequest(_message.Message):
    __slots__ = ("replay_id",)
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    replay_id: str
    def __init__(self, replay_id: _Optional[str] = ...) -> None: ...

class StreamReplayResponse(_message.Message):
    __slots__ = ("event", "replay")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    REPLAY_FIELD_NUMBER: _ClassVar[int]
    event: _event_pb2.RecordedEvent
    replay: Replay
    def __init__(self, event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., replay: _Optional[_Union[Replay, _Mapping]] = ...) -> None: ...
