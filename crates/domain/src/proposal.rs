//! What somebody asks the log writer to do.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::state::{Noun, State};
use crate::{Digest, EventId, NewEvent, Position, RequestId, SessionId, Timestamp};

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
    /// The same, and move a projector's cursor with them.
    Project(Vec<NewEvent>, CursorMove),
    /// Decide this command.
    Command(Arc<dyn Command>),
}

/// A projector's place in the log moves, together with what it appends or not at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CursorMove {
    /// The projector.
    pub name: String,
    /// Where it believes that it stands.
    pub from: Position,
    /// Where it stands afterwards.
    pub to: Position,
}

impl Change {
    /// A command to be decided.
    pub fn command(command: impl Command) -> Self {
        Self::Command(Arc::new(command))
    }

    /// The events that are known before anything is decided.
    pub fn events(&self) -> &[NewEvent] {
        match self {
            Self::Append(events) | Self::Project(events, _) => events,
            Self::Command(_) => &[],
        }
    }

    /// The projector's cursor that moves with it.
    pub const fn cursor(&self) -> Option<&CursorMove> {
        match self {
            Self::Project(_, cursor) => Some(cursor),
            Self::Append(_) | Self::Command(_) => None,
        }
    }

    /// The events that it is known to record. What a command records beside its first event has fresh ids.
    pub fn event_ids(&self) -> impl Iterator<Item = EventId> + '_ {
        let first = match self {
            Self::Append(_) | Self::Project(..) => None,
            Self::Command(command) => Some(command.author().event_id),
        };
        self.events().iter().map(|event| event.envelope.event_id).chain(first)
    }

    /// The parents that its events are known to name.
    pub fn parents(&self) -> impl Iterator<Item = EventId> + '_ {
        let further = match self {
            Self::Append(_) | Self::Project(..) => &[],
            Self::Command(command) => command.author().correlation_ids.as_slice(),
        };
        self.events().iter().flat_map(|event| event.parents.iter().copied()).chain(further.iter().copied())
    }

    /// The sessions that its events name.
    pub fn sessions(&self) -> impl Iterator<Item = &SessionId> + '_ {
        self.events().iter().filter_map(|event| event.said.session_id.as_ref())
    }
}

/// The answer to a proposal that was taken.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Appended {
    /// Its events in the order in which it named them.
    pub events: Vec<AppendedEvent>,
    /// For a command: the states that its answer shows, as they were after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<State>,
}

impl Appended {
    /// The highest position among the events: a read at least as fresh sees the whole change.
    pub fn position(&self) -> Position {
        self.events.iter().map(|event| event.position).max().unwrap_or_default()
    }

    /// The first of its states that is of a noun.
    pub fn state<N: Noun>(&self) -> Option<&N> {
        self.states.iter().find_map(N::in_state)
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
