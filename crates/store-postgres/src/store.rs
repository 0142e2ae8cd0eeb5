//! The store as the rest of god33 sees it: one line for each thing that it can do.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use god33_domain::ports::{
    CausalEdge, Lease, LogTransaction, Outline, Reservation, SignOfLife, Store, StoreError, StoreInfo, TypeInUse,
    WakeUps, WorkflowFilter, WorkflowPage, WorkflowQuery,
};
use god33_domain::state::{State, StateKey, StatePage, StateQuery};
use god33_domain::{
    Appended, Digest, EventId, EventPage, EventQuery, Position, QuarantinedMessage, RecordedEvent, RequestId,
    SessionLink, Timestamp, Workflow, WorkflowId,
};
use uuid::Uuid;

use crate::lend::Lender;
use crate::memory::Memory;
use crate::wake::Ear;
use crate::{
    OpenError, PostgresConfig, answers, causes, connect, cursor, lease, list, maintain, quarantine, read, reservations,
    signs, states, transaction, wake, workflows,
};

/// A log in a PostgreSQL database. Any number of them, in any number of processes, may stand on one database.
pub struct PostgresStore {
    /// For reading, and for writing what is not the log.
    pub(crate) reads: Lender,
    /// For the transactions that hold the head, so that no crowd of readers keeps a writer from its connection; and for signs of life.
    pub(crate) writes: Lender,
    pub(crate) ear: Ear,
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
            .field("reads", self.reads.pool())
            .field("writes", self.writes.pool())
            .finish_non_exhaustive()
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn info(&self) -> Result<StoreInfo, StoreError> {
        self.reads.ask(async |c| read::info(c).await).await
    }

    async fn begin(&self) -> Result<Box<dyn LogTransaction>, StoreError> {
        transaction::begin(&self.writes, &self.memory).await
    }

    async fn begin_unlocked(&self) -> Result<Box<dyn LogTransaction>, StoreError> {
        transaction::begin_unlocked(&self.writes, &self.memory).await
    }

    async fn read_after(&self, after: Position, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        self.reads.ask(async |c| read::read_after(c, &self.memory, after, limit).await).await
    }

    async fn position_before(&self, time: Timestamp) -> Result<Position, StoreError> {
        self.reads.ask(async |c| read::position_before(c, time).await).await
    }

    async fn events(&self, ids: &[EventId]) -> Result<Vec<RecordedEvent>, StoreError> {
        self.reads.ask(async |c| read::events(c, ids).await).await
    }

    async fn known_ids(&self, ids: &[EventId]) -> Result<Vec<EventId>, StoreError> {
        self.reads.ask(async |c| read::known_ids(c, ids).await).await
    }

    async fn outlines(&self, ids: &[EventId]) -> Result<Vec<Outline>, StoreError> {
        self.reads.ask(async |c| read::outlines(c, ids).await).await
    }

    async fn list_events(&self, query: &EventQuery) -> Result<EventPage, StoreError> {
        self.reads.ask(async |c| list::list(c, query).await).await
    }

    async fn count_events(&self, query: &EventQuery) -> Result<u64, StoreError> {
        self.reads.ask(async |c| list::count(c, query).await).await
    }

    async fn count_events_after(&self, query: &EventQuery) -> Result<u64, StoreError> {
        self.reads.ask(async |c| list::count_after(c, query).await).await
    }

    async fn edges_to_parents(&self, children: &[EventId]) -> Result<Vec<CausalEdge>, StoreError> {
        self.reads.ask(async |c| causes::to_parents(c, children).await).await
    }

    async fn edges_to_children(&self, parents: &[EventId], limit: usize) -> Result<Vec<CausalEdge>, StoreError> {
        self.reads.ask(async |c| causes::to_children(c, parents, limit).await).await
    }

    async fn event_types(&self) -> Result<Vec<TypeInUse>, StoreError> {
        self.reads.ask(async |c| read::event_types(c).await).await
    }

    async fn workflow(&self, id: &WorkflowId) -> Result<Option<Workflow>, StoreError> {
        self.reads.ask(async |c| workflows::get(c, id).await).await
    }

    async fn list_workflows(&self, query: &WorkflowQuery) -> Result<WorkflowPage, StoreError> {
        self.reads.ask(async |c| workflows::list(c, query).await).await
    }

