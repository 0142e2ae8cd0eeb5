//! Asking a peer to take over work.

use super::Handoff;
use super::holder::Holder;
use super::request::Request;
use crate::command::{Author, Command, Decision, Script, View};
use crate::session::Session;
use crate::waits::{Made, for_work, resolve};
use crate::{EventId, JsonText, Refusal};

/// Asks a peer to take over work.
#[derive(Clone, Debug)]
pub struct CreateHandoff {
    /// Who asks.
    pub author: Author,
    /// What is asked, as the event will say: a JSON object in the shape of the contract's HandoffRequested.
    pub handoff: JsonText,
}

impl Command for CreateHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let mut script = Script::new(&self.author, view);
        let (handoff_id, payload) = match Request::of(view, &self.handoff, script.next_event_id())? {
            Request::New { handoff_id, payload } => (handoff_id, payload),
            Request::Made { handoff_id } => return Ok(script.about::<Handoff>(&handoff_id)),
        };
        let session = payload.text("session_id").and_then(|id| view.get::<Session>(&id));
        let payload = match session.map(Holder::session) {
            Some(asking) => {
                asking.speak(&mut script);
                payload.or("from_agent", asking.agent_type().or(asking.instance))
            }
            None => payload,
        };
        let causes: Vec<EventId> = session.and_then(|session| work_of(view, session)).into_iter().collect();
        let all_causes = [causes.as_slice(), &self.author.correlation_ids].concat();
        let made = Made { event_id: script.next_event_id(), causes: &all_causes };
        let wait = for_work(view, &payload, &handoff_id, &made);
        script.record("agent.handoff.requested", causes, payload)?;
        if let Some(wait) = wait {
            resolve(&mut script, view, &wait)?;
        }
        Ok(script.about::<Handoff>(&handoff_id))
    }
}

/// The event by which the asking session took the work that it does now.
fn work_of(view: &View<'_>, session: &Session) -> Option<EventId> {
    let handoff = view.get::<Handoff>(session.handoff_id.as_deref()?)?;
    handoff.accepted_event_id
}
