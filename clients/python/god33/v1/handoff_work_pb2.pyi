from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import handoff_pb2 as _handoff_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BlockHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "fencing_token", "reason", "needs")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    NEEDS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    fencing_token: int
    reason: str
    needs: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., fencing_token: _Optional[int] = ..., reason: _Optional[str] = ..., needs: _Optional[str] = ...) -> None: ...

class BlockHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class UnblockHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "unblocked_by", "resolution")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    UNBLOCKED_BY_FIELD_NUMBER: _ClassVar[int]
    RESOLUTION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    unblocked_by: str
    resolution: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., unblocked_by: _Optional[str] = ..., resolution: _Optional[str] = ...) -> None: ...

class UnblockHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CompleteHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "fencing_token", "artifacts", "validation", "next_action", "summary", "final_checkpoint_id", "metrics")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    NEXT_ACTION_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    FINAL_CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    fencing_token: int
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    validation: _payload_common_pb2.TaskValidation
    next_action: str
    summary: str
    final_checkpoint_id: str
    metrics: _payload_common_pb2.WorkMetrics
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., fencing_token: _Optional[int] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., validation: _Optional[_Union[_payload_common_pb2.TaskValidation, _Mapping]] = ..., next_action: _Optional[str] = ..., summary: _Optional[str] = ..., final_checkpoint_id: _Optional[str] = ..., metrics: _Optional[_Union[_payload_common_pb2.WorkMetrics, _Mapping]] = ...) -> None: ...

class CompleteHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class FailHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "fencing_token", "failure_reason", "final")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    FINAL_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    fencing_token: int
    failure_reason: str
    final: bool
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., fencing_token: _Optional[int] = ..., failure_reason: _Optional[str] = ..., final: bool = ...) -> None: ...

class FailHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class ReleaseHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "fencing_token", "reason", "checkpoint_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    fencing_token: int
    reason: str
    checkpoint_id: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., fencing_token: _Optional[int] = ..., reason: _Optional[str] = ..., checkpoint_id: _Optional[str] = ...) -> None: ...

class ReleaseHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CancelHandoffRequest(_message.Message):
    __slots__ = ("request_id", "context", "handoff_id", "cancelled_by", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    handoff_id: str
    cancelled_by: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., handoff_id: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CancelHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event_ids", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class GetHandoffRequest(_message.Message):
    __slots__ = ("handoff_id", "min_position")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    min_position: int
    def __init__(self, handoff_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetHandoffResponse(_message.Message):
    __slots__ = ("handoff", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class ListHandoffsRequest(_message.Message):
    __slots__ = ("workflow_id", "states", "from_agent", "to_agent", "session_id", "page_size", "page_token", "min_position")
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    TO_AGENT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    workflow_id: str
    states: _containers.RepeatedScalarFieldContainer[_handoff_pb2.HandoffState]
    from_agent: str
    to_agent: str
    session_id: str
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, workflow_id: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_handoff_pb2.HandoffState, str]]] = ..., from_agent: _Optional[str] = ..., to_agent: _Optional[str] = ..., session_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListHandoffsResponse(_message.Message):
    __slots__ = ("handoffs", "next_page_token")
    HANDOFFS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    handoffs: _containers.RepeatedCompositeFieldContainer[_handoff_pb2.Handoff]
    next_page_token: str
    def __init__(self, handoffs: _Optional[_Iterable[_Union[_handoff_pb2.Handoff, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchHandoffRequest(_message.Message):
    __slots__ = ("handoff_id", "min_position")
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff_id: str
    min_position: int
    def __init__(self, handoff_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class WatchHandoffResponse(_message.Message):
    __slots__ = ("handoff", "event", "position")
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    handoff: _handoff_pb2.Handoff
    event: _event_pb2.RecordedEvent
    position: int
    def __init__(self, handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...
