//! The store: where the log and the states are kept.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use uuid::Uuid;

use super::{Replays, Snapshots, Subscriptions, Upkeep};
use crate::plan::{Head, Known, Needs, Writes};
use crate::state::{State, StateKey, StatePage, StateQuery};
use crate::workflow::WorkflowStatus;
use crate::{
    AgentId, Appended, Digest, EventId, EventPage, EventQuery, EventType, JsonText, Position, QuarantinedMessage,
    RecordedEvent, RequestId, SessionLink, Timestamp, Workflow, WorkflowId,
};

/// Keeps the log and everything that is derived from it.
///
/// *Invariant:* of the [`LogTransaction`]s that are open on a log, from however many nodes, only one can commit, and only while the head is
/// where it was when the transaction looked. That alone makes positions gapless and their order the order of commit.
#[async_trait]
pub trait Store: Snapshots + Subscriptions + Replays + Upkeep + Send + Sync + 'static {
    /// What store this is and where its log begins and ends.
    async fn info(&self) -> Result<StoreInfo, StoreError>;

    /// Locks the head of the log and opens the one transaction that may write to it. Dropping the transaction undoes it.
    async fn begin(&self) -> Result<Box<dyn LogTransaction>, StoreError>;

    /// Opens a transaction that need not lock the head: where only one node writes, a lock is a round trip for nothing. Its commit may find
    /// that the head has moved; then [`Store::begin`] waits in line. A store may lock all the same.
    async fn begin_unlocked(&self) -> Result<Box<dyn LogTransaction>, StoreError> {
        self.begin().await
    }

    /// Events after a position by rising position, at most `limit`. What is returned is complete: no event between two of them
    /// is missing, or will appear later.
    async fn read_after(&self, after: Position, limit: usize) -> Result<Vec<RecordedEvent>, StoreError>;

    /// The last position recorded before a time; [`Position::START`] when there is none.
    async fn position_before(&self, time: Timestamp) -> Result<Position, StoreError>;

    /// The recorded ones of these events, in any order.
    async fn events(&self, ids: &[EventId]) -> Result<Vec<RecordedEvent>, StoreError>;

    /// Those of these ids that were ever recorded, in any order, also when their events are no longer kept. Reads no event.
    async fn known_ids(&self, ids: &[EventId]) -> Result<Vec<EventId>, StoreError>;
    /// The outlines of the recorded ones of these events, in any order. For sums over many events.
    async fn outlines(&self, ids: &[EventId]) -> Result<Vec<Outline>, StoreError>;

    /// The body of the bus message that an event came in; `None` when it came over gRPC or is not recorded.
    async fn original(&self, id: EventId) -> Result<Option<Bytes>, StoreError> {
        Ok(self.originals(&[id]).await?.pop().map(|(_, body)| body))
    }

    /// One page of events.
    async fn list_events(&self, query: &EventQuery) -> Result<EventPage, StoreError>;

    /// How many events a query's filter chooses.
    async fn count_events(&self, query: &EventQuery) -> Result<u64, StoreError>;

    /// How many events a query chooses after its place, counted up to its limit and no further.
    async fn count_events_after(&self, query: &EventQuery) -> Result<u64, StoreError>;

    /// The edges from these events to their parents, by child and ordinal.
    async fn edges_to_parents(&self, children: &[EventId]) -> Result<Vec<CausalEdge>, StoreError>;

    /// The edges to these events from their children, by position of the child, at most `limit`.
    async fn edges_to_children(&self, parents: &[EventId], limit: usize) -> Result<Vec<CausalEdge>, StoreError>;

    /// Every event type that was ever recorded, sorted.
    async fn event_types(&self) -> Result<Vec<TypeInUse>, StoreError>;

    /// The state of a workflow.
    async fn workflow(&self, id: &WorkflowId) -> Result<Option<Workflow>, StoreError>;

    /// One page of workflows, the last updated first.
    async fn list_workflows(&self, query: &WorkflowQuery) -> Result<WorkflowPage, StoreError>;

    /// How many workflows a filter chooses.
    async fn count_workflows(&self, filter: &WorkflowFilter) -> Result<u64, StoreError>;

    /// The first answer to a request, with the digest of what it asked; `None` when it was not seen, or was forgotten.
    async fn first_answer(&self, request: RequestId) -> Result<Option<(Digest, Appended)>, StoreError>;

    /// The states of these things, as far as they exist, in any order. Workflows are among them.
    async fn states(&self, keys: &[StateKey]) -> Result<Vec<State>, StoreError>;

    /// One page of states of any kind but workflows, which [`Store::list_workflows`] lists.
    async fn list_states(&self, query: &StateQuery) -> Result<StatePage, StoreError>;

    /// The states whose time has come ([`crate::state::Noun::due`]) at or before a time, the longest due first, at most `limit`.
    async fn due_states(&self, at: Timestamp, limit: usize) -> Result<Vec<StateKey>, StoreError>;

    /// What is known of every session, by id, at most `limit` after `after`. For rebuilds and checks.
    async fn session_links(&self, after: Option<&str>, limit: usize) -> Result<Vec<SessionLink>, StoreError>;

    /// Notes when things were last heard of. A sign older than the one that is known changes nothing.
    async fn keep_signs(&self, signs: &[SignOfLife]) -> Result<(), StoreError>;

    /// When these things were last heard of, as far as known, in any order.
    async fn signs(&self, keys: &[StateKey]) -> Result<Vec<SignOfLife>, StoreError>;

    /// Notes that a session has received instructions.
    async fn acknowledge(&self, session: &str, instructions: &[String], at: Timestamp) -> Result<(), StoreError>;

    /// Those of these instructions that were received.
    async fn acknowledged(&self, instructions: &[String]) -> Result<Vec<String>, StoreError>;

    /// Holds a handoff out to a session alone until a time. Answers with who has it held out to them then: the session itself, or
    /// another one whose time has not passed at `now`.
    async fn reserve(
        &self,
        handoff: &str,
        session: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Reservation, StoreError>;

    /// To whom a handoff is held out at a time.
    async fn reservation(&self, handoff: &str, now: Timestamp) -> Result<Option<Reservation>, StoreError>;

    /// Holds a handoff out to a session no more. Nothing happens when it is not.
    async fn unreserve(&self, handoff: &str, session: &str) -> Result<(), StoreError>;

    /// Keeps messages that could not become events.
    async fn quarantine(&self, messages: &[QuarantinedMessage]) -> Result<(), StoreError>;

    /// Messages in quarantine, the newest first, each with its id: those before the id `before`, or from the newest on with `None`; at
    /// most `limit`.
    async fn quarantined(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError>;

    /// How many messages are in quarantine.
    async fn count_quarantined(&self) -> Result<u64, StoreError>;

    /// Takes the lease of a name, or keeps it when `holder` has it. `None` while another holder's lease lasts. Time is the
    /// store's own.
    async fn lease(&self, name: &str, holder: Uuid, time_to_live: Duration) -> Result<Option<Lease>, StoreError>;

    /// Gives a lease up before its time. Nothing happens when it is not the holder's.
    async fn release(&self, name: &str, holder: Uuid) -> Result<(), StoreError>;

    /// How far a named reader of the log has come; [`Position::START`] for an unknown name.
    async fn cursor(&self, name: &str) -> Result<Position, StoreError>;

    /// Moves a named reader forward, under the fencing token of the lease of the same name. False, and nothing moved, when a newer
    /// lease was taken meanwhile. A cursor never moves back.
    async fn advance_cursor(&self, name: &str, to: Position, token: u64) -> Result<bool, StoreError>;

    /// Wakes up whenever somebody else may have written to the log. Wake-ups can be lost, so readers also poll.
    async fn wake_ups(&self) -> Result<Box<dyn WakeUps>, StoreError>;

    /// Does what has to be done from time to time: partitions for the months to come, answers to requests older than
    /// `forget_requests_before` dropped.
    async fn maintain(&self, now: Timestamp, forget_requests_before: Timestamp) -> Result<(), StoreError>;

    /// Asks the store for a sign of life.
    async fn ping(&self) -> Result<(), StoreError>;

    /// Closes all connections after what is under way.
    async fn close(&self);
}

/// The one transaction that writes to the log.
#[async_trait]
pub trait LogTransaction: Send {
    /// The end of the log. It does not move until this transaction ends; where the head is not locked it is that of the last
    /// [`LogTransaction::load`], and the beginning before the first.
    fn head(&self) -> Head;

    /// Loads what a batch needs, all of it as it was at [`LogTransaction::head`].
    async fn load(&mut self, needs: &Needs) -> Result<Known, StoreError>;

    /// Events after a position by rising position, at most `limit`, up to the head that this transaction holds.
    async fn read_after(&mut self, after: Position, limit: usize) -> Result<Vec<RecordedEvent>, StoreError>;

    /// Writes and commits. When it answers `Ok`, what was written survives every crash.
    ///
    /// # Errors
    /// Nothing was written, or (when the connection was lost on the way) nobody can tell: proposing again is safe either way.
    async fn commit(self: Box<Self>, writes: &Writes) -> Result<Commit, StoreError>;
}

/// How a commit ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[must_use = "a commit that found the head moved wrote nothing"]
pub enum Commit {
    /// Everything is written.
    Done,
    /// Nothing is: somebody else wrote since this transaction looked. Only where the head is not locked.
    HeadMoved,
}

/// See [`Store::wake_ups`].
#[async_trait]
pub trait WakeUps: Send {
    /// Waits for the next one. Never returns where nobody else can write.
    async fn next(&mut self);
}

/// What a store is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoreInfo {
    /// Names the log for ever; made when the store was created.
    pub store_id: Uuid,
    /// The kind of store: `postgres` or `sqlite`, as the contract has it.
    pub kind: &'static str,
    /// The end of the log.
    pub head: Head,
    /// The first position that can still be read; the next one to come for an empty log.
    pub earliest: Position,
}

