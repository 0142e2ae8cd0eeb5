//! Who gets which offer: each is held out to one session at a time, over all nodes.
//!
//! The store says to whom work is held out. What this node knows of that, it remembers as marks, so that it asks the store for nothing that
//! another session has.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use god33_domain::Timestamp;
use god33_domain::handoff::Handoff;
use tracing::Instrument as _;

use super::claimant::Able;
use super::held_out::HeldOut;
use crate::App;
use crate::wire::status::Failure;

/// How long work is held out to one session.
pub(super) const RESERVED_FOR: Duration = Duration::from_secs(10);

/// How long it is believed that work is held out by another node, which does not tell when it is so no more.
const BELIEVED_FOR: Duration = Duration::from_secs(1);

/// Past so many marks it is looked for old ones.
const MARKS: usize = 1_000;

/// What this node knows of claims.
#[derive(Default)]
pub(super) struct Claims(Mutex<Marks>);

#[derive(Default)]
struct Marks {
    of: HashMap<String, Mark>,
    /// It is looked for old ones when there are so many.
    look_at: usize,
}

/// Why work is not held out to everybody.
struct Mark {
    session_id: String,
    until: Timestamp,
    /// From this version of the handoff on, the mark says nothing of it.
    free_from: u64,
    /// The session does not know yet that it has it held out.
    is_under_way: bool,
}

/// What came of looking for work.
pub(super) enum Next {
    HeldOut(HeldOut),
    /// There is none at the moment. Some may be had at a time, without any news of it.
    Nothing(Option<Timestamp>),
}

impl Mark {
    fn keeps(&self, handoff: &Handoff, session: &str, now: Timestamp) -> bool {
        let holds = handoff.version < self.free_from && self.until > now;
        holds && (self.is_under_way || self.session_id != session)
    }
}

impl Marks {
    fn put(&mut self, handoff: &str, mark: Mark, now: Timestamp) {
        if self.of.len() >= self.look_at {
            self.of.retain(|_, mark| mark.until > now);
            self.look_at = MARKS.max(self.of.len() * 2);
        }
        self.of.insert(handoff.to_owned(), mark);
    }
}

impl Claims {
    fn marks(&self) -> MutexGuard<'_, Marks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds the next work out that the claimant may take, but none that it skips.
    pub(super) async fn next(
        self: &Arc<Self>,
        app: &Arc<App>,
        able: &Able,
        skips: impl Fn(&Handoff) -> bool,
    ) -> Result<Next, Failure> {
        loop {
            let held_out = match self.choose(app, able, &skips) {
                Ok(held_out) => held_out,
                Err(again) => return Ok(Next::Nothing(again)),
            };
            // A caller that goes away meanwhile leaves nothing held out.
            let reserving = tokio::spawn(held_out.reserve().in_current_span());
            let reserved = reserving.await.map_err(|_| Failure::defect("work could not be held out"))?;
            if let Some(held_out) = reserved? {
                return Ok(Next::HeldOut(held_out));
            }
        }
    }

    /// Chooses the next work and marks it. Else says when some may be had that waits for nothing but time.
    fn choose(
        self: &Arc<Self>,
        app: &Arc<App>,
        able: &Able,
        skips: impl Fn(&Handoff) -> bool,
    ) -> Result<HeldOut, Option<Timestamp>> {
        let (now, session) = (app.clock.now(), able.session.session_id.as_str());
        let mut again: Option<Timestamp> = None;
        let mut marks = self.marks();
        let mut may_have = |handoff: &Handoff| {
            if !handoff.is_on_offer(now) || skips(handoff) || !able.may_take(handoff) {
                return false;
            }
            let mark = marks.of.get(&handoff.handoff_id).filter(|mark| mark.keeps(handoff, session, now));
            let waits_until = handoff.rests_until(now).max(mark.map(|mark| mark.until));
            again = [again, waits_until].into_iter().flatten().min();
            waits_until.is_none()
        };
        let next = app.board.offers(|offers| offers.in_order(&able.lanes).find(|handoff| may_have(handoff)).cloned());
        let Some(handoff) = next else { return Err(again) };
        let until = now.after_seconds(RESERVED_FOR.as_secs_f64());
        let known = marks.of.get(&handoff.handoff_id);
        let was_held_out = known.is_some_and(|mark| mark.session_id == session && mark.until > now);
        let mark = Mark { session_id: session.to_owned(), until, free_from: handoff.version + 1, is_under_way: true };
        marks.put(&handoff.handoff_id, mark, now);
        // Before the next one chooses.
        app.board.serve(&handoff.fairness_key);
        drop(marks);
        Ok(HeldOut::new(app.clone(), self.clone(), handoff, session.to_owned(), until, was_held_out))
    }

    /// The store has work held out to another session, by another node.
    pub(super) fn is_with(&self, handoff: &Handoff, session_id: String, until: Timestamp, now: Timestamp) {
        let until = until.min(now.after_seconds(BELIEVED_FOR.as_secs_f64()));
        let mark = Mark { session_id, until, free_from: handoff.version + 1, is_under_way: false };
        self.marks().put(&handoff.handoff_id, mark, now);
    }

    /// The session knows that work is held out to it.
    pub(super) fn arrived(&self, handoff: &str, session: &str) {
        let mut marks = self.marks();
        if let Some(mark) = marks.of.get_mut(handoff).filter(|mark| mark.session_id == session) {
            mark.is_under_way = false;
        }
    }

    /// The session took or declined work: this is the handoff after that. What the board shows of before is no offer any more.
    pub(super) async fn answered(&self, app: &App, handoff: &Handoff, session: &str) {
        self.mark_answered(app, handoff, session);
        unreserve(app, &handoff.handoff_id, session).await;
        // Others may have asked for it between the answer and this, in vain.
        if self.forget(handoff, |mark| mark.session_id == session && mark.free_from > handoff.version) {
            app.board.is_free(handoff);
        }
    }

    fn mark_answered(&self, app: &App, handoff: &Handoff, session: &str) {
        let now = app.clock.now();
        let until = now.after_seconds(RESERVED_FOR.as_secs_f64());
        let mut marks = self.marks();
        if marks.of.get(&handoff.handoff_id).is_none_or(|mark| mark.free_from < handoff.version) {
            let session_id = session.to_owned();
            let mark = Mark { session_id, until, free_from: handoff.version, is_under_way: true };
            marks.put(&handoff.handoff_id, mark, now);
        }
    }

    /// Holds work out to a session no more. Others may have it.
    pub(super) async fn end(&self, app: &App, handoff: &Handoff, session: &str) {
        unreserve(app, &handoff.handoff_id, session).await;
        self.forget(handoff, |mark| mark.session_id == session);
        app.board.is_free(handoff);
    }

    /// Forgets the mark of work if it is such a one.
    fn forget(&self, handoff: &Handoff, is_such: impl FnOnce(&Mark) -> bool) -> bool {
        let mut marks = self.marks();
        let is_found = marks.of.get(&handoff.handoff_id).is_some_and(is_such);
        if is_found {
            marks.of.remove(&handoff.handoff_id);
        }
        is_found
    }
}

/// That the store is away does not matter: the time passes anyway.
async fn unreserve(app: &App, handoff: &str, session: &str) {
    if let Err(error) = app.store.unreserve(handoff, session).await {
        tracing::warn!(error = &error as &dyn std::error::Error, "work is held out until its time is over");
    }
}
