//! What a connected consumer reads.

use std::sync::Arc;

use god33_domain::RecordedEvent;
use god33_domain::subscription::HandOut;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::ConsumeError;
use super::batch::{Command, Leaving};

/// A delivery with its event.
#[derive(Clone, Debug)]
pub struct Delivered {
    /// Under which id, attempt and token.
    pub hand_out: HandOut,
    /// The event.
    pub event: Arc<RecordedEvent>,
    /// How long the consumer may keep it, in milliseconds.
    pub ack_timeout_ms: u64,
}

/// The deliveries of one consumer. Dropping it disconnects the consumer, and gives back what it did not read.
pub struct ConsumerStream {
    deliveries: mpsc::Receiver<Result<Delivered, ConsumeError>>,
    desk: mpsc::Sender<Command>,
    connection: Uuid,
    was_full: bool,
}

impl ConsumerStream {
    pub(super) const fn new(
        deliveries: mpsc::Receiver<Result<Delivered, ConsumeError>>,
        desk: mpsc::Sender<Command>,
        connection: Uuid,
    ) -> Self {
        Self { deliveries, desk, connection, was_full: false }
    }

    /// The next delivery; an error is the last word; `None` when the desk went without one.
    pub async fn next(&mut self) -> Option<Result<Delivered, ConsumeError>> {
        self.was_full = self.was_full || self.deliveries.len() == self.deliveries.max_capacity();
        let next = self.deliveries.recv().await;
        if self.was_full && self.deliveries.is_empty() {
            self.was_full = false;
            // There is room again: the desk need not find out by itself. When it is busy, it looks anyway.
            let _ = self.desk.try_send(Command::Room);
        }
        next
    }
}

impl Drop for ConsumerStream {
    fn drop(&mut self) {
        self.deliveries.close();
        let mut unread = Vec::new();
        while let Ok(delivery) = self.deliveries.try_recv() {
            unread.extend(delivery.ok().map(|delivered| (delivered.hand_out.id, delivered.hand_out.token)));
        }
        // A desk that takes no command now sees that nobody listens; what was not read is then due when its time is over.
        let _ = self.desk.try_send(Command::Leave(Leaving { connection: self.connection, unread }));
    }
}
