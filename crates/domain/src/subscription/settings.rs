//! What a group does.

use serde::{Deserialize, Serialize};

use crate::{EventFilter, RecordedEvent};

/// How many deliveries wait for others of their key, beside those that are out, before nothing more is taken from the log.
pub const LOOK_AHEAD: usize = 1_000;

/// The settings of a group. All limits are set here: what the caller left out has its default.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GroupSettings {
    /// Which events.
    pub filter: EventFilter,
    /// What keeps them in order.
    pub ordering: OrderingKey,
    /// What becomes of the later events of a key whose event is parked.
    pub parked_keys: ParkedKeyPolicy,
    /// How often an event is tried before it is parked.
    pub max_attempts: u32,
    /// The wait before the second attempt after a rejection, in milliseconds; doubled each time.
    pub min_backoff_ms: u64,
    /// The longest such wait.
    pub max_backoff_ms: u64,
    /// How long a consumer may keep a delivery.
    pub ack_timeout_ms: u64,
    /// The most deliveries that are out at once.
    pub max_in_flight: u32,
}

/// By what events are kept in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderingKey {
    /// Not at all.
    None,
    /// By workflow; events without one are not ordered.
    #[default]
    Workflow,
    /// By session; events without one are not ordered.
    Session,
    /// By agent; events without one are not ordered.
    Agent,
    /// All of them.
    All,
}

/// What becomes of the later events of a key whose event is parked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParkedKeyPolicy {
    /// They are delivered.
    #[default]
    Pass,
    /// They wait until it is replayed or skipped.
    Block,
}

impl Default for GroupSettings {
    fn default() -> Self {
        Self {
            filter: EventFilter::default(),
            ordering: OrderingKey::default(),
            parked_keys: ParkedKeyPolicy::default(),
            max_attempts: 3,
            min_backoff_ms: 1_000,
            max_backoff_ms: 60_000,
            ack_timeout_ms: 30_000,
            max_in_flight: 1_000,
        }
    }
}

impl GroupSettings {
    /// The wait after the attempt of this number was rejected, in milliseconds.
    pub fn backoff_ms(&self, attempt: u32) -> u64 {
        let doublings = attempt.saturating_sub(1).min(63);
        self.min_backoff_ms.saturating_mul(1 << doublings).min(self.max_backoff_ms)
    }

    /// What keeps an event in order.
    pub fn key_of(&self, event: &RecordedEvent) -> Option<String> {
        match self.ordering {
            OrderingKey::None => None,
            OrderingKey::Workflow => event.workflow_id().map(ToString::to_string),
            OrderingKey::Session => event.session_id().map(ToString::to_string),
            OrderingKey::Agent => event.agent().map(ToString::to_string),
            OrderingKey::All => Some(String::new()),
        }
    }
}
