//! A log over a store in memory.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::Arc;
use std::time::Duration;

use god33_conformance::{event, proposal};
use god33_domain::ports::{Store, SystemClock};
use god33_domain::{EventFilter, Limits, Position};
use god33_log::{Delivery, Log, LogConfig, Start, SubscribeRequest, Subscription};
use god33_store_sqlite::{SqliteConfig, SqliteStore};
use tokio_util::sync::CancellationToken;

/// How long anything may take before a test fails.
pub const DEADLINE: Duration = Duration::from_secs(20);

pub async fn store() -> Arc<dyn Store> {
    Arc::new(SqliteStore::open(&SqliteConfig::in_memory()).await.unwrap())
}

pub async fn log(config: LogConfig) -> Log {
    Log::start(store().await, Arc::new(SystemClock), &config).await.unwrap()
}

/// Appends `count` events of a type, one proposal each.
pub async fn append(log: &Log, event_type: &str, count: usize) {
    for _ in 0..count {
        log.writer.propose(proposal([&event(event_type)]).build()).await.unwrap();
    }
}

pub async fn subscribe(log: &Log, start: Start, filter: EventFilter) -> Subscription {
    let request = SubscribeRequest { start, filter, checkpoint_every: Duration::from_millis(50) };
    Subscription::open(log.store.clone(), log.tail.clone(), &Limits::default(), request, CancellationToken::new())
        .await
        .unwrap()
}

pub async fn next(subscription: &mut Subscription) -> Delivery {
    tokio::time::timeout(DEADLINE, subscription.next()).await.expect("a delivery in time").unwrap().unwrap()
}

/// The positions of the next `count` events, whatever else is delivered between them.
pub async fn positions(subscription: &mut Subscription, count: usize) -> Vec<u64> {
    let mut found = Vec::new();
    while found.len() < count {
        if let Delivery::Event(event) = next(subscription).await {
            found.push(event.position.get());
        }
    }
    found
}

pub async fn reach(log: &Log, position: u64) {
    log.tail.wait_for(Position::new(position), DEADLINE).await.unwrap();
}
