//! Recording that the context of an agent changed.

use super::{Session, agent_event, newest_answer, open_session};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::feedback::QuestionState;
use crate::{JsonText, Refusal};

/// Says that an agent's memory or context changed.
#[derive(Clone, Debug)]
pub struct UpdateContext {
    /// Who says so.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// The change as its event will say: a JSON object.
    pub update: JsonText,
}

impl Command for UpdateContext {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = open_session(view, &self.session_id)?;
        let update = Payload::of(&self.update)
            .with("session_id", &self.session_id)
            .or("agent_instance_id", session.agent_instance_id.as_ref());
        let answer = newest_answer(view, session)
            .filter(|question| update.has("decision_incorporated") && question.state == QuestionState::Answered);
        let mut script = Script::new(&self.author, view);
        script.speaking_for(session);
        let causes = answer.and_then(|question| question.answer_event_id);
        script.record(&agent_event(session, "context.updated"), causes, update)?;
        Ok(script.about::<Session>(&self.session_id))
    }
}
