from god33.v1 import append_error_pb2 as _append_error_pb2
from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import options_pb2 as _options_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AppendEventsRequest(_message.Message):
    __slots__ = ("request_id", "events", "cursor")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.EventEnvelope]
    cursor: ProjectorCursor
    def __init__(self, request_id: _Optional[str] = ..., events: _Optional[_Iterable[_Union[_event_pb2.EventEnvelope, _Mapping]]] = ..., cursor: _Optional[_Union[ProjectorCursor, _Mapping]] = ...) -> None: ...

class ProjectorCursor(_message.Message):
    __slots__ = ("name", "expected_position", "position")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_POSITION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    name: str
    expected_position: int
    position: int
    def __init__(self, name: _Optional[str] = ..., expected_position: _Optional[int] = ..., position: _Optional[int] = ...) -> None: ...

class AppendEventsResponse(_message.Message):
    __slots__ = ("results", "position")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[AppendResult]
    position: int
    def __init__(self, results: _Optional[_Iterable[_Union[AppendResult, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class AppendResult(_message.Message):
    __slots__ = ("event_id", "position", "already_recorded", "recorded_at")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    ALREADY_RECORDED_FIELD_NUMBER: _ClassVar[int]
    RECORDED_AT_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    position: int
    already_recorded: bool
    recorded_at: _timestamp_pb2.Timestamp
    def __init__(self, event_id: _Optional[str] = ..., position: _Optional[int] = ..., already_recorded: bool = ..., recorded_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AppendStreamRequest(_message.Message):
    __slots__ = ("sequence", "request_id", "events")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    request_id: str
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.EventEnvelope]
    def __init__(self, sequence: _Optional[int] = ..., request_id: _Optional[str] = ..., events: _Optional[_Iterable[_Union[_event_pb2.EventEnvelope, _Mapping]]] = ...) -> None: ...

class AppendStreamResponse(_message.Message):
    __slots__ = ("sequence", "appended", "error")
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    APPENDED_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    sequence: int
    appended: AppendEventsResponse
    error: _append_error_pb2.AppendError
    def __init__(self, sequence: _Optional[int] = ..., appended: _Optional[_Union[AppendEventsResponse, _Mapping]] = ..., error: _Optional[_Union[_append_error_pb2.AppendError, _Mapping]] = ...) -> None: ...

class ValidateEventsRequest(_message.Message):
    __slots__ = ("events", "payloads")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    PAYLOADS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.EventEnvelope]
    payloads: _containers.RepeatedCompositeFieldContainer[PayloadText]
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.EventEnvelope, _Mapping]]] = ..., payloads: _Optional[_Iterable[_Union[PayloadText, _Mapping]]] = ...) -> None: ...

class PayloadText(_message.Message):
    __slots__ = ("event_type", "json")
    EVENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    JSON_FIELD_NUMBER: _ClassVar[int]
    event_type: str
    json: str
    def __init__(self, event_type: _Optional[str] = ..., json: _Optional[str] = ...) -> None: ...

class ValidateEventsResponse(_message.Message):
    __slots__ = ("field_violations", "events")
    FIELD_VIOLATIONS_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    field_violations: _containers.RepeatedCompositeFieldContainer[_append_error_pb2.FieldViolation]
    events: _containers.RepeatedCompositeFieldContainer[EventValidation]
    def __init__(self, field_violations: _Optional[_Iterable[_Union[_append_error_pb2.FieldViolation, _Mapping]]] = ..., events: _Optional[_Iterable[_Union[EventValidation, _Mapping]]] = ...) -> None: ...

class EventValidation(_message.Message):
    __slots__ = ("declared_message", "untyped_reason", "already_recorded", "missing_parents", "digest")
    DECLARED_MESSAGE_FIELD_NUMBER: _ClassVar[int]
    UNTYPED_REASON_FIELD_NUMBER: _ClassVar[int]
    ALREADY_RECORDED_FIELD_NUMBER: _ClassVar[int]
    MISSING_PARENTS_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    declared_message: str
    untyped_reason: str
    already_recorded: bool
    missing_parents: _containers.RepeatedScalarFieldContainer[str]
    digest: bytes
    def __init__(self, declared_message: _Optional[str] = ..., untyped_reason: _Optional[str] = ..., already_recorded: bool = ..., missing_parents: _Optional[_Iterable[str]] = ..., digest: _Optional[bytes] = ...) -> None: ...
