//! Takes work under a lease.

use std::sync::Arc;

use god33_domain::command::Author;
use god33_domain::handoff::{AcceptHandoff, Handoff};
use god33_proto::v1::{AcceptHandoffRequest, AcceptHandoffResponse, ErrorReason};
use tonic::{Request, Response};
use tracing::Instrument as _;

use super::claims::Claims;
use super::{claimant, lease};
use crate::App;
use crate::ask::{Asks as _, ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, request as wire_request};

asks!(AcceptHandoffRequest);

pub(super) async fn accept_handoff(
    app: &Arc<App>,
    claims: &Arc<Claims>,
    request: Request<AcceptHandoffRequest>,
) -> Result<Response<AcceptHandoffResponse>, Failure> {
    // What was begun is finished though the caller goes away, so that nothing stays held out.
    let accepting = tokio::spawn(accept(app.clone(), claims.clone(), request).in_current_span());
    accepting.await.map_err(|_| Failure::defect("work could not be accepted"))?
}

async fn accept(
    app: Arc<App>,
    claims: Arc<Claims>,
    request: Request<AcceptHandoffRequest>,
) -> Result<Response<AcceptHandoffResponse>, Failure> {
    let (app, claims) = (app.as_ref(), claims.as_ref());
    let message = request.get_ref();
    let session = message.claimant.as_ref().map(|claimant| claimant.session_id.clone()).unwrap_or_default();
    if !is_repeat(app, message).await? {
        refuse_held_out(app, &message.handoff_id, &session).await?;
    }
    let done = ask(app, &request, command).await?;
    let handoff = done.noun::<Handoff>()?;
    claims.answered(app, handoff, &session).await;
    lease::beat(app, handoff);
    Ok(Response::new(AcceptHandoffResponse {
        handoff: Some(lease::message(app, handoff)?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

/// A repeat gets the first answer, whoever has the work held out now.
async fn is_repeat(app: &App, message: &AcceptHandoffRequest) -> Result<bool, Failure> {
    // What is wrong with the request is said when it is asked.
    let asked =
        wire_request::parse(message.request_id(), AcceptHandoffRequest::NAME, message, &mut Violations::default());
    match asked {
        Some(asked) => Ok(app.store.first_answer(asked.id).await?.is_some()),
        None => Ok(false),
    }
}

/// What is held out to one session is for it alone, for a while.
async fn refuse_held_out(app: &App, handoff_id: &str, session: &str) -> Result<(), Failure> {
    let now = app.clock.now();
    match app.store.reservation(handoff_id, now).await? {
        Some(other) if other.session_id != session => {
            let seconds = other.until.seconds_since(now).ceil();
            let why = format!(
                "handoff {handoff_id} is held out to session {} for {seconds} more seconds: claim another one, or wait",
                other.session_id
            );
            Err(Failure::new(ErrorReason::AlreadyClaimed, why).with("holder", &other.session_id))
        }
        _ => Ok(()),
    }
}

fn command(request: &AcceptHandoffRequest, author: Author, found: &mut Violations) -> Option<AcceptHandoff> {
    let at = |name| Path::Member(&Path::Request, name);
    let handoff_id = id::uuid(&request.handoff_id, &at("handoff_id"), found);
    let claimant = claimant::parse(request.claimant.as_ref(), found);
    let checkpoint_id =
        plain_text::optional(&request.checkpoint_id, 255, ErrorReason::InvalidField, &at("checkpoint_id"), found);
    Some(AcceptHandoff {
        author,
        handoff_id: handoff_id?.to_string(),
        claimant: claimant?,
        checkpoint_id,
        estimated_checkpoints: request.estimated_checkpoints,
    })
}
