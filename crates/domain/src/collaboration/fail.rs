//! Ending a collaboration without success.

use super::Collaboration;
use super::active::{active, participant};
use super::participants::Actor;
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Ends a collaboration without success. What was delivered is kept.
#[derive(Clone, Debug)]
pub struct FailCollaboration {
    /// Who asks.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
    /// The agent that gives up.
    pub agent: Option<String>,
    /// Why.
    pub failure_reason: String,
}

impl Command for FailCollaboration {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let collaboration = active(view, &self.collaboration_id)?;
        may_end(collaboration, &Actor::of_command(self.agent.as_deref(), None, &self.author), view)?;
        let mut script = Script::new(&self.author, view);
        collaboration.record_failure(self.agent.as_deref(), &self.failure_reason, &mut script)?;
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}

/// Refuses one who has no say in the end: under a hierarchy only who leads or started it has, else all who take part have it, too.
pub(super) fn may_end(collaboration: &Collaboration, actor: &Actor, view: &View<'_>) -> Result<(), Refusal> {
    if collaboration.leads(actor, view) {
        return Ok(());
    }
    let is_led = collaboration.leader.is_some() && collaboration.coordination_strategy == "hierarchical";
    if is_led {
        return Err(collaboration.not_the_leader());
    }
    participant(collaboration, actor, view).map(|_| ())
}

impl Collaboration {
    /// Refuses what only the leader may do.
    pub(super) fn not_the_leader(&self) -> Refusal {
        let leader = self.leader.as_ref().or(self.initiator_agent.as_ref());
        Refusal::NotTheLeader {
            collaboration_id: self.collaboration_id.clone(),
            leader: leader.cloned().unwrap_or_else(|| "who leads".into()),
        }
    }

    /// Records that it failed.
    pub(super) fn record_failure(
        &self,
        by: Option<&str>,
        failure_reason: &str,
        script: &mut Script<'_>,
    ) -> Result<(), Refusal> {
        let payload = Payload::new()
            .with("collaboration_id", &self.collaboration_id)
            .with_some("from_agent", by)
            .with("failure_reason", failure_reason)
            .with_some("results", self.results());
        script.record("agent.collaboration.failed", self.started_event_id, payload)?;
        Ok(())
    }
}
