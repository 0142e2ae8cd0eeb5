//! One session takes over from another that failed.

use super::super::{InstructionKind, Session, SessionStatus};
use super::checkpoints::rests_on;
use super::instructions::instruct;
use super::life::{heard, silence, stands};
use super::moves::Moves;
use super::questions::{heir, keep_answer};
use crate::RecordedEvent;
use crate::checkpoint::{Checkpoint, find};
use crate::evolve::{framework_of, kind_of};
use crate::handoff::Handoff;
use crate::members::Members;
use crate::state::States;

/// A session starts to take over. `id` is that of the event.
pub(super) fn started(moves: &mut Moves<'_>, id: &str, said: &Members<'_>) {
    let Some(new_id) = said.name("new_session_id") else {
        return moves.session(id, |session, _| session.anomalies += 1);
    };
    let failed_id = failed_session(moves.states, moves.event).filter(|failed| *failed != new_id);
    let failed = failed_id.as_ref().and_then(|failed| moves.states.get::<Session>(failed)).cloned();
    // Events may come in any order: the one that takes over may have been taken over from itself.
    let heir = heir(moves.states, &new_id);
    let taken = failed.as_ref().and_then(|failed| failed.recovered_by.as_ref()).is_some_and(|other| *other != new_id);
    if taken || failed_id.as_ref() == Some(&heir) {
        // Another one took over. This one is a session all the same, with nothing to go on from.
        return moves.session(&new_id, |session, event| {
            heard(session, event, said);
            begin(session, event, said, None);
            session.anomalies += 1;
        });
    }
    let checkpoint = checkpoint(moves, failed.as_ref(), said);
    moves.session(&new_id, |session, event| {
        heard(session, event, said);
        begin(session, event, said, failed.as_ref());
        take_over(session, event, failed_id.clone(), checkpoint.as_ref(), said);
    });
    if let Some(failed) = &failed {
        moves.session(&heir, |session, _| inherit(session, failed));
    }
    if let Some(failed_id) = failed_id {
        leave(moves, &failed_id, &new_id);
    }
}

/// The session from which an event says that another one takes over: the one that it names, else the one that had the work and whose failure
/// is a cause of the event. The design document prints no more than that cause.
pub(crate) fn failed_session(states: &States, event: &RecordedEvent) -> Option<String> {
    let named = Members::of(&event.envelope.payload).name("failed_session_id");
    named.or_else(|| {
        let work = event.belonging.about.handoff.as_deref().filter(|_| is_recovery(event))?;
        let previous = states.get::<Handoff>(work)?.previous_session.as_ref()?;
        let failure = states.get::<Session>(previous)?.failed_event_id?;
        event.envelope.parents().contains(&failure).then(|| previous.clone())
    })
}

fn is_recovery(event: &RecordedEvent) -> bool {
    kind_of(event.envelope.event_type.as_str()) == "session.recovery.started"
}

/// The checkpoint that the event names, among those of the failed session and of the ones before it.
fn checkpoint(moves: &Moves<'_>, failed: Option<&Session>, said: &Members<'_>) -> Option<Checkpoint> {
    let name = said.name("recovering_from_checkpoint")?;
    find(moves.states, failed?, &name).cloned()
}

/// It works from now on, unless it does already.
fn begin(session: &mut Session, event: &RecordedEvent, said: &Members<'_>, failed: Option<&Session>) {
    if session.status == Some(SessionStatus::Active) || !stands(session, event, &[], SessionStatus::Active) {
        return;
    }
    session.started_at = event.envelope.timestamp;
    session.fencing_token = failed.map_or(1, |failed| failed.fencing_token.saturating_add(1));
    session.framework = framework_of(event.envelope.event_type.as_str()).unwrap_or_default().to_owned();
    session.heartbeat_timeout =
        silence(said).or(failed.map(|failed| failed.heartbeat_timeout)).unwrap_or(session.heartbeat_timeout);
    let Some(failed) = failed else { return };
    if session.agent_type.is_empty() {
        session.agent_type.clone_from(&failed.agent_type);
    }
    session.workflow_id = session.workflow_id.take().or_else(|| failed.workflow_id.clone());
    if session.agent_instance_id.is_none() || session.agent_instance_id == failed.agent_instance_id {
        session.agent_id = session.agent_id.take().or_else(|| failed.agent_id.clone());
    }
}

fn take_over(
    session: &mut Session,
    event: &RecordedEvent,
    failed_id: Option<String>,
    checkpoint: Option<&Checkpoint>,
    said: &Members<'_>,
) {
    session.recovered_from = failed_id;
    session.recovery_event_id = Some(event.id());
    session.restored_event_id = None;
    session.recovery_checkpoint_id = said.name("recovering_from_checkpoint");
    // One that made checkpoints of its own goes on from those, should it fail in turn.
    if session.checkpoint_count == 0 {
        session.checkpoint_id.clone_from(&session.recovery_checkpoint_id);
        if let Some(checkpoint) = checkpoint {
            rests_on(session, checkpoint);
        }
    }
}

/// What the failed one waited for, and what it was told and may not have heard.
fn inherit(session: &mut Session, failed: &Session) {
    for question in &failed.open_questions {
        if !session.open_questions.contains(question) {
            session.open_questions.push(question.clone());
        }
    }
    failed.answered_questions.iter().for_each(|question| keep_answer(session, question.clone()));
    let answers = failed.instructions.iter().filter(|wanted| wanted.kind == InstructionKind::Answer.as_str());
    answers.for_each(|answer| instruct(session, answer.clone()));
}

/// The failed session does not go on, and waits for nothing. That another one takes over says that it failed, when nobody said so before.
fn leave(moves: &mut Moves<'_>, failed_id: &str, new_id: &str) {
    moves.session(failed_id, |session, event| {
        session.recovered_by = Some(new_id.to_owned());
        session.open_questions.clear();
        if session.is_open() {
            session.status = Some(SessionStatus::Failed);
            session.stood = session.stood.max(event.position);
            session.completed_at = Some(event.envelope.timestamp);
            session.reason = Some(format!("session {new_id} took over"));
            session.pause_checkpoint_id = None;
        }
    });
}
