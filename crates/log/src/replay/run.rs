//! One replay on its way to one target.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use god33_domain::ports::{Clock, Kept, Store, StoreError};
use god33_domain::replay::pace::Pacer;
use god33_domain::replay::{Replay, ReplayProgress, ReplayState};
use god33_domain::{EventQuery, Order, Position, RecordedEvent, Timestamp};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::target::{Target, Trouble};

/// How often it is saved how far a replay has come.
const SAVE_EVERY: Duration = Duration::from_secs(1);
/// How often a run looks whether somebody has paused or cancelled it.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How long to wait for what is away before the next try.
const TRY_AGAIN: Duration = Duration::from_millis(500);
/// How many events are read at once.
const PAGE: usize = 256;

/// Why a run ends.
#[derive(Debug)]
pub(super) enum End {
    /// Everything was delivered.
    Completed,
    /// Somebody has paused or ended the replay.
    Halted,
    /// Somebody else has gone on with it.
    Superseded,
    /// Nobody wants the events any more.
    Left,
    /// This node stops, or may not go on.
    Stopped,
    /// The target is not there.
    Failed(String),
}

/// How a run goes about its work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Manner {
    /// The most events that are handed over at once.
    pub(super) batch: usize,
    /// How long a target that is not there is waited for.
    pub(super) patience: Duration,
}

pub(super) struct Run {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    manner: Manner,
    stop: CancellationToken,
    /// As the store has it.
    replay: Replay,
    /// How far this run has come, of which the store may not know yet.
    progress: ReplayProgress,
    /// What the store was last told of it. When no answer came, it may be kept or not.
    told: Position,
    pacer: Pacer,
    began: Instant,
    /// Read, and not delivered.
    waiting: VecDeque<Arc<RecordedEvent>>,
    saved: Instant,
    looked: Instant,
    missing_since: Option<Instant>,
}

