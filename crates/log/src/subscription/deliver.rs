//! The task behind a subscription.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Store, StoreError};
use god33_domain::{EventQuery, Limits, Order, Position, RecordedEvent};
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::chain::ChainMembers;
use super::{Delivery, SubscribeError, SubscribeRequest};
use crate::Tail;
use crate::ring::Slice;

/// How many events are taken at once from memory or from the store.
const PAGE: usize = 256;

/// Why the task ends.
enum End {
    /// The subscriber is gone.
    Dropped,
    /// The store could not be read.
    Failed(StoreError),
    /// The server stops.
    Stopping,
}

pub(super) struct Subscriber {
    store: Arc<dyn Store>,
    tail: Tail,
    head: watch::Receiver<Position>,
    request: SubscribeRequest,
    limits: Limits,
    chain: Option<ChainMembers>,
    sender: mpsc::Sender<Result<Delivery, SubscribeError>>,
    stop: CancellationToken,
    /// Everything up to here was looked at.
    position: Position,
    last_sent: Instant,
    live: bool,
}

impl Subscriber {
    pub(super) fn new(
        store: Arc<dyn Store>,
        tail: Tail,
        limits: &Limits,
        request: SubscribeRequest,
        from: Position,
        sender: mpsc::Sender<Result<Delivery, SubscribeError>>,
        stop: CancellationToken,
    ) -> Self {
        let head = tail.watch();
        Self {
            store,
            tail,
            head,
            request,
            limits: limits.clone(),
            chain: None,
            sender,
            stop,
            position: from,
            last_sent: Instant::now(),
            live: false,
        }
    }

    pub(super) async fn run(mut self) {
        let position = |this: &Self| this.position;
        let end = match self.deliver().await {
            End::Dropped => return,
            End::Failed(source) => SubscribeError::Store { position: position(&self), source },
            End::Stopping => SubscribeError::ShuttingDown { position: position(&self) },
        };
        let _ = self.sender.send(Err(end)).await;
    }

    async fn deliver(&mut self) -> End {
        loop {
            if self.stop.is_cancelled() {
                return End::Stopping;
            }
            if let Err(end) = self.step().await {
                return end;
            }
        }
    }

    async fn step(&mut self) -> Result<(), End> {
        self.head.mark_unchanged();
        match self.tail.after(self.position, PAGE) {
            Slice::Events(events) => self.take_live(events).await,
            Slice::AtHead => self.wait_at_head().await,
            Slice::TooOld => self.take_history().await,
        }
    }

    async fn take_live(&mut self, events: Vec<Arc<RecordedEvent>>) -> Result<(), End> {
        self.join_chain().await?;
        for event in events {
            let position = event.position;
            if self.wants(&event) {
                self.send(Delivery::Event(event)).await?;
            }
            self.position = position;
        }
        self.checkpoint_if_silent().await
    }

    /// History is filtered by the store, so that a rare event in a long log is found by an index.
    async fn take_history(&mut self) -> Result<(), End> {
        let head = self.tail.head();
        if self.live {
            self.live = false;
            self.send(Delivery::FellBehind { position: self.position, head }).await?;
        }
        let query = EventQuery {
            filter: self.request.filter.clone(),
            order: Order::OldestFirst,
            after: Some(self.position),
            limit: PAGE,
        };
        let page = self.store.list_events(&query).await.map_err(End::Failed)?;
        for event in page.events {
            let position = event.position;
            self.send(Delivery::Event(Arc::new(event))).await?;
            self.position = position;
        }
        if !page.has_more {
            // The store was asked after `head` was read, so nothing up to `head` can be missing from the answer.
            self.position = self.position.max(head);
        }
        self.checkpoint_if_silent().await
    }

    async fn wait_at_head(&mut self) -> Result<(), End> {
        if !self.live {
            self.join_chain().await?;
            self.live = true;
            self.send(Delivery::CaughtUp { position: self.position }).await?;
        }
        let silence = self.request.checkpoint_every.saturating_sub(self.last_sent.elapsed());
        tokio::select! {
            _ = self.head.changed() => Ok(()),
            () = self.sender.closed() => Err(End::Dropped),
            () = self.stop.cancelled() => Err(End::Stopping),
            () = tokio::time::sleep(silence) => self.checkpoint_if_silent().await,
        }
    }

    fn wants(&mut self, event: &RecordedEvent) -> bool {
        let in_chain = self.chain.as_mut().is_none_or(|chain| chain.admit(event));
        in_chain && self.request.filter.matches_but_chain(event)
    }

    /// What belongs to a causation chain is known by index for history; for live events its members are kept from here on.
    async fn join_chain(&mut self) -> Result<(), End> {
        if let (Some(root), None) = (self.request.filter.chain, &self.chain) {
            let members = ChainMembers::load(self.store.as_ref(), root, &self.limits).await.map_err(End::Failed)?;
            self.chain = Some(members);
        }
        Ok(())
    }

    async fn checkpoint_if_silent(&mut self) -> Result<(), End> {
        if self.last_sent.elapsed() < self.request.checkpoint_every.max(Duration::from_millis(1)) {
            return Ok(());
        }
        self.send(Delivery::Checkpoint { position: self.position, head: self.tail.head() }).await
    }

    async fn send(&mut self, delivery: Delivery) -> Result<(), End> {
        tokio::select! {
            sent = self.sender.send(Ok(delivery)) => sent.map_err(|_| End::Dropped)?,
            () = self.stop.cancelled() => return Err(End::Stopping),
        }
        self.last_sent = Instant::now();
        Ok(())
    }
}
