//! What an event itself says.

use crate::members::Members;
use crate::{Belonging, RecordedEvent};

/// An event with the members of its payload. Its session and agent are those that it names itself: what it has from its causes may be the session
/// that asked for the work, and not the one that does it.
pub(super) struct Said<'a> {
    pub event: &'a RecordedEvent,
    pub members: Members<'a>,
    pub session: Option<String>,
    pub agent: Option<String>,
}

impl<'a> Said<'a> {
    pub fn by(event: &'a RecordedEvent) -> Self {
        let Belonging { session_id, agent, .. } = Belonging::said_by(&event.envelope);
        Self {
            event,
            members: Members::of(&event.envelope.payload),
            session: session_id.map(|id| id.as_str().to_owned()),
            agent: agent.map(|agent| agent.as_str().to_owned()),
        }
    }

    /// The handoff that it is about.
    pub fn handoff(&self) -> Option<&'a str> {
        self.event.belonging.about.handoff.as_deref()
    }

    /// True when it names a handoff itself.
    pub fn names_handoff(&self) -> bool {
        self.members.name("handoff_id").is_some()
    }

    /// The session that it belongs to, by its own word or by that of its causes.
    pub fn of_session(&self) -> Option<&'a str> {
        self.event.session_id().map(|id| id.as_str())
    }

    /// Why, in whichever member it says so.
    pub fn reason(&self) -> Option<String> {
        self.members.text("failure_reason").or_else(|| self.members.text("reason"))
    }
}
