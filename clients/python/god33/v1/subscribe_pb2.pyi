from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_filter_pb2 as _event_filter_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class SubscribeRequest(_message.Message):
    __slots__ = ("after_position", "since", "from_beginning", "from_now", "filter", "checkpoint_interval")
    AFTER_POSITION_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    FROM_BEGINNING_FIELD_NUMBER: _ClassVar[int]
    FROM_NOW_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    after_position: int
    since: _timestamp_pb2.Timestamp
    from_beginning: bool
    from_now: bool
    filter: _event_filter_pb2.EventFilter
    checkpoint_interval: _duration_pb2.Duration
    def __init__(self, after_position: _Optional[int] = ..., since: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., from_beginning: bool = ..., from_now: bool = ..., filter: _Optional[_Union[_event_filter_pb2.EventFilter, _Mapping]] = ..., checkpoint_interval: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class SubscribeResponse(_message.Message):
    __slots__ = ("event", "checkpoint", "caught_up", "fell_behind")
    EVENT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    CAUGHT_UP_FIELD_NUMBER: _ClassVar[int]
    FELL_BEHIND_FIELD_NUMBER: _ClassVar[int]
    event: _event_pb2.RecordedEvent
    checkpoint: StreamCheckpoint
    caught_up: CaughtUp
    fell_behind: FellBehind
    def __init__(self, event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., checkpoint: _Optional[_Union[StreamCheckpoint, _Mapping]] = ..., caught_up: _Optional[_Union[CaughtUp, _Mapping]] = ..., fell_behind: _Optional[_Union[FellBehind, _Mapping]] = ...) -> None: ...

class StreamCheckpoint(_message.Message):
    __slots__ = ("position", "head_position")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    position: int
    head_position: int
    def __init__(self, position: _Optional[int] = ..., head_position: _Optional[int] = ...) -> None: ...

class CaughtUp(_message.Message):
    __slots__ = ("position",)
    POSITION_FIELD_NUMBER: _ClassVar[int]
    position: int
    def __init__(self, position: _Optional[int] = ...) -> None: ...

class FellBehind(_message.Message):
    __slots__ = ("position", "reason")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    position: int
    reason: str
    def __init__(self, position: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...
