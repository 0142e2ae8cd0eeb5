//! Replays, against exchanges that fail in every way that the port allows. (What RabbitMQ does is tested with RabbitMQ.)

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use common::{DEADLINE, append, log};
use god33_domain::ports::{
    Bus, BusError, BusReport, BusState, Exchange, NoExchange, OutboundMessage, ReplayedMessage, Store, SystemClock,
};
use god33_domain::replay::{Pace, Replay, ReplayRange, ReplaySpec, ReplayState, ReplayTarget};
use god33_domain::{EventFilter, NewEvent, Position, QuarantinedMessage, Timestamp};
use god33_log::{Desk, Log, LogConfig, ReplayConfig, Replayer};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// What happens to the next thing that is tried.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Mood {
    /// It works.
    Good,
    /// This many are confirmed, and no more.
    Confirms(usize),
    /// The broker is away.
    Away,
    /// The exchange is not there.
    Missing,
}

#[derive(Default)]
struct Broker {
    moods: Mutex<Vec<Mood>>,
    /// What happens when no mood is left.
    otherwise: Mutex<Option<Mood>>,
    confirmed: Mutex<Vec<u64>>,
}

impl Broker {
    fn with(moods: &[Mood]) -> Arc<Self> {
        Arc::new(Self { moods: Mutex::new(moods.iter().rev().copied().collect()), ..Self::default() })
    }

    fn is_from_now_on(&self, mood: Mood) {
        *self.otherwise.lock().unwrap() = Some(mood);
    }

    fn mood(&self) -> Mood {
        let next = self.moods.lock().unwrap().pop();
        next.or(*self.otherwise.lock().unwrap()).unwrap_or(Mood::Good)
    }

    fn confirmed(&self) -> Vec<u64> {
        self.confirmed.lock().unwrap().clone()
    }
}

/// The way to a broker.
struct ShakyBus(Arc<Broker>);

struct ShakyExchange(Arc<Broker>);

fn away(operation: &'static str) -> BusError {
    BusError { operation, source: "nobody there".into() }
}

#[async_trait]
impl Exchange for ShakyExchange {
    async fn publish(&self, messages: &[ReplayedMessage]) -> Result<usize, BusError> {
        let count = match self.0.mood() {
            Mood::Good => messages.len(),
            Mood::Confirms(count) => count.min(messages.len()),
            Mood::Away | Mood::Missing => return Err(away("publish")),
        };
        self.0.confirmed.lock().unwrap().extend(messages[..count].iter().map(|m| m.event.position.get()));
        Ok(count)
    }
}

#[async_trait]
impl Bus for ShakyBus {
    async fn publish(&self, _messages: &[OutboundMessage]) -> Result<usize, BusError> {
        Err(away("publish"))
    }

    async fn open_exchange(&self, _name: &str) -> Result<Box<dyn Exchange>, NoExchange> {
        match self.0.mood() {
            Mood::Missing => Err(NoExchange::NotThere("no exchange 'elsewhere'".into())),
            Mood::Away => Err(away("open the exchange").into()),
            Mood::Good | Mood::Confirms(_) => Ok(Box::new(ShakyExchange(self.0.clone()))),
        }
    }

    fn read_again(&self, message: &QuarantinedMessage) -> Result<Box<NewEvent>, Box<QuarantinedMessage>> {
        Err(Box::new(message.clone()))
    }

    fn is_live(&self, exchange: &str) -> bool {
        exchange == "live"
    }

    fn state(&self) -> BusState {
        BusState::Up
    }

    fn report(&self) -> BusReport {
        BusReport {
            kind: "in-process",
            since: Timestamp::EPOCH,
            exchange: "live".into(),
            queue: String::new(),
            ingested: 0,
            published: 0,
            unroutable: 0,
            reconnects: 0,
        }
    }
}

fn spec(pace: Pace) -> ReplaySpec {
    let range = ReplayRange { filter: EventFilter::default(), after: Position::START, until: Position::START };
    ReplaySpec { range, target: ReplayTarget::Exchange("elsewhere".into()), pace, allow_live_exchange: false }
}

fn desk(store: &Arc<dyn Store>, broker: &Arc<Broker>) -> Desk {
    Desk { store: store.clone(), bus: Arc::new(ShakyBus(broker.clone())), clock: Arc::new(SystemClock) }
}

/// A node that runs replays.
fn node(store: &Arc<dyn Store>, broker: &Arc<Broker>) -> (CancellationToken, JoinHandle<()>) {
    let stop = CancellationToken::new();
    let replayer = Replayer {
        store: store.clone(),
        bus: Arc::new(ShakyBus(broker.clone())),
        clock: Arc::new(SystemClock),
        config: ReplayConfig { batch_events: 4, lease_ms: 300, exchange_wait_ms: 700, at_once: 2 },
        node: Uuid::now_v7(),
        stop: stop.clone(),
    };
    (stop, tokio::spawn(replayer.run()))
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(DEADLINE, async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what} in time");
}

async fn until_state(desk: &Desk, replay: &Replay, state: ReplayState) -> Replay {
    until(state.as_str(), async || desk.get(replay.replay_id).await.unwrap().state == state).await;
    desk.get(replay.replay_id).await.unwrap()
}

async fn log_of(count: usize) -> Log {
    let log = log(LogConfig::default()).await;
    append(&log, "a.b", count).await;
    log
}

