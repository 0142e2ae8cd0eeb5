from god33.v1 import event_pb2 as _event_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import feedback_pb2 as _feedback_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_feedback_pb2 as _payload_feedback_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RequestFeedbackRequest(_message.Message):
    __slots__ = ("request_id", "context", "feedback")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    feedback: _payload_feedback_pb2.FeedbackRequested
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., feedback: _Optional[_Union[_payload_feedback_pb2.FeedbackRequested, _Mapping]] = ...) -> None: ...

class RequestFeedbackResponse(_message.Message):
    __slots__ = ("question", "event_ids", "position")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    question: _feedback_pb2.Question
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, question: _Optional[_Union[_feedback_pb2.Question, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class AnswerFeedbackRequest(_message.Message):
    __slots__ = ("request_id", "context", "question_id", "decision", "rationale", "answered_by", "answer_context")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    RATIONALE_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_BY_FIELD_NUMBER: _ClassVar[int]
    ANSWER_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    question_id: str
    decision: str
    rationale: str
    answered_by: str
    answer_context: _struct_pb2.Struct
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., question_id: _Optional[str] = ..., decision: _Optional[str] = ..., rationale: _Optional[str] = ..., answered_by: _Optional[str] = ..., answer_context: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class AnswerFeedbackResponse(_message.Message):
    __slots__ = ("question", "event_ids", "position")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    question: _feedback_pb2.Question
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, question: _Optional[_Union[_feedback_pb2.Question, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class DelegateFeedbackRequest(_message.Message):
    __slots__ = ("request_id", "context", "question_id", "assignee", "delegated_by", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    DELEGATED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    question_id: str
    assignee: str
    delegated_by: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., question_id: _Optional[str] = ..., assignee: _Optional[str] = ..., delegated_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class DelegateFeedbackResponse(_message.Message):
    __slots__ = ("question", "event_ids", "position")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    question: _feedback_pb2.Question
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, question: _Optional[_Union[_feedback_pb2.Question, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CancelFeedbackRequest(_message.Message):
    __slots__ = ("request_id", "context", "question_id", "cancelled_by", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    question_id: str
    cancelled_by: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., question_id: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CancelFeedbackResponse(_message.Message):
    __slots__ = ("question", "event_ids", "position")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    question: _feedback_pb2.Question
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, question: _Optional[_Union[_feedback_pb2.Question, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class WaitForAnswerRequest(_message.Message):
    __slots__ = ("question_id", "wait", "session_id")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    wait: _duration_pb2.Duration
    session_id: str
    def __init__(self, question_id: _Optional[str] = ..., wait: _Optional[_Union[_duration_pb2.Duration, _Mapping]] = ..., session_id: _Optional[str] = ...) -> None: ...

class WaitForAnswerResponse(_message.Message):
    __slots__ = ("question", "position")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    question: _feedback_pb2.Question
    position: int
    def __init__(self, question: _Optional[_Union[_feedback_pb2.Question, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class GetQuestionRequest(_message.Message):
    __slots__ = ("question_id", "min_position")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    min_position: int
    def __init__(self, question_id: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class GetQuestionResponse(_message.Message):
    __slots__ = ("question", "position")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    question: _feedback_pb2.Question
    position: int
    def __init__(self, question: _Optional[_Union[_feedback_pb2.Question, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...

class QuestionFilter(_message.Message):
    __slots__ = ("states", "workflow_id", "assignee", "session_id", "agent_id")
    STATES_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    states: _containers.RepeatedScalarFieldContainer[_feedback_pb2.QuestionState]
    workflow_id: str
    assignee: str
    session_id: str
    agent_id: str
    def __init__(self, states: _Optional[_Iterable[_Union[_feedback_pb2.QuestionState, str]]] = ..., workflow_id: _Optional[str] = ..., assignee: _Optional[str] = ..., session_id: _Optional[str] = ..., agent_id: _Optional[str] = ...) -> None: ...

class ListQuestionsRequest(_message.Message):
    __slots__ = ("filter", "page_size", "page_token", "min_position")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    filter: QuestionFilter
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, filter: _Optional[_Union[QuestionFilter, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListQuestionsResponse(_message.Message):
    __slots__ = ("questions", "next_page_token")
    QUESTIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    questions: _containers.RepeatedCompositeFieldContainer[_feedback_pb2.Question]
    next_page_token: str
    def __init__(self, questions: _Optional[_Iterable[_Union[_feedback_pb2.Question, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class WatchQuestionsRequest(_message.Message):
    __slots__ = ("filter", "min_position")
    FILTER_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    filter: QuestionFilter
    min_position: int
    def __init__(self, filter: _Optional[_Union[QuestionFilter, _Mapping]] = ..., min_position: _Optional[int] = ...) -> None: ...

class WatchQuestionsResponse(_message.Message):
    __slots__ = ("question", "event", "position")
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    question: _feedback_pb2.Question
    event: _event_pb2.RecordedEvent
    position: int
    def __init__(self, question: _Optional[_Union[_feedback_pb2.Question, _Mapping]] = ..., event: _Optional[_Union[_event_pb2.RecordedEvent, _Mapping]] = ..., position: _Optional[int] = ...) -> None: ...
