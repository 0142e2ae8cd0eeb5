from god33.v1 import append_error_pb2 as _append_error_pb2
from god33.v1 import append_events_pb2 as _append_events_pb2
from god33.v1 import error_reason_pb2 as _error_reason_pb2
from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import options_pb2 as _options_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class QuarantinedMessage(_message.Message):
    __slots__ = ("quarantine_id", "reason", "message", "bus", "body", "body_size", "preview", "received_at", "attempts", "dead_lettered")
    QUARANTINE_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    BUS_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    BODY_SIZE_FIELD_NUMBER: _ClassVar[int]
    PREVIEW_FIELD_NUMBER: _ClassVar[int]
    RECEIVED_AT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    DEAD_LETTERED_FIELD_NUMBER: _ClassVar[int]
    quarantine_id: str
    reason: _error_reason_pb2.ErrorReason
    message: str
    bus: _event_pb2.BusMetadata
    body: bytes
    body_size: int
    preview: str
    received_at: _timestamp_pb2.Timestamp
    attempts: int
    dead_lettered: bool
    def __init__(self, quarantine_id: _Optional[str] = ..., reason: _Optional[_Union[_error_reason_pb2.ErrorReason, str]] = ..., message: _Optional[str] = ..., bus: _Optional[_Union[_event_pb2.BusMetadata, _Mapping]] = ..., body: _Optional[bytes] = ..., body_size: _Optional[int] = ..., preview: _Optional[str] = ..., received_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., attempts: _Optional[int] = ..., dead_lettered: bool = ...) -> None: ...

class ListQuarantinedMessagesRequest(_message.Message):
    __slots__ = ("reason", "routing_key", "page_size", "page_token", "include_total")
    REASON_FIELD_NUMBER: _ClassVar[int]
    ROUTING_KEY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_TOTAL_FIELD_NUMBER: _ClassVar[int]
    reason: _error_reason_pb2.ErrorReason
    routing_key: str
    page_size: int
    page_token: str
    include_total: bool
    def __init__(self, reason: _Optional[_Union[_error_reason_pb2.ErrorReason, str]] = ..., routing_key: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., include_total: bool = ...) -> None: ...

class ListQuarantinedMessagesResponse(_message.Message):
    __slots__ = ("messages", "next_page_token", "total")
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    messages: _containers.RepeatedCompositeFieldContainer[QuarantinedMessage]
    next_page_token: str
    total: int
    def __init__(self, messages: _Optional[_Iterable[_Union[QuarantinedMessage, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., total: _Optional[int] = ...) -> None: ...

class GetQuarantinedMessageRequest(_message.Message):
    __slots__ = ("quarantine_id",)
    QUARANTINE_ID_FIELD_NUMBER: _ClassVar[int]
    quarantine_id: str
    def __init__(self, quarantine_id: _Optional[str] = ...) -> None: ...

class GetQuarantinedMessageResponse(_message.Message):
    __slots__ = ("message",)
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    message: QuarantinedMessage
    def __init__(self, message: _Optional[_Union[QuarantinedMessage, _Mapping]] = ...) -> None: ...

class RedriveQuarantinedMessagesRequest(_message.Message):
    __slots__ = ("request_id", "quarantine_ids", "corrected_body")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    QUARANTINE_IDS_FIELD_NUMBER: _ClassVar[int]
    CORRECTED_BODY_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    quarantine_ids: _containers.RepeatedScalarFieldContainer[str]
    corrected_body: bytes
    def __init__(self, request_id: _Optional[str] = ..., quarantine_ids: _Optional[_Iterable[str]] = ..., corrected_body: _Optional[bytes] = ...) -> None: ...

class RedriveQuarantinedMessagesResponse(_message.Message):
    __slots__ = ("results", "position")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[RedriveResult]
    position: int
    def __init__(self, results: _Optional[_Iterable[_Union[RedriveResult, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class RedriveResult(_message.Message):
    __slots__ = ("quarantine_id", "appended", "error")
    QUARANTINE_ID_FIELD_NUMBER: _ClassVar[int]
    APPENDED_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    quarantine_id: str
    appended: _append_events_pb2.AppendResult
    error: _append_error_pb2.AppendError
    def __init__(self, quarantine_id: _Optional[str] = ..., appended: _Optional[_Union[_append_events_pb2.AppendResult, _Mapping]] = ..., error: _Optional[_Union[_append_error_pb2.AppendError, _Mapping]] = ...) -> None: ...

class DiscardQuarantinedMessagesRequest(_message.Message):
    __slots__ = ("request_id", "quarantine_ids", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    QUARANTINE_IDS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    quarantine_ids: _containers.RepeatedScalarFieldContainer[str]
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., quarantine_ids: _Optional[_Iterable[str]] = ..., reason: _Optional[str] = ...) -> None: ...

class DiscardQuarantinedMessagesResponse(_message.Message):
    __slots__ = ("discarded",)
    DISCARDED_FIELD_NUMBER: _ClassVar[int]
    discarded: int
    def __init__(self, discarded: _Optional[int] = ...) -> None: ...
