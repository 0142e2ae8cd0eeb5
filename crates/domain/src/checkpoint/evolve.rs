//! What events do to checkpoints.

use super::{Checkpoint, TYPES, USES_KEPT, key};
use crate::evolve::{kind_of, session_told};
use crate::members::Members;
use crate::session::Session;
use crate::state::States;
use crate::{Belonging, JsonText, RecordedEvent, SessionId};

/// Draws the consequences of an event.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent, before: Option<&Belonging>) {
    if let Some(session_id) = session_told(event, before) {
        told(states, event, session_id);
    }
    used(states, event);
}

/// What the event says about a checkpoint of its session.
fn told(states: &mut States, event: &RecordedEvent, session_id: &str) {
    let kind = kind_of(event.envelope.event_type.as_str());
    if !matches!(kind, "checkpoint.saved" | "checkpoint.pinned" | "checkpoint.unpinned" | "checkpoint.deleted") {
        return;
    }
    let said = Members::of(&event.envelope.payload);
    let Some(name) = said.name("checkpoint_id") else { return };
    let key = key(session_id, &name);
    match kind {
        "checkpoint.saved" => saved(states, event, session_id, name, &said),
        "checkpoint.deleted" => change(states, &key, |checkpoint| checkpoint.deleted = true),
        _ => change(states, &key, |checkpoint| checkpoint.pinned = kind == "checkpoint.pinned"),
    }
}

fn saved(states: &mut States, event: &RecordedEvent, session_id: &str, name: String, said: &Members<'_>) {
    let session = states.get::<Session>(session_id);
    let ordinal = session.map_or(0, |session| session.checkpoint_count) + 1;
    let worked_on = event.belonging.about.handoff.clone();
    let handoff_id = worked_on.or_else(|| session.and_then(|session| session.handoff_id.clone()));
    let instance = session.and_then(|session| session.agent_instance_id.clone());
    let snapshot_digest = said.name("snapshot_digest").filter(|digest| is_digest(digest));
    let size = said.read("snapshot_size").filter(|_| snapshot_digest.is_some());
    let object = |name| said.read(name).filter(JsonText::is_object);
    let key = key(session_id, &name);
    let checkpoint = Checkpoint {
        checkpoint_id: name,
        session_id: session_id.to_owned(),
        workflow_id: event.workflow_id().map(|id| id.as_str().to_owned()),
        agent_instance_id: said.name("agent_instance_id").or(instance),
        checkpoint_type: kind_of_checkpoint(said).to_owned(),
        summary: said.text("summary"),
        context_snapshot: object("context_snapshot"),
        metrics: object("metrics"),
        schema_version: said.name("schema_version"),
        event_id: event.id(),
        position: event.position,
        created_at: event.recorded_at,
        pinned: false,
        deleted: false,
        ordinal,
        key: key.clone(),
        snapshot_digest,
        snapshot_size: size.unwrap_or_default(),
        handoff_id,
        used_by: Vec::new(),
        version: 1,
    };
    // The first of a name stands.
    states.change(&key, |known| known.or(Some(checkpoint)));
}

fn kind_of_checkpoint(said: &Members<'_>) -> &'static str {
    let word = said.name("checkpoint_type").unwrap_or_default();
    TYPES.into_iter().find(|known| *known == word).unwrap_or(TYPES[0])
}

/// SHA-256 in lower-case hexadecimal.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Work was asked for, or offered again, with a checkpoint: it is needed while that work is open.
fn used(states: &mut States, event: &RecordedEvent) {
    let event_type = event.envelope.event_type.as_str();
    let Some(handoff) = event.belonging.about.handoff.as_ref() else { return };
    if !event_type.ends_with(".handoff.requested") && event_type != "agent.handoff.offered" {
        return;
    }
    let said = Members::of(&event.envelope.payload);
    let Some(name) = said.name("checkpoint_id") else { return };
    let session = event.session_id().map(SessionId::as_str).map(str::to_owned);
    for session in session.into_iter().chain(said.name("previous_session_id")) {
        use_by(states, &key(&session, &name), handoff);
    }
}

fn use_by(states: &mut States, key: &str, handoff: &str) {
    let known = states.get::<Checkpoint>(key).is_none_or(|checkpoint| {
        checkpoint.handoff_id.as_deref() == Some(handoff) || checkpoint.used_by.iter().any(|known| known == handoff)
    });
    if !known {
        change(states, key, |checkpoint| {
            checkpoint.used_by.push(handoff.to_owned());
            let past = checkpoint.used_by.len().saturating_sub(USES_KEPT);
            checkpoint.used_by.drain(..past);
        });
    }
}

fn change(states: &mut States, key: &str, change: impl FnOnce(&mut Checkpoint)) {
    states.update(key, |checkpoint: &mut Checkpoint| {
        change(checkpoint);
        checkpoint.version += 1;
    });
}
