from god33.v1 import checkpoint_pb2 as _checkpoint_pb2
from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from god33.v1 import payload_session_pb2 as _payload_session_pb2
from god33.v1 import session_pb2 as _session_pb2
from god33.v1 import session_checkpoints_pb2 as _session_checkpoints_pb2
from god33.v1 import session_link_pb2 as _session_link_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StartSessionRequest(_message.Message):
    __slots__ = ("request_id", "context", "session", "framework", "heartbeat_timeout", "agent_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    FRAMEWORK_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    session: _payload_session_pb2.SessionStarted
    framework: str
    heartbeat_timeout: _duration_pb2.Duration
    agent_id: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., session: _Optional[_Union[_payload_session_pb2.SessionStarted, _Mapping]] = ..., framework: _Optional[str] = ..., heartbeat_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., agent_id: _Optional[str] = ...) -> None: ...

class StartSessionResponse(_message.Message):
    __slots__ = ("session", "event_ids", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class PauseSessionRequest(_message.Message):
    __slots__ = ("request_id", "context", "session_id", "reason", "checkpoint_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    session_id: str
    reason: str
    checkpoint_id: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., session_id: _Optional[str] = ..., reason: _Optional[str] = ..., checkpoint_id: _Optional[str] = ...) -> None: ...

class PauseSessionResponse(_message.Message):
    __slots__ = ("session", "event_ids", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class ResumeSessionRequest(_message.Message):
    __slots__ = ("request_id", "context", "session_id", "resuming_from_checkpoint")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    RESUMING_FROM_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    session_id: str
    resuming_from_checkpoint: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., session_id: _Optional[str] = ..., resuming_from_checkpoint: _Optional[str] = ...) -> None: ...

class ResumeSessionResponse(_message.Message):
    __slots__ = ("session", "event_ids", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CompleteSessionRequest(_message.Message):
    __slots__ = ("request_id", "context", "session_id", "final_checkpoint_id", "summary", "metrics")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    FINAL_CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    METRICS_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    session_id: str
    final_checkpoint_id: str
    summary: str
    metrics: _payload_common_pb2.WorkMetrics
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., session_id: _Optional[str] = ..., final_checkpoint_id: _Optional[str] = ..., summary: _Optional[str] = ..., metrics: _Optional[_Union[_payload_common_pb2.WorkMetrics, _Mapping]] = ...) -> None: ...

class CompleteSessionResponse(_message.Message):
    __slots__ = ("session", "event_ids", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class FailSessionRequest(_message.Message):
    __slots__ = ("request_id", "context", "session_id", "failure_reason", "last_checkpoint_id")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    LAST_CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    session_id: str
    failure_reason: str
    last_checkpoint_id: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., session_id: _Optional[str] = ..., failure_reason: _Optional[str] = ..., last_checkpoint_id: _Optional[str] = ...) -> None: ...

class FailSessionResponse(_message.Message):
    __slots__ = ("session", "event_ids", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class UpdateContextRequest(_message.Message):
    __slots__ = ("request_id", "context", "update")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    update: _payload_session_pb2.ContextUpdated
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., update: _Optional[_Union[_payload_session_pb2.ContextUpdated, _Mapping]] = ...) -> None: ...

class UpdateContextResponse(_message.Message):
    __slots__ = ("session", "event_ids", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class GetSessionRequest(_message.Message):
    __slots__ = ("session_id", "min_position")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    min_position: int
    def __init__(self, session_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetSessionResponse(_message.Message):
    __slots__ = ("session", "checkpoints", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    checkpoints: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.Checkpoint]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., checkpoints: _Optional[_Iterable[_Union[_checkpoint_pb2.Checkpoint, _Mapping]]] = ..., position: _Optional[int] = ...) -> None: ...

class ListSessionsRequest(_message.Message):
    __slots__ = ("agent", "statuses", "workflow_id", "page_size", "page_token", "min_position")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    STATUSES_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    agent: str
    statuses: _containers.RepeatedScalarFieldContainer[_session_pb2.SessionStatus]
    workflow_id: str
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, agent: _Optional[str] = ..., statuses: _Optional[_Iterable[_Union[_session_pb2.SessionStatus, str]]] = ..., workflow_id: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListSessionsResponse(_message.Message):
    __slots__ = ("sessions", "next_page_token")
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sessions: _containers.RepeatedCompositeFieldContainer[_session_pb2.Session]
    next_page_token: str
    def __init__(self, sessions: _Optional[_Iterable[_Union[_session_pb2.Session, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchSessionRequest(_message.Message):
    __slots__ = ("session_id", "min_position")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    min_position: int
    def __init__(self, session_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class WatchSessionResponse(_message.Message):
    __slots__ = ("session", "event", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    event: _event_pb2.RecordedEvent
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...
