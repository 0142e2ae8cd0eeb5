from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_filter_pb2 as _event_filter_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class OrderingKey(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ORDERING_KEY_UNSPECIFIED: _ClassVar[OrderingKey]
    ORDERING_KEY_NONE: _ClassVar[OrderingKey]
    ORDERING_KEY_WORKFLOW: _ClassVar[OrderingKey]
    ORDERING_KEY_SESSION: _ClassVar[OrderingKey]
    ORDERING_KEY_AGENT: _ClassVar[OrderingKey]
    ORDERING_KEY_ALL: _ClassVar[OrderingKey]

class ParkedKeyPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PARKED_KEY_POLICY_UNSPECIFIED: _ClassVar[ParkedKeyPolicy]
    PARKED_KEY_POLICY_PASS: _ClassVar[ParkedKeyPolicy]
    PARKED_KEY_POLICY_BLOCK: _ClassVar[ParkedKeyPolicy]
ORDERING_KEY_UNSPECIFIED: OrderingKey
ORDERING_KEY_NONE: OrderingKey
ORDERING_KEY_WORKFLOW: OrderingKey
ORDERING_KEY_SESSION: OrderingKey
ORDERING_KEY_AGENT: OrderingKey
ORDERING_KEY_ALL: OrderingKey
PARKED_KEY_POLICY_UNSPECIFIED: ParkedKeyPolicy
PARKED_KEY_POLICY_PASS: ParkedKeyPolicy
PARKED_KEY_POLICY_BLOCK: ParkedKeyPolicy

class Subscription(_message.Message):
    __slots__ = ("name", "settings", "position", "lag", "oldest_unacknowledged", "in_flight", "parked", "consumers", "created_at", "version", "paused")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    LAG_FIELD_NUMBER: _ClassVar[int]
    OLDEST_UNACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    PARKED_FIELD_NUMBER: _ClassVar[int]
    CONSUMERS_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    name: str
    settings: SubscriptionSettings
    position: int
    lag: int
    oldest_unacknowledged: _duration_pb2.Duration
    in_flight: int
    parked: int
    consumers: _containers.RepeatedCompositeFieldContainer[Consumer]
    created_at: _timestamp_pb2.Timestamp
    version: int
    paused: bool
    def __init__(self, name: _Optional[str] = ..., settings: _Optional[_Union[SubscriptionSettings, _Mapping]] = ..., position: _Optional[int] = ..., lag: _Optional[int] = ..., oldest_unacknowledged: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., in_flight: _Optional[int] = ..., parked: _Optional[int] = ..., consumers: _Optional[_Iterable[_Union[Consumer, _Mapping]]] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., version: _Optional[int] = ..., paused: bool = ...) -> None: ...

class SubscriptionSettings(_message.Message):
    __slots__ = ("filter", "ordering_key", "parked_key_policy", "max_attempts", "min_backoff", "max_backoff", "ack_timeout", "max_in_flight")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDERING_KEY_FIELD_NUMBER: _ClassVar[int]
    PARKED_KEY_POLICY_FIELD_NUMBER: _ClassVar[int]
    MAX_ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    MIN_BACKOFF_FIELD_NUMBER: _ClassVar[int]
    MAX_BACKOFF_FIELD_NUMBER: _ClassVar[int]
    ACK_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    MAX_IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    filter: _event_filter_pb2.EventFilter
    ordering_key: OrderingKey
    parked_key_policy: ParkedKeyPolicy
    max_attempts: int
    min_backoff: _duration_pb2.Duration
    max_backoff: _duration_pb2.Duration
    ack_timeout: _duration_pb2.Duration
    max_in_flight: int
    def __init__(self, filter: _Optional[_Union[_event_filter_pb2.EventFilter, _Mapping]] = ..., ordering_key: _Optional[_Union[OrderingKey, str]] = ..., parked_key_policy: _Optional[_Union[ParkedKeyPolicy, str]] = ..., max_attempts: _Optional[int] = ..., min_backoff: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_backoff: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., ack_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., max_in_flight: _Optional[int] = ...) -> None: ...

class Consumer(_message.Message):
    __slots__ = ("consumer_id", "connected_at", "in_flight", "acknowledged")
    CONSUMER_ID_FIELD_NUMBER: _ClassVar[int]
    CONNECTED_AT_FIELD_NUMBER: _ClassVar[int]
    IN_FLIGHT_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_FIELD_NUMBER: _ClassVar[int]
    consumer_id: str
    connected_at: _timestamp_pb2.Timestamp
    in_flight: int
    acknowledged: int
    def __init__(self, consumer_id: _Optional[str] = ..., connected_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., in_flight: _Optional[int] = ..., acknowledged: _Optional[int] = ...) -> None: ...

class Delivery(_message.Message):
    __slots__ = ("delivery_id", "event", "attempt", "fencing_token", "remaining_ms", "replay_id")
    DELIVERY_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REMAINING_MS_FIELD_NUMBER: _ClassVar[int]
    REPLAY_ID_FIELD_NUMBER: _ClassVar[int]
    delivery_id: str
    event: _event_pb2.RecordedEvent
    attempt: int
    fencing_token: int
    remaining_ms: int
    replay_id: str
    def __init__(self, delivery_id: _Optional[str] = ..., event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., attempt: _Optional[int] = ..., fencing_token: _Optional[int] = ..., remaining_ms: _Optional[int] = ..., replay_id: _Optional[str] = ...) -> None: ...

class ParkedEvent(_message.Message):
    __slots__ = ("parked_id", "event", "attempts", "reason", "first_failed_at", "last_failed_at")
    PARKED_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    FIRST_FAILED_AT_FIELD_NUMBER: _ClassVar[int]
    LAST_FAILED_AT_FIELD_NUMBER: _ClassVar[int]
    parked_id: str
    event: _event_pb2.RecordedEvent
    attempts: int
    reason: str
    first_failed_at: _timestamp_pb2.Timestamp
    last_failed_at: _timestamp_pb2.Timestamp
    def __init__(self, parked_id: _Optional[str] = ..., event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., attempts: _Optional[int] = ..., reason: _Optional[str] = ..., first_failed_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., last_failed_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
