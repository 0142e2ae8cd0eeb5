//! Work that is offered again, or fails for good when it was offered often enough.

use super::Handoff;
use crate::command::{Payload, Script};
use crate::{EventId, Refusal};

/// Offers work again under this number of attempt, with what is known of how far it is.
pub(super) fn offer(
    script: &mut Script<'_>,
    handoff: &Handoff,
    attempt: u32,
    reason: &str,
    cause: Option<EventId>,
) -> Result<EventId, Refusal> {
    script.record("agent.handoff.offered", cause, offered(handoff, attempt, reason))
}

/// What such an offer says.
pub(super) fn offered(handoff: &Handoff, attempt: u32, reason: &str) -> Payload {
    Payload::new()
        .with("handoff_id", &handoff.handoff_id)
        .with("to_agent", &handoff.to_agent)
        .with("attempt", attempt)
        .with_some("checkpoint_id", handoff.checkpoint_id.as_ref())
        .with_some("previous_session_id", handoff.holder())
        .with("reason", reason)
        .with_some("progress", handoff.progress.as_ref())
}

/// Takes work from its holder: it is offered for the next attempt, or failed for good when there is none left.
pub(super) fn take_away(script: &mut Script<'_>, handoff: &Handoff, reason: &str) -> Result<EventId, Refusal> {
    if handoff.attempt < handoff.max_attempts {
        return offer(script, handoff, handoff.attempt + 1, reason, handoff.accepted_event_id);
    }
    let payload = Payload::new()
        .with("handoff_id", &handoff.handoff_id)
        .with_some("session_id", handoff.holder())
        .with("failure_reason", format!("attempts exhausted: {reason}"))
        .with("attempt", handoff.attempt)
        .with("final", true);
    script.record("agent.handoff.failed", handoff.accepted_event_id, payload)
}
