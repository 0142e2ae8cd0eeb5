//! What the passing of time does to work.

use super::{Handoff, again};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Draws what the time that passed means for a handoff: it expires at its deadline, and is taken from a holder that makes no progress. Asked too
/// early, it records nothing.
#[derive(Clone, Debug)]
pub struct TickHandoff {
    /// The server.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
}

impl Command for TickHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = view.find::<Handoff>(&self.handoff_id)?;
        let mut script = Script::new(&self.author, view);
        let passed = |time| time <= view.now;
        if handoff.state.is_open() && handoff.deadline.is_some_and(passed) {
            let payload = Payload::new().with("handoff_id", &self.handoff_id).with("reason", "deadline");
            script.record("agent.handoff.expired", handoff.stands_at(), payload)?;
        } else if handoff.stalls_at().is_some_and(passed) {
            again::take_away(&mut script, handoff, "stalled")?;
        }
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}
