//! Consumers come, say that they live, and go.

use uuid::Uuid;

use super::{Consumer, Stage, Work};
use crate::Timestamp;

/// A consumer whose node said nothing for so long is not connected any more.
pub const SILENT_AFTER_SECONDS: f64 = 15.0;

/// The most consumers that a group has at once: all of them stand in its row.
pub const MOST_CONSUMERS: usize = 256;

impl Consumer {
    /// True when its node was heard of lately.
    pub fn is_heard(&self, now: Timestamp) -> bool {
        now.seconds_since(self.seen_at) < SILENT_AFTER_SECONDS
    }
}

impl Work {
    /// A consumer connects. It takes over from whoever had its id: what that one was given is to be handed out anew, and may not be settled
    /// any more under the old tokens.
    pub fn connect(&mut self, consumer_id: &str, connection: Uuid, now: Timestamp) {
        if self.has_connection(consumer_id, connection) {
            return;
        }
        let reason = format!("another connection took over from consumer {consumer_id}");
        for id in self.out_to(consumer_id) {
            self.fail_attempt(id, &reason, now, now);
            if let Some(delivery) = self.unsettled.get_mut(&id) {
                delivery.token = 0;
            }
        }
        let consumer = Consumer { connection, connected_at: now, seen_at: now, acknowledged: 0 };
        self.group.consumers.insert(consumer_id.to_owned(), consumer);
        self.moved = true;
    }

    /// True when there is a place for a consumer of this id.
    pub fn has_place_for(&self, consumer_id: &str) -> bool {
        self.group.consumers.len() < MOST_CONSUMERS || self.group.consumers.contains_key(consumer_id)
    }

    /// True while no other connection took over the consumer's id.
    pub fn has_connection(&self, consumer_id: &str, connection: Uuid) -> bool {
        self.group.consumers.get(consumer_id).is_some_and(|consumer| consumer.connection == connection)
    }

    /// A consumer is still connected. Nodes call it as often as they like: it changes something only when the last sign has become old.
    pub fn beat(&mut self, consumer_id: &str, now: Timestamp) {
        if let Some(consumer) = self.group.consumers.get_mut(consumer_id)
            && now.seconds_since(consumer.seen_at) >= SILENT_AFTER_SECONDS / 3.0
        {
            consumer.seen_at = now;
            self.moved = true;
        }
    }

    /// A connection ends. What the consumer was given stays with it until its time is over: it may still settle it by single calls.
    pub fn disconnect(&mut self, consumer_id: &str, connection: Uuid) {
        if self.has_connection(consumer_id, connection) {
            self.group.consumers.remove(consumer_id);
            self.moved = true;
        }
    }

    /// Forgets consumers whose node died.
    pub fn forget_silent(&mut self, now: Timestamp) {
        let before = self.group.consumers.len();
        self.group.consumers.retain(|_, consumer| consumer.is_heard(now));
        self.moved = self.moved || self.group.consumers.len() < before;
    }

    fn out_to(&self, consumer: &str) -> Vec<u64> {
        let theirs = self
            .unsettled
            .values()
            .filter(|delivery| matches!(&delivery.stage, Stage::Out { consumer_id, .. } if consumer_id == consumer));
        theirs.map(|delivery| delivery.id).collect()
    }
}
