//! The sizes of queues and buffers.

use serde::{Deserialize, Serialize};

/// How much the log's machinery takes on at once.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// The most events written in one transaction. Default 2,000.
    pub batch_events: usize,
    /// The most proposals that wait for the writer. Default 8,192.
    pub queue_proposals: usize,
    /// The most bytes of events that wait for the writer. Default 64 MiB.
    pub queue_bytes: usize,
    /// How long a proposal waits for a place in the queue before it is refused as too much, in milliseconds. Default 2,000.
    pub queue_wait_ms: u64,
    /// The most events that the tail keeps in memory for subscribers. Default 16,384.
    pub ring_events: usize,
    /// The most bytes of events that the tail keeps in memory. Default 64 MiB.
    pub ring_bytes: usize,
    /// How often the tail looks for events of other nodes when no wake-up comes, in milliseconds. Default 250.
    pub poll_ms: u64,
    /// How long an answer to a request is kept for repeats of it, in hours. Default 48, at least 24.
    pub keep_requests_hours: u64,
}

impl Default for LogConfig {
    fn default() -> Self {
        Self {
            batch_events: 2_000,
            queue_proposals: 8_192,
            queue_bytes: 64 << 20,
            queue_wait_ms: 2_000,
            ring_events: 16_384,
            ring_bytes: 64 << 20,
            poll_ms: 250,
            keep_requests_hours: 48,
        }
    }
}
