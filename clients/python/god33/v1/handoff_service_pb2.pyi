from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import handoff_pb2 as _handoff_pb2
from god33.v1 import handoff_work_pb2 as _handoff_work_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_handoff_pb2 as _payload_handoff_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff: _payload_handoff_pb2.HandoffRequested
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff: _Optional[_Union[_payload_handoff_pb2.HandoffRequested, _Mapping]] = ...) -> None: ...

class CreateHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class Claimant(_message.Message):
    __slots__ = ("session_id", "agent_type", "agent_instance_id", "capabilities", "task_types", "workflow_id", "checkpoint_schema_versions")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    TASK_TYPES_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_SCHEMA_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    agent_type: str
    agent_instance_id: str
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    task_types: _containers.RepeatedScalarFieldContainer[str]
    workflow_id: str
    checkpoint_schema_versions: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, session_id: _Optional[str] = ..., agent_type: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ..., task_types: _Optional[_Iterable[str]] = ..., workflow_id: _Optional[str] = ..., checkpoint_schema_versions: _Optional[_Iterable[str]] = ...) -> None: ...

class ClaimHandoffRequest(_message.Message):
    __slots__ = ("request_id", "claimant", "wait", "accept", "context")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CLAIMANT_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    ACCEPT_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    claimant: Claimant
    wait: _duration_pb2.Duration
    accept: bool
    context: _event_context_pb2.EventContext
    def __init__(self, request_id: _Optional[str] = ..., claimant: _Optional[_Union[Claimant, _Mapping]] = ..., wait: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., accept: bool = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ...) -> None: ...

class ClaimHandoffResponse(_message.Message):
    __slots__ = ("handoff", "reserved_ms", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    RESERVED_MS_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    reserved_ms: int
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., reserved_ms: _Optional[int] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class WatchOffersRequest(_message.Message):
    __slots__ = ("claimant", "max_offers")
    CLAIMANT_FIELD_NUMBER: _ClassVar[int]
    MAX_OFFERS_FIELD_NUMBER: _ClassVar[int]
    claimant: Claimant
    max_offers: int
    def __init__(self, claimant: _Optional[_Union[Claimant, _Mapping]] = ..., max_offers: _Optional[int] = ...) -> None: ...

class WatchOffersResponse(_message.Message):
    __slots__ = ("offer", "withdrawn", "alive")
    OFFER_FIELD_NUMBER: _ClassVar[int]
    WITHDRAWN_FIELD_NUMBER: _ClassVar[int]
    ALIVE_FIELD_NUMBER: _ClassVar[int]
    offer: Offer
    withdrawn: OfferWithdrawn
    alive: StreamAlive
    def __init__(self, offer: _Optional[_Union[Offer, _Mapping]] = ..., withdrawn: _Optional[_Union[OfferWithdrawn, _Mapping]] = ..., alive: _Optional[_Union[StreamAlive, _Mapping]] = ...) -> None: ...

class Offer(_message.Message):
    __slots__ = ("handoff", "reserved_ms")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    RESERVED_MS_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    reserved_ms: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., reserved_ms: _Optional[int] = ...) -> None: ...

class OfferWithdrawn(_message.Message):
    __slots__ = ("handoff_id", "reason")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    reason: str
    def __init__(self, handoff_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class StreamAlive(_message.Message):
    __slots__ = ("head_position",)
    HEAD_POSITION_FIELD_NUMBER: _ClassVar[int]
    head_position: int
    def __init__(self, head_position: _Optional[int] = ...) -> None: ...

class AcceptHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "claimant", "checkpoint_id", "estimated_checkpoints")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    CLAIMANT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    claimant: Claimant
    checkpoint_id: str
    estimated_checkpoints: int
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., claimant: _Optional[_Union[Claimant, _Mapping]] = ..., checkpoint_id: _Optional[str] = ..., estimated_checkpoints: _Optional[int] = ...) -> None: ...

class AcceptHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class DeclineHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "session_id", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    session_id: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., session_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class DeclineHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class ExtendLeaseRequest(_message.Message):
    __slots__ = ("handoff_id", "fencing_token")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    fencing_token: int
    def __init__(self, handoff_id: _Optional[str] = ..., fencing_token: _Optional[int] = ...) -> None: ...

class ExtendLeaseResponse(_message.Message):
    __slots__ = ("lease",)
    LEASE_FIELD_NUMBER: _ClassVar[int]
    lease: _handoff_pb2.Lease
    def __init__(self, lease: _Optional[_Union[_handoff_pb2.Lease, _Mapping]] = ...) -> None: ...

class ReportProgressRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "fencing_token", "progress_pct", "summary", "details")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_PCT_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    DETAILS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    fencing_token: int
    progress_pct: float
    summary: str
    details: _struct_pb2.Struct
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., fencing_token: _Optional[int] = ..., progress_pct: _Optional[float] = ..., summary: _Optional[str] = ..., details: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class ReportProgressResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...
