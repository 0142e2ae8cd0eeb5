from god33.v1 import error_reason_pb2 as _error_reason_pb2
from god33.v1 import event_filter_pb2 as _event_filter_pb2
from god33.v1 import handoff_service_pb2 as _handoff_service_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import subscription_pb2 as _subscription_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RejectAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    REJECT_ACTION_UNSPECIFIED: _ClassVar[RejectAction]
    REJECT_ACTION_RETRY: _ClassVar[RejectAction]
    REJECT_ACTION_PARK: _ClassVar[RejectAction]
    REJECT_ACTION_SKIP: _ClassVar[RejectAction]
REJECT_ACTION_UNSPECIFIED: RejectAction
REJECT_ACTION_RETRY: RejectAction
REJECT_ACTION_PARK: RejectAction
REJECT_ACTION_SKIP: RejectAction

class ConsumerHello(_message.Message):
    __slots__ = ("subscription", "consumer_id", "max_in_flight")
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    CONSUMER_ID_FIELD_NUMBER: _ClassVar[int]
    MAX_IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    subscription: str
    consumer_id: str
    max_in_flight: int
    def __init__(self, subscription: _Optional[str] = ..., consumer_id: _Optional[str] = ..., max_in_flight: _Optional[int] = ...) -> None: ...

class ConsumeRequest(_message.Message):
    __slots__ = ("hello", "acknowledge", "reject")
    HELLO_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGE_FIELD_NUMBER: _ClassVar[int]
    REJECT_FIELD_NUMBER: _ClassVar[int]
    hello: ConsumerHello
    acknowledge: Acknowledgement
    reject: Rejection
    def __init__(self, hello: _Optional[_Union[ConsumerHello, _Mapping]] = ..., acknowledge: _Optional[_Union[Acknowledgement, _Mapping]] = ..., reject: _Optional[_Union[Rejection, _Mapping]] = ...) -> None: ...

class ConsumeResponse(_message.Message):
    __slots__ = ("delivery", "welcome", "report", "alive")
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    WELCOME_FIELD_NUMBER: _ClassVar[int]
    REPORT_FIELD_NUMBER: _ClassVar[int]
    ALIVE_FIELD_NUMBER: _ClassVar[int]
    delivery: _subscription_pb2.Delivery
    welcome: ConsumerWelcome
    report: SettlementReport
    alive: _handoff_service_pb2.StreamAlive
    def __init__(self, delivery: _Optional[_Union[_subscription_pb2.Delivery, _Mapping]] = ..., welcome: _Optional[_Union[ConsumerWelcome, _Mapping]] = ..., report: _Optional[_Union[SettlementReport, _Mapping]] = ..., alive: _Optional[_Union[_handoff_service_pb2.StreamAlive, _Mapping]] = ...) -> None: ...

class ConsumerWelcome(_message.Message):
    __slots__ = ("consumer_id", "position")
    CONSUMER_ID_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    consumer_id: str
    position: int
    def __init__(self, consumer_id: _Optional[str] = ..., position: _Optional[int] = ...) -> None: ...

class DeliverRequest(_message.Message):
    __slots__ = ("hello",)
    HELLO_FIELD_NUMBER: _ClassVar[int]
    hello: ConsumerHello
    def __init__(self, hello: _Optional[_Union[ConsumerHello, _Mapping]] = ...) -> None: ...

class DeliverResponse(_message.Message):
    __slots__ = ("delivery", "welcome", "alive")
    DELIVERY_FIELD_NUMBER: _ClassVar[int]
    WELCOME_FIELD_NUMBER: _ClassVar[int]
    ALIVE_FIELD_NUMBER: _ClassVar[int]
    delivery: _subscription_pb2.Delivery
    welcome: ConsumerWelcome
    alive: _handoff_service_pb2.StreamAlive
    def __init__(self, delivery: _Optional[_Union[_subscription_pb2.Delivery, _Mapping]] = ..., welcome: _Optional[_Union[ConsumerWelcome, _Mapping]] = ..., alive: _Optional[_Union[_handoff_service_pb2.StreamAlive, _Mapping]] = ...) -> None: ...

class DeliveryRef(_message.Message):
    __slots__ = ("delivery_id", "fencing_token")
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    delivery_id: str
    fencing_token: int
    def __init__(self, delivery_id: _Optional[str] = ..., fencing_token: _Optional[int] = ...) -> None: ...

class Acknowledgement(_message.Message):
    __slots__ = ("deliveries",)
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[DeliveryRef]
    def __init__(self, deliveries: _Optional[_Iterable[_Union[DeliveryRef, _Mapping]]] = ...) -> None: ...

