from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class QuestionState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    QUESTION_STATE_UNSPECIFIED: _ClassVar[QuestionState]
    QUESTION_STATE_OPEN: _ClassVar[QuestionState]
    QUESTION_STATE_ANSWERED: _ClassVar[QuestionState]
    QUESTION_STATE_EXPIRED: _ClassVar[QuestionState]
    QUESTION_STATE_CANCELLED: _ClassVar[QuestionState]
QUESTION_STATE_UNSPECIFIED: QuestionState
QUESTION_STATE_OPEN: QuestionState
QUESTION_STATE_ANSWERED: QuestionState
QUESTION_STATE_EXPIRED: QuestionState
QUESTION_STATE_CANCELLED: QuestionState

class Question(_message.Message):
    __slots__ = ("question_id", "state", "question", "context", "options", "from_agent", "session_id", "workflow_id", "blocking", "assignee", "deadline", "default_answer", "escalate_to", "priority", "decision", "rationale", "answered_by", "answered_at", "requested_event_id", "answer_event_id", "created_at", "answer_delivered", "delegated_by", "version", "position")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    BLOCKING_FIELD_NUMBER: _ClassVar[int]
    ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_ANSWER_FIELD_NUMBER: _ClassVar[int]
    ESCALATE_TO_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    RATIONALE_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_BY_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_AT_FIELD_NUMBER: _ClassVar[int]
    REQUESTED_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    ANSWER_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    CREATED_AT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_DELIVERED_FIELD_NUMBER: _ClassVar[int]
    DELEGATED_BY_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    state: QuestionState
    question: str
    context: _struct_pb2.Struct
    options: _containers.RepeatedScalarFieldContainer[str]
    from_agent: str
    session_id: str
    workflow_id: str
    blocking: bool
    assignee: str
    deadline: _timestamp_pb2.Timestamp
    default_answer: str
    escalate_to: str
    priority: _payload_common_pb2.Priority
    decision: str
    rationale: str
    answered_by: str
    answered_at: _timestamp_pb2.Timestamp
    requested_event_id: str
    answer_event_id: str
    created_at: _timestamp_pb2.Timestamp
    answer_delivered: bool
    delegated_by: _containers.RepeatedScalarFieldContainer[str]
    version: int
    position: int
    def __init__(self, question_id: _Optional[str] = ..., state: _Optional[_Union[QuestionState, str]] = ..., question: _Optional[str] = ..., context: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., options: _Optional[_Iterable[str]] = ..., from_agent: _Optional[str] = ..., session_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., blocking: bool = ..., assignee: _Optional[str] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., default_answer: _Optional[str] = ..., escalate_to: _Optional[str] = ..., priority: _Optional[_Union[_payload_common_pb2.Priority, str]] = ..., decision: _Optional[str] = ..., rationale: _Optional[str] = ..., answered_by: _Optional[str] = ..., answered_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., requested_event_id: _Optional[str] = ..., answer_event_id: _Optional[str] = ..., created_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., answer_delivered: bool = ..., delegated_by: _Optional[_Iterable[str]] = ..., version: _Optional[int] = ..., position: _Optional[int] = ...) -> None: ...
