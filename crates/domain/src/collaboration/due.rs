//! What the passing of time does to a collaboration.

use super::{Collaboration, CollaborationState};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Script, View};

/// Ends the votes whose time is over, and the collaboration when its own is. Asked by the server when [`crate::state::Noun::due`] says so;
/// comes to nothing when something else came first.
#[derive(Clone, Debug)]
pub struct CollaborationDue {
    /// The server.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
}

impl Command for CollaborationDue {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let collaboration: &Collaboration = view.find(&self.collaboration_id)?;
        let mut script = Script::new(&self.author, view);
        if collaboration.state == CollaborationState::Active {
            let is_over = |due: Option<crate::Timestamp>| due.is_some_and(|due| due <= view.now);
            for ballot in collaboration.proposals.iter().filter(|ballot| is_over(ballot.ends_at(collaboration))) {
                ballot.decide(collaboration, &mut script)?;
            }
            if is_over(collaboration.deadline) {
                collaboration.record_failure(Some("server"), "the deadline passed", &mut script)?;
            }
        }
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}
