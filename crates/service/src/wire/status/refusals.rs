//! What the domain refuses, reason by reason. No wildcard: a new refusal does not compile until it has a reason.

use god33_domain::Refusal;
use god33_domain::state::StateKind;
use god33_proto::v1::ErrorReason;

use super::Failure;
use crate::wire::path::Path;
use crate::wire::violations::Violations;

/// A refusal with the details that the contract names for its reason.
pub(super) fn failure(refusal: &Refusal) -> Failure {
    match refusal {
        Refusal::Invalid(invalid) => invalid.into(),
        Refusal::InvalidField { field, why } => field_is_wrong(field, ErrorReason::InvalidField, why.clone()),
        Refusal::DeadlineInPast { field, deadline, now } => {
            let why = format!("is {deadline}, and it is {now} by the server's clock: give a later time");
            field_is_wrong(field, ErrorReason::DeadlineInPast, why).with("now", now)
        }
        Refusal::InvalidOption { field, chosen, options } => {
            let why = format!("\"{chosen}\" is not one of the options: choose one of {}", options.join(", "));
            field_is_wrong(field, ErrorReason::InvalidOption, why).with("options", options.join(","))
        }
        other => with_details(Failure::new(reason(other), other.to_string()), other),
    }
}

fn field_is_wrong(field: &str, reason: ErrorReason, why: String) -> Failure {
    let mut found = Violations::default();
    found.add(&Path::Request.member(field), reason, why);
    found.into()
}

const fn reason(refusal: &Refusal) -> ErrorReason {
    match refusal {
        Refusal::EventIdConflict { .. } => ErrorReason::EventIdConflict,
        Refusal::RequestIdReused(_) => ErrorReason::RequestIdReused,
        Refusal::Invalid(_) | Refusal::InvalidField { .. } => ErrorReason::InvalidField,
        Refusal::DeadlineInPast { .. } => ErrorReason::DeadlineInPast,
        Refusal::InvalidOption { .. } => ErrorReason::InvalidOption,
        Refusal::InvalidDependency { .. } => ErrorReason::InvalidDependency,
        Refusal::QuotaExceeded { .. } => ErrorReason::QuotaExceeded,
        Refusal::NotFound { kind, .. } => not_found(*kind),
        Refusal::EventNotFound(_) => ErrorReason::EventNotFound,
        Refusal::ProposalNotFound(_) => ErrorReason::ProposalNotFound,
        Refusal::Exists { kind, .. } => exists(*kind),
        Refusal::WrongState { .. } => ErrorReason::WrongState,
        Refusal::VersionConflict { .. } => ErrorReason::VersionConflict,
        Refusal::LeaseLost { .. } => ErrorReason::LeaseLost,
        Refusal::AlreadyClaimed { .. } => ErrorReason::AlreadyClaimed,
        Refusal::NotTheTarget { .. } => ErrorReason::NotTheTarget,
        Refusal::AlreadyAnswered { .. } => ErrorReason::AlreadyAnswered,
        Refusal::QuestionClosed { .. } => ErrorReason::QuestionClosed,
        Refusal::CheckpointSchemaUnsupported { .. } => ErrorReason::CheckpointSchemaUnsupported,
        Refusal::PayloadVersionUnsupported { .. } => ErrorReason::PayloadVersionUnsupported,
        Refusal::PhaseOutOfOrder { .. } => ErrorReason::PhaseOutOfOrder,
        Refusal::OpenHandoffs { .. } => ErrorReason::OpenHandoffs,
        Refusal::NotAParticipant { .. } => ErrorReason::NotAParticipant,
        Refusal::AlreadyJoined { .. } => ErrorReason::AlreadyJoined,
        Refusal::NotTheLeader { .. } => ErrorReason::NotTheLeader,
        Refusal::AlreadyVoted { .. } => ErrorReason::AlreadyVoted,
        Refusal::ResultsMissing { .. } => ErrorReason::ResultsMissing,
        Refusal::DependencyNotDone { .. } => ErrorReason::DependencyNotDone,
        Refusal::PoolExhausted { .. } => ErrorReason::PoolExhausted,
        Refusal::SessionSuperseded { .. } => ErrorReason::SessionSuperseded,
        Refusal::ContextKeyConflict { .. } => ErrorReason::ContextKeyConflict,
        Refusal::CursorMoved { .. } => ErrorReason::CursorMoved,
        Refusal::PositionInFuture { .. } => ErrorReason::PositionInFuture,
    }
}

