//! Why a proposal was not taken.

use crate::{Digest, EventId, InvalidEvent, Position, RequestId, WorkflowId};

/// A proposal that the rules refuse. It changed nothing, and other proposals of its batch are not touched by it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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
    /// A workflow of this id is there already.
    #[error("workflow {0} exists: read it, or start another one under a new id")]
    WorkflowExists(WorkflowId),
}
