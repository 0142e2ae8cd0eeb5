//! Giving work up.

use super::holder::Holder;
use super::lease::held;
use super::{Handoff, again};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Gives work up. It is offered again while attempts remain.
#[derive(Clone, Debug)]
pub struct FailHandoff {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Token under which the caller holds it.
    pub fencing_token: u64,
    /// Why.
    pub failure_reason: String,
    /// It is not to be offered again, although attempts remain.
    pub is_final: bool,
}

impl Command for FailHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = held(view, &self.handoff_id, self.fencing_token)?;
        let holder = Holder::of(view, handoff);
        let is_final = self.is_final || handoff.attempt >= handoff.max_attempts;
        let mut script = Script::new(&self.author, view);
        holder.speak(&mut script);
        let payload = Payload::new()
            .with("handoff_id", &self.handoff_id)
            .with_some("session_id", holder.session_id)
            .with("failure_reason", &self.failure_reason)
            .with("attempt", handoff.attempt)
            .with("final", is_final);
        let failed = script.record("agent.handoff.failed", handoff.accepted_event_id, payload)?;
        if !is_final {
            script.speaking_for_the_server();
            again::offer(&mut script, handoff, handoff.attempt + 1, "failed", Some(failed))?;
        }
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}
