//! Desks of one group on several nodes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use common::{DEADLINE, append, store};
use god33_domain::ports::{Store, SystemClock};
use god33_domain::subscription::{Group, GroupSettings, OrderingKey, Outcome, Settlement, Verdict};
use god33_domain::{Position, Timestamp};
use god33_log::{ConsumeError, ConsumerStream, Consumers, Delivered, Log, LogConfig};
use tokio_util::sync::CancellationToken;

/// A node on a store: its log, and its consumers.
struct Node {
    log: Log,
    consumers: Consumers,
    stop: CancellationToken,
}

impl Node {
    async fn on(store: &Arc<dyn Store>) -> Self {
        let config = LogConfig { poll_ms: 20, ..LogConfig::default() };
        let log = Log::start(store.clone(), Arc::new(SystemClock), &config).await.unwrap();
        let stop = CancellationToken::new();
        let consumers = Consumers::new(store.clone(), log.tail.clone(), Arc::new(SystemClock), stop.clone());
        Self { log, consumers, stop }
    }

    async fn connect(&self, consumer_id: &str, max_in_flight: usize) -> ConsumerStream {
        self.consumers.connect("g", consumer_id.into(), max_in_flight).await.unwrap().0
    }
}

async fn create(store: &Arc<dyn Store>, settings: GroupSettings) {
    let group = Group::new("g".into(), settings, Position::START, Timestamp::now());
    assert!(store.create_subscription(&group, None).await.unwrap());
}

async fn next(stream: &mut ConsumerStream) -> Delivered {
    tokio::time::timeout(DEADLINE, stream.next()).await.expect("a delivery in time").unwrap().unwrap()
}

async fn acknowledge(consumers: &Consumers, delivered: &Delivered) {
    let settlement =
        Settlement { id: delivered.hand_out.id, token: delivered.hand_out.token, verdict: Verdict::Acknowledge };
    let settled = consumers.settle("g", vec![settlement]).await.unwrap();
    assert_eq!(settled.outcomes, [Outcome::Settled]);
}

#[tokio::test(flavor = "multi_thread")]
async fn desks_on_three_nodes_hand_each_event_out_once() {
    const EVENTS: usize = 150;
    let store = store().await;
    create(&store, GroupSettings { ordering: OrderingKey::None, ..GroupSettings::default() }).await;
    let nodes = [Node::on(&store).await, Node::on(&store).await, Node::on(&store).await];
    let mut workers = Vec::new();
    for (number, node) in nodes.iter().enumerate() {
        let mut stream = node.connect(&format!("c-{number}"), 5).await;
        let consumers = node.consumers.clone();
        workers.push(tokio::spawn(async move {
            let mut seen = Vec::new();
            while let Ok(Some(delivered)) = tokio::time::timeout(Duration::from_secs(3), stream.next()).await {
                let delivered = delivered.unwrap();
                assert_eq!(delivered.hand_out.attempt, 1);
                acknowledge(&consumers, &delivered).await;
                seen.push(delivered.event.position.get());
            }
            seen
        }));
    }
    append(&nodes[0].log, "a.b", EVENTS).await;
    let mut seen = Vec::new();
    for worker in workers {
        seen.extend(worker.await.unwrap());
    }
    let distinct: BTreeSet<u64> = seen.iter().copied().collect();
    assert_eq!((seen.len(), distinct.len()), (EVENTS, EVENTS));
}

#[tokio::test]
async fn what_a_consumer_did_not_read_is_for_others_at_once_and_was_no_attempt() {
    let store = store().await;
    create(&store, GroupSettings::default()).await;
    let node = Node::on(&store).await;
    append(&node.log, "a.b", 5).await;
    let mut leaves = node.connect("leaves", 10).await;
    assert_eq!(next(&mut leaves).await.event.position.get(), 1);
    drop(leaves);
    let mut stays = node.connect("stays", 10).await;
    for position in 2..=5 {
        let delivered = next(&mut stays).await;
        assert_eq!((delivered.event.position.get(), delivered.hand_out.attempt), (position, 1));
    }
}

#[tokio::test]
async fn a_slow_reader_is_given_more_as_it_reads() {
    let store = store().await;
    create(&store, GroupSettings::default()).await;
    let node = Node::on(&store).await;
    append(&node.log, "a.b", 300).await;
    let mut stream = node.connect("c", 1_000).await;
    for position in 1..=300 {
        assert_eq!(next(&mut stream).await.event.position.get(), position);
    }
}

#[tokio::test]
async fn a_node_that_stops_tells_its_consumers_and_leaves_no_trace_of_them() {
    let store = store().await;
    create(&store, GroupSettings::default()).await;
    let (node, other) = (Node::on(&store).await, Node::on(&store).await);
    let mut stream = node.connect("c", 10).await;
    node.stop.cancel();
    let end = tokio::time::timeout(DEADLINE, stream.next()).await.expect("an end in time").unwrap();
    assert!(matches!(end, Err(ConsumeError::ShuttingDown)), "{end:?}");
    tokio::time::timeout(DEADLINE, node.consumers.closed()).await.expect("desks close in time");
    assert!(store.subscription("g").await.unwrap().unwrap().group().consumers.is_empty());
    append(&other.log, "a.b", 1).await;
    assert_eq!(next(&mut other.connect("c", 10).await).await.event.position.get(), 1);
}
