//! What a command may look at.

use crate::ledger::Ledger;
use crate::state::{Kind, Noun, States};
use crate::{Belonging, EventId, Position, Refusal, SessionId, SessionLink, Timestamp, Workflow, WorkflowId};

/// The states as they stand when a command is decided, after all earlier proposals of its batch.
pub struct View<'a> {
    ledger: &'a Ledger,
    /// The server's clock: when what comes of the command will be recorded.
    pub now: Timestamp,
}

impl<'a> View<'a> {
    pub(crate) const fn of(ledger: &'a Ledger, now: Timestamp) -> Self {
        Self { ledger, now }
    }

    /// All states that may be looked at.
    pub(crate) const fn states(&self) -> &'a States {
        self.ledger.states()
    }

    /// A state, if there is one.
    pub fn get<N: Noun>(&self, id: &str) -> Option<&'a N> {
        self.states().get(id)
    }

    /// A state that must be there.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn find<N: Noun>(&self, id: &str) -> Result<&'a N, Refusal> {
        self.get(id).ok_or_else(|| Refusal::NotFound { kind: <N as Kind>::KIND, id: id.to_owned() })
    }

    /// A workflow, if anything is known of it.
    pub fn workflow(&self, id: &WorkflowId) -> Option<&'a Workflow> {
        self.get(id.as_str())
    }

    /// What is known of where a session belongs.
    pub fn session_link(&self, id: &SessionId) -> Option<&'a SessionLink> {
        self.ledger.session_link(id)
    }

    /// What a recorded event belongs to.
    pub(crate) fn belonging_of(&self, id: EventId) -> Option<&'a Belonging> {
        self.ledger.belonging_of(id)
    }

    /// The place of an event in the log, when it is recorded.
    pub(crate) fn position_of(&self, id: EventId) -> Option<Position> {
        self.ledger.position_of(id)
    }

    /// True when an event is recorded.
    pub fn is_recorded(&self, id: EventId) -> bool {
        self.ledger.position_of(id).is_some()
    }

    /// The workflow that an event belongs to.
    pub(crate) fn workflow_of(&self, id: EventId) -> Option<&'a WorkflowId> {
        self.ledger.belonging_of(id)?.workflow_id.as_ref()
    }
}
