from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class FeedbackRequested(_message.Message):
    __slots__ = ("from_agent", "question", "context", "blocking", "question_id", "session_id", "workflow_id", "options", "assignee", "deadline", "default_answer", "escalate_to", "priority")
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    QUESTION_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    BLOCKING_FIELD_NUMBER: _ClassVar[int]
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    DEFAULT_ANSWER_FIELD_NUMBER: _ClassVar[int]
    ESCALATE_TO_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    from_agent: str
    question: str
    context: _struct_pb2.Struct
    blocking: bool
    question_id: str
    session_id: str
    workflow_id: str
    options: _containers.RepeatedScalarFieldContainer[str]
    assignee: str
    deadline: _timestamp_pb2.Timestamp
    default_answer: str
    escalate_to: str
    priority: _payload_common_pb2.Priority
    def __init__(self, from_agent: _Optional[str] = ..., question: _Optional[str] = ..., context: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., blocking: bool = ..., question_id: _Optional[str] = ..., session_id: _Optional[str] = ..., workflow_id: _Optional[str] = ..., options: _Optional[_Iterable[str]] = ..., assignee: _Optional[str] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., default_answer: _Optional[str] = ..., escalate_to: _Optional[str] = ..., priority: _Optional[_Union[_payload_common_pb2.Priority, str]] = ...) -> None: ...

class FeedbackResponse(_message.Message):
    __slots__ = ("question_id", "decision", "rationale", "answered_by", "context")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    RATIONALE_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_BY_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    decision: str
    rationale: str
    answered_by: str
    context: _struct_pb2.Struct
    def __init__(self, question_id: _Optional[str] = ..., decision: _Optional[str] = ..., rationale: _Optional[str] = ..., answered_by: _Optional[str] = ..., context: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class FeedbackCancelled(_message.Message):
    __slots__ = ("question_id", "cancelled_by", "reason")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_BY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    cancelled_by: str
    reason: str
    def __init__(self, question_id: _Optional[str] = ..., cancelled_by: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class FeedbackExpired(_message.Message):
    __slots__ = ("question_id", "deadline")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    deadline: _timestamp_pb2.Timestamp
    def __init__(self, question_id: _Optional[str] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class FeedbackDelegated(_message.Message):
    __slots__ = ("question_id", "delegated_by", "assignee", "reason")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    DELEGATED_BY_FIELD_NUMBER: _ClassVar[int]
    ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    delegated_by: str
    assignee: str
    reason: str
    def __init__(self, question_id: _Optional[str] = ..., delegated_by: _Optional[str] = ..., assignee: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class FeedbackEscalated(_message.Message):
    __slots__ = ("question_id", "assignee", "previous_assignee")
    QUESTION_ID_FIELD_NUMBER: _ClassVar[int]
    ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    question_id: str
    assignee: str
    previous_assignee: str
    def __init__(self, question_id: _Optional[str] = ..., assignee: _Optional[str] = ..., previous_assignee: _Optional[str] = ...) -> None: ...
