from god33.v1 import director_pb2 as _director_pb2
from god33.v1 import director_tasks_pb2 as _director_tasks_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_director_pb2 as _payload_director_pb2
from god33.v1 import payload_session_pb2 as _payload_session_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CreateCrossServiceTaskRequest(_message.Message):
    __slots__ = ("request_id", "context", "task")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    task: _payload_director_pb2.CrossServiceTaskCreated
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., task: _Optional[_Union[_payload_director_pb2.CrossServiceTaskCreated, _Mapping]] = ...) -> None: ...

class CreateCrossServiceTaskResponse(_message.Message):
    __slots__ = ("task", "event_ids", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _director_pb2.CrossServiceTask
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, task: _Optional[_Union[_director_pb2.CrossServiceTask, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class RequestMiseStandardizationRequest(_message.Message):
    __slots__ = ("request_id", "context", "standardization")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    STANDARDIZATION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    standardization: _payload_director_pb2.MiseStandardizationRequested
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., standardization: _Optional[_Union[_payload_director_pb2.MiseStandardizationRequested, _Mapping]] = ...) -> None: ...

class RequestMiseStandardizationResponse(_message.Message):
    __slots__ = ("event_ids", "position")
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class DefineMisePatternRequest(_message.Message):
    __slots__ = ("request_id", "context", "pattern")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    PATTERN_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    pattern: _payload_director_pb2.MisePatternDefined
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., pattern: _Optional[_Union[_payload_director_pb2.MisePatternDefined, _Mapping]] = ...) -> None: ...

class DefineMisePatternResponse(_message.Message):
    __slots__ = ("pattern", "event_ids", "position")
    PATTERN_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    pattern: _director_pb2.MisePattern
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, pattern: _Optional[_Union[_director_pb2.MisePattern, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class DelegateServiceRequest(_message.Message):
    __slots__ = ("request_id", "context", "delegation")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    DELEGATION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    delegation: _payload_director_pb2.ServiceDelegationRequested
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., delegation: _Optional[_Union[_payload_director_pb2.ServiceDelegationRequested, _Mapping]] = ...) -> None: ...

class DelegateServiceResponse(_message.Message):
    __slots__ = ("delegation", "event_ids", "position")
    DELEGATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    delegation: _director_pb2.Delegation
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, delegation: _Optional[_Union[_director_pb2.Delegation, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CompleteDelegationRequest(_message.Message):
    __slots__ = ("request_id", "context", "delegation_id", "result")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    delegation_id: str
    result: _payload_session_pb2.TaskCompleted
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., delegation_id: _Optional[str] = ..., result: _Optional[_Union[_payload_session_pb2.TaskCompleted, _Mapping]] = ...) -> None: ...

class CompleteDelegationResponse(_message.Message):
    __slots__ = ("delegation", "event_ids", "position")
    DELEGATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    delegation: _director_pb2.Delegation
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, delegation: _Optional[_Union[_director_pb2.Delegation, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class FailDelegationRequest(_message.Message):
    __slots__ = ("request_id", "context", "delegation_id", "failure_reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    DELEGATION_ID_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    delegation_id: str
    failure_reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., delegation_id: _Optional[str] = ..., failure_reason: _Optional[str] = ...) -> None: ...

class FailDelegationResponse(_message.Message):
    __slots__ = ("delegation", "event_ids", "position")
    DELEGATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    delegation: _director_pb2.Delegation
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, delegation: _Optional[_Union[_director_pb2.Delegation, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class RequestMiseValidationRequest(_message.Message):
    __slots__ = ("request_id", "context", "validation")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    validation: _payload_director_pb2.MiseValidationRequested
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., validation: _Optional[_Union[_payload_director_pb2.MiseValidationRequested, _Mapping]] = ...) -> None: ...

class RequestMiseValidationResponse(_message.Message):
    __slots__ = ("task", "event_ids", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _director_pb2.CrossServiceTask
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, task: _Optional[_Union[_director_pb2.CrossServiceTask, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class RecordMiseValidationRequest(_message.Message):
    __slots__ = ("request_id", "context", "validation")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    VALIDATION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    validation: _payload_director_pb2.MiseValidationCompleted
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., validation: _Optional[_Union[_payload_director_pb2.MiseValidationCompleted, _Mapping]] = ...) -> None: ...

class RecordMiseValidationResponse(_message.Message):
    __slots__ = ("task", "event_ids", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _director_pb2.CrossServiceTask
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, task: _Optional[_Union[_director_pb2.CrossServiceTask, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...
