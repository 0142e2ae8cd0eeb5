//! Events that end an attempt or the whole handoff.

use super::super::terms::{array, object};
use super::super::{Handoff, HandoffState};
use super::offered::pause_before;
use super::said::Said;
use super::{about, had_by, step, worked_on};
use crate::RecordedEvent;
use crate::state::States;

/// The work is done. Agents that only speak over the bus may never have said that they took it.
pub(super) fn completed(states: &mut States, said: &Said<'_>) {
    worked_on(states, said, |handoff| {
        let fits = handoff.state == HandoffState::Offered || handoff.may_be_of(said.session.as_deref());
        if !fits {
            return false;
        }
        handoff.artifacts = array(&said.members, "artifacts");
        handoff.validation = object(&said.members, "validation");
        handoff.next_action = said.members.text("next_action");
        handoff.summary = said.members.text("summary");
        handoff.checkpoint_id = said.members.name("final_checkpoint_id").or(handoff.checkpoint_id.take());
        handoff.end(said.event, HandoffState::Completed, None);
        true
    });
}

/// An attempt failed, and perhaps the handoff for good.
pub(super) fn failed(states: &mut States, said: &Said<'_>) {
    let is_final = said.members.read("final") == Some(true);
    worked_on(states, said, |handoff| give_up(handoff, said, is_final));
}

/// The same by an agent's word about its task, which says whether to try again.
pub(super) fn task_failed(states: &mut States, said: &Said<'_>) {
    let is_final = said.members.read("retryable") != Some(true);
    worked_on(states, said, |handoff| give_up(handoff, said, is_final));
}

/// The same by the Director's word, which is final.
pub(super) fn delegation_failed(states: &mut States, said: &Said<'_>) {
    let Some(id) = said.handoff() else { return };
    about(states, id, said.event, |handoff| {
        let fits = handoff.state.is_open();
        if fits {
            handoff.end(said.event, HandoffState::Failed, said.reason());
        }
        fits
    });
}

fn give_up(handoff: &mut Handoff, said: &Said<'_>, is_final: bool) -> bool {
    // What was never taken can fail by the word of an agent that only speaks over the bus.
    let untaken = handoff.state == HandoffState::Offered && handoff.fencing_token == 0;
    if !untaken && !handoff.may_be_of(said.session.as_deref()) {
        return false;
    }
    let reason = said.reason();
    if is_final {
        handoff.end(said.event, HandoffState::Failed, reason);
    } else if handoff.attempt_failed(said.event, reason.unwrap_or_else(|| "failed".into())) {
        handoff.offer_after = Some(said.event.recorded_at.after_seconds(pause_before(handoff.attempt)));
    }
    true
}

/// A session failed: what it held is on offer again, for somebody who goes on where it stood. No further event says so.
pub(super) fn session_failed(states: &mut States, said: &Said<'_>) {
    let last = said.members.name("last_checkpoint_id");
    for_each_held(states, said, |handoff, session| {
        let reason = said.reason().unwrap_or_else(|| "session failed".into());
        if handoff.attempt_failed(said.event, reason) {
            handoff.failed_session = Some(session.to_owned());
        }
        handoff.checkpoint_id = handoff.checkpoint_id.take().or(last.clone());
    });
}

/// A session ended although it held work: that is on offer again, and the attempt does not count.
pub(super) fn session_completed(states: &mut States, said: &Said<'_>) {
    for_each_held(states, said, |handoff, _| {
        handoff.let_go(HandoffState::Offered);
        handoff.offered_event_id = Some(said.event.id());
        handoff.reason = Some("session completed".into());
    });
}

fn for_each_held(states: &mut States, said: &Said<'_>, change: impl Fn(&mut Handoff, &str)) {
    let Some(session) = said.of_session() else { return };
    for id in had_by(states, session, said.event) {
        states.update(&id, |handoff: &mut Handoff| {
            if handoff.may_be_of(Some(session)) {
                step(handoff, said.event, |handoff| {
                    change(handoff, session);
                    true
                });
            }
        });
    }
}

/// It ends and nothing came out of it.
pub(super) fn without_outcome(states: &mut States, said: &Said<'_>, state: HandoffState) {
    let Some(id) = said.handoff() else { return };
    about(states, id, said.event, |handoff| {
        let fits = handoff.state.is_open();
        if fits {
            handoff.end(said.event, state, said.reason());
        }
        fits
    });
}

impl Handoff {
    fn end(&mut self, event: &RecordedEvent, state: HandoffState, reason: Option<String>) {
        self.let_go(state);
        self.outcome_event_id = Some(event.id());
        self.offer_after = None;
        self.reason = reason;
    }

    /// The attempt is over: the next one begins, or it failed for good. True when it is on offer again.
    pub(super) fn attempt_failed(&mut self, event: &RecordedEvent, reason: String) -> bool {
        if self.attempt >= self.max_attempts {
            self.end(event, HandoffState::Failed, Some(format!("attempts exhausted: {reason}")));
            return false;
        }
        self.attempt += 1;
        self.let_go(HandoffState::Offered);
        self.offered_event_id = Some(event.id());
        self.reason = Some(reason);
        true
    }
}
