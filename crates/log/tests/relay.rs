//! The relay, against a bus that fails in every way that the port allows. (What RabbitMQ does is tested with RabbitMQ.)

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use common::{DEADLINE, append, log, store};
use god33_conformance::{event, from_bus, proposal};
use god33_domain::ports::{Bus, BusError, BusReport, BusState, Exchange, NoExchange, OutboundMessage, SystemClock};
use god33_domain::{NewEvent, Position, QuarantinedMessage, Timestamp};
use god33_log::{Log, LogConfig, RELAY, Relay, RelayConfig};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

/// What the bus does with the next batch.
#[derive(Clone, Copy)]
enum Mood {
    /// Confirms everything.
    Good,
    /// Confirms this many and breaks off.
    Confirms(usize),
    /// Publishes nothing.
    Away,
}

#[derive(Default)]
struct ShakyBus {
    moods: Mutex<Vec<Mood>>,
    confirmed: Mutex<Vec<u64>>,
}

impl ShakyBus {
    fn with(moods: &[Mood]) -> Arc<Self> {
        Arc::new(Self { moods: Mutex::new(moods.iter().rev().copied().collect()), ..Self::default() })
    }

    fn confirmed(&self) -> Vec<u64> {
        self.confirmed.lock().unwrap().clone()
    }
}

#[async_trait]
impl Bus for ShakyBus {
    async fn publish(&self, messages: &[OutboundMessage]) -> Result<usize, BusError> {
        let mood = self.moods.lock().unwrap().pop().unwrap_or(Mood::Good);
        let count = match mood {
            Mood::Good => messages.len(),
            Mood::Confirms(count) => count.min(messages.len()),
            Mood::Away => return Err(BusError { operation: "publish", source: "nobody there".into() }),
        };
        self.confirmed.lock().unwrap().extend(messages[..count].iter().map(|m| m.position().get()));
        Ok(count)
    }

    async fn open_exchange(&self, _name: &str) -> Result<Box<dyn Exchange>, NoExchange> {
        Err(NoExchange::NoBroker)
    }

    fn is_live(&self, _exchange: &str) -> bool {
        false
    }

    fn read_again(&self, message: &QuarantinedMessage) -> Result<Box<NewEvent>, Box<QuarantinedMessage>> {
        Err(Box::new(message.clone()))
    }

    fn state(&self) -> BusState {
        BusState::Up
    }

    fn report(&self) -> BusReport {
        BusReport {
            kind: "in-process",
            since: Timestamp::EPOCH,
            exchange: String::new(),
            queue: String::new(),
            ingested: 0,
            published: 0,
            unroutable: 0,
            reconnects: 0,
        }
    }
}

fn start(log: &Log, bus: Arc<ShakyBus>) -> (CancellationToken, JoinHandle<()>) {
    let stop = CancellationToken::new();
    let config = RelayConfig { batch_events: 4, lease_ms: 300 };
    let relay = Relay::new(log.store.clone(), bus, log.tail.clone(), config, Uuid::now_v7(), stop.clone());
    (stop, tokio::spawn(relay.run()))
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waited = tokio::time::timeout(DEADLINE, async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    });
    assert!(waited.await.is_ok(), "{what} in time");
}

#[tokio::test]
async fn everything_is_published_in_order_and_the_cursor_follows() {
    let log = log(LogConfig::default()).await;
    append(&log, "a.b", 10).await;
    let bus = ShakyBus::with(&[]);
    let (stop, task) = start(&log, bus.clone());
    append(&log, "a.b", 5).await;
    until("the cursor at 15", async || log.store.cursor(RELAY).await.unwrap() == Position::new(15)).await;
    assert_eq!(bus.confirmed(), (1..=15).collect::<Vec<_>>());
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn what_was_not_confirmed_is_published_again_and_nothing_else() {
    let log = log(LogConfig::default()).await;
    append(&log, "a.b", 8).await;
    let bus = ShakyBus::with(&[Mood::Confirms(2), Mood::Away, Mood::Confirms(0), Mood::Good]);
    let (stop, task) = start(&log, bus.clone());
    until("the cursor at 8", async || log.store.cursor(RELAY).await.unwrap() == Position::new(8)).await;
    assert_eq!(bus.confirmed(), (1..=8).collect::<Vec<_>>());
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn what_came_from_the_bus_is_passed_over() {
    let log = log(LogConfig::default()).await;
    let foreign = from_bus("a.b", "{}");
    log.writer.propose(proposal([&event("a.b"), &foreign, &event("a.c")]).build()).await.unwrap();
    let bus = ShakyBus::with(&[]);
    let (stop, task) = start(&log, bus.clone());
    until("the cursor at 3", async || log.store.cursor(RELAY).await.unwrap() == Position::new(3)).await;
    assert_eq!(bus.confirmed(), [1, 3]);
    stop.cancel();
    task.await.unwrap();
}

#[tokio::test]
async fn only_one_node_relays_and_another_takes_over_when_it_stops() {
    let store = store().await;
    let config = LogConfig { poll_ms: 20, ..LogConfig::default() };
    let one = Log::start(store.clone(), Arc::new(SystemClock), &config).await.unwrap();
    let other = Log::start(store, Arc::new(SystemClock), &config).await.unwrap();
    let (first_bus, second_bus) = (ShakyBus::with(&[]), ShakyBus::with(&[]));
    let (stop_first, first) = start(&one, first_bus.clone());
    append(&one, "a.b", 3).await;
    until("the first relay at work", async || first_bus.confirmed().len() == 3).await;
    let (stop_second, second) = start(&other, second_bus.clone());
    append(&other, "a.b", 3).await;
    until("the first relay alone at work", async || first_bus.confirmed().len() == 6).await;
    assert!(second_bus.confirmed().is_empty());
    stop_first.cancel();
    first.await.unwrap();
    append(&one, "a.b", 2).await;
    until("the second relay at work", async || second_bus.confirmed() == [7, 8]).await;
    stop_second.cancel();
    second.await.unwrap();
}
