//! Events that give work to a holder, and those of work that is held.

use super::super::terms::object;
use super::super::{Handoff, HandoffState, Lease, RecoveredWork};
use super::said::Said;
use super::{about, had_by, newest_held, step, worked_on};
use crate::checkpoint::{self, Checkpoint};
use crate::session::evolve::failed_session;
use crate::state::States;
use crate::{EventId, RecordedEvent};

/// A checkpoint from which work starts.
pub(super) struct StartingPoint {
    checkpoint_id: String,
    event_id: Option<EventId>,
    session: Option<String>,
    schema: Option<String>,
}

impl StartingPoint {
    /// The checkpoint that an event names, as one of these sessions saved it; nothing more is known of one that none of them did.
    pub fn said(states: &States, said: &Said<'_>, sessions: &[Option<&str>]) -> Option<Self> {
        let checkpoint_id = said.members.name("checkpoint_id")?;
        let saved = sessions.iter().flatten().find_map(|session| saved(states, session, &checkpoint_id));
        Some(Self {
            event_id: saved.map(|saved| saved.event_id),
            session: saved.map(|saved| saved.session_id.clone()),
            schema: saved.and_then(|saved| saved.schema_version.clone()),
            checkpoint_id,
        })
    }

    /// Makes it the checkpoint of a handoff, unless it is that already.
    pub fn set(self, handoff: &mut Handoff) {
        if handoff.checkpoint_id.as_ref() == Some(&self.checkpoint_id) && self.event_id.is_none() {
            return;
        }
        handoff.checkpoint_id = Some(self.checkpoint_id);
        handoff.checkpoint_event_id = self.event_id;
        handoff.checkpoint_session = self.session;
        handoff.checkpoint_schema = self.schema;
    }
}

fn saved<'a>(states: &'a States, session: &str, checkpoint_id: &str) -> Option<&'a Checkpoint> {
    states.get(&checkpoint::key(session, checkpoint_id))
}

/// An agent took it. Of two that say so while it is held, the first holds it.
pub(super) fn accepted(states: &mut States, said: &Said<'_>) {
    let Some(id) = said.handoff() else { return };
    let known = states.get::<Handoff>(id);
    let [saved_by, asking] =
        [known.and_then(|h| h.checkpoint_session.clone()), known.and_then(|h| h.asking_session.clone())];
    let start = StartingPoint::said(states, said, &[saved_by.as_deref(), said.session.as_deref(), asking.as_deref()]);
    about(states, id, said.event, |handoff| {
        if handoff.state != HandoffState::Offered {
            return handoff.state.is_held() && said.session.is_some() && handoff.holder() == said.session.as_deref();
        }
        take(handoff, said.event, said.session.clone(), said.agent.clone());
        if let Some(start) = start {
            start.set(handoff);
        }
        true
    });
}

/// Gives it to a holder, under a token that is greater than any before.
pub(super) fn take(handoff: &mut Handoff, event: &RecordedEvent, session_id: Option<String>, agent: Option<String>) {
    handoff.fencing_token += 1;
    handoff.lease = Some(Lease {
        session_id,
        agent,
        fencing_token: handoff.fencing_token,
        duration_ms: (handoff.lease_seconds * 1_000.0) as u64,
        since: event.recorded_at,
    });
    handoff.state = HandoffState::Accepted;
    handoff.accepted_event_id = Some(event.id());
    handoff.progress_at = Some(event.recorded_at);
    handoff.reason = None;
    handoff.offer_after = None;
    handoff.failed_session = None;
    handoff.recovery = None;
}

/// A new session takes over from one that failed, and so all work that waits for that.
pub(super) fn recovery_started(states: &mut States, said: &Said<'_>) {
    let new = said.members.name("new_session_id").or_else(|| said.of_session().map(str::to_owned));
    let (Some(new), Some(failed)) = (new, failed_session(states, said.event)) else { return };
    let from = said.members.name("recovering_from_checkpoint");
    let restored = from.and_then(|from| saved(states, &failed, &from)).map(|checkpoint| checkpoint.event_id);
    for id in had_by(states, &failed, said.event) {
        states.update(&id, |handoff: &mut Handoff| {
            let waits = handoff.state == HandoffState::Offered && handoff.failed_session.as_deref() == Some(&failed);
            let held = handoff.state.is_held() && handoff.holder() == Some(&failed);
            if waits || held {
                step(handoff, said.event, |handoff| {
                    recover(handoff, said, &new, restored);
                    true
                });
            }
        });
    }
}

