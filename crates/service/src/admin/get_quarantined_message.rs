//! One message in quarantine, with its body.

use god33_proto::v1::{ErrorReason, GetQuarantinedMessageRequest, GetQuarantinedMessageResponse};
use tonic::{Request, Response};

use super::quarantine;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

pub(super) async fn get_quarantined_message(
    app: &App,
    request: Request<GetQuarantinedMessageRequest>,
) -> Result<Response<GetQuarantinedMessageResponse>, Failure> {
    let reader = app.reader(Principal::of(request.extensions())?, Action::Administer, 0).await?;
    let wanted = &request.get_ref().quarantine_id;
    if wanted.is_empty() {
        return Err(missing());
    }
    let id: i64 = wanted.parse().map_err(|_| not_found(wanted))?;
    let found = reader.quarantined(id.checked_add(1), 1).await?.pop();
    match found {
        Some((found, message)) if found == id => {
            Ok(Response::new(GetQuarantinedMessageResponse { message: Some(quarantine::whole(id, message)) }))
        }
        _ => Err(not_found(wanted)),
    }
}

fn missing() -> Failure {
    let mut found = Violations::default();
    let description = "is required: set the id that ListQuarantinedMessages gives";
    found.add(&Path::Request.member("quarantine_id"), ErrorReason::InvalidField, description);
    found.into()
}

pub(super) fn not_found(id: &str) -> Failure {
    let message = format!("no message \"{id}\" is in quarantine: list the quarantine again");
    Failure::new(ErrorReason::QuarantinedMessageNotFound, message).with("id", id)
}
