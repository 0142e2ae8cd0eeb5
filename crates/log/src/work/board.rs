//! The open handoffs and sessions, in memory. Claims and heartbeats ask it, so that neither costs a query.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use god33_domain::Position;
use god33_domain::handoff::{Handoff, Offers};
use god33_domain::ports::{Store, StoreError};
use god33_domain::session::Session;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::keeper::Keeper;
use super::news::{Concern, Listener, News};
use super::open::Open;
use crate::{Tail, TailError};

/// The open work of the whole system, as one node knows it. Cheap to clone.
#[derive(Clone)]
pub struct Board {
    open: Arc<RwLock<Open>>,
    position: watch::Receiver<Position>,
    news: News,
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
        let news = News::default();
        let keeper = Keeper { store, tail, open: open.clone(), announce, news: news.clone(), stop };
        let from = keeper.set_up().await?;
        let task = tokio::spawn(keeper.run(from));
        Ok((Self { open, position, news }, task))
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

    /// Looks at the work on offer.
    pub fn offers<T>(&self, look: impl FnOnce(&Offers) -> T) -> T {
        self.read(|open| look(&open.offers))
    }

    /// Notes that a fairness key has had its turn on this node.
    pub fn serve(&self, fairness_key: &str) {
        self.open.write().unwrap_or_else(PoisonError::into_inner).offers.serve(fairness_key);
    }

    /// Somebody who listens for news of the board, once it is told for which. Who listens first and looks then misses nothing.
    pub fn listener(&self) -> Listener {
        self.news.listener()
    }

    /// Work is held out to somebody no more: those who wait in its lanes may have it.
    pub fn is_free(&self, handoff: &Handoff) {
        let lanes: Vec<Concern> = handoff.lanes().map(Concern::Offers).collect();
        self.news.tell(&lanes);
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
