//! Keeps a checkpoint from retention, or releases it.

use god33_domain::SessionId;
use god33_domain::checkpoint::{Checkpoint, SetCheckpointPin};
use god33_domain::command::Author;
use god33_proto::v1::{ErrorReason, SetCheckpointPinRequest, SetCheckpointPinResponse};
use tonic::{Request, Response};

use super::checkpoint;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, text};

asks!(SetCheckpointPinRequest);

pub(super) async fn set_checkpoint_pin(
    app: &App,
    request: Request<SetCheckpointPinRequest>,
) -> Result<Response<SetCheckpointPinResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let state = done.noun::<Checkpoint>()?;
    Ok(Response::new(SetCheckpointPinResponse {
        checkpoint: Some(checkpoint::show(app, state).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &SetCheckpointPinRequest, author: Author, found: &mut Violations) -> Option<SetCheckpointPin> {
    let at = |name| Path::Member(&Path::Request, name);
    let name = |text: &str, field, found: &mut Violations| -> Option<String> {
        let name: Option<SessionId> = id::label(text, &at(field), ErrorReason::InvalidField, found);
        name.map(|name| name.as_str().to_owned())
    };
    let session_id = name(&request.session_id, "session_id", found);
    let checkpoint_id = name(&request.checkpoint_id, "checkpoint_id", found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    Some(SetCheckpointPin {
        author,
        session_id: session_id?,
        checkpoint_id: checkpoint_id?,
        pinned: request.pinned,
        reason,
    })
}
