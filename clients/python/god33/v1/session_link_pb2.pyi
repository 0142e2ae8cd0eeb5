from god33.v1 import checkpoint_pb2 as _checkpoint_pb2
from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import feedback_pb2 as _feedback_pb2
from god33.v1 import handoff_pb2 as _handoff_pb2
from god33.v1 import handoff_service_pb2 as _handoff_service_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import session_pb2 as _session_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class InstructionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INSTRUCTION_KIND_UNSPECIFIED: _ClassVar[InstructionKind]
    INSTRUCTION_KIND_CANCEL: _ClassVar[InstructionKind]
    INSTRUCTION_KIND_PAUSE: _ClassVar[InstructionKind]
    INSTRUCTION_KIND_RESUME: _ClassVar[InstructionKind]
    INSTRUCTION_KIND_SAVE_CHECKPOINT: _ClassVar[InstructionKind]
    INSTRUCTION_KIND_LEASE_LOST: _ClassVar[InstructionKind]
    INSTRUCTION_KIND_ANSWER: _ClassVar[InstructionKind]
    INSTRUCTION_KIND_DRAIN: _ClassVar[InstructionKind]
    INSTRUCTION_KIND_MESSAGE: _ClassVar[InstructionKind]
INSTRUCTION_KIND_UNSPECIFIED: InstructionKind
INSTRUCTION_KIND_CANCEL: InstructionKind
INSTRUCTION_KIND_PAUSE: InstructionKind
INSTRUCTION_KIND_RESUME: InstructionKind
INSTRUCTION_KIND_SAVE_CHECKPOINT: InstructionKind
INSTRUCTION_KIND_LEASE_LOST: InstructionKind
INSTRUCTION_KIND_ANSWER: InstructionKind
INSTRUCTION_KIND_DRAIN: InstructionKind
INSTRUCTION_KIND_MESSAGE: InstructionKind

class Instruction(_message.Message):
    __slots__ = ("instruction_id", "kind", "reason", "handoff_id", "question_id", "event_id", "sent_by", "sent_at")
    INSTRUCTION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ID_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    SENT_BY_FIELD_NUMBER: _ClassVar[int]
    SENT_AT_FIELD_NUMBER: _ClassVar[int]
    instruction_id: str
    kind: InstructionKind
    reason: str
    handoff_id: str
    question_id: str
    event_id: str
    sent_by: str
    sent_at: _timestamp_pb2.Timestamp
    def __init__(self, instruction_id: _Optional[str] = ..., kind: _Optional[_Union[InstructionKind, str]] = ..., reason: _Optional[str] = ..., handoff_id: _Optional[str] = ..., question_id: _Optional[str] = ..., event_id: _Optional[str] = ..., sent_by: _Optional[str] = ..., sent_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HeartbeatRequest(_message.Message):
    __slots__ = ("session_id", "fencing_token", "context_tokens", "context_limit", "current_focus", "acknowledged_instruction_ids")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_TOKENS_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_LIMIT_FIELD_NUMBER: _ClassVar[int]
    CURRENT_FOCUS_FIELD_NUMBER: _ClassVar[int]
    ACKNOWLEDGED_INSTRUCTION_IDS_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    fencing_token: int
    context_tokens: int
    context_limit: int
    current_focus: str
    acknowledged_instruction_ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, session_id: _Optional[str] = ..., fencing_token: _Optional[int] = ..., context_tokens: _Optional[int] = ..., context_limit: _Optional[int] = ..., current_focus: _Optional[str] = ..., acknowledged_instruction_ids: _Optional[_Iterable[str]] = ...) -> None: ...

class HeartbeatResponse(_message.Message):
    __slots__ = ("status", "remaining_ms", "instructions")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    REMAINING_MS_FIELD_NUMBER: _ClassVar[int]
    INSTRUCTIONS_FIELD_NUMBER: _ClassVar[int]
    status: _session_pb2.SessionStatus
    remaining_ms: int
    instructions: _containers.RepeatedCompositeFieldContainer[Instruction]
    def __init__(self, status: _Optional[_Union[_session_pb2.SessionStatus, str]] = ..., remaining_ms: _Optional[int] = ..., instructions: _Optional[_Iterable[_Union[Instruction, _Mapping]]] = ...) -> None: ...

