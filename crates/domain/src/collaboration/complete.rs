//! Ending a collaboration with success.

use super::Collaboration;
use super::active::active;
use super::fail::may_end;
use super::participants::Actor;
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Ends a collaboration with success.
#[derive(Clone, Debug)]
pub struct CompleteCollaboration {
    /// Who asks.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
    /// The agent that completes it.
    pub agent: Option<String>,
    /// Outcome; `None` for `success`.
    pub outcome: Option<String>,
    /// What came out of it, in a sentence.
    pub summary: Option<String>,
    /// The leader decides although results are missing.
    pub force: bool,
}

impl Command for CompleteCollaboration {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let collaboration = active(view, &self.collaboration_id)?;
        let actor = Actor::of_command(self.agent.as_deref(), None, &self.author);
        may_end(collaboration, &actor, view)?;
        let missing = collaboration.missing();
        if !missing.is_empty() && !self.force {
            return Err(Refusal::ResultsMissing { missing });
        }
        if !missing.is_empty() && !collaboration.leads(&actor, view) {
            return Err(collaboration.not_the_leader());
        }
        let mut script = Script::new(&self.author, view);
        script.record("agent.collaboration.completed", collaboration.causes_of_end(), self.payload(collaboration))?;
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}

impl CompleteCollaboration {
    fn payload(&self, collaboration: &Collaboration) -> Payload {
        Payload::new()
            .with("collaboration_id", &self.collaboration_id)
            .with_some("from_agent", self.agent.as_ref())
            .with("outcome", self.outcome.as_deref().unwrap_or("success"))
            .with_some("summary", self.summary.as_ref())
            .with_some("results", collaboration.results())
    }
}
