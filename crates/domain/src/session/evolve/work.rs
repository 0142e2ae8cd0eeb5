//! Which handoffs a session holds: it follows from where they stand.

use super::super::{Instruction, InstructionKind, Session};
use super::instructions::{instruct, instruction, is_reachable};
use super::moves::Moves;
use super::recovery::failed_session;
use crate::command::SERVER;
use crate::handoff::Handoff;
use crate::members::Members;
use crate::state::States;
use crate::{RecordedEvent, SessionId};

/// For each handoff that an event may move, the session that had it before the event.
pub(crate) struct Work(Vec<(String, Option<String>)>);

impl Work {
    /// Looks at the handoffs before the event moves them.
    pub(crate) fn before(states: &States, event: &RecordedEvent) -> Self {
        let ids = may_move(states, event);
        Self(ids.into_iter().map(|id| (states.get(&id).and_then(bearer), id)).map(|(who, id)| (id, who)).collect())
    }

    /// Lets the sessions follow what the event did to their handoffs.
    pub(super) fn moved(&self, moves: &mut Moves<'_>) {
        for (id, before) in &self.0 {
            let Some(handoff) = moves.states.get::<Handoff>(id).cloned() else { continue };
            let after = bearer(&handoff);
            if let Some(session) = before.as_deref().filter(|_| *before != after) {
                let lost = lost(&handoff, moves.event);
                moves.session(session, |session, event| let_go(session, event, &handoff.handoff_id, lost));
                choose(moves, session);
            }
            if let Some(session) = after {
                take(moves, &session, &handoff.handoff_id);
                choose(moves, &session);
            }
        }
    }
}

/// Parts of the types of events that say who holds work.
const MOVING: [&str; 7] = [
    ".handoff.",
    ".delegation.",
    ".registry.task.",
    ".task.",
    ".session.completed",
    ".session.failed",
    ".session.recovery.started",
];

/// The handoffs that an event may move: those that its session has, in their order, and the one that it is about.
fn may_move(states: &States, event: &RecordedEvent) -> Vec<String> {
    let event_type = event.envelope.event_type.as_str();
    if !MOVING.iter().any(|part| event_type.contains(part)) {
        return Vec::new();
    }
    let sessions = sessions(states, event);
    let theirs = sessions.iter().filter_map(|id| states.get::<Session>(id)).flat_map(|session| &session.handoff_ids);
    let mut ids: Vec<String> = Vec::new();
    for id in theirs.chain(&event.belonging.about.handoff) {
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
    ids
}

/// The session of the event, and the one that it says failed.
fn sessions(states: &States, event: &RecordedEvent) -> Vec<String> {
    let failed = failed_session(states, event);
    event.session_id().map(SessionId::as_str).map(str::to_owned).into_iter().chain(failed).collect()
}

/// The session that has a handoff: its holder, else the one that failed with it while nobody took it since.
fn bearer(handoff: &Handoff) -> Option<String> {
    let holder = handoff.holder().filter(|_| handoff.state.is_held());
    let failed = handoff.failed_session.as_deref().filter(|_| handoff.state.is_open() && !handoff.state.is_held());
    holder.or(failed).map(str::to_owned)
}

fn take(moves: &mut Moves<'_>, id: &str, handoff_id: &str) {
    let known = moves.states.get::<Session>(id);
    if !known.is_some_and(|session| session.handoff_ids.iter().any(|known| known == handoff_id)) {
        moves.session(id, |session, _| session.handoff_ids.push(handoff_id.to_owned()));
    }
}

/// `lost` is why the work was taken from it; `None` when it let go of it itself.
fn let_go(session: &mut Session, event: &RecordedEvent, handoff_id: &str, lost: Option<String>) {
    session.handoff_ids.retain(|known| known != handoff_id);
    if let Some(reason) = lost.filter(|_| is_reachable(session)) {
        let wanted = instruction(event, session, InstructionKind::LeaseLost, Some(reason));
        instruct(session, Instruction { handoff_id: Some(handoff_id.to_owned()), ..wanted });
    }
}

/// The handoff that a session works on is the one that it took last and holds.
fn choose(moves: &mut Moves<'_>, id: &str) {
    let Some(session) = moves.states.get::<Session>(id) else { return };
    let is_held = |handoff: &Handoff| handoff.state.is_held() && handoff.holder() == Some(id);
    let newest = session.handoff_ids.iter().rev().find(|handoff| moves.states.get(handoff).is_some_and(is_held));
    let newest = newest.cloned();
    if session.handoff_id != newest {
        moves.session(id, |session, _| session.handoff_id = newest);
    }
}

/// Why the one that held a handoff lost it; `None` when it let go of it itself.
fn lost(handoff: &Handoff, event: &RecordedEvent) -> Option<String> {
    let said = Members::of(&event.envelope.payload);
    let reason = said.text("reason").or_else(|| said.text("failure_reason"));
    let taken = match event.envelope.event_type.as_str() {
        "agent.handoff.cancelled" | "agent.handoff.expired" | "agent.handoff.accepted" => true,
        "agent.handoff.offered" => reason.as_deref() != Some("released"),
        "agent.handoff.failed" | "director.service.delegation.failed" => event.principal == SERVER,
        _ => false,
    };
    taken.then(|| reason.unwrap_or_else(|| handoff.state.as_str().to_owned()))
}
