//! The domain's values in the contract's words.

use god33_domain::{Limits, Timestamp};
use god33_proto::v1;
use tonic::{Request, Status};

use crate::Principal;
use crate::server::status;

pub(super) fn principal<T>(request: &Request<T>) -> Result<&Principal, Status> {
    Principal::of(request.extensions()).map_err(|denied| status::of(denied.into()))
}

pub(super) fn timestamp(time: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: time.seconds(), nanos: time.nanos() as i32 }
}

pub(super) fn limits(limits: &Limits) -> v1::Limits {
    v1::Limits {
        max_payload_bytes: limits.payload_bytes as u64,
        max_batch_events: limits.batch_events as u32,
        max_batch_bytes: limits.batch_bytes as u64,
        max_parents: limits.parents as u32,
        max_event_type_length: limits.event_type_chars as u32,
        max_page_size: limits.page_size as u32,
        max_depth: limits.walk_depth as u32,
        max_walk_events: limits.walk_events as u32,
        max_snapshot_bytes: 0,
        max_chunk_bytes: 0,
    }
}
