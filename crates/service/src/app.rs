//! What the handlers work with.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use god33_domain::causation::{
    CommonAncestors, DescendantsSummary, Direction, PathLimits, Paths, Walk, WalkLimits, common_ancestors, paths,
    summarize_descendants, walk,
};
use god33_domain::ports::{
    AuditEntry, AuditQuery, Bus, CausalEdge, Clock, NodeSign, SignOfLife, Snapshots, Store, StoreError, StoreInfo,
    Subscriptions, TypeInUse, WorkflowFilter, WorkflowPage, WorkflowQuery,
};
use god33_domain::state::{Noun, StateKey, StatePage, StateQuery};
use god33_domain::{
    Appended, EventFilter, EventId, EventPage, EventQuery, Limits, Position, Proposal, QuarantinedMessage,
    RecordedEvent, Timestamp, Workflow, WorkflowId,
};
use god33_log::{
    Board, ConsumeError, Consumers, Desk, LogWriter, ProposeError, Pulse, ReplayError, SubscribeError,
    SubscribeRequest, Subscription, Tail, TailError,
};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::access::{Access, Action, Authorizer, Denied, Principal};

/// The application behind every service.
pub struct App {
    /// This node.
    pub node: Node,
    /// Writes to the log.
    pub writer: LogWriter,
    /// Follows the log.
    pub tail: Tail,
    /// The open work, as this node knows it.
    pub board: Board,
    /// Who was heard of when.
    pub pulse: Arc<Pulse>,
    /// The consumers of durable subscriptions that are connected here.
    pub consumers: Consumers,
    /// The server's clock.
    pub clock: Arc<dyn Clock>,
    /// Keeps the log. Handlers use [`App::reader`].
    pub store: Arc<dyn Store>,
    /// Carries events to and from those who do not speak gRPC.
    pub bus: Arc<dyn Bus>,
    /// Says who may do what.
    pub authorizer: Arc<dyn Authorizer>,
    /// What requests are checked against.
    pub limits: Limits,
    /// How long a read waits for its `min_position`.
    pub min_position_wait: Duration,
    /// Cancelled when the server stops: streams end then.
    pub stopping: CancellationToken,
}

/// Where the answer to a change that was handed in will arrive.
pub type Answer = oneshot::Receiver<Result<Appended, ProposeError>>;

/// One running server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// Names this run of the server.
    pub id: Uuid,
    /// The server's version.
    pub version: &'static str,
    /// When it started.
    pub started_at: Timestamp,
}

