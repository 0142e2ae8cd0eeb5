//! What the server does when a lease ran out.

use super::lease::held;
use super::{Handoff, again};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Script, View};

/// Takes work from a holder that was silent for too long. It is offered for the next attempt, or failed for good when there is none left.
#[derive(Clone, Debug)]
pub struct LoseLease {
    /// The server.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Token of the lease that ran out. When another one was given meanwhile, nothing is lost.
    pub fencing_token: u64,
    /// Why, `lease_expired` for one.
    pub reason: String,
}

impl Command for LoseLease {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = held(view, &self.handoff_id, self.fencing_token)?;
        let mut script = Script::new(&self.author, view);
        again::take_away(&mut script, handoff, &self.reason)?;
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}
