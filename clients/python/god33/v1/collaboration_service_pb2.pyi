from god33.v1 import collaboration_pb2 as _collaboration_pb2
from god33.v1 import collaboration_reads_pb2 as _collaboration_reads_pb2
from god33.v1 import event_context_pb2 as _event_context_pb2
from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_collaboration_pb2 as _payload_collaboration_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StartCollaborationRequest(_message.Message):
    __slots__ = ("request_id", "context", "collaboration")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    collaboration: _payload_collaboration_pb2.CollaborationStarted
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., collaboration: _Optional[_Union[_payload_collaboration_pb2.CollaborationStarted, _Mapping]] = ...) -> None: ...

class StartCollaborationResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class JoinCollaborationRequest(_message.Message):
    __slots__ = ("request_id", "context", "participant")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANT_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    participant: _payload_collaboration_pb2.CollaborationParticipantJoined
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., participant: _Optional[_Union[_payload_collaboration_pb2.CollaborationParticipantJoined, _Mapping]] = ...) -> None: ...

class JoinCollaborationResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class LeaveCollaborationRequest(_message.Message):
    __slots__ = ("request_id", "context", "collaboration_id", "agent_id", "reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    collaboration_id: str
    agent_id: str
    reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., collaboration_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class LeaveCollaborationResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class UpdateCollaborationRequest(_message.Message):
    __slots__ = ("request_id", "context", "update")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    UPDATE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    update: _payload_collaboration_pb2.CollaborationUpdate
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., update: _Optional[_Union[_payload_collaboration_pb2.CollaborationUpdate, _Mapping]] = ...) -> None: ...

class UpdateCollaborationResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class SetSharedContextRequest(_message.Message):
    __slots__ = ("request_id", "context", "collaboration_id", "agent_id", "changes")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    collaboration_id: str
    agent_id: str
    changes: _containers.RepeatedCompositeFieldContainer[SharedContextChange]
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., collaboration_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., changes: _Optional[_Iterable[_Union[SharedContextChange, _Mapping]]] = ...) -> None: ...

class SharedContextChange(_message.Message):
    __slots__ = ("key", "value", "expected_version")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_VERSION_FIELD_NUMBER: _ClassVar[int]
    key: str
    value: _struct_pb2.Value
    expected_version: int
    def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., expected_version: _Optional[int] = ...) -> None: ...

class SetSharedContextResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class ListSharedContextHistoryRequest(_message.Message):
    __slots__ = ("collaboration_id", "key", "page_size", "page_token", "min_position")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    MIN_POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    key: str
    page_size: int
    page_token: str
    min_position: int
    def __init__(self, collaboration_id: _Optional[str] = ..., key: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., min_position: _Optional[int] = ...) -> None: ...

class ListSharedContextHistoryResponse(_message.Message):
    __slots__ = ("values", "next_page_token")
    VALUES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    values: _containers.RepeatedCompositeFieldContainer[_collaboration_pb2.SharedValue]
    next_page_token: str
    def __init__(self, values: _Optional[_Iterable[_Union[_collaboration_pb2.SharedValue, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class CreateProposalRequest(_message.Message):
    __slots__ = ("request_id", "context", "proposal")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    proposal: _payload_collaboration_pb2.CollaborationProposalCreated
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., proposal: _Optional[_Union[_payload_collaboration_pb2.CollaborationProposalCreated, _Mapping]] = ...) -> None: ...

class CreateProposalResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position", "proposal_id")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_ID_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    proposal_id: str
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ..., proposal_id: _Optional[str] = ...) -> None: ...

class VoteRequest(_message.Message):
    __slots__ = ("request_id", "context", "vote")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    VOTE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    vote: _payload_collaboration_pb2.CollaborationProposalVoted
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., vote: _Optional[_Union[_payload_collaboration_pb2.CollaborationProposalVoted, _Mapping]] = ...) -> None: ...

class VoteResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class CompleteCollaborationRequest(_message.Message):
    __slots__ = ("request_id", "context", "collaboration_id", "from_agent", "outcome", "summary", "force")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    FORCE_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    collaboration_id: str
    from_agent: str
    outcome: str
    summary: str
    force: bool
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., collaboration_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., outcome: _Optional[str] = ..., summary: _Optional[str] = ..., force: bool = ...) -> None: ...

class CompleteCollaborationResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...

class FailCollaborationRequest(_message.Message):
    __slots__ = ("request_id", "context", "collaboration_id", "from_agent", "failure_reason")
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    request_id: str
    context: _event_context_pb2.EventContext
    collaboration_id: str
    from_agent: str
    failure_reason: str
    def __init__(self, request_id: _Optional[str] = ..., context: _Optional[_Union[_event_context_pb2.EventContext, _Mapping]] = ..., collaboration_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., failure_reason: _Optional[str] = ...) -> None: ...

class FailCollaborationResponse(_message.Message):
    __slots__ = ("collaboration", "event_ids", "position")
    COLLABORATION_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration: _collaboration_pb2.Collaboration
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    position: int
    def __init__(self, collaboration: _Optional[_Union[_collaboration_pb2.Collaboration, _Mapping]] = ..., event_ids: _Optional[_Iterable[str]] = ..., position: _Optional[int] = ...) -> None: ...