/// Why the application did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// Refused, or not written.
    #[error(transparent)]
    Propose(#[from] ProposeError),
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log has not reached the position that the caller asked for.
    #[error(transparent)]
    NotReached(#[from] TailError),
    /// A subscription could not be opened or went wrong.
    #[error(transparent)]
    Subscribe(#[from] SubscribeError),
    /// A consumer of a durable subscription cannot be served.
    #[error(transparent)]
    Consume(#[from] ConsumeError),
    /// A replay was not started or changed.
    #[error(transparent)]
    Replay(#[from] ReplayError),
}

impl App {
    /// Proposes a change in the name of a principal and waits until it is committed.
    ///
    /// # Errors
    /// When it is not allowed, refused, or could not be written.
    pub async fn propose(&self, principal: &Principal, proposal: Proposal) -> Result<Appended, AppError> {
        self.authorizer.authorize(principal, Action::Propose(&proposal)).await?;
        Ok(self.writer.propose(proposal).await?)
    }

    /// Hands a change to the log writer in the name of a principal and gives back where its answer will arrive, so that several can be
    /// under way in order.
    ///
    /// # Errors
    /// When it is not allowed, or the writer takes nothing more.
    pub async fn submit(&self, principal: &Principal, proposal: Proposal) -> Result<Answer, AppError> {
        self.authorizer.authorize(principal, Action::Propose(&proposal)).await?;
        Ok(self.writer.submit(proposal).await?)
    }

    /// Opens the snapshots in the name of a principal.
    ///
    /// # Errors
    /// When it is not allowed.
    pub async fn snapshots(&self, principal: &Principal, action: Action<'_>) -> Result<&dyn Snapshots, AppError> {
        self.authorizer.authorize(principal, action).await?;
        Ok(self.store.as_ref())
    }

    /// Opens durable subscriptions in the name of a principal.
    ///
    /// # Errors
    /// When it is not allowed.
    pub async fn subscriptions(
        &self,
        principal: &Principal,
        action: Action<'_>,
    ) -> Result<&dyn Subscriptions, AppError> {
        self.authorizer.authorize(principal, action).await?;
        Ok(self.store.as_ref())
    }

    /// Opens the desk of consumers in the name of a principal. The access says what of the events may be shown.
    ///
    /// # Errors
    /// When it is not allowed.
    pub async fn consumers(&self, principal: &Principal, group: &str) -> Result<(&Consumers, Access), AppError> {
        let access = self.authorizer.authorize(principal, Action::Consume(group)).await?;
        Ok((&self.consumers, access))
    }

    /// Opens the desk for replays in the name of a principal.
    ///
    /// # Errors
    /// When it is not allowed.
    pub async fn desk(&self, principal: &Principal, action: Action<'_>) -> Result<Desk, AppError> {
        self.authorizer.authorize(principal, action).await?;
        Ok(Desk { store: self.store.clone(), bus: self.bus.clone(), clock: self.clock.clone() })
    }

    /// Notes in the name of a principal that a session has received instructions.
    ///
    /// # Errors
    /// When it is not allowed, or the store does not take it.
    pub async fn acknowledge(
        &self,
        principal: &Principal,
        session_id: &str,
        instruction_ids: &[String],
    ) -> Result<(), AppError> {
        self.authorizer.authorize(principal, Action::KeepAlive(session_id)).await?;
        Ok(self.store.acknowledge(session_id, instruction_ids, self.clock.now()).await?)
    }

    /// Opens the log for reading, at least as fresh as `min_position` (0 for no demand).
    ///
    /// # Errors
    /// When it is not allowed, or the position is not reached in time.
    pub async fn reader(
        &self,
        principal: &Principal,
        action: Action<'_>,
        min_position: u64,
    ) -> Result<Reader<'_>, AppError> {
        let access = self.authorizer.authorize(principal, action).await?;
        let wanted = Position::new(min_position);
        if wanted > self.tail.head() {
            self.tail.wait_for(wanted, self.min_position_wait).await?;
        }
        Ok(Reader { app: self, access })
    }
}

/// The log as one principal may read it.
pub struct Reader<'a> {
    app: &'a App,
    access: Access,
}

impl Reader<'_> {
    /// What of the log may be shown. For streams, which outlive the reader.
    pub const fn access(&self) -> Access {
        self.access
    }

    /// The recorded ones of these events, in the order of the ids.
    pub async fn events(&self, ids: &[EventId]) -> Result<Vec<RecordedEvent>, AppError> {
        let mut events = self.app.store.events(ids).await?;
        events.retain(|event| self.access.shows(event));
        let place: std::collections::HashMap<EventId, usize> = ids.iter().copied().zip(0..).collect();
        events.sort_by_key(|event| place.get(&event.id()).copied());
        Ok(events)
    }

    /// Which of these events are recorded.
    pub async fn recorded(&self, ids: &[EventId]) -> Result<Vec<EventId>, AppError> {
        let outlines = self.app.store.outlines(ids).await?;
        Ok(outlines.into_iter().map(|outline| outline.event_id).collect())
    }

    /// One event.
    pub async fn event(&self, id: EventId) -> Result<Option<RecordedEvent>, AppError> {
        Ok(self.events(&[id]).await?.pop())
    }

    /// The body of the bus message that an event came in.
    pub async fn original(&self, event: &RecordedEvent) -> Result<Option<Bytes>, AppError> {
        Ok(if event.bus.is_some() { self.app.store.original(event.id()).await? } else { None })
    }

    /// One page of events.
    pub async fn list_events(&self, query: &EventQuery) -> Result<EventPage, AppError> {
        let mut page = self.app.store.list_events(query).await?;
        page.events.retain(|event| self.access.shows(event));
        Ok(page)
    }

    /// How many events a filter chooses.
    pub async fn count_events(&self, filter: &EventFilter) -> Result<u64, AppError> {
        let query = EventQuery {
            filter: filter.clone(),
            order: god33_domain::Order::OldestFirst,
            after: None,
            limit: usize::MAX,
        };
        Ok(self.app.store.count_events(&query).await?)
    }

    /// Walks over causes.
    pub async fn walk(&self, start: EventId, direction: Direction, limits: WalkLimits) -> Result<Walk, AppError> {
        Ok(walk(self.app.store.as_ref(), start, direction, limits).await?)
    }

    /// Finds the ways from a cause to a consequence.
    pub async fn paths(&self, from: EventId, to: EventId, limits: PathLimits) -> Result<Paths, AppError> {
        Ok(paths(self.app.store.as_ref(), from, to, limits).await?)
    }

    /// Finds the nearest common causes of events.
    pub async fn common_ancestors(&self, of: &[EventId], limits: WalkLimits) -> Result<CommonAncestors, AppError> {
        Ok(common_ancestors(self.app.store.as_ref(), of, limits).await?)
    }

    /// Sums up what came of an event.
    pub async fn summarize_descendants(&self, of: EventId, max_events: usize) -> Result<DescendantsSummary, AppError> {
        Ok(summarize_descendants(self.app.store.as_ref(), of, max_events).await?)
    }

    /// The edges from events to their parents.
    pub async fn edges_to_parents(&self, children: &[EventId]) -> Result<Vec<CausalEdge>, AppError> {
        Ok(self.app.store.edges_to_parents(children).await?)
    }

    /// Every event type in use.
    pub async fn event_types(&self) -> Result<Vec<TypeInUse>, AppError> {
        Ok(self.app.store.event_types().await?)
    }

    /// The state of a workflow.
    pub async fn workflow(&self, id: &WorkflowId) -> Result<Option<Workflow>, AppError> {
        Ok(self.app.store.workflow(id).await?)
    }

    /// One page of workflows.
    pub async fn list_workflows(&self, query: &WorkflowQuery) -> Result<WorkflowPage, AppError> {
        Ok(self.app.store.list_workflows(query).await?)
    }

    /// How many workflows a filter chooses.
    pub async fn count_workflows(&self, filter: &WorkflowFilter) -> Result<u64, AppError> {
        Ok(self.app.store.count_workflows(filter).await?)
    }

    /// A state.
    pub async fn state<N: Noun>(&self, id: &str) -> Result<Option<N>, AppError> {
        let states = self.app.store.states(&[StateKey::of::<N>(id)]).await?;
        Ok(states.into_iter().find_map(N::from_state))
    }

    /// States of a noun, in any order; those that do not exist are left out.
    pub async fn states<N: Noun>(&self, ids: &[String]) -> Result<Vec<N>, AppError> {
        let keys: Vec<StateKey> = ids.iter().map(StateKey::of::<N>).collect();
        let states = self.app.store.states(&keys).await?;
        Ok(states.into_iter().filter_map(N::from_state).collect())
    }

    /// One page of states, and whether more follow.
    pub async fn list_states<N: Noun>(&self, query: &StateQuery) -> Result<(Vec<N>, bool), AppError> {
        let StatePage { states, has_more } = self.app.store.list_states(query).await?;
        Ok((states.into_iter().filter_map(N::from_state).collect(), has_more))
    }

    /// When things were last heard of.
    pub async fn signs(&self, keys: &[StateKey]) -> Result<Vec<SignOfLife>, AppError> {
        Ok(self.app.store.signs(keys).await?)
    }

    /// Those of these instructions that were received.
    pub async fn acknowledged(&self, instruction_ids: &[String]) -> Result<Vec<String>, AppError> {
        Ok(if instruction_ids.is_empty() { Vec::new() } else { self.app.store.acknowledged(instruction_ids).await? })
    }

    /// Messages in quarantine, the newest first, before an id.
    pub async fn quarantined(
        &self,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Vec<(i64, QuarantinedMessage)>, AppError> {
        Ok(self.app.store.quarantined(before, limit).await?)
    }

    /// How many messages are in quarantine.
    pub async fn count_quarantined(&self) -> Result<u64, AppError> {
        Ok(self.app.store.count_quarantined().await?)
    }

    /// The nodes that were seen at this time or later.
    pub async fn nodes(&self, seen_since: Timestamp) -> Result<Vec<NodeSign>, AppError> {
        Ok(self.app.store.nodes(seen_since).await?)
    }

    /// Who holds the lease of a name.
    pub async fn lease_holder(&self, name: &str) -> Result<Option<Uuid>, AppError> {
        Ok(self.app.store.lease_holder(name).await?)
    }

    /// Who called what.
    pub async fn audit_entries(&self, query: &AuditQuery) -> Result<Vec<(i64, AuditEntry)>, AppError> {
        Ok(self.app.store.audit_entries(query).await?)
    }

    /// How far a named reader of the log has come.
    pub async fn cursor(&self, name: &str) -> Result<Position, AppError> {
        Ok(self.app.store.cursor(name).await?)
    }

    /// The ends of the log.
    pub async fn info(&self) -> Result<StoreInfo, AppError> {
        Ok(self.app.store.info().await?)
    }

    /// Opens a subscription.
    pub async fn subscribe(&self, request: SubscribeRequest) -> Result<Subscription, AppError> {
        let (store, tail) = (self.app.store.clone(), self.app.tail.clone());
        Ok(Subscription::open(store, tail, &self.app.limits, request, self.app.stopping.clone()).await?)
    }
}
