//! What was put aside is tried again or given up.

use super::{Stage, Unsettled, Work};
use crate::Timestamp;

impl Work {
    /// Tries parked deliveries again, from the first attempt. Later ones of their keys wait for them, but for one that is out.
    pub fn replay(&mut self, parked: Vec<Unsettled>, now: Timestamp) {
        for mut delivery in parked {
            delivery.stage = Stage::Waiting { due_at: now };
            delivery.attempt = 0;
            delivery.token = 0;
            self.put(delivery);
        }
    }

    /// Gives parked deliveries up.
    pub fn skip(&mut self, parked: &[Unsettled]) {
        for delivery in parked {
            self.settle_for_good(delivery.id);
        }
    }
}
