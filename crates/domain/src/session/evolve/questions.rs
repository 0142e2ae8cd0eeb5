//! What a session asked, and whether it was answered: it follows from where the questions stand.

use super::super::{ANSWERS_KEPT, Instruction, InstructionKind, Session};
use super::instructions::{instruct, instruction, is_reachable};
use super::moves::Moves;
use crate::feedback::{Question, QuestionState};
use crate::state::States;

/// How many sessions one after another are followed to the one that goes on.
const HEIRS: usize = 32;

/// Lets the session that asked follow what an event did to its question.
pub(super) fn moved(moves: &mut Moves<'_>) {
    if !moves.event.envelope.event_type.as_str().starts_with("agent.feedback.") {
        return;
    }
    let about = moves.event.belonging.about.question.as_deref();
    let Some(question) = about.and_then(|id| moves.states.get::<Question>(id)).cloned() else { return };
    let Some(asker) = question.session_id.as_deref().map(|id| heir(moves.states, id)) else { return };
    hand_over(moves, &question.question_id, &asker);
    match question.state {
        QuestionState::Open if question.blocking => opened(moves, &asker, &question),
        QuestionState::Open => {}
        _ => ended(moves, &asker, &question),
    }
}

/// The question is asked by another session from now on: the one that asked was taken over from before the question was known.
fn hand_over(moves: &mut Moves<'_>, question_id: &str, session_id: &str) {
    let asker = moves.states.get::<Question>(question_id).and_then(|question| question.session_id.as_deref());
    if asker == Some(session_id) {
        return;
    }
    let position = moves.event.position;
    moves.states.update(question_id, |question: &mut Question| {
        question.session_id = Some(session_id.to_owned());
        question.version += 1;
        question.position = question.position.max(position);
    });
}

/// The session that goes on where this one failed.
pub(super) fn heir(states: &States, id: &str) -> String {
    let mut heir = id.to_owned();
    for _ in 0..HEIRS {
        match states.get::<Session>(&heir).and_then(|session| session.recovered_by.clone()) {
            Some(next) => heir = next,
            None => break,
        }
    }
    heir
}

fn opened(moves: &mut Moves<'_>, asker: &str, question: &Question) {
    let known = moves.states.get::<Session>(asker);
    if !known.is_some_and(|session| session.open_questions.contains(&question.question_id)) {
        moves.session(asker, |session, _| session.open_questions.push(question.question_id.clone()));
    }
}

/// Only the events that asked and ended it count: the newest answers are kept, and one that was dropped is not to come back.
fn ended(moves: &mut Moves<'_>, asker: &str, question: &Question) {
    let counts = [question.requested_event_id, question.answer_event_id].contains(&Some(moves.event.id()));
    let known = moves.states.get::<Session>(asker);
    let told = known.is_some_and(|session| session.answered_questions.contains(&question.question_id));
    if !counts || told {
        return;
    }
    moves.session(asker, |session, event| {
        session.open_questions.retain(|id| *id != question.question_id);
        keep_answer(session, question.question_id.clone());
        if is_reachable(session) {
            let outcome = question.decision.clone().unwrap_or_else(|| question.state.as_str().to_owned());
            let wanted = instruction(event, session, InstructionKind::Answer, Some(outcome));
            let (question_id, sent_by) = (Some(question.question_id.clone()), question.answered_by.clone());
            instruct(session, Instruction { question_id, sent_by, ..wanted });
        }
    });
}

/// Adds an answered question, unless it is there.
pub(super) fn keep_answer(session: &mut Session, question_id: String) {
    if session.answered_questions.contains(&question_id) {
        return;
    }
    session.answered_questions.push(question_id);
    let past = session.answered_questions.len().saturating_sub(ANSWERS_KEPT);
    session.answered_questions.drain(..past);
}
