//! Ending a session without success. Its work is offered again.

use super::{Session, agent_event, open_session};
use crate::checkpoint::find;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::Handoff;
use crate::{EventId, Refusal, Timestamp};

/// Says that a session failed.
#[derive(Clone, Debug)]
pub struct FailSession {
    /// Who says so.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// Why.
    pub failure_reason: String,
    /// Its newest checkpoint; `None` for the newest that is known.
    pub last_checkpoint_id: Option<String>,
}

impl Command for FailSession {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = open_session(view, &self.session_id)?;
        let mut script = Script::new(&self.author, view);
        script.speaking_for(session);
        failed(&mut script, view, session, &self.failure_reason, self.last_checkpoint_id.as_deref())?;
        Ok(script.about::<Session>(&self.session_id))
    }
}

/// The server's word that a session went silent. Comes to nothing when the session was heard of since the server looked.
#[derive(Clone, Debug)]
pub struct FailSilent {
    /// The server.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// Why, `connection_timeout` for instance.
    pub failure_reason: String,
}

impl Command for FailSilent {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = open_session(view, &self.session_id)?;
        let mut script = Script::new(&self.author, view);
        if is_silent(session, view.now) {
            script.speaking_for(session);
            failed(&mut script, view, session, &self.failure_reason, None)?;
        }
        Ok(script.about::<Session>(&self.session_id))
    }
}

/// True when the session promised to be heard of before now, and was not. Heartbeats are not looked at: whoever asks knows them.
fn is_silent(session: &Session, now: Timestamp) -> bool {
    session.heartbeat_timeout > 0.0 && session.last_active_at.after_seconds(session.heartbeat_timeout) <= now
}

fn failed(
    script: &mut Script<'_>,
    view: &View<'_>,
    session: &Session,
    reason: &str,
    last_checkpoint_id: Option<&str>,
) -> Result<EventId, Refusal> {
    let named = last_checkpoint_id.and_then(|name| find(view.states(), session, name));
    let checkpoint = named.map(|checkpoint| checkpoint.event_id).or(session.checkpoint_event_id);
    let work = || view.get::<Handoff>(session.handoff_id.as_deref()?)?.accepted_event_id;
    let payload = Payload::new()
        .with("session_id", &session.session_id)
        .with_some("last_checkpoint_id", last_checkpoint_id.or(session.checkpoint_id.as_deref()))
        .with("failure_reason", reason);
    script.record(&agent_event(session, "session.failed"), checkpoint.or_else(work), payload)
}
