//! Taking work.

use super::holder::Holder;
use super::lease::{named_holder, on_offer};
use super::{Claimant, Handoff};
use crate::agent::AgentType;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::session::{Session, active_session};
use crate::{EventId, Refusal};

/// Asks to take work that is on offer, under a lease.
#[derive(Clone, Debug)]
pub struct AcceptHandoff {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Who takes it.
    pub claimant: Claimant,
    /// Checkpoint from which it starts; `None` for the one of the handoff.
    pub checkpoint_id: Option<String>,
    /// How many checkpoints the agent expects to make.
    pub estimated_checkpoints: Option<i32>,
}

impl Command for AcceptHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = view.find::<Handoff>(&self.handoff_id)?;
        if handoff.state.is_held() {
            let holder = named_holder(handoff);
            return Err(Refusal::AlreadyClaimed { handoff_id: self.handoff_id.clone(), holder });
        }
        on_offer(handoff, "claim other work, this has ended")?;
        let session = active_session(view, &self.claimant.session_id)?;
        let agent_type = view.get::<AgentType>(self.claimant.type_with(session));
        self.claimant.may_take(handoff, session, agent_type)?;
        let mut script = Script::new(&self.author, view);
        script.speaking_for(session);
        match &handoff.failed_session {
            Some(failed) => self.recover(&mut script, view, handoff, session, failed)?,
            None => self.accept(&mut script, handoff, session)?,
        };
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}

impl AcceptHandoff {
    fn accept(&self, script: &mut Script<'_>, handoff: &Handoff, session: &Session) -> Result<EventId, Refusal> {
        let holder = self.holder(session);
        let payload = holder
            .sign(Payload::new())
            .with("handoff_id", &handoff.handoff_id)
            .with_some("from_agent", self.agent_type(session).or(holder.instance))
            .with_some("workflow_id", handoff.workflow_id.as_ref())
            .with_some("checkpoint_id", self.checkpoint_id.as_ref().or(handoff.checkpoint_id.as_ref()))
            .with("attempt", handoff.attempt)
            .with("fencing_token", handoff.fencing_token + 1)
            .with_some("estimated_checkpoints", self.estimated_checkpoints);
        script.record("agent.handoff.accepted", handoff.offered_event_id, payload)
    }

    /// Who takes work that a failed session had, takes over from that session.
    fn recover(
        &self,
        script: &mut Script<'_>,
        view: &View<'_>,
        handoff: &Handoff,
        session: &Session,
        failed: &str,
    ) -> Result<EventId, Refusal> {
        let holder = self.holder(session);
        let failed_event = view.get::<Session>(failed).and_then(|failed| failed.failed_event_id);
        let payload = Payload::new()
            .with("new_session_id", &session.session_id)
            .with("failed_session_id", failed)
            .with_some("recovering_from_checkpoint", self.checkpoint_id.as_ref().or(handoff.checkpoint_id.as_ref()))
            .with_some("agent_type", self.agent_type(session))
            .with_some("agent_instance_id", holder.instance)
            .with_some("workflow_id", handoff.workflow_id.as_ref())
            .with("handoff_id", &handoff.handoff_id);
        let event_type = holder.event_type(view, "session.recovery.started");
        script.record(&event_type, failed_event.or(handoff.offered_event_id), payload)
    }

    fn holder<'a>(&'a self, session: &'a Session) -> Holder<'a> {
        let holder = Holder::session(session);
        Holder { instance: self.claimant.agent_instance_id.as_deref().or(holder.instance), ..holder }
    }

    fn agent_type<'a>(&'a self, session: &'a Session) -> Option<&'a str> {
        Some(self.claimant.type_with(session)).filter(|kind| !kind.is_empty())
    }
}
