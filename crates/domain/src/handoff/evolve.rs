//! How events move handoffs. Never fails: an event that does not fit is counted and changes nothing else.
//!
//! A handoff's events say what they are about, or one of their causes does; the events of a session move whatever the session holds. An event
//! may turn out late to be about a handoff, when the cause that knows it arrives. It then moves it only if nothing newer did, so no event moves
//! a handoff twice, and a late word never undoes a newer one.

mod ended;
mod held;
mod offered;
mod said;

use said::Said;

use super::{Handoff, HandoffState, LEASE_SECONDS, MAX_ATTEMPTS, Origin, Priority};
use crate::evolve::kind_of;
use crate::session::Session;
use crate::state::States;
use crate::{Belonging, Position, RecordedEvent};

/// Moves the handoffs that an event is about. `before` is where it belonged when it was looked at before.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent, before: Option<&Belonging>) {
    if before.is_some_and(|before| !is_news(event, before)) {
        return;
    }
    let said = || Said::by(event);
    match kind_of(event.envelope.event_type.as_str()) {
        "bmad.workflow.handoff.requested" => offered::requested(states, &said(), Origin::Workflow),
        "agent.handoff.requested" => offered::requested(states, &said(), Origin::Peer),
        "director.service.delegation.requested" => offered::requested(states, &said(), Origin::Delegation),
        "agent.registry.task.assigned" => offered::assigned(states, &said()),
        "agent.handoff.offered" => offered::offered(states, &said()),
        "agent.handoff.declined" => offered::declined(states, &said()),
        "agent.handoff.accepted" => held::accepted(states, &said()),
        "agent.handoff.progress" => held::progress(states, &said()),
        "agent.handoff.blocked" | "task.blocked" => held::blocked(states, &said()),
        "agent.handoff.unblocked" => held::unblocked(states, &said()),
        "task.resumed" => held::resumed(states, &said()),
        "checkpoint.saved" => held::checkpoint_saved(states, &said()),
        "session.recovery.started" => held::recovery_started(states, &said()),
        "session.failed" => ended::session_failed(states, &said()),
        "session.completed" => ended::session_completed(states, &said()),
        "agent.handoff.completed" | "task.completed" => ended::completed(states, &said()),
        "agent.handoff.failed" => ended::failed(states, &said()),
        "task.failed" => ended::task_failed(states, &said()),
        "director.service.delegation.failed" => ended::delegation_failed(states, &said()),
        "agent.handoff.expired" => ended::without_outcome(states, &said(), HandoffState::Expired),
        "agent.handoff.cancelled" => ended::without_outcome(states, &said(), HandoffState::Cancelled),
        _ => {}
    }
}

/// True when a handoff, or the session that holds it, is told of the event for the first time.
fn is_news(event: &RecordedEvent, before: &Belonging) -> bool {
    let Belonging { about, session_id, .. } = &event.belonging;
    before.about.handoff != about.handoff || before.session_id != *session_id
}

/// Moves a handoff that an event names. One that nothing was known of begins here; its request may follow. `change` says whether the event fits.
fn about(states: &mut States, id: &str, event: &RecordedEvent, change: impl FnOnce(&mut Handoff) -> bool) {
    states.change(id, |handoff| {
        let mut handoff = handoff.unwrap_or_else(|| unknown(id, event));
        step(&mut handoff, event, change);
        Some(handoff)
    });
}

/// Moves the handoff that an agent's word about its work is about.
fn worked_on(states: &mut States, said: &Said<'_>, change: impl FnOnce(&mut Handoff) -> bool) {
    if let Some(id) = work_of(states, said) {
        about(states, &id, said.event, change);
    }
}

/// The handoff that it names, or that its causes do; else the one that its session took last. That one too when its causes are only of earlier
/// work, which has ended.
fn work_of(states: &States, said: &Said<'_>) -> Option<String> {
    let named = said.handoff().map(str::to_owned);
    let current = said.session.as_deref().and_then(|session| newest_held(states, session));
    let is_past =
        |id: &str| states.get(id).is_some_and(|h: &Handoff| !h.state.is_open() && h.moved < said.event.position);
    match named {
        Some(named) if said.names_handoff() || !is_past(&named) => Some(named),
        named => current.or(named),
    }
}

fn step(handoff: &mut Handoff, event: &RecordedEvent, change: impl FnOnce(&mut Handoff) -> bool) {
    if event.position <= handoff.moved {
        return;
    }
    if !change(handoff) {
        handoff.anomalies += 1;
    }
    handoff.moved = event.position;
    touch(handoff, event);
}

fn touch(handoff: &mut Handoff, event: &RecordedEvent) {
    handoff.version += 1;
    handoff.position = handoff.position.max(event.position);
    handoff.updated_at = handoff.updated_at.max(event.recorded_at);
    if handoff.workflow_id.is_none() {
        handoff.workflow_id = event.workflow_id().map(|id| id.as_str().to_owned());
    }
}

/// The handoff that a session took last and still holds.
fn newest_held(states: &States, session: &str) -> Option<String> {
    states.get::<Session>(session)?.handoff_id.clone()
}

/// The handoffs that a session is known to have, and the one that the event is about.
fn had_by(states: &States, session: &str, event: &RecordedEvent) -> Vec<String> {
    let mut ids = states.get::<Session>(session).map(|session| session.handoff_ids.clone()).unwrap_or_default();
    ids.extend(event.belonging.about.handoff.clone().filter(|id| !ids.contains(id)));
    ids
}

/// A handoff of which nothing is known but that an event names it.
fn unknown(id: &str, event: &RecordedEvent) -> Handoff {
    Handoff {
        handoff_id: id.to_owned(),
        workflow_id: None,
        task_id: id.to_owned(),
        state: HandoffState::Offered,
        from_agent: None,
        to_agent: String::new(),
        to_kind: None,
        task_type: None,
        task_description: None,
        context: None,
        deadline: None,
        priority: Priority::default(),
        fairness_key: String::new(),
        attempt: 1,
        max_attempts: MAX_ATTEMPTS,
        lease: None,
        checkpoint_id: None,
        progress: None,
        progress_pct: None,
        reason: None,
        artifacts: None,
        validation: None,
        next_action: None,
        summary: None,
        requested_event_id: None,
        accepted_event_id: None,
        created_at: event.recorded_at,
        updated_at: event.recorded_at,
        version: 0,
        position: Position::START,
        stall_after: None,
        origin: Origin::Unknown,
        began: event.position,
        asking_session: None,
        lease_seconds: LEASE_SECONDS,
        fencing_token: 0,
        offered_event_id: None,
        offer_after: None,
        declined_by: Vec::new(),
        declines: 0,
        progress_at: None,
        previous_session: None,
        failed_session: None,
        checkpoint_event_id: None,
        checkpoint_session: None,
        checkpoint_schema: None,
        assigned_to: None,
        recovery: None,
        outcome_event_id: None,
        payload_version: None,
        moved: Position::START,
        anomalies: 0,
    }
}

#[cfg(test)]
mod tests;
