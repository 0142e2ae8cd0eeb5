//! Delivering the work on one service.

use super::{CrossServiceTask, Delegation, start_ready};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::{Handoff, held_by};
use crate::session::{Session, agent_event, framework_of_type, not_superseded};
use crate::state::StateKey;
use crate::{JsonText, Refusal};

/// Delivers the work on one service. What waited for it starts.
#[derive(Clone, Debug)]
pub struct CompleteDelegation {
    /// Who delivers.
    pub author: Author,
    /// The delegation.
    pub delegation_id: String,
    /// The result, as its event will say: a JSON object.
    pub result: JsonText,
}

impl Command for CompleteDelegation {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let delegation = view.find::<Delegation>(&self.delegation_id)?;
        delegation.must_run()?;
        let session = self.session(view)?;
        let mut script = Script::new(&self.author, view);
        if let Some(session) = session {
            script.speaking_for(session);
        }
        let event_type = event_type(view, delegation, session);
        let completed = script.record(&event_type, delegation.requested_event_id, self.payload(delegation, session))?;
        let task = delegation.task_id.as_deref().and_then(|id| view.get::<CrossServiceTask>(id));
        if let Some(task) = task {
            start_ready::start(&mut script, &task.after_completion(&self.delegation_id, completed))?;
        }
        let task = task.map(|task| StateKey::of::<CrossServiceTask>(&task.task_id));
        Ok(script.showing([StateKey::of::<Delegation>(&self.delegation_id)].into_iter().chain(task)))
    }
}

impl CompleteDelegation {
    /// The session that did the work: the one that the result names, else the one that holds it. One that is named must be the holder,
    /// where somebody took the work.
    fn session<'v>(&self, view: &View<'v>) -> Result<Option<&'v Session>, Refusal> {
        let handoff = view.get::<Handoff>(&self.delegation_id);
        let Some(named) = Payload::of(&self.result).text("session_id") else {
            return Ok(handoff.and_then(Handoff::holder).and_then(|holder| view.get(holder)));
        };
        let session = view.get(&named);
        session.map_or(Ok(()), not_superseded)?;
        handoff.map_or(Ok(()), |handoff| held_by(handoff, &named, session))?;
        Ok(session)
    }

    fn payload(&self, delegation: &Delegation, session: Option<&Session>) -> Payload {
        let task_id = delegation.task_id.as_ref().unwrap_or(&delegation.delegation_id);
        let result = Payload::of(&self.result)
            .with("task_id", task_id)
            .with("service", &delegation.service)
            .with("delegation_id", &delegation.delegation_id)
            .or("session_id", session.map(|session| &session.session_id))
            .or("agent_instance_id", session.and_then(|session| session.agent_instance_id.as_ref()));
        // Else the event would be attributed to who delegated.
        if result.has("agent_instance_id") { result } else { result.or("from_agent", Some(&delegation.to_agent)) }
    }
}

fn event_type(view: &View<'_>, delegation: &Delegation, session: Option<&Session>) -> String {
    let kind = "task.completed";
    match session {
        Some(session) => agent_event(session, kind),
        None => format!("agent.{}.{kind}", framework_of_type(view, &delegation.to_agent)),
    }
}
