//! Replays: a range of the log is delivered once more.
//!
//! A replay is kept beside the log and is no part of it: what it delivers is recorded already. Its [`spec`](ReplaySpec) says what, where to
//! and how fast, [`pace`] when each event is due, and [`steps`] what may become of it.

pub mod pace;
mod steps;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{EventFilter, EventType, Position, RequestId, Timestamp};
pub use pace::Pace;

/// Names a replay; later ones are greater.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReplayId(Uuid);

impl ReplayId {
    /// Wraps a UUID.
    pub const fn new(id: Uuid) -> Self {
        Self(id)
    }

    /// A fresh id.
    pub fn generate() -> Self {
        Self(Uuid::now_v7())
    }

    /// The id as a UUID.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for ReplayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.as_hyphenated(), f)
    }
}

impl fmt::Debug for ReplayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where the events go.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplayTarget {
    /// To an exchange of the bus.
    Exchange(String),
    /// To a durable subscription.
    Subscription(String),
    /// To whoever streams it.
    Stream,
}

/// The events between two positions that a filter chooses.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ReplayRange {
    /// Which events.
    pub filter: EventFilter,
    /// Only those after this position.
    pub after: Position,
    /// Only those up to this position.
    pub until: Position,
}

/// What is replayed, where to and how fast.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ReplaySpec {
    /// Which events.
    pub range: ReplayRange,
    /// Where to.
    pub target: ReplayTarget,
    /// How fast.
    pub pace: Pace,
    /// The live exchange may be the target.
    pub allow_live_exchange: bool,
}

/// Where a replay stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplayState {
    /// It runs, or waits for somebody to stream it.
    Running,
    /// It was paused.
    Paused,
    /// Everything was delivered.
    Completed,
    /// It was cancelled.
    Cancelled,
    /// It gave up.
    Failed,
}

impl ReplayState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }

    /// True when nothing more becomes of it.
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Completed | Self::Cancelled | Self::Failed)
    }
}

/// A replay.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Replay {
    /// Its id.
    pub replay_id: ReplayId,
    /// Rises by one with each change, so that of two who change it at once one is told.
    pub version: u64,
    /// What it does.
    pub spec: ReplaySpec,
    /// Where it stands.
    pub state: ReplayState,
    /// Everything up to this position was delivered, or is not meant.
    pub position: Position,
    /// Events that were delivered.
    pub delivered: u64,
    /// Events to deliver in all, as counted when it was started.
    pub total: u64,
    /// How far it has come in the time of what it replays: a long gap that is interrupted goes on where it was.
    pub reached: Option<Timestamp>,
    /// Who streams it now, where its target is a stream: the newest stream is served, an older one ends.
    pub streamed_by: Option<Uuid>,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who started it.
    pub started_by: String,
    /// Why it failed, for people.
    pub failure: Option<String>,
}

/// How far a replay has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReplayProgress {
    /// Everything up to here was delivered.
    pub position: Position,
    /// Events that were delivered.
    pub delivered: u64,
    /// See [`Replay::reached`].
    pub reached: Option<Timestamp>,
}

/// What a range holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ReplaySurvey {
    /// How many events of each type, by type.
    pub by_type: Vec<(EventType, u64)>,
    /// The first and the last event.
    pub ends: Option<(ReplayEnd, ReplayEnd)>,
}

/// An event at an end of a range.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ReplayEnd {
    /// Its position.
    pub position: Position,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}

impl ReplaySurvey {
    /// How many events there are.
    pub fn total(&self) -> u64 {
        self.by_type.iter().map(|(_, count)| count).sum()
    }

    /// Takes in where the events of one more type begin and end.
    pub fn widen(&mut self, first: ReplayEnd, last: ReplayEnd) {
        self.ends = Some(self.ends.map_or((first, last), |(so_far, up_to)| (so_far.min(first), up_to.max(last))));
    }
}

/// What a replay is not asked for in the right way. It changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayRefusal {
    /// No replay of this id is known.
    #[error("no replay {0} is known: check the id")]
    NotFound(String),
    /// The state does not allow it.
    #[error("replay {replay_id} is {}, and this needs it to be {}: {cure}", state.as_str(), allowed.join(" or "))]
    WrongState {
        /// The replay.
        replay_id: ReplayId,
        /// Where it stands.
        state: ReplayState,
        /// Where it would be allowed.
        allowed: &'static [&'static str],
        /// What to do.
        cure: &'static str,
    },
    /// It does not go to a stream.
    #[error("replay {0} goes to {1}, and only one whose target is a stream can be streamed: follow it with GetReplay")]
    NotAStream(ReplayId, &'static str),
    /// The request id is known with another request.
    #[error("request_id {} was used for another request: use a new one for each new change", .0.0)]
    RequestIdReused(RequestId),
}
