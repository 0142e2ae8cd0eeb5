//! Durable subscriptions. A group is changed at the revision at which it was read, or not at all.

mod change;
mod read;

use async_trait::async_trait;
use god33_domain::ports::{StoreError, Subscriptions};
use god33_domain::subscription::{Changes, FirstAnswer, Group, GroupAnswer, Unsettled, Work};
use god33_domain::{Digest, Position, RequestId};

use crate::{PostgresStore, answers};

#[async_trait]
impl Subscriptions for PostgresStore {
    async fn create_subscription(&self, group: &Group, answer: Option<&FirstAnswer>) -> Result<bool, StoreError> {
        self.reads.ask(async |c| change::create(c, group, answer).await).await
    }

    async fn subscription(&self, name: &str) -> Result<Option<Work>, StoreError> {
        self.reads.ask(async |c| read::work(c, name).await).await
    }

    async fn subscription_revision(&self, name: &str) -> Result<Option<u64>, StoreError> {
        self.reads.ask(async |c| read::revision(c, name).await).await
    }

    async fn change_subscription(&self, changes: &Changes) -> Result<bool, StoreError> {
        self.reads.ask(async |c| change::change(c, changes).await).await
    }

    async fn delete_subscription(
        &self,
        name: &str,
        revision: u64,
        answer: Option<&FirstAnswer>,
    ) -> Result<bool, StoreError> {
        self.reads.ask(async |c| change::delete(c, name, revision, answer).await).await
    }

    async fn subscription_names(&self, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        self.reads.ask(async |c| read::names(c, after, limit).await).await
    }

    async fn parked(&self, name: &str, after: u64, limit: usize) -> Result<Vec<Unsettled>, StoreError> {
        self.reads.ask(async |c| read::parked(c, name, after, limit).await).await
    }

    async fn parked_among(&self, name: &str, ids: &[u64]) -> Result<Vec<Unsettled>, StoreError> {
        self.reads.ask(async |c| read::parked_among(c, name, ids).await).await
    }

    async fn count_parked(&self, name: &str) -> Result<u64, StoreError> {
        self.reads.ask(async |c| read::count_parked(c, name).await).await
    }

    async fn subscription_answer(&self, request: RequestId) -> Result<Option<(Digest, GroupAnswer)>, StoreError> {
        self.reads.ask(async |c| answers::first(c, answers::OF_THE_LOG, request).await).await
    }

    async fn projector_cursor(&self, name: &str) -> Result<Position, StoreError> {
        self.reads.ask(async |c| read::projector_cursor(c, name).await).await
    }
}
