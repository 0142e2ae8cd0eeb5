//! Who does the work, as the events of a command name them.

use super::Handoff;
use crate::command::{Payload, Script, View};
use crate::session::{Session, agent_event, framework_of_type};

/// A session that does work, or is about to.
pub(super) struct Holder<'a> {
    pub session_id: Option<&'a str>,
    pub instance: Option<&'a str>,
    pub session: Option<&'a Session>,
}

impl<'a> Holder<'a> {
    /// Who holds a handoff.
    pub fn of(view: &View<'a>, handoff: &'a Handoff) -> Self {
        let session_id = handoff.holder();
        let session = session_id.and_then(|id| view.get::<Session>(id));
        let named = handoff.lease.as_ref().and_then(|lease| lease.agent.as_deref());
        Self {
            session_id,
            instance: session.and_then(|session| session.agent_instance_id.as_deref()).or(named),
            session,
        }
    }

    /// A session.
    pub fn session(session: &'a Session) -> Self {
        Self {
            session_id: Some(&session.session_id),
            instance: session.agent_instance_id.as_deref().or(session.agent_id.as_deref()),
            session: Some(session),
        }
    }

    /// Its agent is behind the events that follow.
    pub fn speak(&self, script: &mut Script<'_>) {
        if let Some(session) = self.session {
            script.speaking_for(session);
        }
    }

    /// The type of its agent.
    pub fn agent_type(&self) -> Option<&'a str> {
        self.session.map(|session| session.agent_type.as_str()).filter(|kind| !kind.is_empty())
    }

    /// The type of an event of its agent, whose framework stands before the kind.
    pub fn event_type(&self, view: &View<'_>, kind: &str) -> String {
        match self.session {
            Some(session) => agent_event(session, kind),
            None => format!("agent.{}.{kind}", framework_of_type(view, self.instance.unwrap_or_default())),
        }
    }

    /// Names it in a payload.
    pub fn sign(&self, payload: Payload) -> Payload {
        payload.with_some("session_id", self.session_id).with_some("agent_instance_id", self.instance)
    }
}
