//! Turning work down.

use super::Handoff;
use super::again;
use super::claimant::not_the_target;
use super::holder::Holder;
use super::lease::on_offer;
use crate::Refusal;
use crate::agent::AgentType;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::session::Session;

/// Turns down work that is on offer. It is offered to the next, if there can be one.
#[derive(Clone, Debug)]
pub struct DeclineHandoff {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// The session that declines.
    pub session_id: String,
    /// Why.
    pub reason: Option<String>,
}

impl Command for DeclineHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = view.find::<Handoff>(&self.handoff_id)?;
        on_offer(handoff, "who holds work releases it or fails it, and work that ended needs no answer")?;
        let Some(session) = view.get::<Session>(&self.session_id) else { return Err(not_the_target(handoff)) };
        handoff.may_be_declined_by(session, view.get::<AgentType>(&session.agent_type))?;
        let holder = Holder::session(session);
        let mut script = Script::new(&self.author, view);
        holder.speak(&mut script);
        let payload = Payload::new()
            .with("handoff_id", &self.handoff_id)
            .with("session_id", &self.session_id)
            .with_some("from_agent", holder.instance.or(holder.agent_type()))
            .with_some("reason", self.reason.as_ref());
        let declined = script.record("agent.handoff.declined", handoff.offered_event_id, payload)?;
        if !handoff.is_declined_by_all(Some(session), holder.instance) {
            script.speaking_for_the_server();
            again::offer(&mut script, handoff, handoff.attempt, "declined", Some(declined))?;
        }
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}
