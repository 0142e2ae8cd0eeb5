//! Giving the work on one service up.

use super::{Delegation, WorkState};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::state::Kind;

/// Gives the work on one service up; it can be delegated again.
#[derive(Clone, Debug)]
pub struct FailDelegation {
    /// Who gives it up.
    pub author: Author,
    /// The delegation.
    pub delegation_id: String,
    /// Why.
    pub failure_reason: String,
}

impl Command for FailDelegation {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let delegation = view.find::<Delegation>(&self.delegation_id)?;
        delegation.must_run()?;
        let payload = Payload::new()
            .with("delegation_id", &self.delegation_id)
            .with("service", &delegation.service)
            .with("failure_reason", &self.failure_reason);
        let mut script = Script::new(&self.author, view);
        script.record("director.service.delegation.failed", delegation.requested_event_id, payload)?;
        Ok(script.about::<Delegation>(&self.delegation_id))
    }
}

impl Delegation {
    /// Refuses to end what has ended.
    pub(super) fn must_run(&self) -> Result<(), Refusal> {
        if self.state == WorkState::Delegated {
            return Ok(());
        }
        Err(Refusal::WrongState {
            kind: <Self as Kind>::KIND,
            id: self.delegation_id.clone(),
            state: self.state.as_str(),
            allowed: &["delegated"],
            cure: "it has ended, delegate the service again if its work is still to be done",
        })
    }
}
