//! Where durable subscriptions are kept: the group, its deliveries, and the cursors of projectors.

use async_trait::async_trait;

use super::StoreError;
use crate::subscription::{Changes, FirstAnswer, Group, GroupAnswer, Unsettled, Work};
use crate::{Digest, Position, RequestId};

/// Keeps durable subscriptions. A store decides nothing about them: it reads a group at a revision, and writes what changed only if nobody
/// else wrote meanwhile.
#[async_trait]
pub trait Subscriptions: Send + Sync {
    /// Creates a group, with the answer to the request that asked for it. False, and nothing written, when there is one of its
    /// name, or the request was answered before.
    async fn create_subscription(&self, group: &Group, answer: Option<&FirstAnswer>) -> Result<bool, StoreError>;

    /// A group with its deliveries but for the parked ones, at one revision. Should somebody write meanwhile, the revision is an older one than
    /// the deliveries, and no change that is decided on it can be written.
    async fn subscription(&self, name: &str) -> Result<Option<Work>, StoreError>;

    /// The revision of a group: it grows with everything that is written.
    async fn subscription_revision(&self, name: &str) -> Result<Option<u64>, StoreError>;

    /// Writes what was decided. False, and nothing written, when the group has moved on since it was read, or the request that asked
    /// for it was answered before.
    async fn change_subscription(&self, changes: &Changes) -> Result<bool, StoreError>;

    /// Deletes a group with all of its deliveries. False, and nothing written, when it has moved on since the revision, or the
    /// request was answered before.
    async fn delete_subscription(
        &self,
        name: &str,
        revision: u64,
        answer: Option<&FirstAnswer>,
    ) -> Result<bool, StoreError>;

    /// The names of groups in order, those after a name, at most `limit`.
    async fn subscription_names(&self, after: &str, limit: usize) -> Result<Vec<String>, StoreError>;

    /// Parked deliveries by id, the oldest first, those after an id, at most `limit`.
    async fn parked(&self, name: &str, after: u64, limit: usize) -> Result<Vec<Unsettled>, StoreError>;

    /// Those of these deliveries that are parked, in any order.
    async fn parked_among(&self, name: &str, ids: &[u64]) -> Result<Vec<Unsettled>, StoreError>;

    /// How many deliveries are parked.
    async fn count_parked(&self, name: &str) -> Result<u64, StoreError>;

    /// The first answer to a request about a group, with the digest of what it asked.
    async fn subscription_answer(&self, request: RequestId) -> Result<Option<(Digest, GroupAnswer)>, StoreError>;

    /// Where a projector stands; [`Position::START`] for one that stored no cursor yet.
    async fn projector_cursor(&self, name: &str) -> Result<Position, StoreError>;
}
