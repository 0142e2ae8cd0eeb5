//! How much is too much.

use serde::{Deserialize, Serialize};

/// The limits that requests are checked against. Every one is configurable; the defaults suit a team's control plane.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// The greatest payload of one event in bytes of JSON. Default 1 MiB.
    pub payload_bytes: usize,
    /// The most events in one request. Default 1,000.
    pub batch_events: usize,
    /// The greatest size of one request's events together, in bytes of payload. Default 8 MiB.
    pub batch_bytes: usize,
    /// The most parents that one event may name. Default 256.
    pub parents: usize,
    /// The greatest length of an event type in characters. Default 255.
    pub event_type_chars: usize,
    /// The most events on one page of a list. Default 1,000.
    pub page_size: usize,
    /// The greatest message taken from the bus in bytes; greater ones are quarantined. Default 3 MiB: every event then fits the 4 MiB that
    /// gRPC clients take unless they are told otherwise.
    pub bus_message_bytes: usize,
    /// The most events that a walk over causes visits before it stops and says so. Default 10,000.
    pub walk_events: usize,
    /// The most levels that such a walk goes. Default 100.
    pub walk_depth: usize,
    /// The greatest snapshot of an agent's state in bytes. Default 256 MiB.
    pub snapshot_bytes: u64,
    /// The greatest chunk of a snapshot in bytes, and the greatest snapshot that is sent along with its checkpoint. Default and at most 1 MiB.
    pub chunk_bytes: u32,
    /// How many bytes the snapshots of one session may take together, each counted whole. Default 4 GiB.
    pub session_snapshot_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            payload_bytes: 1 << 20,
            batch_events: 1_000,
            batch_bytes: 8 << 20,
            parents: 256,
            event_type_chars: 255,
            page_size: 1_000,
            bus_message_bytes: 3 << 20,
            walk_events: 10_000,
            walk_depth: 100,
            snapshot_bytes: 256 << 20,
            chunk_bytes: 1 << 20,
            session_snapshot_bytes: 4 << 30,
        }
    }
}