class Rejection(_message.Message):
    __slots__ = ("deliveries", "action", "reason", "retry_after")
    DELIVERIES_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RETRY_AFTER_FIELD_NUMBER: _ClassVar[int]
    deliveries: _containers.RepeatedCompositeFieldContainer[DeliveryRef]
    action: RejectAction
    reason: str
    retry_after: _duration_pb2.Duration
    def __init__(self, deliveries: _Optional[_Iterable[_Union[DeliveryRef, _Mapping]]] = ..., action: _Optional[_Union[RejectAction, str]] = ..., reason: _Optional[str] = ..., retry_after: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class SettlementReport(_message.Message):
    __slots__ = ("failures",)
    FAILURES_FIELD_NUMBER: _ClassVar[int]
    failures: _containers.RepeatedCompositeFieldContainer[SettlementFailure]
    def __init__(self, failures: _Optional[_Iterable[_Union[SettlementFailure, _Mapping]]] = ...) -> None: ...

class SettlementFailure(_message.Message):
    __slots__ = ("delivery_id", "reason", "message")
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    delivery_id: str
    reason: _error_reason_pb2.ErrorReason
    message: str
    def __init__(self, delivery_id: _Optional[str] = ..., reason: _Optional[_Union[_error_reason_pb2.ErrorReason, str]] = ..., message: _Optional[str] = ...) -> None: ...

class AcknowledgeRequest(_message.Message):
    __slots__ = ("subscription", "acknowledgement")
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGEMENT_FIELD_NUMBER: _ClassVar[int]
    subscription: str
    acknowledgement: Acknowledgement
    def __init__(self, subscription: _Optional[str] = ..., acknowledgement: _Optional[_Union[Acknowledgement, _Mapping]] = ...) -> None: ...

class AcknowledgeResponse(_message.Message):
    __slots__ = ("report", "position")
    REPORT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    report: SettlementReport
    position: int
    def __init__(self, report: _Optional[_Union[SettlementReport, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class RejectRequest(_message.Message):
    __slots__ = ("subscription", "rejection")
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    REJECTION_FIELD_NUMBER: _ClassVar[int]
    subscription: str
    rejection: Rejection
    def __init__(self, subscription: _Optional[str] = ..., rejection: _Optional[_Union[Rejection, _Mapping]] = ...) -> None: ...

class RejectResponse(_message.Message):
    __slots__ = ("report", "position")
    REPORT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    report: SettlementReport
    position: int
    def __init__(self, report: _Optional[_Union[SettlementReport, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListParkedEventsRequest(_message.Message):
    __slots__ = ("subscription", "page_size", "page_token")
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    subscription: str
    page_size: int
    page_token: str
    def __init__(self, subscription: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListParkedEventsResponse(_message.Message):
    __slots__ = ("parked_events", "next_page_token")
    PARKED_EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    parked_events: _containers.RepeatedCompositeFieldContainer[_subscription_pb2.ParkedEvent]
    next_page_token: str
    def __init__(self, parked_events: _Optional[_Iterable[_Union[_subscription_pb2.ParkedEvent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ParkedSelection(_message.Message):
    __slots__ = ("parked_ids", "filter")
    PARKED_IDS_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    parked_ids: _containers.RepeatedScalarFieldContainer[str]
    filter: _event_filter_pb2.EventFilter
    def __init__(self, parked_ids: _Optional[_Iterable[str]] = ..., filter: _Optional[_Union[_event_filter_pb2.EventFilter, _Mapping]] = ...) -> None: ...

class ReplayParkedEventsRequest(_message.Message):
    __slots__ = ("request_id", "subscription", "selection")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    SELECTION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    subscription: str
    selection: ParkedSelection
    def __init__(self, request_id: _Optional[str] = ..., subscription: _Optional[str] = ..., selection: _Optional[_Union[ParkedSelection, _Mapping]] = ...) -> None: ...

class ReplayParkedEventsResponse(_message.Message):
    __slots__ = ("replayed",)
    REPLAYED_FIELD_NUMBER: _ClassVar[int]
    replayed: int
    def __init__(self, replayed: _Optional[int] = ...) -> None: ...

class SkipParkedEventsRequest(_message.Message):
    __slots__ = ("request_id", "subscription", "selection", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SUBSCRIPTION_FIELD_NUMBER: _ClassVar[int]
    SELECTION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    subscription: str
    selection: ParkedSelection
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., subscription: _Optional[str] = ..., selection: _Optional[_Union[ParkedSelection, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class SkipParkedEventsResponse(_message.Message):
    __slots__ = ("skipped",)
    SKIPPED_FIELD_NUMBER: _ClassVar[int]
    skipped: int
    def __init__(self, skipped: _Optional[int] = ...) -> None: ...

class GetProjectorCursorRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class GetProjectorCursorResponse(_message.Message):
    __slots__ = ("position",)
    POSITION_FIELD_NUMBER: _ClassVar[int]
    position: int
    def __init__(self, position: _Optional[int] = ...) -> None: ...
