//! Records that the context of an agent changed.

use god33_domain::SessionId;
use god33_domain::command::Author;
use god33_domain::session::UpdateContext;
use god33_proto::v1::{ErrorReason, UpdateContextRequest, UpdateContextResponse};
use tonic::{Request, Response};

use super::session;
use crate::App;
use crate::ask::{ask, asks};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, payload};

asks!(UpdateContextRequest);

pub(super) async fn update_context(
    app: &App,
    request: Request<UpdateContextRequest>,
) -> Result<Response<UpdateContextResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    Ok(Response::new(UpdateContextResponse {
        session: Some(session::message(app, done.noun()?).await?),
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

fn command(request: &UpdateContextRequest, author: Author, found: &mut Violations) -> Option<UpdateContext> {
    let at = Path::Request.member("update");
    let Some(update) = &request.update else {
        found.add(&at, ErrorReason::InvalidField, "is required: say at least session_id");
        return None;
    };
    let session_id: Option<SessionId> =
        id::label(&update.session_id, &at.member("session_id"), ErrorReason::InvalidField, found);
    for (field, number) in [("context_tokens", update.context_tokens), ("context_limit", update.context_limit)] {
        if number.is_some_and(|number| number < 0) {
            found.add(&at.member(field), ErrorReason::InvalidField, "must not be negative");
        }
    }
    let update = payload::draft(update, &at, found)?.into_json();
    Some(UpdateContext { author, session_id: session_id?.as_str().to_owned(), update })
}
