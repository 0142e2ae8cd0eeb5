//! Which waits a handoff and a question make: a function of their states, and of the sessions that ask.

use super::{HANDOFF, QUESTION, TASK, Wait};
use crate::feedback::{Question, QuestionState};
use crate::handoff::{Handoff, HandoffState, Origin, TargetKind};
use crate::session::{Session, SessionStatus};
use crate::state::States;
use crate::{EventId, Timestamp};

/// How many sessions that took over from each other are followed.
const SUCCESSORS: usize = 64;

/// Whom a question waits for that is put to nobody in particular. No agent goes by that name, so it closes no cycle.
const ANYBODY: &str = "anybody";

/// The name by which the agent of a session waits: that of its instance, or under which it is registered, else the one that it gave
/// itself. `None` as well when the session is completed: it waits for nothing any more.
pub(super) fn waiter(states: &States, session_id: Option<&str>, from_agent: Option<&str>) -> Option<String> {
    let session = session_id.and_then(|id| newest(states, id));
    if session.is_some_and(|session| session.status == Some(SessionStatus::Completed)) {
        return None;
    }
    let instance = session.and_then(|session| session.agent_instance_id.as_deref().or(session.agent_id.as_deref()));
    instance.or(from_agent).map(str::to_owned)
}

/// A session, or the one that went on with its work.
fn newest<'a>(states: &'a States, id: &str) -> Option<&'a Session> {
    let mut session: &Session = states.get(id)?;
    for _ in 0..SUCCESSORS {
        match session.recovered_by.as_deref().and_then(|id| states.get(id)) {
            Some(next) => session = next,
            None => break,
        }
    }
    Some(session)
}

/// The wait of the agent that asked for an open peer handoff.
pub(super) fn of_handoff(states: &States, handoff: &Handoff) -> Option<Wait> {
    let asking = handoff.asking_session.as_deref().filter(|_| handoff.origin == Origin::Peer)?;
    if !handoff.state.is_open() {
        return None;
    }
    let agent_id = waiter(states, Some(asking), handoff.from_agent.as_deref())?;
    let holder = handoff.lease.as_ref().and_then(|lease| lease.agent.clone());
    let waits_for = holder.unwrap_or_else(|| asked(&handoff.to_agent, handoff.to_kind));
    wait(agent_id, waits_for, HANDOFF, &handoff.handoff_id, handoff.created_at, handoff.requested_event_id)
}

/// Who is asked by an offer: an agent goes by the name of a type only when it has no other, and by that of a capability never.
pub(super) fn asked(to_agent: &str, to_kind: Option<TargetKind>) -> String {
    match to_kind {
        Some(TargetKind::Capability) => format!("{ANYBODY} with {to_agent}"),
        Some(TargetKind::Type | TargetKind::Instance) | None => to_agent.to_owned(),
    }
}

/// The wait of the agent that holds a blocked handoff, for whoever can help.
pub(super) fn blocked(handoff: &Handoff, needs: &str, since: Timestamp, event_id: EventId) -> Option<Wait> {
    let agent_id = handoff.lease.as_ref().and_then(|lease| lease.agent.clone())?;
    wait(agent_id, needs.to_owned(), TASK, &handoff.handoff_id, since, Some(event_id))
}

/// True while a handoff is blocked.
pub(super) fn is_blocked(handoff: &Handoff) -> bool {
    handoff.state == HandoffState::Blocked
}

/// The wait of the agent that asked an open question which it cannot go on without.
pub(crate) fn of_question(states: &States, question: &Question) -> Option<Wait> {
    if !question.blocking || question.state != QuestionState::Open {
        return None;
    }
    let agent_id = waiter(states, question.session_id.as_deref(), question.from_agent.as_deref())?;
    let waits_for = question.assignee.clone().unwrap_or_else(|| ANYBODY.to_owned());
    wait(agent_id, waits_for, QUESTION, &question.question_id, question.created_at, question.requested_event_id)
}

fn wait(
    agent_id: String,
    waits_for: String,
    kind: &str,
    id: &str,
    since: Timestamp,
    event_id: Option<EventId>,
) -> Option<Wait> {
    let (kind, id, event_id) = (kind.to_owned(), id.to_owned(), event_id?);
    Some(Wait { agent_id, waits_for, kind, id, since, event_id, collaboration_id: None, asked_about: Vec::new() })
}
