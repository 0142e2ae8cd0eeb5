//! Saying that help came.

use super::lease::wrong_state;
use super::{Handoff, HandoffState};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Says that help came for work that is blocked. Whoever helped may say so.
#[derive(Clone, Debug)]
pub struct UnblockHandoff {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Who helped; `None` for who asks.
    pub unblocked_by: Option<String>,
    /// How.
    pub resolution: Option<String>,
}

impl Command for UnblockHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = view.find::<Handoff>(&self.handoff_id)?;
        if handoff.state != HandoffState::Blocked {
            return Err(wrong_state(handoff, &["blocked"], "it waits for no help"));
        }
        let mut script = Script::new(&self.author, view);
        let payload = Payload::new()
            .with("handoff_id", &self.handoff_id)
            .with("unblocked_by", self.unblocked_by.as_ref().unwrap_or(&self.author.principal))
            .with_some("resolution", self.resolution.as_ref());
        script.record("agent.handoff.unblocked", handoff.outcome_event_id, payload)?;
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}