fn recover(handoff: &mut Handoff, said: &Said<'_>, new: &str, restored: Option<EventId>) {
    // Nobody said that the session failed; that another one takes over does.
    if handoff.state.is_held() && !handoff.attempt_failed(said.event, "session failed".into()) {
        return;
    }
    let checkpoint_event_id = restored.or(handoff.checkpoint_event_id);
    take(handoff, said.event, Some(new.to_owned()), said.agent.clone());
    handoff.recovery =
        Some(RecoveredWork { started_event_id: said.event.id(), checkpoint_event_id, resumed_event_id: None });
}

/// The work goes on, after a failure or after help.
pub(super) fn resumed(states: &mut States, said: &Said<'_>) {
    worked_on(states, said, |handoff| {
        if !handoff.may_be_of(said.session.as_deref()) {
            return false;
        }
        if let Some(recovery) = &mut handoff.recovery {
            recovery.resumed_event_id.get_or_insert(said.event.id());
        }
        goes_on(handoff, said.event);
        true
    });
}

/// Its holder reports how far it is.
pub(super) fn progress(states: &mut States, said: &Said<'_>) {
    worked_on(states, said, |handoff| {
        if !handoff.may_be_of(said.session.as_deref()) {
            return false;
        }
        handoff.progress = object(&said.members, "details").or(handoff.progress.take());
        handoff.progress_pct = said.members.read("progress_pct").or(handoff.progress_pct);
        goes_on(handoff, said.event);
        true
    });
}

fn goes_on(handoff: &mut Handoff, event: &RecordedEvent) {
    handoff.state = HandoffState::Accepted;
    handoff.reason = None;
    handoff.progress_at = Some(event.recorded_at);
}

/// Its holder needs help.
pub(super) fn blocked(states: &mut States, said: &Said<'_>) {
    worked_on(states, said, |handoff| {
        if !handoff.may_be_of(said.session.as_deref()) {
            return false;
        }
        handoff.state = HandoffState::Blocked;
        handoff.reason = said.reason();
        handoff.outcome_event_id = Some(said.event.id());
        true
    });
}

/// Help came.
pub(super) fn unblocked(states: &mut States, said: &Said<'_>) {
    worked_on(states, said, |handoff| {
        let fits = handoff.state == HandoffState::Blocked;
        if fits {
            goes_on(handoff, said.event);
        }
        fits
    });
}

/// A session saved a checkpoint: that of the work which the event is about, else of the work that it took last.
pub(super) fn checkpoint_saved(states: &mut States, said: &Said<'_>) {
    let (Some(session), Some(checkpoint_id)) = (said.of_session(), said.members.name("checkpoint_id")) else { return };
    let is_its_work = |states: &States, id: &str| states.get(id).is_some_and(|h: &Handoff| h.may_be_of(Some(session)));
    let candidates = [said.handoff().map(str::to_owned), newest_held(states, session)];
    let Some(id) = candidates.into_iter().flatten().find(|id| is_its_work(states, id)) else { return };
    states.update(&id, |handoff: &mut Handoff| {
        step(handoff, said.event, |handoff| {
            handoff.checkpoint_id = Some(checkpoint_id);
            handoff.checkpoint_event_id = Some(said.event.id());
            handoff.checkpoint_session = Some(session.to_owned());
            handoff.checkpoint_schema = said.members.name("schema_version");
            handoff.progress_at = Some(said.event.recorded_at);
            true
        });
    });
}

impl Handoff {
    /// True when it is held, and what is known of the holder does not speak against this session.
    pub(super) fn may_be_of(&self, session: Option<&str>) -> bool {
        self.state.is_held() && (session.is_none() || self.holder().is_none() || self.holder() == session)
    }
}
