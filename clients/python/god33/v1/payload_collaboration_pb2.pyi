from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_common_pb2 as _payload_common_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Iterable as _Iterable, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeadlockPolicy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DEADLOCK_POLICY_UNSPECIFIED: _ClassVar[DeadlockPolicy]
    DEADLOCK_POLICY_NOTIFY_PERSON: _ClassVar[DeadlockPolicy]
    DEADLOCK_POLICY_RELEASE_YOUNGEST: _ClassVar[DeadlockPolicy]
DEADLOCK_POLICY_UNSPECIFIED: DeadlockPolicy
DEADLOCK_POLICY_NOTIFY_PERSON: DeadlockPolicy
DEADLOCK_POLICY_RELEASE_YOUNGEST: DeadlockPolicy

class ParticipantSpec(_message.Message):
    __slots__ = ("agent_id", "role", "responsibilities", "additional_members")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    RESPONSIBILITIES_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    role: str
    responsibilities: _containers.RepeatedScalarFieldContainer[str]
    additional_members: str
    def __init__(self, agent_id: _Optional[str] = ..., role: _Optional[str] = ..., responsibilities: _Optional[_Iterable[str]] = ..., additional_members: _Optional[str] = ...) -> None: ...

class CollaborationStarted(_message.Message):
    __slots__ = ("collaboration_id", "initiator_agent", "goal", "participants", "shared_context", "coordination_strategy", "workflow_id", "deadlock_policy", "deadline")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    INITIATOR_AGENT_FIELD_NUMBER: _ClassVar[int]
    GOAL_FIELD_NUMBER: _ClassVar[int]
    PARTICIPANTS_FIELD_NUMBER: _ClassVar[int]
    SHARED_CONTEXT_FIELD_NUMBER: _ClassVar[int]
    COORDINATION_STRATEGY_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_ID_FIELD_NUMBER: _ClassVar[int]
    DEADLOCK_POLICY_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    initiator_agent: str
    goal: str
    participants: _containers.RepeatedCompositeFieldContainer[ParticipantSpec]
    shared_context: _struct_pb2.Struct
    coordination_strategy: _payload_common_pb2.CoordinationStrategy
    workflow_id: str
    deadlock_policy: DeadlockPolicy
    deadline: _timestamp_pb2.Timestamp
    def __init__(self, collaboration_id: _Optional[str] = ..., initiator_agent: _Optional[str] = ..., goal: _Optional[str] = ..., participants: _Optional[_Iterable[_Union[ParticipantSpec, _Mapping]]] = ..., shared_context: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., coordination_strategy: _Optional[_Union[_payload_common_pb2.CoordinationStrategy, str]] = ..., workflow_id: _Optional[str] = ..., deadlock_policy: _Optional[_Union[DeadlockPolicy, str]] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CollaborationParticipantJoined(_message.Message):
    __slots__ = ("collaboration_id", "agent_id", "role", "responsibilities", "session_id")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    RESPONSIBILITIES_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    agent_id: str
    role: str
    responsibilities: _containers.RepeatedScalarFieldContainer[str]
    session_id: str
    def __init__(self, collaboration_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., role: _Optional[str] = ..., responsibilities: _Optional[_Iterable[str]] = ..., session_id: _Optional[str] = ...) -> None: ...

class CollaborationParticipantLeft(_message.Message):
    __slots__ = ("collaboration_id", "agent_id", "reason")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    agent_id: str
    reason: str
    def __init__(self, collaboration_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class CollaborationUpdate(_message.Message):
    __slots__ = ("collaboration_id", "agent_id", "summary", "progress_pct", "result", "artifacts", "delivered")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_PCT_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    DELIVERED_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    agent_id: str
    summary: str
    progress_pct: float
    result: _struct_pb2.Struct
    artifacts: _containers.RepeatedCompositeFieldContainer[_payload_common_pb2.Artifact]
    delivered: bool
    def __init__(self, collaboration_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., summary: _Optional[str] = ..., progress_pct: _Optional[float] = ..., result: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., artifacts: _Optional[_Iterable[_Union[_payload_common_pb2.Artifact, _Mapping]]] = ..., delivered: bool = ...) -> None: ...

class CollaborationContextUpdated(_message.Message):
    __slots__ = ("collaboration_id", "agent_id", "key", "value", "version")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    agent_id: str
    key: str
    value: _struct_pb2.Value
    version: int
    def __init__(self, collaboration_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., key: _Optional[str] = ..., value: _Optional[_Union[_struct_pb2.Value, _Mapping]] = ..., version: _Optional[int] = ...) -> None: ...

class CollaborationProposalCreated(_message.Message):
    __slots__ = ("collaboration_id", "proposal_id", "agent_id", "proposal", "options", "quorum", "deadline")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_FIELD_NUMBER: _ClassVar[int]
    OPTIONS_FIELD_NUMBER: _ClassVar[int]
    QUORUM_FIELD_NUMBER: _ClassVar[int]
    DEADLINE_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    proposal_id: str
    agent_id: str
    proposal: str
    options: _containers.RepeatedScalarFieldContainer[str]
    quorum: int
    deadline: _timestamp_pb2.Timestamp
    def __init__(self, collaboration_id: _Optional[str] = ..., proposal_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., proposal: _Optional[str] = ..., options: _Optional[_Iterable[str]] = ..., quorum: _Optional[int] = ..., deadline: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CollaborationProposalVoted(_message.Message):
    __slots__ = ("collaboration_id", "proposal_id", "agent_id", "vote", "rationale")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    VOTE_FIELD_NUMBER: _ClassVar[int]
    RATIONALE_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    proposal_id: str
    agent_id: str
    vote: str
    rationale: str
    def __init__(self, collaboration_id: _Optional[str] = ..., proposal_id: _Optional[str] = ..., agent_id: _Optional[str] = ..., vote: _Optional[str] = ..., rationale: _Optional[str] = ...) -> None: ...

class CollaborationProposalDecided(_message.Message):
    __slots__ = ("collaboration_id", "proposal_id", "decision", "votes")
    class VotesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    PROPOSAL_ID_FIELD_NUMBER: _ClassVar[int]
    DECISION_FIELD_NUMBER: _ClassVar[int]
    VOTES_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    proposal_id: str
    decision: str
    votes: _containers.ScalarMap[str, int]
    def __init__(self, collaboration_id: _Optional[str] = ..., proposal_id: _Optional[str] = ..., decision: _Optional[str] = ..., votes: _Optional[_Mapping[str, int]] = ...) -> None: ...

class CollaborationDeadlockDetected(_message.Message):
    __slots__ = ("collaboration_id", "cycle", "policy", "released_id")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    CYCLE_FIELD_NUMBER: _ClassVar[int]
    POLICY_FIELD_NUMBER: _ClassVar[int]
    RELEASED_ID_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    cycle: _containers.RepeatedCompositeFieldContainer[WaitsFor]
    policy: DeadlockPolicy
    released_id: str
    def __init__(self, collaboration_id: _Optional[str] = ..., cycle: _Optional[_Iterable[_Union[WaitsFor, _Mapping]]] = ..., policy: _Optional[_Union[DeadlockPolicy, str]] = ..., released_id: _Optional[str] = ...) -> None: ...

class WaitsFor(_message.Message):
    __slots__ = ("agent_id", "waits_for", "kind", "id", "since", "additional_members")
    AGENT_ID_FIELD_NUMBER: _ClassVar[int]
    WAITS_FOR_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ID_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    agent_id: str
    waits_for: str
    kind: str
    id: str
    since: _timestamp_pb2.Timestamp
    additional_members: str
    def __init__(self, agent_id: _Optional[str] = ..., waits_for: _Optional[str] = ..., kind: _Optional[str] = ..., id: _Optional[str] = ..., since: _Optional[_Union[_timestamp_pb2.Timestamp, _Mapping]] = ..., additional_members: _Optional[str] = ...) -> None: ...

class CollaborationCompleted(_message.Message):
    __slots__ = ("collaboration_id", "from_agent", "outcome", "summary", "results")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    from_agent: str
    outcome: str
    summary: str
    results: _struct_pb2.Struct
    def __init__(self, collaboration_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., outcome: _Optional[str] = ..., summary: _Optional[str] = ..., results: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...

class CollaborationFailed(_message.Message):
    __slots__ = ("collaboration_id", "from_agent", "failure_reason", "results")
    COLLABORATION_ID_FIELD_NUMBER: _ClassVar[int]
    FROM_AGENT_FIELD_NUMBER: _ClassVar[int]
    FAILURE_REASON_FIELD_NUMBER: _ClassVar[int]
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    collaboration_id: str
    from_agent: str
    failure_reason: str
    results: _struct_pb2.Struct
    def __init__(self, collaboration_id: _Optional[str] = ..., from_agent: _Optional[str] = ..., failure_reason: _Optional[str] = ..., results: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ...) -> None: ...