    async fn count_workflows(&self, filter: &WorkflowFilter) -> Result<u64, StoreError> {
        self.reads.ask(async |c| workflows::count(c, filter).await).await
    }

    async fn first_answer(&self, request: RequestId) -> Result<Option<(Digest, Appended)>, StoreError> {
        self.reads.ask(async |c| answers::first(c, answers::OF_THE_LOG, request).await).await
    }

    async fn states(&self, keys: &[StateKey]) -> Result<Vec<State>, StoreError> {
        self.reads.ask(async |c| states::get(c, keys).await).await
    }

    async fn list_states(&self, query: &StateQuery) -> Result<StatePage, StoreError> {
        self.reads.ask(async |c| states::list(c, query).await).await
    }

    async fn due_states(&self, at: Timestamp, limit: usize) -> Result<Vec<StateKey>, StoreError> {
        self.reads.ask(async |c| states::due(c, at, limit).await).await
    }

    async fn session_links(&self, after: Option<&str>, limit: usize) -> Result<Vec<SessionLink>, StoreError> {
        self.reads.ask(async |c| read::session_links(c, after, limit).await).await
    }

    async fn keep_signs(&self, of_life: &[SignOfLife]) -> Result<(), StoreError> {
        self.reads.ask(async |c| signs::keep(c, of_life).await).await
    }

    async fn signs(&self, keys: &[StateKey]) -> Result<Vec<SignOfLife>, StoreError> {
        self.reads.ask(async |c| signs::get(c, keys).await).await
    }

    async fn acknowledge(&self, session: &str, instructions: &[String], at: Timestamp) -> Result<(), StoreError> {
        self.reads.ask(async |c| signs::acknowledge(c, session, instructions, at).await).await
    }

    async fn acknowledged(&self, instructions: &[String]) -> Result<Vec<String>, StoreError> {
        self.reads.ask(async |c| signs::acknowledged(c, instructions).await).await
    }

    async fn reserve(
        &self,
        handoff: &str,
        session: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Reservation, StoreError> {
        self.reads.ask(async |c| reservations::reserve(c, handoff, session, now, until).await).await
    }

    async fn reservation(&self, handoff: &str, now: Timestamp) -> Result<Option<Reservation>, StoreError> {
        self.reads.ask(async |c| reservations::get(c, handoff, now).await).await
    }

    async fn unreserve(&self, handoff: &str, session: &str) -> Result<(), StoreError> {
        self.reads.ask(async |c| reservations::release(c, handoff, session).await).await
    }

    async fn quarantine(&self, messages: &[QuarantinedMessage]) -> Result<(), StoreError> {
        self.reads.ask(async |c| quarantine::keep(c, messages).await).await
    }

    async fn quarantined(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
        self.reads.ask(async |c| quarantine::list(c, before, limit).await).await
    }

    async fn count_quarantined(&self) -> Result<u64, StoreError> {
        self.reads.ask(async |c| quarantine::count(c).await).await
    }

    async fn lease(&self, name: &str, holder: Uuid, time_to_live: Duration) -> Result<Option<Lease>, StoreError> {
        self.reads.ask(async |c| lease::take(c, name, holder, time_to_live).await).await
    }

    async fn release(&self, name: &str, holder: Uuid) -> Result<(), StoreError> {
        self.reads.ask(async |c| lease::release(c, name, holder).await).await
    }

    async fn cursor(&self, name: &str) -> Result<Position, StoreError> {
        self.reads.ask(async |c| cursor::get(c, name).await).await
    }

    async fn advance_cursor(&self, name: &str, to: Position, token: u64) -> Result<bool, StoreError> {
        self.reads.ask(async |c| cursor::advance(c, name, to, token).await).await
    }

    async fn wake_ups(&self) -> Result<Box<dyn WakeUps>, StoreError> {
        wake::listen(&self.ear).await
    }

    async fn maintain(&self, now: Timestamp, forget_requests_before: Timestamp) -> Result<(), StoreError> {
        maintain::maintain(&self.reads, &self.memory, now, forget_requests_before).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        // Not through the connections for reading: that many callers wait for one of those says nothing about the server.
        self.writes.ask(async |c| read::ping(c).await).await
    }

    async fn close(&self) {
        self.writes.close().await;
        self.reads.close().await;
    }
}
