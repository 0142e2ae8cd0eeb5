//! Events that put work on offer: requests, and offers that are made again.

use super::super::terms::Terms;
use super::super::{Handoff, HandoffState, MAX_DECLINES, Origin, TargetKind};
use super::held::{self, StartingPoint};
use super::said::Said;
use super::{about, step, touch};
use crate::agent::Agent;
use crate::session::Session;
use crate::state::States;

/// Work is asked for.
pub(super) fn requested(states: &mut States, said: &Said<'_>, origin: Origin) {
    let Some(id) = said.handoff() else { return };
    let terms = Terms::said(&said.members);
    let start = StartingPoint::said(states, said, &[said.session.as_deref()]);
    states.change(id, |handoff| {
        let mut handoff = handoff.unwrap_or_else(|| super::unknown(id, said.event));
        ask(&mut handoff, said, origin, terms, start);
        Some(handoff)
    });
}

/// One agent was given a task: it holds it at once when it runs, else the task waits for it.
pub(super) fn assigned(states: &mut States, said: &Said<'_>) {
    let Some(id) = said.members.name("task_id") else { return };
    let agent_id = said.members.name("agent_id").unwrap_or_default();
    let agent = states.get::<Agent>(&agent_id);
    let instance = agent.and_then(|agent| agent.instance_id.clone()).unwrap_or_else(|| agent_id.clone());
    let session = agent.and_then(|agent| agent.session_id.clone()).filter(|session| is_open(states, session));
    let terms = Terms { to_agent: instance.clone(), to_kind: Some(TargetKind::Instance), ..Terms::said(&said.members) };
    states.change(&id, |handoff| {
        let mut handoff = handoff.unwrap_or_else(|| super::unknown(&id, said.event));
        let first = handoff.requested_event_id.is_none();
        ask(&mut handoff, said, Origin::Task, terms, None);
        handoff.assigned_to.get_or_insert(agent_id);
        if first && handoff.state == HandoffState::Offered && session.is_some() {
            held::take(&mut handoff, said.event, session, Some(instance));
        }
        Some(handoff)
    });
}

fn is_open(states: &States, session: &str) -> bool {
    states.get::<Session>(session).is_some_and(Session::is_open)
}

/// Takes the request down. Events that name the handoff may have come before it; where they left it, it stays.
fn ask(handoff: &mut Handoff, said: &Said<'_>, origin: Origin, terms: Terms, start: Option<StartingPoint>) {
    let event = said.event;
    match handoff.requested_event_id {
        Some(known) if known == event.id() => return,
        Some(_) => return step(handoff, event, |_| false),
        None => {}
    }
    touch(handoff, event);
    terms.bind(handoff);
    handoff.origin = origin;
    handoff.requested_event_id = Some(event.id());
    handoff.offered_event_id.get_or_insert(event.id());
    handoff.created_at = event.recorded_at;
    handoff.payload_version = Some(event.envelope.version.clone());
    handoff.from_agent =
        said.members.name("from_agent").or_else(|| event.agent().map(|agent| agent.as_str().to_owned()));
    handoff.asking_session = said.session.clone();
    handoff.task_id = said.members.name("task_id").unwrap_or_else(|| handoff.handoff_id.clone());
    let fairness = said.members.name("fairness_key").or_else(|| handoff.workflow_id.clone());
    handoff.fairness_key = fairness.unwrap_or_default();
    if let Some(start) = start.filter(|_| handoff.checkpoint_id.is_none()) {
        start.set(handoff);
    }
}

/// Work is offered again.
pub(super) fn offered(states: &mut States, said: &Said<'_>) {
    let Some(id) = said.handoff() else { return };
    let previous = said.members.name("previous_session_id");
    let start = StartingPoint::said(states, said, &[previous.as_deref()]);
    about(states, id, said.event, |handoff| {
        if !handoff.state.is_open() {
            return false;
        }
        let reason = said.reason();
        let counts = !matches!(reason.as_deref(), Some("declined" | "released"));
        handoff.attempt = next_attempt(handoff, said, counts);
        handoff.let_go(HandoffState::Offered);
        handoff.offered_event_id = Some(said.event.id());
        if reason.as_deref() == Some("declined") {
            note_decline(handoff, previous);
        }
        let after_failure = reason.as_deref() == Some("failed");
        handoff.offer_after =
            after_failure.then(|| said.event.recorded_at.after_seconds(pause_before(handoff.attempt)));
        handoff.reason = reason.or(handoff.reason.take());
        handoff.to_agent = said.members.name("to_agent").unwrap_or_else(|| std::mem::take(&mut handoff.to_agent));
        handoff.progress = super::super::terms::object(&said.members, "progress").or(handoff.progress.take());
        if let Some(start) = start {
            start.set(handoff);
        }
        true
    });
}

/// The number that the offer names, else one more when it is taken from a holder. Never past the last attempt, and never back.
fn next_attempt(handoff: &Handoff, said: &Said<'_>, counts: bool) -> u32 {
    let counted = handoff.attempt + u32::from(counts && handoff.state.is_held());
    let named = said.members.read::<u32>("attempt").unwrap_or(counted);
    named.max(handoff.attempt).min(handoff.max_attempts)
}

/// How long work that failed is held out to nobody before this attempt, in seconds: 1, 2, 4 and so on, up to a minute.
pub(super) fn pause_before(attempt: u32) -> f64 {
    f64::from(1_u32 << attempt.saturating_sub(2).min(6)).min(60.0)
}

/// An agent declined.
pub(super) fn declined(states: &mut States, said: &Said<'_>) {
    let Some(id) = said.handoff() else { return };
    let session = said.session.as_deref();
    let decliner = session.and_then(|session| states.get::<Session>(session)).cloned();
    about(states, id, said.event, |handoff| {
        let gives_back = handoff.state.is_held() && session.is_some() && handoff.holder() == session;
        if handoff.state != HandoffState::Offered && !gives_back {
            return false;
        }
        let nobody_left = handoff.is_declined_by_all(decliner.as_ref(), said.agent.as_deref());
        note_decline(handoff, said.session.clone());
        note_decline(handoff, said.agent.clone());
        handoff.declines += 1;
        handoff.let_go(if nobody_left { HandoffState::Declined } else { HandoffState::Offered });
        if nobody_left {
            handoff.outcome_event_id = Some(said.event.id());
            handoff.reason = said.reason();
        }
        true
    });
}

fn note_decline(handoff: &mut Handoff, who: Option<String>) {
    handoff.declined_by.extend(who.filter(|who| !handoff.declined_by.contains(who)));
}

impl Handoff {
    /// True when nobody is left to take it after this one declined: it was offered to this instance, or too many declined.
    pub(in super::super) fn is_declined_by_all(&self, session: Option<&Session>, agent: Option<&str>) -> bool {
        let by_name = match session {
            Some(session) => {
                let names = [session.agent_instance_id.as_deref(), session.agent_id.as_deref()];
                session.agent_type != self.to_agent && names.contains(&Some(self.to_agent.as_str()))
            }
            None => agent == Some(self.to_agent.as_str()),
        };
        let to_it = match self.to_kind {
            Some(TargetKind::Instance) => true,
            Some(TargetKind::Type | TargetKind::Capability) => false,
            None => by_name,
        };
        to_it || self.declines as usize + 1 >= MAX_DECLINES
    }

    /// Nobody holds it any more.
    pub(super) fn let_go(&mut self, state: HandoffState) {
        self.state = state;
        if let Some(lease) = self.lease.take() {
            self.previous_session = lease.session_id;
        }
        self.progress_at = None;
    }
}
