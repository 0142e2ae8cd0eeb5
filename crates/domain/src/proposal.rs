//! What somebody asks the log writer to do.

use serde::{Deserialize, Serialize};

use crate::workflow::WorkflowCommand;
use crate::{Digest, EventId, NewEvent, Position, RequestId, SessionId, Timestamp, WorkflowId};

/// One change that is taken or refused as a whole.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Names the attempt, so that a repeat gets the first answer. `None` for the bus, whose event ids do the same.
    pub request: Option<Request>,
    /// Who asks, as the server authenticated them.
    pub principal: String,
    /// What is asked.
    pub change: Change,
}

/// A request's id with the digest of what it asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Request {
    /// The id, chosen by the client.
    pub id: RequestId,
    /// What it asks, to tell a repeat from a reuse.
    pub digest: Digest,
}

/// What is asked: to record events as they are, or to decide a command against the states that it names.
#[derive(Clone, Debug)]
pub enum Change {
    /// Record these events, all or none.
    Append(Vec<NewEvent>),
    /// Decide this command.
    Workflow(Box<WorkflowCommand>),
}

impl Change {
    /// The events that are known before anything is decided.
    pub fn events(&self) -> &[NewEvent] {
        match self {
            Self::Append(events) => events,
            Self::Workflow(_) => &[],
        }
    }

    fn command(&self) -> Option<&WorkflowCommand> {
        match self {
            Self::Append(_) => None,
            Self::Workflow(command) => Some(command),
        }
    }

    /// The workflows whose states the decision needs.
    pub fn workflows(&self) -> Option<&WorkflowId> {
        self.command().map(WorkflowCommand::workflow_id)
    }

    /// The events that it may record.
    pub fn event_ids(&self) -> impl Iterator<Item = EventId> + '_ {
        let events = self.events().iter().map(|event| event.envelope.event_id);
        events.chain(self.command().map(WorkflowCommand::event_id))
    }

    /// The parents that its events will name.
    pub fn parents(&self) -> impl Iterator<Item = EventId> + '_ {
        let events = self.events().iter().flat_map(|event| event.parents.iter().copied());
        events.chain(self.command().into_iter().flat_map(|command| command.parents().iter().copied()))
    }

    /// The sessions that its events name.
    pub fn sessions(&self) -> impl Iterator<Item = &SessionId> + '_ {
        self.events().iter().filter_map(|event| event.said.session_id.as_ref())
    }
}

/// The answer to a proposal that was taken.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Appended {
    /// Its events in the order in which it named them.
    pub events: Vec<AppendedEvent>,
}

impl Appended {
    /// The highest position among the events: a read at least as fresh sees the whole change.
    pub fn position(&self) -> Position {
        self.events.iter().map(|event| event.position).max().unwrap_or_default()
    }
}

/// Where one event stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AppendedEvent {
    /// Its id.
    pub event_id: EventId,
    /// Its place in the log.
    pub position: Position,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// It was there before this proposal.
    pub already_recorded: bool,
}
