//! Telling a session what to do.

use super::{InstructionKind, Session, agent_event, open_session};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Gives an instruction to a session. Its id is [`super::instruction_id`] of the event and the session.
#[derive(Clone, Debug)]
pub struct Instruct {
    /// Who wants it.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// What is wanted.
    pub kind: InstructionKind,
    /// Why, or the message.
    pub reason: Option<String>,
}

impl Command for Instruct {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = open_session(view, &self.session_id)?;
        if self.kind.is_consequence() {
            let why = "must be one that people send: the server itself says when a lease is lost or an answer came";
            return Err(Refusal::InvalidField { field: "kind", why: why.to_owned() });
        }
        let payload = Payload::new()
            .with("session_id", &self.session_id)
            .with("instruction", self.kind.as_str())
            .with_some("reason", self.reason.as_ref())
            .with("sent_by", &self.author.principal);
        let mut script = Script::new(&self.author, view);
        script.record(&agent_event(session, "session.instructed"), [], payload)?;
        Ok(script.about::<Session>(&self.session_id))
    }
}
