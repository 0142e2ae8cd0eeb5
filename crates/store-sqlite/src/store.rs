//! The port, one line a call; each file has the verbs of one noun.

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

use crate::{
    SqliteStore, answers, causes, cursor, event_types, events, info, lease, list, maintain, quarantine, reservations,
    sessions, signs, states, time, transaction, workflows,
};

#[async_trait]
impl Store for SqliteStore {
    async fn info(&self) -> Result<StoreInfo, StoreError> {
        info::info(self).await
    }

    async fn begin(&self) -> Result<Box<dyn LogTransaction>, StoreError> {
        Ok(Box::new(transaction::begin(self).await?))
    }

    async fn read_after(&self, after: Position, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        events::read_after(self, after, limit).await
    }

    async fn position_before(&self, time: Timestamp) -> Result<Position, StoreError> {
        time::position_before(self, time).await
    }

    async fn events(&self, ids: &[EventId]) -> Result<Vec<RecordedEvent>, StoreError> {
        events::events(self, ids).await
    }

    async fn known_ids(&self, ids: &[EventId]) -> Result<Vec<EventId>, StoreError> {
        events::known_ids(self, ids).await
    }

    async fn outlines(&self, ids: &[EventId]) -> Result<Vec<Outline>, StoreError> {
        events::outlines(self, ids).await
    }

    async fn list_events(&self, query: &EventQuery) -> Result<EventPage, StoreError> {
        list::list_events(self, query).await
    }

    async fn count_events(&self, query: &EventQuery) -> Result<u64, StoreError> {
        list::count_events(self, query).await
    }

    async fn count_events_after(&self, query: &EventQuery) -> Result<u64, StoreError> {
        list::count_events_after(self, query).await
    }

    async fn edges_to_parents(&self, children: &[EventId]) -> Result<Vec<CausalEdge>, StoreError> {
        causes::edges_to_parents(self, children).await
    }

    async fn edges_to_children(&self, parents: &[EventId], limit: usize) -> Result<Vec<CausalEdge>, StoreError> {
        causes::edges_to_children(self, parents, limit).await
    }

    async fn event_types(&self) -> Result<Vec<TypeInUse>, StoreError> {
        event_types::event_types(self).await
    }

    async fn workflow(&self, id: &WorkflowId) -> Result<Option<Workflow>, StoreError> {
        workflows::workflow(self, id).await
    }

    async fn list_workflows(&self, query: &WorkflowQuery) -> Result<WorkflowPage, StoreError> {
        workflows::list_workflows(self, query).await
    }

    async fn count_workflows(&self, filter: &WorkflowFilter) -> Result<u64, StoreError> {
        workflows::count_workflows(self, filter).await
    }

    async fn first_answer(&self, request: RequestId) -> Result<Option<(Digest, Appended)>, StoreError> {
        answers::first(self, answers::OF_THE_LOG, request).await
    }

    async fn states(&self, keys: &[StateKey]) -> Result<Vec<State>, StoreError> {
        states::states(self, keys).await
    }

    async fn list_states(&self, query: &StateQuery) -> Result<StatePage, StoreError> {
        states::list_states(self, query).await
    }

    async fn due_states(&self, at: Timestamp, limit: usize) -> Result<Vec<StateKey>, StoreError> {
        states::due_states(self, at, limit).await
    }

    async fn session_links(&self, after: Option<&str>, limit: usize) -> Result<Vec<SessionLink>, StoreError> {
        sessions::session_links(self, after, limit).await
    }

    async fn keep_signs(&self, of_life: &[SignOfLife]) -> Result<(), StoreError> {
        signs::keep_signs(self, of_life).await
    }

    async fn signs(&self, keys: &[StateKey]) -> Result<Vec<SignOfLife>, StoreError> {
        signs::signs(self, keys).await
    }

    async fn acknowledge(&self, session: &str, instructions: &[String], at: Timestamp) -> Result<(), StoreError> {
        signs::acknowledge(self, session, instructions, at).await
    }

    async fn acknowledged(&self, instructions: &[String]) -> Result<Vec<String>, StoreError> {
        signs::acknowledged(self, instructions).await
    }

    async fn reserve(
        &self,
        handoff: &str,
        session: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Reservation, StoreError> {
        reservations::reserve(self, handoff, session, now, until).await
    }

    async fn reservation(&self, handoff: &str, now: Timestamp) -> Result<Option<Reservation>, StoreError> {
        reservations::reservation(self, handoff, now).await
    }

    async fn unreserve(&self, handoff: &str, session: &str) -> Result<(), StoreError> {
        reservations::unreserve(self, handoff, session).await
    }

    async fn quarantine(&self, messages: &[QuarantinedMessage]) -> Result<(), StoreError> {
        quarantine::quarantine(self, messages).await
    }

    async fn quarantined(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
        quarantine::quarantined(self, before, limit).await
    }

    async fn count_quarantined(&self) -> Result<u64, StoreError> {
        quarantine::count_quarantined(self).await
    }

    async fn lease(&self, name: &str, holder: Uuid, time_to_live: Duration) -> Result<Option<Lease>, StoreError> {
        lease::lease(self, name, holder, time_to_live).await
    }

    async fn release(&self, name: &str, holder: Uuid) -> Result<(), StoreError> {
        lease::release(self, name, holder).await
    }

    async fn cursor(&self, name: &str) -> Result<Position, StoreError> {
        cursor::cursor(self, name).await
    }

    async fn advance_cursor(&self, name: &str, to: Position, token: u64) -> Result<bool, StoreError> {
        cursor::advance_cursor(self, name, to, token).await
    }

    async fn wake_ups(&self) -> Result<Box<dyn WakeUps>, StoreError> {
        Ok(Box::new(NoWakeUps))
    }

    async fn maintain(&self, _now: Timestamp, forget_requests_before: Timestamp) -> Result<(), StoreError> {
        maintain::maintain(self, forget_requests_before).await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        info::ping(self).await
    }

    async fn close(&self) {
        self.connections.close().await;
    }
}

/// SQLite tells nobody of another process's writes; readers poll, and see them then.
struct NoWakeUps;

#[async_trait]
impl WakeUps for NoWakeUps {
    async fn next(&mut self) {
        std::future::pending().await
    }
}
