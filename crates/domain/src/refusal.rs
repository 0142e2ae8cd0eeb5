//! Why a proposal was not taken.

use crate::state::StateKind;
use crate::{Digest, EventId, InvalidEvent, Position, RequestId, Timestamp};

/// A proposal that the rules refuse. It changed nothing, and other proposals of its batch are not touched by it. Each says what was found and
/// what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The event id is known with other content.
    #[error(
        "event {event_id} is recorded at position {position} with other content (recorded digest {recorded}, sent digest {sent}): use a new event_id"
    )]
    EventIdConflict {
        /// The id.
        event_id: EventId,
        /// Where the recorded event stands.
        position: Position,
        /// What is recorded.
        recorded: Digest,
        /// What was sent.
        sent: Digest,
    },
    /// The request id is known with another request.
    #[error("request_id {} was used for another request: use a new one for each new change", .0.0)]
    RequestIdReused(RequestId),
    /// What the command came to is no valid event.
    #[error(transparent)]
    Invalid(InvalidEvent),
    /// A field says something that the states do not allow.
    #[error("{field} {why}")]
    InvalidField {
        /// The field, from the request down.
        field: &'static str,
        /// What is wrong and what would be right.
        why: String,
    },
    /// A deadline is not in the future.
    #[error("{field} is {deadline}, and it is {now} by the server's clock: give a later time")]
    DeadlineInPast {
        /// The field, from the request down.
        field: &'static str,
        /// What it says.
        deadline: Timestamp,
        /// The server's time.
        now: Timestamp,
    },
    /// An answer or a vote is none of those offered.
    #[error("{field} \"{chosen}\" is not one of the options: choose one of {}", listed(options))]
    InvalidOption {
        /// The field, from the request down.
        field: &'static str,
        /// What was chosen.
        chosen: String,
        /// What can be chosen.
        options: Vec<String>,
    },
    /// Dependencies between services name one that is none, or form a cycle.
    #[error("{service} {why}")]
    InvalidDependency {
        /// The service.
        service: String,
        /// What is wrong and what would be right.
        why: String,
    },
    /// A quota is used up.
    #[error("{what} would be {actual} and the quota is {limit}: {cure}")]
    QuotaExceeded {
        /// What is counted.
        what: String,
        /// How much it would be.
        actual: u64,
        /// How much may be.
        limit: u64,
        /// What to do.
        cure: &'static str,
    },
    /// Nothing of this id is known.
    #[error("no {} {id} is known: check the id", kind.noun())]
    NotFound {
        /// What was asked for.
        kind: StateKind,
        /// Its id.
        id: String,
    },
    /// No event of this id is recorded.
    #[error("no event {0} is recorded: check the id")]
    EventNotFound(EventId),
    /// The collaboration has no such proposal.
    #[error("no proposal {0} is known in the collaboration: check the id")]
    ProposalNotFound(String),
    /// A thing of this id is there already.
    #[error("{} {id} exists: work with it, or use another id", kind.noun())]
    Exists {
        /// What it is.
        kind: StateKind,
        /// Its id.
        id: String,
    },
    /// The state does not allow it.
    #[error("{} {id} is {state}, and this needs it to be {}: {cure}", kind.noun(), listed(allowed))]
    WrongState {
        /// What it is.
        kind: StateKind,
        /// Its id.
        id: String,
        /// The state that it is in.
        state: &'static str,
        /// The states in which it would be allowed.
        allowed: &'static [&'static str],
        /// What to do.
        cure: &'static str,
    },
    /// The version moved since the caller read it.
    #[error("{} {id} is at version {actual} and not at {expected}: read it again, decide again, and retry", kind.noun())]
    VersionConflict {
        /// What it is.
        kind: StateKind,
        /// Its id.
        id: String,
        /// The version that the caller read.
        expected: u64,
        /// The version that it has.
        actual: u64,
    },
    /// The fencing token is not the newest.
    #[error("handoff {handoff_id} is not held under this fencing token any more: stop this work, {}", held_by(holder.as_deref()))]
    LeaseLost {
        /// The handoff.
        handoff_id: String,
        /// Who holds it now.
        holder: Option<String>,
        /// The newest token.
        fencing_token: u64,
    },
    /// Another session accepted first.
    #[error("session {holder} accepted handoff {handoff_id} first: claim another one")]
    AlreadyClaimed {
        /// The handoff.
        handoff_id: String,
        /// Who holds it.
        holder: String,
    },
    /// The work is offered to somebody else.
    #[error("handoff {handoff_id} is offered to {target}: claim work that is offered to you")]
    NotTheTarget {
        /// The handoff.
        handoff_id: String,
        /// To whom it is offered.
        target: String,
    },
    /// The question was answered before.
    #[error("{answered_by} answered question {question_id} before: \"{decision}\" stands")]
    AlreadyAnswered {
        /// The question.
        question_id: String,
        /// Who answered.
        answered_by: String,
        /// What was decided.
        decision: String,
        /// Event that answered it.
        answer_event_id: Option<EventId>,
    },
    /// The question expired or was cancelled.
    #[error("question {question_id} is {state}: ask again if it still matters")]
    QuestionClosed {
        /// The question.
        question_id: String,
        /// Where it stands.
        state: &'static str,
    },
    /// The agent cannot read the checkpoint.
    #[error(
        "the checkpoint has schema version {schema_version}, and the agent reads {}: let an agent take it that reads this version",
        listed(supported)
    )]
    CheckpointSchemaUnsupported {
        /// Version of the checkpoint.
        schema_version: String,
        /// Versions that the agent reads.
        supported: Vec<String>,
    },
    /// The agent's type does not accept the payload.
    #[error(
        "the handoff has payload version {version}, and the agent's type accepts {}: register the version, or offer the work to another type",
        listed(supported)
    )]
    PayloadVersionUnsupported {
        /// Version of the payload.
        version: String,
        /// Versions that the type accepts.
        supported: Vec<String>,
    },
    /// The phase is not the current one.
    #[error("phase {phase} is not the current one of workflow {workflow_id}, which is in {}", phase_now(current_phase.as_deref()))]
    PhaseOutOfOrder {
        /// The workflow.
        workflow_id: String,
        /// The phase that was named.
        phase: String,
        /// The phase that it is in.
        current_phase: Option<String>,
    },
    /// Work is still open.
    #[error("workflow {workflow_id} has open handoffs ({}): wait for them, cancel them, or set force", handoff_ids.join(", "))]
    OpenHandoffs {
        /// The workflow.
        workflow_id: String,
        /// Its open handoffs.
        handoff_ids: Vec<String>,
    },
    /// The agent does not take part.
    #[error("{agent_id} does not take part in collaboration {collaboration_id}: join it first")]
    NotAParticipant {
        /// The collaboration.
        collaboration_id: String,
        /// The agent.
        agent_id: String,
    },
    /// The agent takes part already.
    #[error("{agent_id} takes part in collaboration {collaboration_id} already, with {}: leave with that session first", session_id.as_deref().unwrap_or("no session"))]
    AlreadyJoined {
        /// The collaboration.
        collaboration_id: String,
        /// The agent.
        agent_id: String,
        /// The session with which it takes part.
        session_id: Option<String>,
    },
    /// Only the leader decides this.
    #[error("only {leader} may decide this in collaboration {collaboration_id}: ask the leader, or propose it")]
    NotTheLeader {
        /// The collaboration.
        collaboration_id: String,
        /// Who leads.
        leader: String,
    },
    /// The participant voted before.
    #[error("{agent_id} voted on proposal {proposal_id} before: the first vote stands")]
    AlreadyVoted {
        /// The proposal.
        proposal_id: String,
        /// The participant.
        agent_id: String,
    },
    /// Not all have delivered.
    #[error("{} have not delivered: wait for them, or set force", missing.join(", "))]
    ResultsMissing {
        /// Who, or which services.
        missing: Vec<String>,
    },
    /// A service is to wait.
    #[error("{service} depends on {}, which are not done: wait for them", services.join(", "))]
    DependencyNotDone {
        /// The service.
        service: String,
        /// The services that it waits for.
        services: Vec<String>,
    },
    /// The pool is full.
    #[error("the pool of {agent_type} holds {limit} instances, which is its limit: stop one, or raise max_instances")]
    PoolExhausted {
        /// The type.
        agent_type: String,
        /// How many it may hold.
        limit: u32,
    },
    /// Another session took over.
    #[error("session {new_session_id} took over from session {session_id}: stop, the new session goes on")]
    SessionSuperseded {
        /// The session.
        session_id: String,
        /// The one that took over.
        new_session_id: String,
    },
    /// A projector's cursor is not where its caller left it.
    #[error(
        "the cursor of projector {name} is at {actual} and not at {expected}: read it with GetProjectorCursor, and project again from there"
    )]
    CursorMoved {
        /// The projector.
        name: String,
        /// Where the caller believes that it stands.
        expected: Position,
        /// Where it stands.
        actual: Position,
    },
    /// A position lies beyond the end of the log.
    #[error(
        "position {position} is not recorded yet, the log ends at {head}: check that the position belongs to this store"
    )]
    PositionInFuture {
        /// The position.
        position: Position,
        /// The end of the log.
        head: Position,
    },
    /// A key of a shared context changed.
    #[error("key {key} is at version {actual} and not at {expected}, {} changed it: read it again and retry", changed_by.as_deref().unwrap_or("somebody"))]
    ContextKeyConflict {
        /// The key.
        key: String,
        /// The version that the caller read.
        expected: u64,
        /// The version that it has; 0 when there is none.
        actual: u64,
        /// Who set it last.
        changed_by: Option<String>,
    },
}

fn listed<T: AsRef<str>>(words: &[T]) -> String {
    words.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(" or ")
}

fn phase_now(current: Option<&str>) -> String {
    current.map_or_else(
        || "none: start the workflow, or complete it when all of its phases are done".to_owned(),
        |current| format!("{current}: complete or skip that first"),
    )
}

fn held_by(holder: Option<&str>) -> String {
    holder.map_or_else(|| "nobody holds it at the moment".to_owned(), |holder| format!("session {holder} holds it"))
}

/// Refuses a deadline that is not in the future.
pub(crate) fn in_future(field: &'static str, deadline: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    match deadline {
        Some(deadline) if deadline <= now => Err(Refusal::DeadlineInPast { field, deadline, now }),
        _ => Ok(()),
    }
}