#[tokio::test]
async fn whatever_a_broker_confirms_nothing_is_missing_and_the_order_stays() {
    let log = log_of(20).await;
    // The first mood is that of the look when it is started.
    let broker = Broker::with(&[
        Mood::Good,
        Mood::Away,
        Mood::Good,
        Mood::Confirms(2),
        Mood::Good,
        Mood::Confirms(0),
        Mood::Good,
        Mood::Away,
    ]);
    let desk = desk(&log.store, &broker);
    let replay = desk.start(spec(Pace::Unlimited), "me", None).await.unwrap();
    let (stop, task) = node(&log.store, &broker);
    let ended = until_state(&desk, &replay, ReplayState::Completed).await;
    assert_eq!(broker.confirmed(), (1..=20).collect::<Vec<_>>());
    assert_eq!((ended.delivered, ended.total, ended.position), (20, 20, Position::new(20)));
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn an_exchange_that_is_not_there_is_waited_for_but_not_for_long() {
    let log = log_of(3).await;
    let broker = Broker::with(&[Mood::Good, Mood::Missing]);
    let desk = desk(&log.store, &broker);
    let (stop, task) = node(&log.store, &broker);
    let soon = desk.start(spec(Pace::Unlimited), "me", None).await.unwrap();
    until_state(&desk, &soon, ReplayState::Completed).await;
    let never = desk.start(spec(Pace::Rate(0.1)), "me", None).await.unwrap();
    broker.is_from_now_on(Mood::Missing);
    let failed = until_state(&desk, &never, ReplayState::Failed).await;
    assert!(failed.failure.as_ref().unwrap().contains("elsewhere"), "{failed:?}");
    assert!(failed.ended_at.is_some());
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn a_replay_that_is_paused_or_cancelled_is_not_gone_on_with() {
    let log = log_of(10).await;
    let broker = Broker::with(&[]);
    let desk = desk(&log.store, &broker);
    let (stop, task) = node(&log.store, &broker);
    let replay = desk.start(spec(Pace::Rate(1.0)), "me", None).await.unwrap();
    until("the first is delivered", async || !broker.confirmed().is_empty()).await;
    desk.change(replay.replay_id, None, Replay::pause).await.unwrap();
    let delivered = async || desk.get(replay.replay_id).await.unwrap().delivered;
    until("what was delivered is kept", async || delivered().await == broker.confirmed().len() as u64).await;
    desk.change(replay.replay_id, None, Replay::resume).await.unwrap();
    let before = broker.confirmed().len();
    until("it goes on", async || broker.confirmed().len() > before).await;
    desk.change(replay.replay_id, None, |replay| replay.cancel(Timestamp::now())).await.unwrap();
    until("what was delivered is kept", async || delivered().await == broker.confirmed().len() as u64).await;
    let cancelled = desk.get(replay.replay_id).await.unwrap();
    assert_eq!((cancelled.state, cancelled.total), (ReplayState::Cancelled, 10));
    assert!(cancelled.delivered < 10 && cancelled.ended_at.is_some());
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn another_node_goes_on_where_the_first_one_was() {
    let log = log_of(12).await;
    let broker = Broker::with(&[]);
    let desk = desk(&log.store, &broker);
    let (stop, task) = node(&log.store, &broker);
    let replay = desk.start(spec(Pace::Rate(10.0)), "me", None).await.unwrap();
    until("some are delivered", async || broker.confirmed().len() >= 3).await;
    stop.cancel();
    task.await.unwrap();
    let kept = desk.get(replay.replay_id).await.unwrap();
    assert_eq!((kept.state, kept.delivered), (ReplayState::Running, broker.confirmed().len() as u64));
    let (stop, task) = node(&log.store, &broker);
    until_state(&desk, &replay, ReplayState::Completed).await;
    assert_eq!(broker.confirmed(), (1..=12).collect::<Vec<_>>());
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn more_replays_than_run_at_once_wait_their_turn() {
    let log = log_of(3).await;
    let broker = Broker::with(&[]);
    let desk = desk(&log.store, &broker);
    let mut replays = Vec::new();
    for _ in 0..5 {
        replays.push(desk.start(spec(Pace::Unlimited), "me", None).await.unwrap());
    }
    let (stop, task) = node(&log.store, &broker);
    for replay in &replays {
        until_state(&desk, replay, ReplayState::Completed).await;
    }
    assert_eq!(broker.confirmed().len(), 15);
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn a_live_exchange_and_one_that_is_not_there_are_refused_at_the_start() {
    let log = log_of(1).await;
    let broker = Broker::with(&[]);
    let desk = desk(&log.store, &broker);
    let live = ReplaySpec { target: ReplayTarget::Exchange("live".into()), ..spec(Pace::Unlimited) };
    let refused = desk.start(live.clone(), "me", None).await.unwrap_err();
    assert!(refused.to_string().contains("set allow_live_exchange"), "{refused}");
    desk.start(ReplaySpec { allow_live_exchange: true, ..live }, "me", None).await.unwrap();
    for (mood, told) in [(Mood::Missing, "declare it"), (Mood::Away, "cannot be reached")] {
        broker.is_from_now_on(mood);
        let refused = desk.start(spec(Pace::Unlimited), "me", None).await.unwrap_err();
        assert!(refused.to_string().contains(told), "{refused}");
    }
    assert_eq!(log.store.replays(None, 10).await.unwrap().len(), 1);
}