/// One event names another as its cause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CausalEdge {
    /// The event that was caused.
    pub child_id: EventId,
    /// Its place.
    pub child: Position,
    /// The place of the parent among its parents, from 0.
    pub ordinal: u32,
    /// The cause.
    pub parent_id: EventId,
    /// Where the cause stands; `None` while it is not recorded.
    pub parent: Option<Position>,
}

/// Of an event what sums over many are made of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    /// The event.
    pub event_id: EventId,
    /// Its place.
    pub position: Position,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// What happened.
    pub event_type: EventType,
    /// The agent that it is attributed to.
    pub agent: Option<AgentId>,
    /// Its payload, where it can have a member `metrics`: the word, or an escaped character, occurs in it.
    pub payload: Option<JsonText>,
}

/// An event type that is in use.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeInUse {
    /// The type.
    pub event_type: EventType,
    /// The position of its first event.
    pub first_position: Position,
}

/// A lease that was taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lease {
    /// Rises with every new holder: the mark by which late work of an earlier one is known.
    pub token: u64,
}

/// When something was last heard of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignOfLife {
    /// What: a session, or a handoff whose holder gave the sign.
    pub key: StateKey,
    /// When, by the server's clock.
    pub at: Timestamp,
    /// What the sign said beside that, as a JSON object.
    pub said: Option<JsonText>,
}

