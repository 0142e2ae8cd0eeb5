//! Says that a checkpoint was restored and the work goes on.

use god33_domain::checkpoint::{self, Checkpoint};
use god33_domain::command::Author;
use god33_domain::session::{CompleteRecovery, Session};
use god33_domain::state::Kind;
use god33_domain::{JsonText, Position, SessionId};
use god33_proto::v1::{CompleteRecoveryRequest, CompleteRecoveryResponse, ErrorReason};
use tonic::{Request, Response};

use super::session;
use super::since::since;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, json, plain_text};
use crate::{Action, App, Principal};

asks!(CompleteRecoveryRequest);

pub(super) async fn complete_recovery(
    app: &App,
    request: Request<CompleteRecoveryRequest>,
) -> Result<Response<CompleteRecoveryResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let happened = if message.context_delta.is_none() { happened(app, principal, message).await? } else { None };
    let done = ask(app, &request, |request, author, found| command(request, author, happened, found)).await?;
    Ok(Response::new(CompleteRecoveryResponse {
        session: Some(session::message(app, done.noun()?).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

/// What happened to the work after the checkpoint, for a caller who does not say it. `None` when there is no such recovery: the command then
/// says what is wrong.
async fn happened(
    app: &App,
    principal: &Principal,
    request: &CompleteRecoveryRequest,
) -> Result<Option<JsonText>, Failure> {
    let id = &request.session_id;
    let reader = app.reader(principal, Action::ReadStates(Session::KIND, Some(id)), 0).await?;
    let Some(new) = reader.state::<Session>(id).await? else { return Ok(None) };
    let Some(failed) = new.recovered_from.as_deref() else { return Ok(None) };
    let Some(failed) = reader.state::<Session>(failed).await? else { return Ok(None) };
    let named = Some(request.checkpoint_id.as_str()).filter(|name| !name.is_empty());
    let name = named.or(new.recovery_checkpoint_id.as_deref()).unwrap_or_default();
    let restored: Option<Checkpoint> = reader.state(&checkpoint::key(&failed.session_id, name)).await?;
    // One that is not the failed session's own was made before that took over.
    let after = restored.map(|checkpoint| checkpoint.position).or(new.checkpoint_position);
    let after = after.unwrap_or(failed.began.previous());
    Ok(Some(since(app, principal, &failed, after, Position::MAX).await?.told()?))
}

fn command(
    request: &CompleteRecoveryRequest,
    author: Author,
    happened: Option<JsonText>,
    found: &mut Violations,
) -> Option<CompleteRecovery> {
    let at = |name| Path::Member(&Path::Request, name);
    let session_id: Option<SessionId> =
        id::label(&request.session_id, &at("session_id"), ErrorReason::InvalidField, found);
    let checkpoint_id =
        plain_text::optional(&request.checkpoint_id, 255, ErrorReason::InvalidField, &at("checkpoint_id"), found);
    let said = request.context_delta.as_ref().map(|delta| json::write_open(delta, &at("context_delta"), found));
    let session_id = session_id?.as_str().to_owned();
    Some(CompleteRecovery { author, session_id, checkpoint_id, context_delta: said.or(happened) })
}
