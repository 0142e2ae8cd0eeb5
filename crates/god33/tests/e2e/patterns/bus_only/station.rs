//! A program of the estate: a queue on the exchange, and messages in the estate's envelope.

use futures::StreamExt;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::patterns::world::World;
use crate::server::DEADLINE;

/// A participant that publishes and consumes.
pub(super) struct Station<'a> {
    world: &'a World,
    agent_type: String,
    consumer: lapin::Consumer,
}

impl<'a> Station<'a> {
    /// From now on it hears what is said on the exchange.
    pub(super) async fn opens(world: &'a World, agent_type: &str) -> Self {
        let consumer = world.broker().listen().await;
        Self { world, agent_type: agent_type.to_owned(), consumer }
    }

    /// Waits for the next message of a type.
    pub(super) async fn hears(&mut self, event_type: &str) -> Value {
        self.hears_one(event_type, |_| true).await
    }

    /// Waits for the next message of a type that offers it work.
    pub(super) async fn hears_of_work(&mut self, event_type: &str) -> Value {
        let own = self.agent_type.clone();
        self.hears_one(event_type, |message| message["payload"]["to_agent"] == own.as_str()).await
    }

    async fn hears_one(&mut self, event_type: &str, is_meant: impl Fn(&Value) -> bool) -> Value {
        let heard = async {
            while let Some(delivery) = self.consumer.next().await {
                let delivery = delivery.expect("a message");
                let message: Value = serde_json::from_slice(&delivery.data).unwrap();
                if delivery.routing_key.as_str() == event_type && is_meant(&message) {
                    return message;
                }
            }
            panic!("the consumer ended");
        };
        match tokio::time::timeout(DEADLINE, heard).await {
            Ok(message) => message,
            Err(_) => panic!("{} did not hear {event_type} in time", self.agent_type),
        }
    }

    /// Publishes a message that names what led to it. Gives it back.
    pub(super) async fn says(&self, event_type: &str, causes: &[&Value], payload: Value) -> Value {
        let correlation_ids: Vec<&Value> = causes.iter().map(|cause| &cause["event_id"]).collect();
        let message = json!({
            "event_id": Uuid::new_v4(),
            "event_type": event_type,
            "timestamp": "2026-01-11T14:30:00Z",
            "version": "1.0.0",
            "source": {"host": "big-chungus", "type": "agent", "app": "estate"},
            "correlation_ids": correlation_ids,
            "agent_context": self.agent_context(),
            "payload": payload,
        });
        self.world.broker().publish(event_type, &serde_json::to_vec(&message).unwrap()).await;
        message
    }

    /// As the design document prints it: a role of BMAD, or an instance of a framework's agent.
    fn agent_context(&self) -> Value {
        match self.agent_type.split_once('-') {
            Some(("letta", _)) => json!({
                "type": "letta", "name": self.agent_type, "instance_id": format!("{}-001", self.agent_type),
            }),
            _ => json!({"type": self.agent_type, "instance_id": "session-123", "checkpoint_id": null}),
        }
    }
}
