//! A session from its start to its end.

use super::super::{ContextHealth, HEARTBEAT_SECONDS, Session, SessionStatus};
use crate::evolve::{framework_of, kind_of};
use crate::members::Members;
use crate::{JsonText, RecordedEvent};

/// Events about a session that are not its agent's own: they are no sign that it lives.
const BY_OTHERS: [&str; 5] =
    ["session.instructed", "session.failed", "checkpoint.pinned", "checkpoint.unpinned", "checkpoint.deleted"];

/// How long a session may be silent at most, in seconds: a day.
pub(super) const LONGEST_SILENCE: f64 = 86_400.0;

/// Notes what every event of a session tells.
pub(super) fn heard(session: &mut Session, event: &RecordedEvent, said: &Members<'_>) {
    let event_type = event.envelope.event_type.as_str();
    if !BY_OTHERS.contains(&kind_of(event_type)) {
        session.last_active_at = session.last_active_at.max(event.recorded_at);
    }
    if session.framework.is_empty() {
        session.framework = framework_of(event_type).unwrap_or_default().to_owned();
    }
    if session.workflow_id.is_none() {
        session.workflow_id = event.workflow_id().map(|id| id.as_str().to_owned());
    }
    introduce(session, event, said);
}

/// Learns whose session it is, unless that is known.
fn introduce(session: &mut Session, event: &RecordedEvent, said: &Members<'_>) {
    let context = event.envelope.agent_context.as_ref().map(Members::of).unwrap_or_default();
    if session.agent_type.is_empty() {
        session.agent_type = said.name("agent_type").or_else(|| context.name("type")).unwrap_or_default();
    }
    if session.agent_instance_id.is_none() {
        session.agent_instance_id = said.name("agent_instance_id").or_else(|| context.name("instance_id"));
    }
}

/// Moves it by what happened.
pub(super) fn moved(session: &mut Session, event: &RecordedEvent, kind: &str, said: &Members<'_>) {
    match kind {
        "session.started" => started(session, event, said),
        "session.paused" => paused(session, event, said),
        "session.resumed" => resumed(session, event),
        "session.completed" => completed(session, event, said),
        "session.failed" => failed(session, event, said),
        "context.updated" => context_updated(session, event, said),
        "context.restored" => session.restored_event_id = Some(event.id()),
        "task.resumed" if session.recovery_event_id.is_some() => {
            session.restored_event_id.get_or_insert(event.id());
        }
        _ => {}
    }
}

/// True when the event may say where the session stands: it does not tell of an earlier time than what is known, and is no anomaly.
pub(super) fn stands(session: &mut Session, event: &RecordedEvent, from: &[SessionStatus], to: SessionStatus) -> bool {
    if event.position < session.stood {
        return false;
    }
    let fits = session.status.is_none_or(|status| from.contains(&status));
    if fits {
        session.status = Some(to);
        session.stood = event.position;
    } else {
        session.anomalies += 1;
    }
    fits
}

fn started(session: &mut Session, event: &RecordedEvent, said: &Members<'_>) {
    // An agent that takes over may say that it starts when the recovery said so before.
    let takes_over = session.recovery_event_id.is_some() && session.is_open();
    if !takes_over && !stands(session, event, &[], SessionStatus::Active) {
        return;
    }
    session.started_at = event.envelope.timestamp;
    session.fencing_token = session.fencing_token.max(1);
    session.agent_type = said.name("agent_type").unwrap_or(std::mem::take(&mut session.agent_type));
    session.agent_instance_id = said.name("agent_instance_id").or(session.agent_instance_id.take());
    session.checkpoint_id = session.checkpoint_id.take().or_else(|| said.name("checkpoint_id"));
    session.metadata = object(said, "metadata");
    session.heartbeat_timeout = silence(said).unwrap_or(session.heartbeat_timeout);
    session.agent_id = said.name("registered_agent_id").or(session.agent_id.take());
    session.framework = framework_of(event.envelope.event_type.as_str()).unwrap_or_default().to_owned();
}

/// How long it may be silent, as an event says.
pub(super) fn silence(said: &Members<'_>) -> Option<f64> {
    let seconds: f64 = said.read("heartbeat_timeout_seconds")?;
    Some(if seconds > 0.0 { seconds.min(LONGEST_SILENCE) } else { HEARTBEAT_SECONDS })
}

fn paused(session: &mut Session, event: &RecordedEvent, said: &Members<'_>) {
    if stands(session, event, &[SessionStatus::Active], SessionStatus::Paused) {
        session.reason = said.text("reason");
        session.pause_checkpoint_id = said.name("checkpoint_id");
    }
}

fn resumed(session: &mut Session, event: &RecordedEvent) {
    if stands(session, event, &[SessionStatus::Paused], SessionStatus::Active) {
        session.reason = None;
        session.pause_checkpoint_id = None;
    }
}

const OPEN: [SessionStatus; 2] = [SessionStatus::Active, SessionStatus::Paused];

fn completed(session: &mut Session, event: &RecordedEvent, said: &Members<'_>) {
    if stands(session, event, &OPEN, SessionStatus::Completed) {
        ended(session, event);
        session.metrics = object(said, "metrics").or(session.metrics.take());
    }
}

fn failed(session: &mut Session, event: &RecordedEvent, said: &Members<'_>) {
    if stands(session, event, &OPEN, SessionStatus::Failed) {
        ended(session, event);
        session.reason = said.text("failure_reason");
        session.failed_event_id = Some(event.id());
    }
}

fn ended(session: &mut Session, event: &RecordedEvent) {
    session.completed_at = Some(event.envelope.timestamp);
    session.reason = None;
    session.pause_checkpoint_id = None;
}

fn context_updated(session: &mut Session, event: &RecordedEvent, said: &Members<'_>) {
    let Some(context_tokens) = said.read::<i64>("context_tokens").filter(|tokens| *tokens >= 0) else { return };
    let before = session.context_health.map_or(0, |health| health.context_limit);
    let context_limit = said.read::<i64>("context_limit").filter(|limit| *limit > 0).unwrap_or(before);
    session.context_health =
        Some(ContextHealth { context_tokens, context_limit, measured_at: event.envelope.timestamp });
}

/// A member that is a JSON object.
pub(super) fn object(said: &Members<'_>, name: &str) -> Option<JsonText> {
    said.read(name).filter(JsonText::is_object)
}
