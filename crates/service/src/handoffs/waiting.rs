//! Waits until there may be something new to claim. Who waits is woken only by what may concern it.

use std::time::Duration;

use god33_domain::Timestamp;
use god33_log::{Board, Concern, Listener};

use super::claimant::Able;
use crate::App;

/// The ears of one who waits for work.
pub(super) struct Waiting {
    /// For who it is: its session and its type.
    pub(super) who: Listener,
    work: Listener,
}

/// Why the waiting ended.
pub(super) enum Woken {
    /// The claimant may be another than before.
    Claimant,
    /// There may be work, or the time is over.
    Look,
    /// The server stops.
    Stopping,
}

impl Waiting {
    pub(super) fn at(board: &Board) -> Self {
        Self { who: board.listener(), work: board.listener() }
    }

    /// Listens for work for a claimant, and for changes of some handoffs. True when that is more than before, so that it is to be looked once
    /// more.
    pub(super) fn listen<'a>(&mut self, able: Option<&Able>, handoffs: impl IntoIterator<Item = &'a String>) -> bool {
        let lanes = able.into_iter().flat_map(|able| able.lanes.iter().cloned()).map(Concern::Offers);
        self.work.listen_for(lanes.chain(handoffs.into_iter().cloned().map(Concern::Handoff)))
    }

    /// Waits for news, but not longer than this, nor past the time at which something may be had.
    pub(super) async fn something_new(&self, app: &App, at_most: Duration, again: Option<Timestamp>) -> Woken {
        let until = again.map(|time| {
            let left = time.seconds_since(app.clock.now()).max(0.0);
            // Not so early that the time has not come yet.
            Duration::try_from_secs_f64(left).unwrap_or(at_most) + Duration::from_millis(1)
        });
        tokio::select! {
            () = self.who.heard() => Woken::Claimant,
            () = self.work.heard() => Woken::Look,
            () = tokio::time::sleep(until.map_or(at_most, |until| until.min(at_most))) => Woken::Look,
            () = app.stopping.cancelled() => Woken::Stopping,
        }
    }
}
