//! Cycles that people were asked about, and that are none any more: a wait in them ended, or is for another agent now.
//!
//! A question about a deadlock marks the waits that it names. Whenever an event touches one of these, the cycle is looked at anew; when it is
//! none any more, the question says so, and is due: the server withdraws it, unless somebody answered before.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::edges::{is_blocked, of_handoff, of_question};
use super::evolve::touch;
use super::{HANDOFF, QUESTION, TASK, Wait, Waits};
use crate::RecordedEvent;
use crate::feedback::{Dissolved, Question, QuestionState};
use crate::handoff::Handoff;
use crate::state::States;

/// How many questions a wait remembers to be named in: the newest.
const QUESTIONS_KEPT: usize = 16;

/// The context of a question about a deadlock.
#[derive(Deserialize)]
struct Told {
    cycle: Vec<ToldWait>,
}

/// A wait as the question tells it.
#[derive(Deserialize)]
struct ToldWait {
    agent_id: String,
    kind: String,
    id: String,
}

/// The cycle that a question about a deadlock tells; none for any other question.
fn cycle(question: &Question) -> Vec<ToldWait> {
    let context = question.context.as_ref().filter(|_| question.deadlock);
    context.and_then(|context| context.read::<Told>().ok()).map(|told| told.cycle).unwrap_or_default()
}

/// Marks the waits that an event asks people about.
pub(super) fn mark(states: &mut States, event: &RecordedEvent) {
    if event.envelope.event_type.as_str() != "agent.feedback.requested" {
        return;
    }
    let question = event.belonging.about.question.as_deref().and_then(|id| states.get::<Question>(id));
    let Some(question) = question.filter(|question| question.requested_event_id == Some(event.id())) else { return };
    let (id, told) = (question.question_id.clone(), cycle(question));
    for ToldWait { agent_id, kind, id: of } in told {
        states.update(&agent_id, |waits: &mut Waits| {
            let mut named = waits.waits.iter_mut().filter(|wait| wait.kind == kind && wait.id == of);
            let Some(wait) = named.find(|wait| !wait.asked_about.contains(&id)) else { return };
            wait.asked_about.push(id.clone());
            if wait.asked_about.len() > QUESTIONS_KEPT {
                wait.asked_about.remove(0);
            }
            touch(waits, event);
        });
    }
}

/// Looks anew at the cycles that the waits were in which an event touched.
pub(super) fn look_at(states: &mut States, event: &RecordedEvent, touched: &[Wait]) {
    let questions: BTreeSet<&String> = touched.iter().flat_map(|wait| &wait.asked_about).collect();
    for id in questions {
        let question = states.get::<Question>(id).filter(|question| question.state == QuestionState::Open);
        let Some(question) = question else { continue };
        let is_one = stands(states, question);
        if is_one == question.dissolved.is_none() {
            continue;
        }
        states.update(id, |question: &mut Question| {
            question.dissolved = (!is_one).then(|| Dissolved { event_id: event.id(), at: event.recorded_at });
            question.version += 1;
            question.position = question.position.max(event.position);
        });
    }
}

/// True while the agents of the cycle wait for each other.
fn stands(states: &States, question: &Question) -> bool {
    let told = cycle(question);
    let Some(waits) = told.iter().map(|wait| as_it_is(states, wait)).collect::<Option<Vec<Now>>>() else {
        return false;
    };
    let next = waits.iter().cycle().skip(1);
    waits.iter().zip(next).all(|(now, next)| now.is_on_offer || now.wait.waits_for == next.wait.agent_id)
}

/// A wait as it is now.
struct Now {
    wait: Wait,
    /// The work is held by nobody: who failed with it, or whoever takes over, may hold it again in a moment.
    is_on_offer: bool,
}

fn as_it_is(states: &States, told: &ToldWait) -> Option<Now> {
    if told.kind == QUESTION {
        let wait = of_question(states, states.get(&told.id)?)?;
        return Some(Now { wait, is_on_offer: false });
    }
    let handoff: &Handoff = states.get(&told.id)?;
    let wait = match told.kind.as_str() {
        HANDOFF => of_handoff(states, handoff)?,
        _ => for_help(states, handoff)?,
    };
    Some(Now { wait, is_on_offer: handoff.lease.is_none() })
}

/// The wait of the holder of blocked work.
fn for_help(states: &States, handoff: &Handoff) -> Option<Wait> {
    let holder = handoff.lease.as_ref().filter(|_| is_blocked(handoff))?.agent.as_deref()?;
    let mut waits = states.get::<Waits>(holder)?.waits.iter();
    waits.find(|wait| wait.kind == TASK && wait.id == handoff.handoff_id).cloned()
}
