//! The open handoffs and sessions, in memory. Claims and heartbeats ask it, so that neither costs a query.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use god33_domain::handoff::Handoff;
use god33_domain::ports::{Store, StoreError};
use god33_domain::session::Session;
use god33_domain::state::{Kind, Noun, State, StateKey, StateQuery, label};
use god33_domain::{EventFilter, Limits, Position, RecordedEvent, TypePattern};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::bells::{Bells, SessionChanges};
use crate::{Delivery, Start, SubscribeError, SubscribeRequest, Subscription, Tail, TailError};

/// What can change handoffs and sessions.
const TYPES: [&str; 3] = ["agent.#", "director.#", "bmad.workflow.#"];

/// How many states are read at once when the board is set up.
const PAGE: usize = 1_000;

/// The most events that are looked at together.
const TOGETHER: usize = 500;

/// How long a board that lost its way waits before it is set up anew.
const PAUSE: Duration = Duration::from_secs(1);

/// The open work of the whole system, as one node knows it. Cheap to clone.
#[derive(Clone)]
pub struct Board {
    open: Arc<RwLock<Open>>,
    position: watch::Receiver<Position>,
    changes: watch::Receiver<u64>,
    bells: Arc<Bells>,
}

#[derive(Default)]
struct Open {
    handoffs: BTreeMap<String, Arc<Handoff>>,
    sessions: BTreeMap<String, Arc<Session>>,
}

impl Board {
    /// Sets the board up and keeps it up until `stop`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn start(
        store: Arc<dyn Store>,
        tail: Tail,
        stop: CancellationToken,
    ) -> Result<(Self, tokio::task::JoinHandle<()>), StoreError> {
        let open = Arc::new(RwLock::new(Open::default()));
        let (announce, position) = watch::channel(Position::START);
        let (tell, changes) = watch::channel(0);
        let bells = Arc::new(Bells::default());
        let keeper = Keeper { store, tail, open: open.clone(), announce, tell, bells: bells.clone(), stop };
        let from = keeper.set_up().await?;
        let task = tokio::spawn(keeper.run(from));
        Ok((Self { open, position, changes, bells }, task))
    }

    /// An open handoff.
    pub fn handoff(&self, id: &str) -> Option<Arc<Handoff>> {
        self.read(|open| open.handoffs.get(id).cloned())
    }

    /// An open session.
    pub fn session(&self, id: &str) -> Option<Arc<Session>> {
        self.read(|open| open.sessions.get(id).cloned())
    }

    /// All open handoffs.
    pub fn handoffs(&self) -> Vec<Arc<Handoff>> {
        self.read(|open| open.handoffs.values().cloned().collect())
    }

    /// All open sessions.
    pub fn sessions(&self) -> Vec<Arc<Session>> {
        self.read(|open| open.sessions.values().cloned().collect())
    }

    /// A receiver that changes whenever something on the board does.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }

    /// Listens for news of one session, from now on.
    pub fn session_changes(&self, id: &str) -> SessionChanges {
        self.bells.listen(id)
    }

    /// Waits until the board knows everything up to a position.
    ///
    /// # Errors
    /// When it does not after `patience`.
    pub async fn wait_for(&self, wanted: Position, patience: Duration) -> Result<(), TailError> {
        let mut position = self.position.clone();
        let reached = tokio::time::timeout(patience, position.wait_for(|known| *known >= wanted)).await;
        match reached {
            Ok(Ok(_)) => Ok(()),
            _ => Err(TailError::NotReached { wanted, head: *self.position.borrow() }),
        }
    }

    fn read<T>(&self, look: impl FnOnce(&Open) -> T) -> T {
        look(&self.open.read().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Keeps a board up.
struct Keeper {
    store: Arc<dyn Store>,
    tail: Tail,
    open: Arc<RwLock<Open>>,
    announce: watch::Sender<Position>,
    tell: watch::Sender<u64>,
    bells: Arc<Bells>,
    stop: CancellationToken,
}

impl Keeper {
    /// Reads all that is open. Answers with the position from which changes are to be followed: what changed while it was read is read again.
    async fn set_up(&self) -> Result<Position, StoreError> {
        let from = self.tail.head();
        let mut open = Open::default();
        for handoff in self.all_open::<Handoff>().await? {
            open.handoffs.insert(handoff.handoff_id.clone(), Arc::new(handoff));
        }
        for session in self.all_open::<Session>().await? {
            open.sessions.insert(session.session_id.clone(), Arc::new(session));
        }
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = open;
        self.announce.send_replace(from);
        self.tell.send_modify(|changes| *changes += 1);
        self.bells.ring_all();
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

    async fn run(self, mut from: Position) {
        while !self.stop.is_cancelled() {
            if let Err(error) = self.follow(from).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "the board of open work is set up anew");
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

    /// Reads the states anew that the events may have changed. They may be newer than the events, which does no harm.
    async fn refresh(&self, batch: &Batch) -> Result<(), StoreError> {
        let keys = self.touched(batch);
        if keys.is_empty() {
            return Ok(());
        }
        let states = self.store.states(&keys).await?;
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        states.into_iter().for_each(|state| open.put(state));
        drop(open);
        self.tell.send_modify(|changes| *changes += 1);
        let sessions = keys.iter().filter(|key| key.kind == Session::KIND);
        self.bells.ring(sessions.map(|key| key.id.as_str()));
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

impl Open {
    fn put(&mut self, state: State) {
        match state {
            State::Handoff(handoff) if handoff.state.is_open() => {
                self.handoffs.insert(handoff.handoff_id.clone(), Arc::new(*handoff));
            }
            State::Handoff(handoff) => drop(self.handoffs.remove(&handoff.handoff_id)),
            State::Session(session) if session.is_open() => {
                self.sessions.insert(session.session_id.clone(), Arc::new(*session));
            }
            State::Session(session) => drop(self.sessions.remove(&session.session_id)),
            _ => {}
        }
    }

    /// The handoffs that a session holds, or held when it failed.
    fn handoffs_of<'a>(&'a self, session: &'a str) -> impl Iterator<Item = &'a String> {
        let theirs = self.handoffs.iter().filter(move |(_, handoff)| {
            handoff.holder() == Some(session) || handoff.failed_session.as_deref() == Some(session)
        });
        theirs.map(|(id, _)| id)
    }
}
