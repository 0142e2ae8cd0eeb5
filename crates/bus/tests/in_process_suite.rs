//! The suite of every bus, over the one within the process.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use god33_bus::{InProcessBus, Interruption, RawMessage, Subscription};
use god33_conformance::bus::{BusUnderTest, DEADLINE, Heard, RecordingInbox, outbound};
use god33_domain::Limits;
use god33_domain::ports::Bus;
use serde_json::Value;
use tokio::sync::Mutex;
use uuid::Uuid;

struct InProcess {
    bus: Arc<InProcessBus>,
    everything: Mutex<Subscription>,
}

async fn make_bus(inbox: Arc<RecordingInbox>, store_id: Uuid) -> InProcess {
    let bus = Arc::new(InProcessBus::new(store_id, inbox, Limits::default()));
    let everything = Mutex::new(bus.subscribe("#"));
    InProcess { bus, everything }
}

#[async_trait]
impl BusUnderTest for InProcess {
    fn bus(&self) -> Arc<dyn Bus> {
        self.bus.clone()
    }

    async fn send(&self, routing_key: &str, headers: Value, body: &[u8]) {
        let message =
            RawMessage { headers: Some(headers), ..RawMessage::new("bloodbank.events.v1", routing_key, body.to_vec()) };
        while self.bus.inject(&message).await.is_err() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    async fn hear(&self) -> Heard {
        let mut everything = self.everything.lock().await;
        let message = tokio::time::timeout(DEADLINE, everything.next()).await.unwrap().unwrap();
        Heard {
            routing_key: message.routing_key.clone(),
            message_id: message.message_id.clone(),
            content_type: message.content_type.clone(),
            headers: message.headers.clone().unwrap_or_default(),
            body: serde_json::from_slice(&message.body).unwrap(),
        }
    }
}

god33_conformance::bus_suite!(make_bus);

#[tokio::test]
async fn a_subscriber_hears_what_its_binding_key_takes() {
    let bus = InProcessBus::new(Uuid::new_v4(), RecordingInbox::new(), Limits::default());
    let mut checkpoints = bus.subscribe("agent.*.checkpoint.saved");
    let messages = [outbound("agent.letta.task.completed", 1), outbound("agent.agno.checkpoint.saved", 2)];
    assert_eq!(bus.publish(&messages).await.unwrap(), 2);
    assert_eq!(checkpoints.next().await.unwrap().routing_key, "agent.agno.checkpoint.saved");
    drop(bus);
    assert_eq!(checkpoints.next().await, Err(Interruption::Ended));
}

#[tokio::test]
async fn a_subscriber_that_is_too_slow_is_told_how_much_it_missed() {
    let bus = InProcessBus::new(Uuid::new_v4(), RecordingInbox::new(), Limits::default());
    let mut everything = bus.subscribe("#");
    let messages: Vec<_> = (1..=5_000).map(|n| outbound("suite.flood", n)).collect();
    assert_eq!(bus.publish(&messages).await.unwrap(), messages.len());
    assert_eq!(everything.next().await, Err(Interruption::Missed(5_000 - 4_096)));
    assert_eq!(everything.next().await.unwrap().message_id, Some(messages[904].id().to_string()));
}

#[tokio::test]
async fn what_nobody_listens_to_is_confirmed_and_counted_as_unroutable() {
    let bus = InProcessBus::new(Uuid::new_v4(), RecordingInbox::new(), Limits::default());
    assert_eq!(bus.publish(&[outbound("suite.lonely", 1)]).await.unwrap(), 1);
    assert_eq!((bus.report().published, bus.report().unroutable), (1, 1));
}
