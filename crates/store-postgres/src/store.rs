//! The store as the rest of god33 sees it: one line for each thing that it can do.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use god33_domain::ports::{
    CausalEdge, Lease, LogTransaction, Store, StoreError, StoreInfo, TypeCount, WakeUps, WorkflowPage, WorkflowQuery,
};
use god33_domain::{
    EventId, EventPage, EventQuery, Position, QuarantinedMessage, RecordedEvent, SessionLink, Timestamp, Workflow,
    WorkflowId,
};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use uuid::Uuid;

use crate::memory::Memory;
use crate::{
    OpenError, PostgresConfig, causes, connect, cursor, lease, list, maintain, quarantine, read, transaction, wake,
    workflows,
};

/// A log in a PostgreSQL database. Any number of them, in any number of processes, may stand on one database.
pub struct PostgresStore {
    /// For reading, and for writing what is not the log.
    pub(crate) reads: PgPool,
    /// For the transactions that hold the head, so that no crowd of readers keeps a writer from its connection.
    pub(crate) writes: PgPool,
    pub(crate) listeners: PgConnectOptions,
    pub(crate) memory: Arc<Memory>,
}

impl PostgresStore {
    /// Creates god33's tables in the database of the configuration, or brings those of an earlier version up to date, and makes
    /// the partitions of this month and the next three. Harmless when there is nothing to do; several may do it at once.
    ///
    /// # Errors
    /// The server cannot be reached, is older than 14 or keeps another encoding than UTF-8, or the database is that of a newer god33.
    pub async fn migrate(config: &PostgresConfig) -> Result<(), OpenError> {
        connect::migrate(config).await
    }

    /// Opens the log in the database of the configuration.
    ///
    /// # Errors
    /// Those of [`PostgresStore::migrate`], and when the database is not up to date.
    pub async fn connect(config: PostgresConfig) -> Result<Self, OpenError> {
        connect::connect(config).await
    }
}

impl fmt::Debug for PostgresStore {
    /// The state of its connections. What it connects with has a password in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresStore")
            .field("reads", &self.reads)
            .field("writes", &self.writes)
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn info(&self) -> Result<StoreInfo, StoreError> {
        read::info(&self.reads).await
    }

    async fn begin(&self) -> Result<Box<dyn LogTransaction>, StoreError> {
        transaction::begin(&self.writes, &self.memory).await
    }

    async fn read_after(&self, after: Position, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        read::read_after(&self.reads, &self.memory, after, limit).await
    }

    async fn position_before(&self, time: Timestamp) -> Result<Position, StoreError> {
        read::position_before(&self.reads, time).await
    }

    async fn events(&self, ids: &[EventId]) -> Result<Vec<RecordedEvent>, StoreError> {
        read::events(&self.reads, ids).await
    }

    async fn original(&self, id: EventId) -> Result<Option<Bytes>, StoreError> {
        read::original(&self.reads, id).await
    }

    async fn list_events(&self, query: &EventQuery) -> Result<EventPage, StoreError> {
        list::list(&self.reads, query).await
    }

    async fn count_events(&self, query: &EventQuery) -> Result<u64, StoreError> {
        list::count(&self.reads, query).await
    }

    async fn edges_to_parents(&self, children: &[EventId]) -> Result<Vec<CausalEdge>, StoreError> {
        causes::to_parents(&self.reads, children).await
    }

    async fn edges_to_children(&self, parents: &[EventId], limit: usize) -> Result<Vec<CausalEdge>, StoreError> {
        causes::to_children(&self.reads, parents, limit).await
    }

    async fn event_types(&self) -> Result<Vec<TypeCount>, StoreError> {
        read::event_types(&self.reads).await
    }

    async fn workflow(&self, id: &WorkflowId) -> Result<Option<Workflow>, StoreError> {
        workflows::get(&self.reads, id).await
    }

    async fn list_workflows(&self, query: &WorkflowQuery) -> Result<WorkflowPage, StoreError> {
        workflows::list(&self.reads, query).await
    }

    async fn session_links(&self, after: Option<&str>, limit: usize) -> Result<Vec<SessionLink>, StoreError> {
        read::session_links(&self.reads, after, limit).await
    }

    async fn quarantine(&self, messages: &[QuarantinedMessage]) -> Result<(), StoreError> {
        quarantine::keep(&self.reads, messages).await
    }

    async fn quarantined(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
        quarantine::list(&self.reads, before, limit).await
    }

    async fn count_quarantined(&self) -> Result<u64, StoreError> {
        quarantine::count(&self.reads).await
    }

    async fn lease(&self, name: &str, holder: Uuid, time_to_live: Duration) -> Result<Option<Lease>, StoreError> {
        lease::take(&self.reads, name, holder, time_to_live).await
    }

    async fn release(&self, name: &str, holder: Uuid) -> Result<(), StoreError> {
        lease::release(&self.reads, name, holder).await
    }

    async fn cursor(&self, name: &str) -> Result<Position, StoreError> {
        cursor::get(&self.reads, name).await
    }

    async fn advance_cursor(&self, name: &str, to: Position, token: u64) -> Result<bool, StoreError> {
        cursor::advance(&self.reads, name, to, token).await
    }

    async fn wake_ups(&self) -> Result<Box<dyn WakeUps>, StoreError> {
        wake::listen(&self.listeners).await
    }

    async fn maintain(&self, now: Timestamp, forget_requests_before: Timestamp) -> Result<(), StoreError> {
        maintain::maintain(&self.reads, &self.memory, now, forget_requests_before).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        read::ping(&self.reads).await
    }

    async fn close(&self) {
        self.writes.close().await;
        self.reads.close().await;
    }
}
