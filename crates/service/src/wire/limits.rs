//! The limits of this server in the contract's words.

use god33_domain::Limits;
use god33_proto::v1;

/// What requests are checked against.
pub(crate) fn to_proto(limits: &Limits) -> v1::Limits {
    let count = |limit: usize| u32::try_from(limit).unwrap_or(u32::MAX);
    v1::Limits {
        max_payload_bytes: limits.payload_bytes as u64,
        max_batch_events: count(limits.batch_events),
        max_batch_bytes: limits.batch_bytes as u64,
        max_parents: count(limits.parents),
        max_event_type_length: count(limits.event_type_chars),
        max_page_size: count(limits.page_size),
        max_depth: count(limits.walk_depth),
        max_walk_events: count(limits.walk_events),
        max_snapshot_bytes: limits.snapshot_bytes,
        max_chunk_bytes: limits.chunk_bytes.into(),
    }
}