/// Work that is held out to one session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reservation {
    /// The session.
    pub session_id: String,
    /// Until when.
    pub until: Timestamp,
}

/// A choice of workflows. Every part that is set must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WorkflowFilter {
    /// Of this project.
    pub project_name: Option<String>,
    /// In this phase.
    pub current_phase: Option<String>,
    /// That this agent works on.
    pub current_agent: Option<String>,
    /// That stand here.
    pub status: Option<WorkflowStatus>,
    /// Started at this time or later.
    pub started_since: Option<Timestamp>,
    /// Started before this time.
    pub started_until: Option<Timestamp>,
    /// Each of these occurs in the project's name or the description ([`crate::workflow::search_words`]).
    pub words: Vec<String>,
}

/// One page of workflows to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkflowQuery {
    /// Which workflows.
    pub filter: WorkflowFilter,
    /// Only those after this one: when it was last updated, and its id.
    pub after: Option<(Timestamp, WorkflowId)>,
    /// At most this many.
    pub limit: usize,
}

/// One page of workflows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkflowPage {
    /// The last updated first; those updated together by id.
    pub workflows: Vec<Workflow>,
    /// More of them follow.
    pub has_more: bool,
}

/// The store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// It cannot be reached, or broke off. Trying again is safe.
    #[error("the store could not {operation}")]
    Unavailable {
        /// What was tried.
        operation: &'static str,
        /// Why it failed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// It holds something that cannot be read back. Trying again will not help.
    #[error("the store holds what it should not, found when it tried to {operation}: {detail}")]
    Corrupt {
        /// What was tried.
        operation: &'static str,
        /// What was found.
        detail: String,
    },
    /// Events before `earliest` are no longer kept.
    #[error("events before position {earliest} are no longer kept")]
    Compacted {
        /// The first position that can still be read.
        earliest: Position,
    },
}
