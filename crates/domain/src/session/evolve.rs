//! What events do to sessions.
//!
//! What an event says about its session counts once, when the session is first known: [`session_told`]. Who holds which work and
//! who waits for which answer follows from where the handoffs and the questions stand after the event.

mod checkpoints;
mod instructions;
mod life;
mod moves;
mod questions;
mod recovery;
mod work;

pub(crate) use recovery::failed_session;
pub(crate) use work::Work;

use crate::evolve::{framework_of, kind_of, session_told};
use crate::members::Members;
use crate::state::States;
use crate::{Belonging, RecordedEvent};
use moves::Moves;

/// Draws the consequences of an event. `work` is who held what before it.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent, before: Option<&Belonging>, work: &Work) {
    let mut moves = Moves::new(states, event);
    if let Some(id) = session_told(event, before) {
        told(&mut moves, id);
    }
    work.moved(&mut moves);
    questions::moved(&mut moves);
}

/// What the event says about its session.
fn told(moves: &mut Moves<'_>, id: &str) {
    let said = Members::of(&moves.event.envelope.payload);
    let kind = kind_of(moves.event.envelope.event_type.as_str());
    if !is_of_session(moves.event, &said, id) {
        return;
    }
    match kind {
        "session.recovery.started" => recovery::started(moves, id, &said),
        "session.instructed" => instructions::given(moves, id, &said),
        "checkpoint.saved" => checkpoints::saved(moves, id, &said),
        "checkpoint.deleted" => checkpoints::deleted(moves, id, &said),
        _ => moves.session(id, |session, event| {
            life::heard(session, event, &said);
            life::moved(session, event, kind, &said);
        }),
    }
}

/// True for an event of the agent itself. Those of people and planners have the session of their causes, and say nothing about it.
fn is_of_session(event: &RecordedEvent, said: &Members<'_>, id: &str) -> bool {
    let event_type = event.envelope.event_type.as_str();
    framework_of(event_type).is_some()
        || event_type.starts_with("agent.") && said.name("session_id").is_some_and(|name| name == id)
}
