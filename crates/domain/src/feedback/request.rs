//! Asking people.

use super::Question;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::Handoff;
use crate::members::Members;
use crate::refusal::in_future;
use crate::session::{Session, not_superseded};
use crate::state::Kind;
use crate::waits::{Made, for_answer, resolve};
use crate::{EventId, JsonText, Refusal};

/// Asks a question.
#[derive(Clone, Debug)]
pub struct RequestFeedback {
    /// Who asks.
    pub author: Author,
    /// The question: the payload of `agent.feedback.requested`.
    pub feedback: JsonText,
}

impl Command for RequestFeedback {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let mut script = Script::new(&self.author, view);
        // Only the server asks about deadlocks: an answer to such a question ends somebody's work.
        let asked = Payload::of(&self.feedback).without("deadlock");
        let id = asked.text("question_id").unwrap_or_else(|| script.next_event_id().to_string());
        if let Some(question) = view.get::<Question>(&id).filter(|question| question.requested_event_id.is_some()) {
            let is_same = question.is_what(&Members::of(&self.feedback));
            let exists = Refusal::Exists { kind: Question::KIND, id: id.clone() };
            return if is_same { Ok(script.about::<Question>(&id)) } else { Err(exists) };
        }
        check(view, &asked)?;
        let session = asking_session(view, &asked)?;
        if let Some(session) = session {
            script.speaking_for(session);
        }
        let work = session.and_then(|session| work_of(view, session));
        let payload = complete(asked, session, &id);
        let causes = [work.as_slice(), &self.author.correlation_ids].concat();
        let wait = for_answer(view, &payload, &id, &Made { event_id: script.next_event_id(), causes: &causes });
        script.record("agent.feedback.requested", work, payload)?;
        if let Some(wait) = wait {
            resolve(&mut script, view, &wait)?;
        }
        Ok(script.about::<Question>(&id))
    }
}

fn check(view: &View<'_>, asked: &Payload) -> Result<(), Refusal> {
    in_future("feedback.deadline", asked.read("deadline"), view.now)?;
    let options: Vec<String> = asked.read("options").unwrap_or_default();
    match asked.text("default_answer") {
        Some(chosen) if !options.is_empty() && !options.contains(&chosen) => {
            Err(Refusal::InvalidOption { field: "feedback.default_answer", chosen, options })
        }
        _ => Ok(()),
    }
}

/// The session that asks. One that failed may ask too: it may be alive, and whoever takes over from it gets the answer.
fn asking_session<'a>(view: &View<'a>, asked: &Payload) -> Result<Option<&'a Session>, Refusal> {
    let Some(id) = asked.text("session_id") else { return Ok(None) };
    let session: &Session = view.find(&id)?;
    not_superseded(session)?;
    Ok(Some(session))
}

/// The event by which the session works on what it asks about: it accepted work, or else saved a checkpoint.
fn work_of(view: &View<'_>, session: &Session) -> Option<EventId> {
    let held = session.handoff_id.as_deref().and_then(|id| view.get::<Handoff>(id));
    held.and_then(|handoff| handoff.accepted_event_id).or(session.checkpoint_event_id)
}

fn complete(asked: Payload, session: Option<&Session>, id: &str) -> Payload {
    let agent = session.map(|session| session.agent_type.as_str()).filter(|agent| !agent.is_empty());
    asked
        .with("question_id", id)
        .or("from_agent", agent)
        .or("workflow_id", session.and_then(|session| session.workflow_id.as_ref()))
        .or("blocking", Some(true))
}
