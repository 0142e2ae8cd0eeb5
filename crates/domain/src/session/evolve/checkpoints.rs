//! The checkpoints of a session.

use super::super::Session;
use super::life::heard;
use super::moves::Moves;
use crate::RecordedEvent;
use crate::checkpoint::{Checkpoint, key};
use crate::members::Members;

/// A checkpoint was saved. A name counts once in its session.
pub(super) fn saved(moves: &mut Moves<'_>, id: &str, said: &Members<'_>) {
    let found = said.name("checkpoint_id").and_then(|name| moves.states.get::<Checkpoint>(&key(id, &name)));
    let checkpoint = found.filter(|checkpoint| checkpoint.event_id == moves.event.id()).cloned();
    moves.session(id, |session, event| {
        heard(session, event, said);
        match checkpoint {
            Some(checkpoint) => keep(session, event, &checkpoint),
            None => session.anomalies += 1,
        }
    });
}

fn keep(session: &mut Session, event: &RecordedEvent, checkpoint: &Checkpoint) {
    session.checkpoint_count += 1;
    session.checkpoints.push(checkpoint.checkpoint_id.clone());
    session.snapshot_bytes = session.snapshot_bytes.saturating_add(checkpoint.snapshot_size);
    let is_newest = session.checkpoint_count == 1 || session.checkpoint_position.is_none_or(|at| at < event.position);
    if is_newest {
        rests_on(session, checkpoint);
        session.metrics = checkpoint.metrics.clone().or(session.metrics.take());
    }
}

/// Makes a checkpoint the one from which the session's work would go on.
pub(super) fn rests_on(session: &mut Session, checkpoint: &Checkpoint) {
    session.checkpoint_id = Some(checkpoint.checkpoint_id.clone());
    session.checkpoint_event_id = Some(checkpoint.event_id);
    session.checkpoint_position = Some(checkpoint.position);
    session.checkpoint_schema.clone_from(&checkpoint.schema_version);
}

/// A checkpoint was deleted.
pub(super) fn deleted(moves: &mut Moves<'_>, id: &str, said: &Members<'_>) {
    let name = said.name("checkpoint_id").unwrap_or_default();
    let size = moves.states.get::<Checkpoint>(&key(id, &name)).map_or(0, |checkpoint| checkpoint.snapshot_size);
    moves.session(id, |session, event| {
        heard(session, event, said);
        let kept = session.checkpoints.len();
        session.checkpoints.retain(|known| *known != name);
        if session.checkpoints.len() == kept {
            session.anomalies += 1;
        } else {
            session.snapshot_bytes = session.snapshot_bytes.saturating_sub(size);
        }
    });
}
