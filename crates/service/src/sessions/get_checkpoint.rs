//! Reads a checkpoint.

use god33_domain::checkpoint::Checkpoint;
use god33_domain::session::Session;
use god33_domain::state::{Kind, StateQuery, label};
use god33_proto::v1::{ErrorReason, GetCheckpointRequest, GetCheckpointResponse};
use tonic::{Request, Response};

use super::checkpoint::{self, not_found};
use super::link;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal, Reader, show};

pub(super) async fn get_checkpoint(
    app: &App,
    request: Request<GetCheckpointRequest>,
) -> Result<Response<GetCheckpointResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let name = link::session_id(&request.checkpoint_id, &Path::Request.member("checkpoint_id"))?;
    let reader = app.reader(principal, Action::ReadStates(Checkpoint::KIND, Some(&name)), request.min_position).await?;
    // Asked for before the state is read, so the state holds at least up to here.
    let position = app.tail.head();
    let found = match request.session_id.as_str() {
        "" => the_only(&reader, &name).await?,
        _ => {
            let id = link::session_id(&request.session_id, &Path::Request.member("session_id"))?;
            show::find::<Session>(app, principal, &id, 0).await?;
            checkpoint::known_to(&reader, &id, &name).await?.ok_or_else(|| not_found(&name))?
        }
    };
    Ok(Response::new(GetCheckpointResponse {
        checkpoint: Some(checkpoint::show(app, &found).await?),
        position: position.max(found.position).get(),
    }))
}

/// The checkpoint of this name, when only one session has such a one.
async fn the_only(reader: &Reader<'_>, name: &str) -> Result<Checkpoint, Failure> {
    let having = vec![vec![label("name", name)]];
    let query = StateQuery { kind: Checkpoint::KIND, having, after: None, limit: 2 };
    let (mut checkpoints, _) = reader.list_states::<Checkpoint>(&query).await?;
    match (checkpoints.pop(), checkpoints.pop()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(not_found(name)),
        (Some(one), Some(other)) => {
            let why = format!(
                "is required: sessions {} and {} both have a checkpoint of this name",
                other.session_id, one.session_id
            );
            let mut found = Violations::default();
            found.add(&Path::Request.member("session_id"), ErrorReason::InvalidField, why);
            Err(found.into())
        }
    }
}
