//! Where replays are kept: beside the log.

use async_trait::async_trait;
use bytes::Bytes;

use super::StoreError;
use crate::replay::{Replay, ReplayId, ReplayRange, ReplaySurvey};
use crate::{Digest, EventId, Request, RequestId};

/// Keeps replays, and tells what one needs to know of the log.
#[async_trait]
pub trait Replays: Send + Sync {
    /// What a range holds.
    async fn survey(&self, range: &ReplayRange) -> Result<ReplaySurvey, StoreError>;

    /// The bodies of the bus messages that these events came in, in any order. Events that came over gRPC have none.
    async fn originals(&self, ids: &[EventId]) -> Result<Vec<(EventId, Bytes)>, StoreError>;

    /// Keeps a replay, a new one under version 1, a change under the version after the one that is kept; and the answer to the request
    /// that asked for it, in one transaction. Nothing happens when the request was answered before, or the version is another.
    async fn keep_replay(&self, replay: &Replay, request: Option<&Request>) -> Result<Kept, StoreError>;

    /// The first answer to a request, with the digest of what it asked; `None` when it was not seen, or was forgotten.
    async fn replay_answer(&self, request: RequestId) -> Result<Option<(Digest, Replay)>, StoreError>;

    /// A replay.
    async fn replay(&self, id: ReplayId) -> Result<Option<Replay>, StoreError>;

    /// Replays, the newest first: those before an id, or from the newest on with `None`; at most `limit`.
    async fn replays(&self, before: Option<ReplayId>, limit: usize) -> Result<Vec<Replay>, StoreError>;

    /// Replays that run, the oldest first, at most `limit`; those that wait for a stream are not among them.
    async fn running_replays(&self, limit: usize) -> Result<Vec<Replay>, StoreError>;
}

/// What became of a replay that was to be kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// It is kept.
    Yes,
    /// Somebody else changed it first, or answered the request: look again.
    Stale,
}
