//! Which events somebody wants.

use serde::{Deserialize, Serialize};

use crate::{AgentId, EventId, Position, RecordedEvent, SessionId, Timestamp, TypePattern, WorkflowId};

/// A choice of events. Every part that is set must hold; the empty filter chooses all.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct EventFilter {
    /// Any of these patterns; empty means every type.
    pub types: Vec<TypePattern>,
    /// Events of this workflow.
    pub workflow_id: Option<WorkflowId>,
    /// Events of this session.
    pub session_id: Option<SessionId>,
    /// Events attributed to this agent.
    pub agent: Option<AgentId>,
    /// Events whose `source.app` is this text.
    pub source: Option<String>,
    /// The causation chain of this id: the event itself, all that led to it, all that came of it, and every event whose chain
    /// id it is.
    pub chain: Option<EventId>,
    /// Recorded at this time or later.
    pub since: Option<Timestamp>,
    /// Recorded before this time.
    pub until: Option<Timestamp>,
}

impl EventFilter {
    /// True when the event fits everything but [`EventFilter::chain`], which one event alone cannot tell.
    pub fn matches_but_chain(&self, event: &RecordedEvent) -> bool {
        let type_fits =
            self.types.is_empty() || self.types.iter().any(|pattern| pattern.matches(&event.envelope.event_type));
        type_fits
            && fits(self.workflow_id.as_ref(), event.workflow_id())
            && fits(self.session_id.as_ref(), event.session_id())
            && fits(self.agent.as_ref(), event.agent())
            && self.since.is_none_or(|since| event.recorded_at >= since)
            && self.until.is_none_or(|until| event.recorded_at < until)
            && self.source.as_ref().is_none_or(|source| event.envelope.source_app().as_ref() == Some(source))
    }
}

fn fits<T: PartialEq>(wanted: Option<&T>, found: Option<&T>) -> bool {
    wanted.is_none() || wanted == found
}

/// The direction in which a list runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// By rising position.
    OldestFirst,
    /// By falling position.
    NewestFirst,
}

impl Order {
    /// The other direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::OldestFirst => Self::NewestFirst,
            Self::NewestFirst => Self::OldestFirst,
        }
    }
}

/// One page of events to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventQuery {
    /// Which events.
    pub filter: EventFilter,
    /// In which order.
    pub order: Order,
    /// Only events past this position in that order; `None` starts at the end of the log that the order names.
    pub after: Option<Position>,
    /// At most this many.
    pub limit: usize,
}

/// One page of events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventPage {
    /// The events in the order asked for.
    pub events: Vec<RecordedEvent>,
    /// More of them follow.
    pub has_more: bool,
}

#[cfg(test)]
mod tests;
