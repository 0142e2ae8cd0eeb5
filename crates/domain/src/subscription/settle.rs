//! Consumers say what became of deliveries.

use super::{DeliveryFailure, Stage, Unsettled, Work};
use crate::Timestamp;

/// What a consumer says about one delivery.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settlement {
    /// The delivery.
    pub id: u64,
    /// The token under which it came.
    pub token: u64,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a delivery.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It is done.
    Acknowledge,
    /// It is to be tried again.
    Retry {
        /// Why.
        reason: String,
        /// The wait before it is, in milliseconds; `None` for the back-off of the settings.
        after_ms: Option<u64>,
    },
    /// It is to be put aside.
    Park {
        /// Why.
        reason: String,
    },
    /// It is given up.
    Skip,
}

/// What became of a settlement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It stands.
    Settled,
    /// The token is not the newest: nothing changed.
    Superseded {
        /// Who has the delivery now; `None` when nobody has.
        consumer_id: Option<String>,
        /// The newest token.
        token: u64,
    },
    /// There is no such delivery: it was settled before, or the group was moved.
    NotFound,
}

impl Work {
    /// Takes what a consumer says. One that is late may still settle a delivery that nobody else was given meanwhile.
    pub fn settle(&mut self, settlement: &Settlement, now: Timestamp) -> Outcome {
        let Settlement { id, token, verdict } = settlement;
        let Some(delivery) = self.unsettled.get(id).filter(|delivery| delivery.stage != Stage::Parked) else {
            return Outcome::NotFound;
        };
        if delivery.token != *token || delivery.token == 0 {
            return superseded(delivery);
        }
        match verdict {
            Verdict::Acknowledge => self.acknowledge(*id),
            Verdict::Skip => self.settle_for_good(*id),
            Verdict::Park { reason } => self.park(*id, reason, now),
            Verdict::Retry { reason, after_ms } => {
                let wait = after_ms.unwrap_or_else(|| self.group.settings.backoff_ms(delivery.attempt));
                self.fail_attempt(*id, reason, now.after_millis(wait), now);
                if let Some(delivery) = self.unsettled.get_mut(id) {
                    delivery.token = 0;
                }
            }
        }
        Outcome::Settled
    }

    fn acknowledge(&mut self, id: u64) {
        if let Some(Unsettled { stage: Stage::Out { consumer_id, .. }, .. }) = self.unsettled.get(&id)
            && let Some(consumer) = self.group.consumers.get_mut(consumer_id)
        {
            consumer.acknowledged += 1;
        }
        self.settle_for_good(id);
    }

    /// An attempt came to nothing: it is tried again, or parked when it was the last.
    pub(super) fn fail_attempt(&mut self, id: u64, reason: &str, due_at: Timestamp, now: Timestamp) {
        let Some(delivery) = self.unsettled.get_mut(&id) else { return };
        if delivery.attempt >= self.group.settings.max_attempts {
            return self.park(id, reason, now);
        }
        delivery.stage = Stage::Waiting { due_at };
        note_failure(delivery, reason, now);
        self.touch(id);
    }

    fn park(&mut self, id: u64, reason: &str, now: Timestamp) {
        let Some(delivery) = self.unsettled.get_mut(&id) else { return };
        delivery.stage = Stage::Parked;
        delivery.token = 0;
        note_failure(delivery, reason, now);
        let key = delivery.key.clone();
        self.hold_up(key, id);
        self.touch(id);
    }
}

fn note_failure(delivery: &mut Unsettled, reason: &str, now: Timestamp) {
    let first_at = delivery.failure.as_ref().map_or(now, |failure| failure.first_at);
    delivery.failure = Some(DeliveryFailure { reason: reason.to_owned(), first_at, last_at: now });
}

fn superseded(delivery: &Unsettled) -> Outcome {
    let consumer_id = match &delivery.stage {
        Stage::Out { consumer_id, .. } => Some(consumer_id.clone()),
        Stage::Waiting { .. } | Stage::Parked => None,
    };
    Outcome::Superseded { consumer_id, token: delivery.token }
}
