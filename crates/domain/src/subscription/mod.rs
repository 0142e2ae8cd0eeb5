//! The durable subscription: a cursor on the server that the consumers of a group share.
//!
//! A [`Group`] says how far the log was taken, and each event that was taken and is not settled is an [`Unsettled`] delivery. [`Work`] is all
//! of it together; what happens to it is decided here, one verb a file, and a store writes the [`Changes`] if nobody else was faster. So no
//! node owns a group, and the same rules hold whoever applies them.
//!
//! *Invariants:*
//! * an event is acknowledged, skipped, parked or unsettled, once its position is behind the cursor;
//! * only the newest fencing token of a delivery settles it, and each handing out has a token of its own;
//! * of one key at most one delivery is out, and it is the first of the key that is not settled;
//! * nothing is delivered more often than the settings say without being parked.

mod connect;
mod parked;
mod seek;
mod settings;
mod settle;
mod take;
mod work;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{EventId, Position, Request, Timestamp};

pub use connect::{MOST_CONSUMERS, SILENT_AFTER_SECONDS};
pub use settings::{GroupSettings, LOOK_AHEAD, OrderingKey, ParkedKeyPolicy};
pub use settle::{Outcome, Settlement, Verdict};
pub use take::{Candidate, HandOut, Seat};
pub use work::{Changes, Work};

/// A durable subscription without its deliveries.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// What it does.
    pub settings: GroupSettings,
    /// Everything up to here was taken from the log, or is not meant.
    pub cursor: Position,
    /// It delivers nothing.
    pub paused: bool,
    /// Number of changes of its settings; 1 at first.
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// The id of the next delivery. Events get theirs in the order of the log.
    pub next_delivery: u64,
    /// The next fencing token.
    pub next_token: u64,
    /// Who is connected, by consumer id.
    pub consumers: BTreeMap<String, Consumer>,
}

/// A connected consumer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consumer {
    /// The one connection that has this consumer's id.
    pub connection: Uuid,
    /// When it connected.
    pub connected_at: Timestamp,
    /// When its node last said that it is connected.
    pub seen_at: Timestamp,
    /// Deliveries that it acknowledged.
    pub acknowledged: u64,
}

/// A delivery that is not settled, or parked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Unsettled {
    /// Its id, the same for every attempt.
    pub id: u64,
    /// Where the event stands.
    pub position: Position,
    /// The event.
    pub event_id: EventId,
    /// When the event was recorded.
    pub recorded_at: Timestamp,
    /// What keeps it in order; `None` when nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How often it was handed out.
    pub attempt: u32,
    /// The token under which it may be settled; 0 for none.
    pub token: u64,
    /// Where it is.
    pub stage: Stage,
    /// What went wrong with it so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<DeliveryFailure>,
}

/// Where a delivery is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is to be handed out, once its time has come and nothing of its key is before it.
    Waiting {
        /// Not before this time.
        due_at: Timestamp,
    },
    /// A consumer has it.
    Out {
        /// Who.
        consumer_id: String,
        /// Until when.
        deadline: Timestamp,
    },
    /// It was put aside.
    Parked,
}

/// What went wrong with a delivery.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DeliveryFailure {
    /// What was said last.
    pub reason: String,
    /// When it failed first.
    pub first_at: Timestamp,
    /// When it failed last.
    pub last_at: Timestamp,
}

/// What a change of a group was answered, for a repeat of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct GroupAnswer {
    /// The group as it was then; `None` when it was deleted.
    #[serde(default)]
    pub group: Option<Group>,
    /// How many parked events it was about.
    #[serde(default)]
    pub count: u64,
}

/// The first answer to a request, to be kept with what it changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FirstAnswer {
    /// The request.
    pub request: Request,
    /// What it is answered.
    pub answer: GroupAnswer,
    /// When.
    pub at: Timestamp,
}

impl Group {
    /// A new group that takes everything after a position. Tokens and revisions begin at the time, so that those of an earlier group of the
    /// same name mean nothing to it.
    pub fn new(name: String, settings: GroupSettings, cursor: Position, now: Timestamp) -> Self {
        Self {
            name,
            settings,
            cursor,
            paused: false,
            version: 1,
            created_at: now,
            next_delivery: 1,
            next_token: now.micros().unsigned_abs(),
            consumers: BTreeMap::new(),
        }
    }

    /// The revision that it begins with.
    pub const fn first_revision(&self) -> u64 {
        self.created_at.micros().unsigned_abs()
    }

    /// The consumers that are connected at a time.
    pub fn connected(&self, now: Timestamp) -> impl Iterator<Item = (&String, &Consumer)> {
        self.consumers.iter().filter(move |(_, consumer)| consumer.is_heard(now))
    }
}

#[cfg(test)]
mod tests;
