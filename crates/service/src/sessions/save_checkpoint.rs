//! Saves a checkpoint.

use god33_domain::SessionId;
use god33_domain::checkpoint::{Checkpoint, SaveCheckpoint};
use god33_domain::command::Author;
use god33_proto::v1::{CheckpointSaved, ErrorReason, SaveCheckpointRequest, SaveCheckpointResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use super::attach_snapshot::{self, Attached};
use super::checkpoint;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, payload};
use crate::{App, Principal};

asks!(SaveCheckpointRequest);

pub(super) async fn save_checkpoint(
    app: &App,
    request: Request<SaveCheckpointRequest>,
) -> Result<Response<SaveCheckpointResponse>, Failure> {
    let attached = attach(app, &request).await?;
    let quota = app.limits.session_snapshot_bytes;
    let command = |message: &SaveCheckpointRequest, author: Author, found: &mut Violations| {
        Some(with_snapshot(command(message, author, found)?, attached, quota))
    };
    let done = ask(app, &request, command).await?;
    Ok(Response::new(SaveCheckpointResponse {
        checkpoint: Some(checkpoint::show(app, done.noun::<Checkpoint>()?).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

/// The snapshot is stored first, so that no checkpoint ever names one that is not there.
async fn attach(app: &App, request: &Request<SaveCheckpointRequest>) -> Result<Option<Attached>, Failure> {
    let principal = Principal::of(request.extensions())?;
    match &request.get_ref().checkpoint {
        Some(checkpoint) => attach_snapshot::attach(app, principal, request.get_ref(), &checkpoint.session_id).await,
        None => Ok(None),
    }
}

fn command(request: &SaveCheckpointRequest, author: Author, found: &mut Violations) -> Option<SaveCheckpoint> {
    let at = Path::Request.member("checkpoint");
    let Some(checkpoint) = &request.checkpoint else {
        found.add(&at, ErrorReason::InvalidField, "is required: say at least session_id");
        return None;
    };
    let checkpoint = with_id(checkpoint.clone());
    let session_id: Option<SessionId> =
        id::label(&checkpoint.session_id, &at.member("session_id"), ErrorReason::InvalidField, found);
    // Names of checkpoints obey the rule of names of sessions.
    let checkpoint_id: Option<SessionId> =
        id::label(&checkpoint.checkpoint_id, &at.member("checkpoint_id"), ErrorReason::InvalidField, found);
    let checkpoint = payload::draft(&checkpoint, &at, found)?.into_json();
    Some(SaveCheckpoint {
        author,
        session_id: session_id?.as_str().to_owned(),
        checkpoint_id: checkpoint_id?.as_str().to_owned(),
        checkpoint,
        snapshot_digest: None,
        snapshot_size: 0,
        snapshot_quota_bytes: None,
        pin: request.pin,
    })
}

fn with_snapshot(command: SaveCheckpoint, attached: Option<Attached>, quota: u64) -> SaveCheckpoint {
    SaveCheckpoint {
        snapshot_digest: attached.map(|snapshot| snapshot.digest.to_string()),
        snapshot_size: attached.map_or(0, |snapshot| snapshot.size),
        snapshot_quota_bytes: Some(quota),
        ..command
    }
}

/// The same checkpoint, under a name that the server makes when it has none, and without what the server sets.
fn with_id(checkpoint: CheckpointSaved) -> CheckpointSaved {
    let checkpoint_id = match checkpoint.checkpoint_id.as_str() {
        "" => Uuid::now_v7().to_string(),
        _ => checkpoint.checkpoint_id,
    };
    CheckpointSaved { checkpoint_id, snapshot_digest: String::new(), snapshot_size: 0, ..checkpoint }
}