const fn not_found(kind: StateKind) -> ErrorReason {
    match kind {
        StateKind::Workflow => ErrorReason::WorkflowNotFound,
        StateKind::Handoff => ErrorReason::HandoffNotFound,
        StateKind::Session => ErrorReason::SessionNotFound,
        StateKind::Checkpoint => ErrorReason::CheckpointNotFound,
        StateKind::Question => ErrorReason::QuestionNotFound,
        StateKind::Collaboration => ErrorReason::CollaborationNotFound,
        StateKind::Waits | StateKind::Agent => ErrorReason::AgentNotFound,
        StateKind::CrossServiceTask => ErrorReason::TaskNotFound,
        StateKind::Delegation => ErrorReason::DelegationNotFound,
        StateKind::MisePattern => ErrorReason::PatternNotFound,
        StateKind::AgentType => ErrorReason::AgentTypeNotFound,
    }
}

const fn exists(kind: StateKind) -> ErrorReason {
    match kind {
        StateKind::Workflow => ErrorReason::WorkflowExists,
        StateKind::Handoff | StateKind::Delegation => ErrorReason::HandoffExists,
        StateKind::Session => ErrorReason::SessionExists,
        StateKind::Checkpoint => ErrorReason::CheckpointExists,
        StateKind::Question => ErrorReason::QuestionExists,
        StateKind::Collaboration => ErrorReason::CollaborationExists,
        StateKind::CrossServiceTask | StateKind::MisePattern => ErrorReason::TaskExists,
        StateKind::Waits | StateKind::AgentType | StateKind::Agent => ErrorReason::AgentExists,
    }
}

fn with_details(failure: Failure, refusal: &Refusal) -> Failure {
    match refusal {
        Refusal::EventIdConflict { event_id, position, recorded, sent } => failure
            .with("event_id", event_id)
            .with("position", position)
            .with("recorded_digest", recorded)
            .with("sent_digest", sent),
        Refusal::NotFound { id, .. } | Refusal::Exists { id, .. } => failure.with("id", id),
        Refusal::ProposalNotFound(id) => failure.with("id", id),
        Refusal::EventNotFound(id) => failure.with("id", id),
        Refusal::InvalidDependency { service, .. } => failure.with("service", service),
        Refusal::QuotaExceeded { actual, limit, .. } => failure.with("actual", actual).with("limit", limit),
        Refusal::WrongState { id, state, allowed, .. } => {
            failure.with("id", id).with("state", state).with("allowed", allowed.join(","))
        }
        Refusal::VersionConflict { expected, actual, .. } => failure.with("expected", expected).with("actual", actual),
        Refusal::LeaseLost { holder, fencing_token, .. } => {
            failure.with("holder", holder.as_deref().unwrap_or_default()).with("fencing_token", fencing_token)
        }
        Refusal::AlreadyClaimed { holder, .. } => failure.with("holder", holder),
        Refusal::NotTheTarget { target, .. } => failure.with("target", target),
        Refusal::AlreadyAnswered { answered_by, decision, answer_event_id, .. } => {
            let event = answer_event_id.map(|id| id.to_string()).unwrap_or_default();
            failure.with("answered_by", answered_by).with("decision", decision).with("answer_event_id", event)
        }
        Refusal::QuestionClosed { state, .. } => failure.with("state", state),
        Refusal::CheckpointSchemaUnsupported { schema_version, supported } => {
            failure.with("schema_version", schema_version).with("supported", supported.join(","))
        }
        Refusal::PayloadVersionUnsupported { version, supported } => {
            failure.with("version", version).with("supported", supported.join(","))
        }
        Refusal::PhaseOutOfOrder { current_phase, .. } => {
            failure.with("current_phase", current_phase.as_deref().unwrap_or_default())
        }
        Refusal::OpenHandoffs { handoff_ids, .. } => failure.with("handoff_ids", handoff_ids.join(",")),
        Refusal::AlreadyJoined { session_id, .. } => {
            failure.with("session_id", session_id.as_deref().unwrap_or_default())
        }
        Refusal::NotTheLeader { leader, .. } => failure.with("leader", leader),
        Refusal::ResultsMissing { missing } => failure.with("missing", missing.join(",")),
        Refusal::DependencyNotDone { services, .. } => failure.with("services", services.join(",")),
        Refusal::SessionSuperseded { new_session_id, .. } => failure.with("new_session_id", new_session_id),
        Refusal::ContextKeyConflict { key, expected, actual, changed_by } => failure
            .with("key", key)
            .with("expected", expected)
            .with("actual", actual)
            .with("changed_by", changed_by.as_deref().unwrap_or_default()),
        Refusal::CursorMoved { expected, actual, .. } => failure.with("expected", expected).with("actual", actual),
        Refusal::PositionInFuture { head, .. } => failure.with("head", head),
        Refusal::RequestIdReused(_)
        | Refusal::Invalid(_)
        | Refusal::InvalidField { .. }
        | Refusal::DeadlineInPast { .. }
        | Refusal::InvalidOption { .. }
        | Refusal::NotAParticipant { .. }
        | Refusal::AlreadyVoted { .. }
        | Refusal::PoolExhausted { .. } => failure,
    }
}
