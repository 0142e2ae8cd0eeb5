//! Durable subscriptions. A group is changed at the revision at which it was read, or not at all.

mod change;
mod read;

use async_trait::async_trait;
use god33_domain::ports::{StoreError, Subscriptions};
use god33_domain::subscription::{Changes, FirstAnswer, Group, GroupAnswer, Unsettled, Work};
use god33_domain::{Digest, Position, RequestId};

use crate::{SqliteStore, answers};

#[async_trait]
impl Subscriptions for SqliteStore {
    async fn create_subscription(&self, group: &Group, answer: Option<&FirstAnswer>) -> Result<bool, StoreError> {
        change::create(self, group, answer).await
    }

    async fn subscription(&self, name: &str) -> Result<Option<Work>, StoreError> {
        read::work(self, name).await
    }

    async fn subscription_revision(&self, name: &str) -> Result<Option<u64>, StoreError> {
        read::revision(self, name).await
    }

    async fn change_subscription(&self, changes: &Changes) -> Result<bool, StoreError> {
        change::change(self, changes).await
    }

    async fn delete_subscription(
        &self,
        name: &str,
        revision: u64,
        answer: Option<&FirstAnswer>,
    ) -> Result<bool, StoreError> {
        change::delete(self, name, revision, answer).await
    }

    async fn subscription_names(&self, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        read::names(self, after, limit).await
    }

    async fn parked(&self, name: &str, after: u64, limit: usize) -> Result<Vec<Unsettled>, StoreError> {
        read::parked(self, name, after, limit).await
    }

    async fn parked_among(&self, name: &str, ids: &[u64]) -> Result<Vec<Unsettled>, StoreError> {
        read::parked_among(self, name, ids).await
    }

    async fn count_parked(&self, name: &str) -> Result<u64, StoreError> {
        read::count_parked(self, name).await
    }

    async fn subscription_answer(&self, request: RequestId) -> Result<Option<(Digest, GroupAnswer)>, StoreError> {
        answers::first(self, answers::OF_THE_LOG, request).await
    }

    async fn projector_cursor(&self, name: &str) -> Result<Position, StoreError> {
        read::projector_cursor(self, name).await
    }
}
