//! Turns work down.

use std::sync::Arc;

use god33_domain::SessionId;
use god33_domain::command::Author;
use god33_domain::handoff::{DeclineHandoff, Handoff};
use god33_proto::v1::{DeclineHandoffRequest, DeclineHandoffResponse, ErrorReason};
use tonic::{Request, Response};
use tracing::Instrument as _;

use super::claims::Claims;
use super::lease;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, text};

asks!(DeclineHandoffRequest);

pub(super) async fn decline_handoff(
    app: &Arc<App>,
    claims: &Arc<Claims>,
    request: Request<DeclineHandoffRequest>,
) -> Result<Response<DeclineHandoffResponse>, Failure> {
    // What was begun is finished though the caller goes away, so that nothing stays held out.
    let declining = tokio::spawn(decline(app.clone(), claims.clone(), request).in_current_span());
    declining.await.map_err(|_| Failure::defect("work could not be declined"))?
}

async fn decline(
    app: Arc<App>,
    claims: Arc<Claims>,
    request: Request<DeclineHandoffRequest>,
) -> Result<Response<DeclineHandoffResponse>, Failure> {
    let (app, claims) = (app.as_ref(), claims.as_ref());
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    claims.answered(app, handoff, &request.get_ref().session_id).await;
    Ok(Response::new(DeclineHandoffResponse {
        handoff: Some(lease::message(app, handoff)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &DeclineHandoffRequest, author: Author, found: &mut Violations) -> Option<DeclineHandoff> {
    let at = |name| Path::Member(&Path::Request, name);
    let handoff_id = id::uuid(&request.handoff_id, &at("handoff_id"), found);
    let session_id: Option<SessionId> =
        id::label(&request.session_id, &at("session_id"), ErrorReason::InvalidField, found);
    let reason = text::prose(&request.reason, &at("reason"), found);
    Some(DeclineHandoff {
        author,
        handoff_id: handoff_id?.to_string(),
        session_id: session_id?.as_str().to_owned(),
        reason,
    })
}
