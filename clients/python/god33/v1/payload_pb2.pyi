from god33.v1 import options_pb2 as _options_pb2
from god33.v1 import payload_agent_pb2 as _payload_agent_pb2
from god33.v1 import payload_collaboration_pb2 as _payload_collaboration_pb2
from god33.v1 import payload_director_pb2 as _payload_director_pb2
from god33.v1 import payload_feedback_pb2 as _payload_feedback_pb2
from god33.v1 import payload_handoff_pb2 as _payload_handoff_pb2
from god33.v1 import payload_session_pb2 as _payload_session_pb2
from god33.v1 import payload_workflow_pb2 as _payload_workflow_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Mapping as _Mapping, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class EventPayload(_message.Message):
    __slots__ = ("custom", "workflow_started", "workflow_phase_completed", "workflow_phase_skipped", "workflow_handoff_requested", "workflow_validation_requested", "workflow_validation_completed", "workflow_completed", "workflow_failed", "workflow_cancelled", "handoff_requested", "handoff_offered", "handoff_accepted", "handoff_declined", "handoff_expired", "handoff_cancelled", "handoff_progress", "handoff_blocked", "handoff_unblocked", "handoff_completed", "handoff_failed", "session_started", "session_paused", "session_resumed", "session_completed", "session_failed", "session_recovery_started", "checkpoint_saved", "checkpoint_pin_changed", "checkpoint_deleted", "context_updated", "context_restored", "task_completed", "task_blocked", "task_resumed", "task_failed", "feedback_requested", "feedback_response", "feedback_cancelled", "feedback_expired", "feedback_delegated", "feedback_escalated", "collaboration_started", "collaboration_participant_joined", "collaboration_participant_left", "collaboration_update", "collaboration_context_updated", "collaboration_proposal_created", "collaboration_proposal_voted", "collaboration_proposal_decided", "collaboration_deadlock_detected", "collaboration_completed", "collaboration_failed", "cross_service_task_created", "cross_service_task_completed", "cross_service_task_failed", "cross_service_task_cancelled", "mise_standardization_requested", "service_delegation_requested", "service_delegation_failed", "mise_pattern_defined", "mise_validation_requested", "mise_validation_completed", "agent_type_registered", "agent_created", "agent_state_changed", "agent_task_assigned", "additional_members")
    CUSTOM_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_STARTED_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_PHASE_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_PHASE_SKIPPED_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_HANDOFF_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_VALIDATION_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_VALIDATION_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_FAILED_FIELD_NUMBER: _ClassVar[int]
    WORKFLOW_CANCELLED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_OFFERED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_ACCEPTED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_DECLINED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_CANCELLED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_PROGRESS_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_BLOCKED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_UNBLOCKED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    HANDOFF_FAILED_FIELD_NUMBER: _ClassVar[int]
    SESSION_STARTED_FIELD_NUMBER: _ClassVar[int]
    SESSION_PAUSED_FIELD_NUMBER: _ClassVar[int]
    SESSION_RESUMED_FIELD_NUMBER: _ClassVar[int]
    SESSION_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    SESSION_FAILED_FIELD_NUMBER: _ClassVar[int]
    SESSION_RECOVERY_STARTED_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_SAVED_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_PIN_CHANGED_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_DELETED_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_UPDATED_FIELD_NUMBER: _ClassVar[int]
    CONTEXT_RESTORED_FIELD_NUMBER: _ClassVar[int]
    TASK_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    TASK_BLOCKED_FIELD_NUMBER: _ClassVar[int]
    TASK_RESUMED_FIELD_NUMBER: _ClassVar[int]
    TASK_FAILED_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_RESPONSE_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_CANCELLED_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_EXPIRED_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_DELEGATED_FIELD_NUMBER: _ClassVar[int]
    FEEDBACK_ESCALATED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_STARTED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_PARTICIPANT_JOINED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_PARTICIPANT_LEFT_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_UPDATE_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_CONTEXT_UPDATED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_PROPOSAL_CREATED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_PROPOSAL_VOTED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_PROPOSAL_DECIDED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_DEADLOCK_DETECTED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    COLLABORATION_FAILED_FIELD_NUMBER: _ClassVar[int]
    CROSS_SERVICE_TASK_CREATED_FIELD_NUMBER: _ClassVar[int]
    CROSS_SERVICE_TASK_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    CROSS_SERVICE_TASK_FAILED_FIELD_NUMBER: _ClassVar[int]
    CROSS_SERVICE_TASK_CANCELLED_FIELD_NUMBER: _ClassVar[int]
    MISE_STANDARDIZATION_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    SERVICE_DELEGATION_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    SERVICE_DELEGATION_FAILED_FIELD_NUMBER: _ClassVar[int]
    MISE_PATTERN_DEFINED_FIELD_NUMBER: _ClassVar[int]
    MISE_VALIDATION_REQUESTED_FIELD_NUMBER: _ClassVar[int]
    MISE_VALIDATION_COMPLETED_FIELD_NUMBER: _ClassVar[int]
    AGENT_TYPE_REGISTERED_FIELD_NUMBER: _ClassVar[int]
    AGENT_CREATED_FIELD_NUMBER: _ClassVar[int]
    AGENT_STATE_CHANGED_FIELD_NUMBER: _ClassVar[int]
    AGENT_TASK_ASSIGNED_FIELD_NUMBER: _ClassVar[int]
    ADDITIONAL_MEMBERS_FIELD_NUMBER: _ClassVar[int]
    custom: CustomPayload
    workflow_started: _payload_workflow_pb2.WorkflowStarted
    workflow_phase_completed: _payload_workflow_pb2.WorkflowPhaseCompleted
    workflow_phase_skipped: _payload_workflow_pb2.WorkflowPhaseSkipped
    workflow_handoff_requested: _payload_workflow_pb2.WorkflowHandoffRequested
    workflow_validation_requested: _payload_workflow_pb2.WorkflowValidationRequested
    workflow_validation_completed: _payload_workflow_pb2.WorkflowValidationCompleted
    workflow_completed: _payload_workflow_pb2.WorkflowCompleted
    workflow_failed: _payload_workflow_pb2.WorkflowFailed
    workflow_cancelled: _payload_workflow_pb2.WorkflowCancelled
    handoff_requested: _payload_handoff_pb2.HandoffRequested
    handoff_offered: _payload_handoff_pb2.HandoffOffered
    handoff_accepted: _payload_handoff_pb2.HandoffAccepted
    handoff_declined: _payload_handoff_pb2.HandoffDeclined
    handoff_expired: _payload_handoff_pb2.HandoffExpired
    handoff_cancelled: _payload_handoff_pb2.HandoffCancelled
    handoff_progress: _payload_handoff_pb2.HandoffProgress
    handoff_blocked: _payload_handoff_pb2.HandoffBlocked
    handoff_unblocked: _payload_handoff_pb2.HandoffUnblocked
    handoff_completed: _payload_handoff_pb2.HandoffCompleted
    handoff_failed: _payload_handoff_pb2.HandoffFailed
    session_started: _payload_session_pb2.SessionStarted
    session_paused: _payload_session_pb2.SessionPaused
    session_resumed: _payload_session_pb2.SessionResumed
    session_completed: _payload_session_pb2.SessionCompleted
    session_failed: _payload_session_pb2.SessionFailed
    session_recovery_started: _payload_session_pb2.SessionRecoveryStarted
    checkpoint_saved: _payload_session_pb2.CheckpointSaved
    checkpoint_pin_changed: _payload_session_pb2.CheckpointPinChanged
    checkpoint_deleted: _payload_session_pb2.CheckpointDeleted
    context_updated: _payload_session_pb2.ContextUpdated
    context_restored: _payload_session_pb2.ContextRestored
    task_completed: _payload_session_pb2.TaskCompleted
    task_blocked: _payload_session_pb2.TaskBlocked
    task_resumed: _payload_session_pb2.TaskResumed
    task_failed: _payload_session_pb2.TaskFailed
    feedback_requested: _payload_feedback_pb2.FeedbackRequested
    feedback_response: _payload_feedback_pb2.FeedbackResponse
    feedback_cancelled: _payload_feedback_pb2.FeedbackCancelled
    feedback_expired: _payload_feedback_pb2.FeedbackExpired
    feedback_delegated: _payload_feedback_pb2.FeedbackDelegated
    feedback_escalated: _payload_feedback_pb2.FeedbackEscalated
    collaboration_started: _payload_collaboration_pb2.CollaborationStarted
    collaboration_participant_joined: _payload_collaboration_pb2.CollaborationParticipantJoined
    collaboration_participant_left: _payload_collaboration_pb2.CollaborationParticipantLeft
    collaboration_update: _payload_collaboration_pb2.CollaborationUpdate
    collaboration_context_updated: _payload_collaboration_pb2.CollaborationContextUpdated
    collaboration_proposal_created: _payload_collaboration_pb2.CollaborationProposalCreated
    collaboration_proposal_voted: _payload_collaboration_pb2.CollaborationProposalVoted
    collaboration_proposal_decided: _payload_collaboration_pb2.CollaborationProposalDecided
    collaboration_deadlock_detected: _payload_collaboration_pb2.CollaborationDeadlockDetected
    collaboration_completed: _payload_collaboration_pb2.CollaborationCompleted
    collaboration_failed: _payload_collaboration_pb2.CollaborationFailed
    cross_service_task_created: _payload_director_pb2.CrossServiceTaskCreated
    cross_service_task_completed: _payload_director_pb2.CrossServiceTaskCompleted
    cross_service_task_failed: _payload_director_pb2.CrossServiceTaskFailed
    cross_service_task_cancelled: _payload_director_pb2.CrossServiceTaskCancelled
    mise_standardization_requested: _payload_director_pb2.MiseStandardizationRequested
    service_delegation_requested: _payload_director_pb2.ServiceDelegationRequested
    service_delegation_failed: _payload_director_pb2.ServiceDelegationFailed
    mise_pattern_defined: _payload_director_pb2.MisePatternDefined
    mise_validation_requested: _payload_director_pb2.MiseValidationRequested
    mise_validation_completed: _payload_director_pb2.MiseValidationCompleted
    agent_type_registered: _payload_agent_pb2.AgentTypeRegistered
    agent_created: _payload_agent_pb2.AgentCreated
    agent_state_changed: _payload_agent_pb2.AgentStateChanged
    agent_task_assigned: _payload_agent_pb2.AgentTaskAssigned
    additional_members: str
    def __init__(self, custom: _Optional[_Union[CustomPayload, _Mapping]] = ..., workflow_started: _Optional[_Union[_payload_workflow_pb2.WorkflowStarted, _Mapping]] = ..., workflow_phase_completed: _Optional[_Union[_payload_workflow_pb2.WorkflowPhaseCompleted, _Mapping]] = ..., workflow_phase_skipped: _Optional[_Union[_payload_workflow_pb2.WorkflowPhaseSkipped, _Mapping]] = ..., workflow_handoff_requested: _Optional[_Union[_payload_workflow_pb2.WorkflowHandoffRequested, _Mapping]] = ..., workflow_validation_requested: _Optional[_Union[_payload_workflow_pb2.WorkflowValidationRequested, _Mapping]] = ..., workflow_validation_completed: _Optional[_Union[_payload_workflow_pb2.WorkflowValidationCompleted, _Mapping]] = ..., workflow_completed: _Optional[_Union[_payload_workflow_pb2.WorkflowCompleted, _Mapping]] = ..., workflow_failed: _Optional[_Union[_payload_workflow_pb2.WorkflowFailed, _Mapping]] = ..., workflow_cancelled: _Optional[_Union[_payload_workflow_pb2.WorkflowCancelled, _Mapping]] = ..., handoff_requested: _Optional[_Union[_payload_handoff_pb2.HandoffRequested, _Mapping]] = ..., handoff_offered: _Optional[_Union[_payload_handoff_pb2.HandoffOffered, _Mapping]] = ..., handoff_accepted: _Optional[_Union[_payload_handoff_pb2.HandoffAccepted, _Mapping]] = ..., handoff_declined: _Optional[_Union[_payload_handoff_pb2.HandoffDeclined, _Mapping]] = ..., handoff_expired: _Optional[_Union[_payload_handoff_pb2.HandoffExpired, _Mapping]] = ..., handoff_cancelled: _Optional[_Union[_payload_handoff_pb2.HandoffCancelled, _Mapping]] = ..., handoff_progress: _Optional[_Union[_payload_handoff_pb2.HandoffProgress, _Mapping]] = ..., handoff_blocked: _Optional[_Union[_payload_handoff_pb2.HandoffBlocked, _Mapping]] = ..., handoff_unblocked: _Optional[_Union[_payload_handoff_pb2.HandoffUnblocked, _Mapping]] = ..., handoff_completed: _Optional[_Union[_payload_handoff_pb2.HandoffCompleted, _Mapping]] = ..., handoff_failed: _Optional[_Union[_payload_handoff_pb2.HandoffFailed, _Mapping]] = ..., session_started: _Optional[_Union[_payload_session_pb2.SessionStarted, _Mapping]] = ..., session_paused: _Optional[_Union[_payload_session_pb2.SessionPaused, _Mapping]] = ..., session_resumed: _Optional[_Union[_payload_session_pb2.SessionResumed, _Mapping]] = ..., session_completed: _Optional[_Union[_payload_session_pb2.SessionCompleted, _Mapping]] = ..., session_failed: _Optional[_Union[_payload_session_pb2.SessionFailed, _Mapping]] = ..., session_recovery_started: _Optional[_Union[_payload_session_pb2.SessionRecoveryStarted, _Mapping]] = ..., checkpoint_saved: _Optional[_Union[_payload_session_pb2.CheckpointSaved, _Mapping]] = ..., checkpoint_pin_changed: _Optional[_Union[_payload_session_pb2.CheckpointPinChanged, _Mapping]] = ..., checkpoint_deleted: _Optional[_Union[_payload_session_pb2.CheckpointDeleted, _Mapping]] = ..., context_updated: _Optional[_Union[_payload_session_pb2.ContextUpdated, _Mapping]] = ..., context_restored: _Optional[_Union[_payload_session_pb2.ContextRestored, _Mapping]] = ..., task_completed: _Optional[_Union[_payload_session_pb2.TaskCompleted, _Mapping]] = ..., task_blocked: _Optional[_Union[_payload_session_pb2.TaskBlocked, _Mapping]] = ..., task_resumed: _Optional[_Union[_payload_session_pb2.TaskResumed, _Mapping]] = ..., task_failed: _Optional[_Union[_payload_session_pb2.TaskFailed, _Mapping]] = ..., feedback_requested: _Optional[_Union[_payload_feedback_pb2.FeedbackRequested, _Mapping]] = ..., feedback_response: _Optional[_Union[_payload_feedback_pb2.FeedbackResponse, _Mapping]] = ..., feedback_cancelled: _Optional[_Union[_payload_feedback_pb2.FeedbackCancelled, _Mapping]] = ..., feedback_expired: _Optional[_Union[_payload_feedback_pb2.FeedbackExpired, _Mapping]] = ..., feedback_delegated: _Optional[_Union[_payload_feedback_pb2.FeedbackDelegated, _Mapping]] = ..., feedback_escalated: _Optional[_Union[_payload_feedback_pb2.FeedbackEscalated, _Mapping]] = ..., collaboration_started: _Optional[_Union[_payload_collaboration_pb2.CollaborationStarted, _Mapping]] = ..., collaboration_participant_joined: _Optional[_Union[_payload_collaboration_pb2.CollaborationParticipantJoined, _Mapping]] = ..., collaboration_participant_left: _Optional[_Union[_payload_collaboration_pb2.CollaborationParticipantLeft, _Mapping]] = ..., collaboration_update: _Optional[_Union[_payload_collaboration_pb2.CollaborationUpdate, _Mapping]] = ..., collaboration_context_updated: _Optional[_Union[_payload_collaboration_pb2.CollaborationContextUpdated, _Mapping]] = ..., collaboration_proposal_created: _Optional[_Union[_payload_collaboration_pb2.CollaborationProposalCreated, _Mapping]] = ..., collaboration_proposal_voted: _Optional[_Union[_payload_collaboration_pb2.CollaborationProposalVoted, _Mapping]] = ..., collaboration_proposal_decided: _Optional[_Union[_payload_collaboration_pb2.CollaborationProposalDecided, _Mapping]] = ..., collaboration_deadlock_detected: _Optional[_Union[_payload_collaboration_pb2.CollaborationDeadlockDetected, _Mapping]] = ..., collaboration_completed: _Optional[_Union[_payload_collaboration_pb2.CollaborationCompleted, _Mapping]] = ..., collaboration_failed: _Optional[_Union[_payload_collaboration_pb2.CollaborationFailed, _Mapping]] = ..., cross_service_task_created: _Optional[_Union[_payload_director_pb2.CrossServiceTaskCreated, _Mapping]] = ..., cross_service_task_completed: _Optional[_Union[_payload_director_pb2.CrossServiceTaskCompleted, _Mapping]] = ..., cross_service_task_failed: _Optional[_Union[_payload_director_pb2.CrossServiceTaskFailed, _Mapping]] = ..., cross_service_task_cancelled: _Optional[_Union[_payload_director_pb2.CrossServiceTaskCancelled, _Mapping]] = ..., mise_standardization_requested: _Optional[_Union[_payload_director_pb2.MiseStandardizationRequested, _Mapping]] = ..., service_delegation_requested: _Optional[_Union[_payload_director_pb2.ServiceDelegationRequested, _Mapping]] = ..., service_delegation_failed: _Optional[_Union[_payload_director_pb2.ServiceDelegationFailed, _Mapping]] = ..., mise_pattern_defined: _Optional[_Union[_payload_director_pb2.MisePatternDefined, _Mapping]] = ..., mise_validation_requested: _Optional[_Union[_payload_director_pb2.MiseValidationRequested, _Mapping]] = ..., mise_validation_completed: _Optional[_Union[_payload_director_pb2.MiseValidationCompleted, _Mapping]] = ..., agent_type_registered: _Optional[_Union[_payload_agent_pb2.AgentTypeRegistered, _Mapping]] = ..., agent_created: _Optional[_Union[_payload_agent_pb2.AgentCreated, _Mapping]] = ..., agent_state_changed: _Optional[_Union[_payload_agent_pb2.AgentStateChanged, _Mapping]] = ..., agent_task_assigned: _Optional[_Union[_payload_agent_pb2.AgentTaskAssigned, _Mapping]] = ..., additional_members: _Optional[str] = ...) -> None: ...

class CustomPayload(_message.Message):
    __slots__ = ("json", "untyped_reason")
    JSON_FIELD_NUMBER: _ClassVar[int]
    UNTYPED_REASON_FIELD_NUMBER: _ClassVar[int]
    json: str
    untyped_reason: str
    def __init__(self, json: _Optional[str] = ..., untyped_reason: _Optional[str] = ...) -> None: ...
