//! A message that says it comes out of the own log is let go only when the log has its event.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use common::broker::{Rabbit, wait_for_depth};
use god33_bus::STORE_HEADER;
use god33_conformance::bus::{BusUnderTest, DEADLINE, body, eventually};
use god33_conformance::{event, proposal};
use god33_domain::ports::{Bus, OutboundMessage, SystemClock};
use god33_domain::{JsonText, Position};
use god33_log::{Log, LogConfig, LogInbox};
use god33_store_sqlite::{SqliteConfig, SqliteStore};
use serde_json::{Value, json};

/// A log, and a bus on the real broker that brings what comes in to it.
struct World {
    log: Log,
    rabbit: Rabbit,
    own: Value,
}

impl World {
    async fn start() -> Self {
        let store = Arc::new(SqliteStore::open(&SqliteConfig::in_memory()).await.unwrap());
        let log = Log::start(store, Arc::new(SystemClock), &LogConfig::default()).await.unwrap();
        let inbox = Arc::new(LogInbox::new(log.writer.clone(), log.store.clone(), Arc::new(SystemClock)));
        let store_id = log.store.info().await.unwrap().store_id;
        let rabbit = Rabbit::start(inbox, store_id).await;
        Self { log, rabbit, own: json!({STORE_HEADER: store_id.to_string()}) }
    }

    /// Sends one more message, of which no header tells anything, and waits until the log has it, and with it all before.
    async fn settle(&self, position: u64) {
        self.rabbit.send("echo.last", json!({}), &body("echo.last")).await;
        self.log.tail.wait_for(Position::new(position), DEADLINE).await.unwrap();
        wait_for_depth(&self.rabbit.channel, &self.rabbit.names.config.queue, 0).await;
    }

    async fn types(&self) -> Vec<String> {
        assert_eq!(self.log.store.count_quarantined().await.unwrap(), 0);
        let events = self.log.store.read_after(Position::START, 10).await.unwrap();
        events.iter().map(|event| event.envelope.event_type.as_str().to_owned()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_with_the_own_header_whose_event_is_unknown_is_stored_once() {
    let world = World::start().await;
    let forwarded = body("echo.forwarded");
    world.rabbit.send("echo.forwarded", world.own.clone(), &forwarded).await;
    world.log.tail.wait_for(Position::new(1), DEADLINE).await.unwrap();
    world.rabbit.send("echo.forwarded", world.own.clone(), &forwarded).await;
    world.settle(2).await;
    assert_eq!(world.types().await, ["echo.forwarded", "echo.last"]);
    let stored = world.log.store.read_after(Position::START, 1).await.unwrap().remove(0);
    assert_eq!(world.log.store.original(stored.id()).await.unwrap().as_deref(), Some(forwarded.as_slice()));
    Box::new(world.rabbit).finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_log_published_itself_changes_nothing_when_it_comes_back() {
    let world = World::start().await;
    // Rendered for upstream's readers, who know no such agent: what comes back has another digest than what is recorded.
    let context = JsonText::parse(r#"{"type":"bmad-architect"}"#).unwrap();
    let recorded = event("echo.published").with(|envelope| envelope.agent_context = Some(context));
    world.log.writer.propose(proposal([&recorded]).build()).await.unwrap();
    let recorded = Arc::new(world.log.store.read_after(Position::START, 1).await.unwrap().remove(0));
    assert_eq!(world.rabbit.bus.publish(&[OutboundMessage { event: Arc::clone(&recorded) }]).await.unwrap(), 1);
    let heard = world.rabbit.hear().await;
    assert_eq!(heard.body["agent_context"]["type"], "custom");
    world.settle(2).await;
    assert_eq!(world.types().await, ["echo.published", "echo.last"]);
    assert_eq!(world.log.store.read_after(Position::START, 1).await.unwrap()[0], *recorded);
    eventually("what came back is not counted", || world.rabbit.bus.report().ingested == 1).await;
    Box::new(world.rabbit).finish().await;
}
