//! Moves the cursor.

use super::Work;
use crate::Position;

impl Work {
    /// Moves the cursor: everything after it is delivered anew, and what is out is void. Parked deliveries up to it stay.
    pub fn seek(&mut self, after: Position) {
        let all: Vec<u64> = self.unsettled.keys().copied().collect();
        for id in all {
            self.settle_for_good(id);
        }
        self.group.cursor = after;
        self.drop_parked_after = Some(after);
        self.moved = true;
    }
}