class AttachRequest(_message.Message):
    __slots__ = ("heartbeat",)
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    heartbeat: HeartbeatRequest
    def __init__(self, heartbeat: _Optional[_Union[HeartbeatRequest, _Mapping]] = ...) -> None: ...

class AttachResponse(_message.Message):
    __slots__ = ("session", "instruction", "heartbeat")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    INSTRUCTION_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    instruction: Instruction
    heartbeat: HeartbeatResponse
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., instruction: _Optional[_Union[Instruction, _Mapping]] = ..., heartbeat: _Optional[_Union[HeartbeatResponse, _Mapping]] = ...) -> None: ...

class WatchInstructionsRequest(_message.Message):
    __slots__ = ("session_id", "fencing_token")
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    session_id: str
    fencing_token: int
    def __init__(self, session_id: _Optional[str] = ..., fencing_token: _Optional[int] = ...) -> None: ...

class WatchInstructionsResponse(_message.Message):
    __slots__ = ("session", "instruction", "alive")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    INSTRUCTION_FIELD_NUMBER: _ClassVar[int]
    ALIVE_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    instruction: Instruction
    alive: _handoff_service_pb2.StreamAlive
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., instruction: _Optional[_Union[Instruction, _Mapping]] = ..., alive: _Optional[_Union[_handoff_service_pb2.StreamAlive, _Mapping]] = ...) -> None: ...

class SendInstructionRequest(_message.Message):
    __slots__ = ("request_id", "session_id", "kind", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    session_id: str
    kind: InstructionKind
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., session_id: _Optional[str] = ..., kind: _Optional[_Union[InstructionKind, str]] = ..., reason: _Optional[str] = ...) -> None: ...

class SendInstructionResponse(_message.Message):
    __slots__ = ("instruction",)
    INSTRUCTION_FIELD_NUMBER: _ClassVar[int]
    instruction: Instruction
    def __init__(self, instruction: _Optional[_Union[Instruction, _Mapping]] = ...) -> None: ...

class StartRecoveryRequest(_message.Message):
    __slots__ = ("request_id", "context", "failed_session_id", "new_session_id", "checkpoint_id", "agent_type", "agent_instance_id", "checkpoint_schema_versions", "heartbeat_timeout")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    FAILED_SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    NEW_SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_FIELD_NUMBER: _ClassVar[int]
    AGENT_INSTANCE_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_SCHEMA_VERSIONS_FIELD_NUMBER: _ClassVar[int]
    HEARTBEAT_TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    failed_session_id: str
    new_session_id: str
    checkpoint_id: str
    agent_type: str
    agent_instance_id: str
    checkpoint_schema_versions: _containers.RepeatedScalarFieldContainer[str]
    heartbeat_timeout: _duration_pb2.Duration
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., failed_session_id: _Optional[str] = ..., new_session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., agent_type: _Optional[str] = ..., agent_instance_id: _Optional[str] = ..., checkpoint_schema_versions: _Optional[_Iterable[str]] = ..., heartbeat_timeout: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class StartRecoveryResponse(_message.Message):
    __slots__ = ("session", "checkpoint", "events_since_checkpoint", "events_truncated", "handoff", "answered_questions", "event_ids", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    EVENTS_SINCE_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    EVENTS_TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    checkpoint: _checkpoint_pb2.Checkpoint
    events_since_checkpoint: _containers.RepeatedCompositeFieldContainer[_event_pb2.RecordedEvent]
    events_truncated: bool
    handoff: _handoff_pb2.Handoff
    answered_questions: _containers.RepeatedCompositeFieldContainer[_feedback_pb2.Question]
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., events_since_checkpoint: _Optional[_Iterable[_Union[_event_pb2.RecordedEvent, _Mapping]]] = ..., events_truncated: bool = ..., handoff: _Optional[_Union[_handoff_pb2.Handoff, _Mapping]] = ..., answered_questions: _Optional[_Iterable[_Union[_feedback_pb2.Question, _Mapping]]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CompleteRecoveryRequest(_message.Message):
    __slots__ = ("request_id", "context", "session_id", "checkpoint_id", "context_delta")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_DELTA_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    session_id: str
    checkpoint_id: str
    context_delta: _struct_pb2.Struct
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., session_id: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., context_delta: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class CompleteRecoveryResponse(_message.Message):
    __slots__ = ("session", "event_ids", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...
