//! Giving work back unharmed.

use super::holder::Holder;
use super::lease::held;
use super::{Handoff, again};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Script, View};

/// Gives work back. It is offered again, and the attempt does not count.
#[derive(Clone, Debug)]
pub struct ReleaseHandoff {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Token under which the caller holds it.
    pub fencing_token: u64,
    /// Why, for people.
    pub reason: Option<String>,
    /// Checkpoint from which the next one goes on; `None` for the newest.
    pub checkpoint_id: Option<String>,
}

impl Command for ReleaseHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = held(view, &self.handoff_id, self.fencing_token)?;
        let mut script = Script::new(&self.author, view);
        Holder::of(view, handoff).speak(&mut script);
        let payload = again::offered(handoff, handoff.attempt, "released")
            .with_some("details", self.reason.as_ref())
            .with_some("checkpoint_id", self.checkpoint_id.as_ref().or(handoff.checkpoint_id.as_ref()));
        script.record("agent.handoff.offered", handoff.accepted_event_id, payload)?;
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}
