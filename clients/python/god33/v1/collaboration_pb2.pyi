from god33.v1 import payload_collaboration_pb2 as _payload_collaboration_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class CollaborationState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    COLLABORATION_STATE_UNSPECIFIED: _ClassVar[CollaborationState]
    COLLABORATION_STATE_ACTIVE: _ClassVar[CollaborationState]
    COLLABORATION_STATE_COMPLETED: _ClassVar[CollaborationState]
    COLLABORATION_STATE_FAILED: _ClassVar[CollaborationState]

class ParticipantState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PARTICIPANT_STATE_UNSPECIFIED: _ClassVar[ParticipantState]
    PARTICIPANT_STATE_INVITED: _ClassVar[ParticipantState]
    PARTICIPANT_STATE_JOINED: _ClassVar[ParticipantState]
    PARTICIPANT_STATE_DELIVERED: _ClassVar[ParticipantState]
    PARTICIPANT_STATE_LEFT: _ClassVar[ParticipantState]
COLLABORATION_STATE_UNSPECIFIED: CollaborationState
COLLABORATION_STATE_ACTIVE: CollaborationState
COLLABORATION_STATE_COMPLETED: CollaborationState
COLLABORATION_STATE_FAILED: CollaborationState
PARTICIPANT_STATE_UNSPECIFIED: ParticipantState
PARTICIPANT_STATE_INVITED: ParticipantState
PARTICIPANT_STATE_JOINED: ParticipantState
PARTICIPANT_STATE_DELIVERED: ParticipantState
PARTICIPANT_STATE_LEFT: ParticipantState

class Collaboration(_message.Message):
    __slots__ = ("collaboration_id", "state", "initiator_agent", "leader", "goal", "participants", "shared_context", "coordination_strategy", "deadlock_policy", "workflow_id", "proposals", "outcome", "summary", "deadline", "started_at", "completed_at", "started_event_id", "version", "position")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    INITIATOR_AGENT_FIELD_NUMBER: _ClassVar[int]
    LEADER_FIELD_NUMBER: _ClassVar[int]
    GOAL_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    SHARED_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    COORDINATION_STRATEGY_FIELD_NUMBER: _ClassVar[int]
    DEADLOCK_POLICY_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    PROPOSALS_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    STARTED_AT_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_AT_FIELD_NUMBER: _ClassVar[int]
    STARTED_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    state: CollaborationState
    initiator_agent: str
    leader: str
    goal: str
    participants: _containers.RepeatedCompositeFieldContainer[Participant]
    shared_context: _containers.RepeatedCompositeFieldContainer[SharedValue]
    coordination_strategy: _payload_common_pb2.CoordinationStrategy
    deadlock_policy: _payload_collaboration_pb2.DeadlockPolicy
    workflow_id: str
    proposals: _containers.RepeatedCompositeFieldContainer[Proposal]
    outcome: str
    summary: str
    deadline: _timestamp_pb2.Timestamp
    started_at: _timestamp_pb2.Timestamp
    completed_at: _timestamp_pb2.Timestamp
    started_event_id: str
    version: int
    position: int
    def __init__(self, collaboration_id: _Optional[str] = ..., state: _Optional[_Union[CollaborationState, str]] = ..., initiator_agent: _Optional[str] = ..., leader: _Optional[str] = ..., goal: _Optional[str] = ..., participants: _Optional[_Iterable[_Union[Participant, _Mapping]]] = ..., shared_context: _Optional[_Iterable[_Union[SharedValue, _Mapping]]] = ..., coordination_strategy: _Optional[_Union[_payload_common_pb2.CoordinationStrategy, str]] = ..., deadlock_policy: _Optional[_Union[_payload_collaboration_pb2.DeadlockPolicy, str]] = ..., workflow_id: _Optional[str] = ..., proposals: _Optional[_Iterable[_Union[Proposal, _Mapping]]] = ..., outcome: _Optional[str] = ..., summary: _Optional[str] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., started_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., completed_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., started_event_id: _Optional[str] = ..., version: _Optional[int] = ..., position: _Optional[int] = ...) -> None: ...

class Participant(_message.Message):
    __slots__ = ("agent_id", "role", "responsibilities", "state", "session_id", "progress_pct", "summary", "result", "artifacts", "joined_at")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    RESPONSIBILITIES_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_PCT_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    JOINED_AT_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    role: str
    responsibilities: _containers.RepeatedScalarFieldContainer[str]
    state: ParticipantState
    session_id: str
    progress_pct: float
    summary: str
    result: _struct_pb2.Struct
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    joined_at: _timestamp_pb2.Timestamp
    def __init__(self, agent_id: _Optional[str] = ..., role: _Optional[str] = ..., responsibilities: _Optional[_Iterable[str]] = ..., state: _Optional[_Union[ParticipantState, str]] = ..., session_id: _Optional[str] = ..., progress_pct: _Optional[float] = ..., summary: _Optional[str] = ..., result: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., joined_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SharedValue(_message.Message):
    __slots__ = ("key", "value", "version", "changed_by", "changed_at", "event_id")
    KEY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CHANGED_BY_FIELD_NUMBER: _ClassVar[int]
    CHANGED_AT_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    key: str
    value: _struct_pb2.Value
    version: int
    changed_by: str
    changed_at: _timestamp_pb2.Timestamp
    event_id: str
    def __init__(self, key: _Optional[str] = ..., value: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., version: _Optional[int] = ..., changed_by: _Optional[str] = ..., changed_at: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., event_id: _Optional[str] = ...) -> None: ...

class Proposal(_message.Message):
    __slots__ = ("proposal_id", "agent_id", "proposal", "options", "quorum", "votes", "decided", "decision", "deadline")
    class VotesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PROPOSAL_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    QUORUM_FIELD_NUMBER: _ClassVar[int]
    VOTES_FIELD_NUMBER: _ClassVar[int]
    DECIDED_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    proposal_id: str
    agent_id: str
    proposal: str
    options: _containers.RepeatedScalarFieldContainer[str]
    quorum: int
    votes: _containers.ScalarMap[str, str]
    decided: bool
    decision: str
    deadline: _timestamp_pb2.Timestamp
    def __init__(self, proposal_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., proposal: _Optional[str] = ..., options: _Optional[_Iterable[str]] = ..., quorum: _Optional[int] = ..., votes: _Optional[_Mapping[str, str]] = ..., decided: bool = ..., decision: _Optional[str] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
