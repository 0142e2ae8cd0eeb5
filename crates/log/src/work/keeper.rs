//! Keeps a board up: reads what is open, and follows the log from there.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use god33_domain::handoff::Handoff;
use god33_domain::ports::{Store, StoreError};
use god33_domain::session::Session;
use god33_domain::state::{Kind, Noun, StateKey, StateQuery, label};
use god33_domain::{EventFilter, Limits, Position, RecordedEvent, TypePattern};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::news::{Concern, News};
use super::open::Open;
use crate::{Delivery, Start, SubscribeError, SubscribeRequest, Subscription, Tail};

/// What can change handoffs and sessions.
const TYPES: [&str; 3] = ["agent.#", "director.#", "bmad.workflow.#"];

/// What events begin with that tell of types of agents.
const REGISTRY: &str = "agent.registry.";

/// How many states are read at once when the board is set up.
const PAGE: usize = 1_000;

/// The most events that are looked at together.
const TOGETHER: usize = 500;

/// How long a board that lost its way waits before it is set up anew.
const PAUSE: Duration = Duration::from_secs(1);

/// Keeps a board up.
pub(super) struct Keeper {
    pub(super) store: Arc<dyn Store>,
    pub(super) tail: Tail,
    pub(super) open: Arc<RwLock<Open>>,
    pub(super) announce: watch::Sender<Position>,
    pub(super) news: News,
    pub(super) stop: CancellationToken,
}

impl Keeper {
    /// Reads all that is open. Answers with the position from which changes are to be followed: what changed while it was read is read again.
    pub(super) async fn set_up(&self) -> Result<Position, StoreError> {
        let from = self.tail.head();
        let handoffs = self.all_open::<Handoff>().await?;
        let sessions = self.all_open::<Session>().await?;
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        open.clear();
        let handoffs = handoffs.into_iter().map(Kind::into_state);
        for state in handoffs.chain(sessions.into_iter().map(Kind::into_state)) {
            open.put(state);
        }
        drop(open);
        self.announce.send_replace(from);
        self.news.tell_all();
        Ok(from)
    }

    async fn all_open<N: Noun>(&self) -> Result<Vec<N>, StoreError> {
        let mut all: Vec<N> = Vec::new();
        loop {
            let after = all.last().map(|last| (last.rank(), last.id().to_owned()));
            let query = StateQuery { kind: N::KIND, having: vec![vec![label("open", "true")]], after, limit: PAGE };
            let page = self.store.list_states(&query).await?;
            all.extend(page.states.into_iter().filter_map(N::from_state));
            if !page.has_more {
                return Ok(all);
            }
        }
    }

    pub(super) async fn run(self, mut from: Position) {
        while !self.stop.is_cancelled() {
            match self.follow(from).await {
                Ok(()) => {}
                Err(SubscribeError::ShuttingDown { .. }) => return,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "the board of open work is set up anew");
                }
            }
            tokio::select! {
                () = self.stop.cancelled() => return,
                () = tokio::time::sleep(PAUSE) => {}
            }
            match self.set_up().await {
                Ok(position) => from = position,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "the board of open work cannot be read");
                }
            }
        }
    }

    async fn follow(&self, from: Position) -> Result<(), SubscribeError> {
        let types = TYPES.iter().filter_map(|pattern| TypePattern::parse(pattern).ok()).collect();
        let request = SubscribeRequest {
            start: Start::After(from),
            filter: EventFilter { types, ..EventFilter::default() },
            checkpoint_every: Duration::from_millis(100),
        };
        let (store, tail) = (self.store.clone(), self.tail.clone());
        let mut events = Subscription::open(store, tail, &Limits::default(), request, self.stop.clone()).await?;
        while let Some(delivery) = events.next().await {
            let mut batch = Batch::default();
            batch.add(delivery?);
            while batch.events.len() < TOGETHER
                && let Some(delivery) = events.try_next()
            {
                batch.add(delivery?);
            }
            let position = batch.position;
            let refreshed = self.refresh(&batch).await;
            refreshed.map_err(|source| SubscribeError::Store { position, source })?;
            self.announce.send_replace(position);
        }
        Ok(())
    }

    /// Reads the states anew that the events may have changed, and tells of it. They may be newer than the events, which does no harm.
    async fn refresh(&self, batch: &Batch) -> Result<(), StoreError> {
        let mut news: Vec<Concern> = batch.events.iter().filter_map(|event| agent_type(event)).collect();
        let keys = self.touched(batch);
        if !keys.is_empty() {
            let states = self.store.states(&keys).await?;
            let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
            news.extend(states.into_iter().flat_map(|state| open.put(state)));
        }
        self.news.tell(&news);
        Ok(())
    }

    fn touched(&self, batch: &Batch) -> Vec<StateKey> {
        let open = self.open.read().unwrap_or_else(PoisonError::into_inner);
        let mut keys = BTreeSet::new();
        for event in &batch.events {
            let about = &event.belonging.about;
            keys.extend(about.handoff.as_ref().map(StateKey::of::<Handoff>));
            let said = |name| event.said(name);
            let sessions = [
                event.session_id().map(|id| id.as_str().to_owned()),
                said("failed_session_id"),
                said("previous_session_id"),
            ];
            for session in sessions.into_iter().flatten() {
                keys.extend(open.handoffs_of(&session).map(StateKey::of::<Handoff>));
                keys.insert(StateKey::of::<Session>(session));
            }
            // Whoever held or asked for what changed has lost or gained something.
            let handoff = about.handoff.as_ref().and_then(|id| open.handoffs.get(id));
            let others = handoff.into_iter().flat_map(|handoff| [handoff.holder(), handoff.asking_session.as_deref()]);
            keys.extend(others.flatten().map(StateKey::of::<Session>));
        }
        keys.into_iter().collect()
    }
}

/// Events that are looked at together.
#[derive(Default)]
struct Batch {
    events: Vec<Arc<RecordedEvent>>,
    position: Position,
}

impl Batch {
    fn add(&mut self, delivery: Delivery) {
        match delivery {
            Delivery::Event(event) => {
                self.position = event.position;
                self.events.push(event);
            }
            Delivery::Checkpoint { position, .. }
            | Delivery::CaughtUp { position }
            | Delivery::FellBehind { position, .. } => self.position = self.position.max(position),
        }
    }
}

/// The type of agent that the registry says something about. What it says is in the store; the board keeps none of it.
fn agent_type(event: &RecordedEvent) -> Option<Concern> {
    let is_of_registry = event.envelope.event_type.as_str().starts_with(REGISTRY);
    is_of_registry.then(|| event.said("agent_type")).flatten().map(Concern::AgentType)
}
