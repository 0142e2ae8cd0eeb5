//! Takes what the bus brings into the log.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::ports::{Clock, Inbound, Inbox, Store, StoreError};
use god33_domain::{Change, EventId, NewEvent, Proposal, QuarantineReason, QuarantinedMessage};

use crate::{LogWriter, ProposeError};

/// The principal under which events from the bus are recorded.
pub(crate) const PRINCIPAL: &str = "bus";

/// How often a message is offered to a healthy store before it goes to quarantine.
const ATTEMPTS: usize = 3;

/// The inbox of the log.
pub struct LogInbox {
    writer: LogWriter,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

impl LogInbox {
    /// An inbox that writes through this writer.
    pub fn new(writer: LogWriter, store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Self {
        Self { writer, store, clock }
    }

    /// The ids of those echoes whose events were ever in the log. No event is read for it: a replay of a million events to an exchange
    /// that god33 takes from costs a look at its ids.
    async fn recorded_echoes(&self, batch: &[Inbound]) -> Result<HashSet<EventId>, StoreError> {
        let echo = |message: &Inbound| match message {
            Inbound::Echo(event) => Some(event.envelope.event_id),
            Inbound::Event(_) | Inbound::Unreadable(_) => None,
        };
        let ids: Vec<EventId> = batch.iter().filter_map(echo).collect();
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        Ok(self.store.known_ids(&ids).await?.into_iter().collect())
    }

    /// Proposes all events at once, so that they share transactions, and gives back those that were not taken, with the reason.
    async fn propose_all(&self, events: Vec<NewEvent>) -> Vec<(NewEvent, ProposeError)> {
        let mut waiting = Vec::with_capacity(events.len());
        let mut failed = Vec::new();
        for event in events {
            let proposal =
                Proposal { request: None, principal: PRINCIPAL.into(), change: Change::Append(vec![event.clone()]) };
            match self.writer.submit(proposal).await {
                Ok(answer) => waiting.push((event, answer)),
                Err(error) => failed.push((event, error)),
            }
        }
        for (event, answer) in waiting {
            if let Err(error) = answer.await.unwrap_or(Err(ProposeError::ShuttingDown)) {
                failed.push((event, error));
            }
        }
        failed
    }

    fn quarantined(&self, event: NewEvent, reason: QuarantineReason, detail: String) -> QuarantinedMessage {
        let properties = serde_json::to_value(&event.bus).unwrap_or_default();
        let (exchange, routing_key) = event.bus.map(|bus| (bus.exchange, bus.routing_key)).unwrap_or_default();
        QuarantinedMessage {
            received_at: self.clock.now(),
            exchange,
            routing_key,
            properties,
            body: event.original.unwrap_or_default(),
            reason,
            detail,
            attempts: 1,
        }
    }
}

#[async_trait]
impl Inbox for LogInbox {
    async fn receive(&self, batch: Vec<Inbound>) -> Result<(), StoreError> {
        let recorded = self.recorded_echoes(&batch).await?;
        let (mut events, mut quarantine) = (Vec::new(), Vec::new());
        for message in batch {
            match message {
                Inbound::Echo(event) if recorded.contains(&event.envelope.event_id) => {}
                Inbound::Event(event) | Inbound::Echo(event) => events.push(*event),
                Inbound::Unreadable(message) => quarantine.push(message),
            }
        }
        for attempt in 1..=ATTEMPTS {
            let mut again = Vec::new();
            for (event, error) in self.propose_all(std::mem::take(&mut events)).await {
                match error {
                    ProposeError::Refused(refusal) => {
                        quarantine.push(self.quarantined(event, QuarantineReason::IdConflict, refusal.to_string()));
                    }
                    ProposeError::Unavailable(error) if attempt == ATTEMPTS && self.store.ping().await.is_ok() => {
                        let detail = with_root_cause(error.as_ref());
                        quarantine.push(self.quarantined(event, QuarantineReason::Unstorable, detail));
                    }
                    ProposeError::Unavailable(error) if attempt == ATTEMPTS => return Err(unavailable(error)),
                    ProposeError::Overloaded | ProposeError::ShuttingDown if attempt == ATTEMPTS => {
                        return Err(unavailable(error));
                    }
                    _ => again.push(event),
                }
            }
            events = again;
            if events.is_empty() {
                break;
            }
        }
        if quarantine.is_empty() { Ok(()) } else { self.store.quarantine(&quarantine).await }
    }
}

fn unavailable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
    StoreError::Unavailable { operation: "take a batch from the bus", source: error.into() }
}

fn with_root_cause(error: &StoreError) -> String {
    let first: &dyn std::error::Error = error;
    let root = std::iter::successors(first.source(), |cause| (*cause).source()).last();
    root.map_or_else(|| error.to_string(), |root| format!("{error}: {root}"))
}
