//! How replays are run.

use serde::{Deserialize, Serialize};

/// How replays are run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReplayConfig {
    /// The most events published at once. Default 256.
    pub batch_events: usize,
    /// How long a node that died keeps others from going on with its replays, in milliseconds. Default 3,000.
    pub lease_ms: u64,
    /// How long a replay waits for an exchange that is not there before it fails, in milliseconds. Default 60,000. A broker that is away
    /// is waited for without end.
    pub exchange_wait_ms: u64,
    /// The most replays that run at once; more wait their turn. Default 8.
    pub at_once: usize,
}

impl Default for ReplayConfig {
    fn default() -> Self {
        Self { batch_events: 256, lease_ms: 3_000, exchange_wait_ms: 60_000, at_once: 8 }
    }
}
