//! Checkpoints as answers show them: with what is stored of their snapshots.

use std::collections::HashMap;

use god33_domain::checkpoint::{Checkpoint, PREDECESSORS, key};
use god33_domain::ports::Snapshot;
use god33_domain::session::Session;
use god33_domain::state::Kind;
use god33_domain::{Digest, Refusal};
use god33_proto::v1;

use super::snapshots;
use crate::wire::status::Failure;
use crate::{App, Reader, show as state};

/// A checkpoint as its message.
pub(crate) async fn show(app: &App, checkpoint: &Checkpoint) -> Result<v1::Checkpoint, Failure> {
    let snapshot = match checkpoint.snapshot() {
        Some(digest) => app.store.snapshot(digest).await?,
        None => None,
    };
    message(checkpoint, snapshot.as_ref())
}

/// Checkpoints of a list as their messages. Their snapshots are without their chunks, which could be more than an answer holds.
pub(crate) async fn show_all(app: &App, checkpoints: &[Checkpoint]) -> Result<Vec<v1::Checkpoint>, Failure> {
    let digests: Vec<Digest> = checkpoints.iter().filter_map(Checkpoint::snapshot).collect();
    let found = if digests.is_empty() { Vec::new() } else { app.store.snapshots(&digests).await? };
    let found: HashMap<Digest, Snapshot> = found.into_iter().map(|snapshot| (snapshot.digest, snapshot)).collect();
    let shown = checkpoints.iter().map(|checkpoint| {
        let snapshot = checkpoint.snapshot().and_then(|digest| found.get(&digest));
        message(checkpoint, snapshot)
    });
    shown.collect()
}

fn message(checkpoint: &Checkpoint, snapshot: Option<&Snapshot>) -> Result<v1::Checkpoint, Failure> {
    let mut message: v1::Checkpoint = state::message(checkpoint)?;
    message.snapshot = snapshot.map(snapshots::to_proto);
    Ok(message)
}

/// The checkpoint that a session knows under a name: its own, or one of the sessions from which it took over.
pub(super) async fn known_to(reader: &Reader<'_>, session_id: &str, name: &str) -> Result<Option<Checkpoint>, Failure> {
    let mut session_id = session_id.to_owned();
    for _ in 0..PREDECESSORS {
        if let Some(checkpoint) = reader.state::<Checkpoint>(&key(&session_id, name)).await? {
            return Ok(Some(checkpoint));
        }
        match reader.state::<Session>(&session_id).await?.and_then(|session| session.recovered_from) {
            Some(previous) => session_id = previous,
            None => break,
        }
    }
    Ok(None)
}

/// No checkpoint of this name is known.
pub(super) fn not_found(name: &str) -> Failure {
    Refusal::NotFound { kind: Checkpoint::KIND, id: name.to_owned() }.into()
}
