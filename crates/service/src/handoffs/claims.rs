//! Who gets which offer: each is held out to one session at a time, over all nodes.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use god33_domain::Timestamp;
use god33_domain::handoff::{Handoff, next_offer};
use god33_domain::ports::{Reservation, StoreError};

use super::claimant::Able;
use crate::App;

/// How long work is held out to one session.
pub(super) const RESERVED_FOR: Duration = Duration::from_secs(10);

/// How many fairness keys are remembered; past that all are forgotten, and served as if for the first time.
const KEYS: usize = 10_000;

/// What this node knows of claims.
#[derive(Default)]
pub(super) struct Claims(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// To whom work is held out.
    held_out: HashMap<String, Reservation>,
    /// When each fairness key was last served, counted.
    served: BTreeMap<String, u64>,
    count: u64,
}

/// Work that is held out to a session.
pub(super) struct HeldOut {
    pub(super) handoff: Arc<Handoff>,
    pub(super) until: Timestamp,
}

impl Claims {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds the next work out that the claimant may take. `None` when there is none at the moment.
    pub(super) async fn next(
        &self,
        app: &App,
        able: &Able,
        except: &HashSet<String>,
    ) -> Result<Option<HeldOut>, StoreError> {
        let session = able.session.session_id.as_str();
        loop {
            let now = app.clock.now();
            let Some(handoff) = self.choose(app, able, except, now) else { return Ok(None) };
            let until = now.after_seconds(RESERVED_FOR.as_secs_f64());
            let reservation = app.store.reserve(&handoff.handoff_id, session, now, until).await?;
            let is_ours = reservation.session_id == session;
            self.note(&handoff, reservation, is_ours);
            if is_ours {
                return Ok(Some(HeldOut { handoff, until }));
            }
        }
    }

    fn choose(&self, app: &App, able: &Able, except: &HashSet<String>, now: Timestamp) -> Option<Arc<Handoff>> {
        let offers = app.board.handoffs();
        let mut known = self.known();
        known.held_out.retain(|_, reservation| reservation.until > now);
        let Able { claimant, session, agent_type } = able;
        let is_free = |handoff: &Handoff| {
            let held_out = known.held_out.get(&handoff.handoff_id);
            held_out.is_none_or(|reservation| reservation.session_id == session.session_id)
        };
        let may_have = offers.iter().map(Arc::as_ref).filter(|handoff| {
            !except.contains(&handoff.handoff_id)
                && is_free(handoff)
                && claimant.may_take(handoff, session, agent_type.as_ref()).is_ok()
        });
        let id = next_offer(may_have, &known.served, now)?.handoff_id.clone();
        drop(known);
        offers.into_iter().find(|handoff| handoff.handoff_id == id)
    }

    fn note(&self, handoff: &Handoff, reservation: Reservation, is_ours: bool) {
        let mut known = self.known();
        known.held_out.insert(handoff.handoff_id.clone(), reservation);
        if is_ours {
            known.count += 1;
            let count = known.count;
            if known.served.len() >= KEYS {
                known.served.clear();
            }
            known.served.insert(handoff.fairness_key.clone(), count);
        }
    }

    /// Holds work out to a session no more. That the store is away does not matter: the time passes anyway.
    pub(super) async fn end(&self, app: &App, handoff: &str, session: &str) {
        self.known().held_out.remove(handoff);
        if let Err(error) = app.store.unreserve(handoff, session).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "work is held out until its time is over");
        }
    }
}

/// Waits until there may be something new to claim: the board changed, or a time passed.
pub(super) async fn something_new(
    changes: &mut tokio::sync::watch::Receiver<u64>,
    app: &App,
    at_most: Duration,
) -> bool {
    /// Reservations of other sessions end, and work that failed a moment ago is offered, without a change of the board.
    const LOOK_AGAIN: Duration = Duration::from_millis(500);
    tokio::select! {
        changed = changes.changed() => changed.is_ok(),
        () = tokio::time::sleep(at_most.min(LOOK_AGAIN)) => true,
        () = app.stopping.cancelled() => false,
    }
}
