//! Saves a checkpoint.

use god33_domain::SessionId;
use god33_domain::checkpoint::{Checkpoint, SaveCheckpoint};
use god33_domain::command::Author;
use god33_proto::v1::{CheckpointSaved, ErrorReason, SaveCheckpointRequest, SaveCheckpointResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use super::checkpoint;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, payload};

asks!(SaveCheckpointRequest);

pub(super) async fn save_checkpoint(
    app: &App,
    request: Request<SaveCheckpointRequest>,
) -> Result<Response<SaveCheckpointResponse>, Failure> {
    let message = request.get_ref();
    if !message.upload_id.is_empty() || !message.snapshot.is_empty() {
        return Err(Failure::not_implemented("snapshots in god33.v1.SessionService/SaveCheckpoint"));
    }
    let done = ask(app, &request, command).await?;
    Ok(Response::new(SaveCheckpointResponse {
        checkpoint: Some(checkpoint::message(done.noun::<Checkpoint>()?)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
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
    let checkpoint = payload::draft(&checkpoint, &at, found).into_json();
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

/// The same checkpoint, under a name that the server makes when it has none, and without what the server sets.
fn with_id(checkpoint: CheckpointSaved) -> CheckpointSaved {
    let checkpoint_id = match checkpoint.checkpoint_id.as_str() {
        "" => Uuid::now_v7().to_string(),
        _ => checkpoint.checkpoint_id,
    };
    CheckpointSaved { checkpoint_id, snapshot_digest: String::new(), snapshot_size: 0, ..checkpoint }
}