impl Run {
    pub(super) fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        replay: Replay,
        manner: Manner,
        stop: CancellationToken,
    ) -> Self {
        let (pacer, now) = (Pacer::new(replay.spec.pace, replay.reached), Instant::now());
        Self {
            store,
            clock,
            manner,
            stop,
            progress: replay.progress(),
            told: replay.position,
            pacer,
            replay,
            began: now,
            waiting: VecDeque::new(),
            saved: now,
            looked: now,
            missing_since: None,
        }
    }

    /// The replay as this run knows it.
    pub(super) const fn replay(&self) -> &Replay {
        &self.replay
    }

    /// Delivers until there is nothing more to deliver, or something is in the way; and keeps what came of it.
    pub(super) async fn run(&mut self, target: &mut dyn Target) -> End {
        let end = loop {
            if let Err(end) = self.step(target).await {
                break end;
            }
        };
        match &end {
            End::Completed => self.end(Replay::complete).await,
            End::Failed(why) => self.end(|replay, now| replay.fail(why.clone(), now)).await,
            End::Halted | End::Stopped => drop(self.save().await),
            End::Superseded | End::Left => {}
        }
        end
    }

    async fn step(&mut self, target: &mut dyn Target) -> Result<(), End> {
        if self.looked.elapsed() >= LOOK_EVERY {
            self.look().await?;
        }
        tokio::select! {
            ready = target.ready() => self.weigh(ready).await?,
            () = tokio::time::sleep(LOOK_EVERY) => return Ok(()),
            () = self.stop.cancelled() => return Err(End::Stopped),
        };
        if self.saved.elapsed() >= SAVE_EVERY {
            self.save().await?;
        }
        self.read_on().await?;
        let Some(next) = self.waiting.front() else { return Ok(()) };
        let early = self.pacer.due(next.recorded_at).saturating_sub(self.now());
        if early > Duration::ZERO {
            return self.wait(early.min(LOOK_EVERY), target).await;
        }
        let batch = self.due_now();
        let standing = self.standing();
        let delivered = target.deliver(&batch, &standing).await;
        if let Some(count) = self.weigh(delivered).await? {
            self.note(&batch[..count]);
        }
        Ok(())
    }

    /// The time on this run's clock.
    fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// The replay with what this run has delivered.
    fn standing(&self) -> Replay {
        let ReplayProgress { position, delivered, .. } = self.progress;
        Replay { position, delivered, ..self.replay.clone() }
    }

    async fn wait(&self, time: Duration, target: &dyn Target) -> Result<(), End> {
        tokio::select! {
            () = tokio::time::sleep(time) => Ok(()),
            () = target.left() => Err(End::Left),
            () = self.stop.cancelled() => Err(End::Stopped),
        }
    }

    /// Reads the next page when nothing is waiting.
    async fn read_on(&mut self) -> Result<(), End> {
        if !self.waiting.is_empty() {
            return Ok(());
        }
        let range = &self.replay.spec.range;
        let query = EventQuery {
            filter: range.filter.clone(),
            order: Order::OldestFirst,
            after: Some(self.progress.position),
            limit: PAGE,
        };
        match self.store.list_events(&query).await {
            Ok(page) => {
                let until = range.until;
                let within = page.events.into_iter().take_while(|event| event.position <= until);
                self.waiting.extend(within.map(Arc::new));
                if self.waiting.is_empty() { Err(End::Completed) } else { Ok(()) }
            }
            Err(error) => {
                warn(&error, &self.replay, "a replay could not read the log: it tries again");
                self.hold().await
            }
        }
    }

    /// The first of the waiting events, as far as they are due and go together.
    fn due_now(&self) -> Vec<Arc<RecordedEvent>> {
        let (mut pacer, now) = (self.pacer.clone(), self.now());
        let due = self.waiting.iter().take_while(|event| {
            let is_due = pacer.due(event.recorded_at) <= now;
            pacer.delivered(event.recorded_at, now);
            is_due
        });
        due.take(self.manner.batch).cloned().collect()
    }

    fn note(&mut self, delivered: &[Arc<RecordedEvent>]) {
        let now = self.now();
        for event in delivered {
            self.pacer.delivered(event.recorded_at, now);
            self.progress.position = event.position;
            self.progress.delivered += 1;
        }
        self.waiting.drain(..delivered.len());
    }

    /// What a target answered; `None` when it takes nothing at the moment, after a while.
    async fn weigh<T>(&mut self, answer: Result<T, Trouble>) -> Result<Option<T>, End> {
        let replay_id = self.replay.replay_id;
        match answer {
            Ok(answer) => return Ok(Some(answer)),
            Err(Trouble::Left) => return Err(End::Left),
            Err(Trouble::Away(why)) => {
                self.missing_since = None;
                tracing::warn!(%replay_id, why, "a replay waits for its target");
            }
            Err(Trouble::Missing(why)) => {
                let since = *self.missing_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= self.manner.patience {
                    return Err(End::Failed(why));
                }
                tracing::warn!(%replay_id, why, "a replay waits for its target, but not for long");
            }
        }
        self.hold().await?;
        Ok(None)
    }

    async fn hold(&self) -> Result<(), End> {
        tokio::select! {
            () = tokio::time::sleep(TRY_AGAIN) => Ok(()),
            () = self.stop.cancelled() => Err(End::Stopped),
        }
    }

    /// Keeps how far this run has come. A store that is away is told the next time.
    async fn save(&mut self) -> Result<(), End> {
        self.saved = Instant::now();
        let next: Option<Timestamp> = self.waiting.front().map(|event| event.recorded_at);
        self.progress.reached = self.pacer.reached(self.now(), next);
        if self.progress == self.replay.progress() {
            return Ok(());
        }
        let further = self.replay.clone().progressed(self.progress);
        if self.keep(further).await? { Ok(()) } else { self.look_and_keep().await }
    }

    /// Somebody has changed the replay. What they say counts, and what was delivered until now is kept with it.
    async fn look_and_keep(&mut self) -> Result<(), End> {
        let looked = self.look().await;
        if matches!(looked, Ok(()) | Err(End::Halted)) {
            let further = self.replay.clone().progressed(self.progress);
            self.keep(further).await?;
        }
        looked
    }

    /// False when it was changed by somebody else, or the store is away.
    async fn keep(&mut self, replay: Replay) -> Result<bool, End> {
        self.told = replay.position;
        match self.store.keep_replay(&replay, None).await {
            Ok(Kept::Yes) => {
                self.replay = replay;
                Ok(true)
            }
            Ok(Kept::Stale) => Ok(false),
            Err(error) => {
                warn(&error, &self.replay, "it could not be kept how far a replay has come");
                Ok(false)
            }
        }
    }

    /// Looks what others have made of the replay.
    async fn look(&mut self) -> Result<(), End> {
        self.looked = Instant::now();
        match self.store.replay(self.replay.replay_id).await {
            Ok(Some(found)) => {
                let is_where_it_was = [self.replay.position, self.told].contains(&found.position);
                let is_ours = is_where_it_was && found.streamed_by == self.replay.streamed_by;
                if !is_ours && !found.state.has_ended() {
                    return Err(End::Superseded);
                }
                self.replay = found;
                if self.replay.state == ReplayState::Running { Ok(()) } else { Err(End::Halted) }
            }
            Ok(None) => Err(End::Superseded),
            Err(error) => {
                warn(&error, &self.replay, "a replay could not look whether it is to go on");
                Ok(())
            }
        }
    }

    /// Ends the replay, unless somebody was faster. When the store is away, it runs on, and ends the next time.
    async fn end(&mut self, end: impl Fn(Replay, Timestamp) -> Replay) {
        for _ in 0..5 {
            let saved = self.save().await;
            if matches!(saved, Err(End::Superseded)) || self.replay.state.has_ended() {
                return;
            }
            let ended = end(self.replay.clone(), self.clock.now());
            if matches!(self.keep(ended).await, Ok(true)) {
                return;
            }
            drop(self.look().await);
        }
    }
}

fn warn(error: &StoreError, replay: &Replay, what: &'static str) {
    tracing::warn!(error = error as &dyn std::error::Error, replay_id = %replay.replay_id, what);
}
