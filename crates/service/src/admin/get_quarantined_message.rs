//! One message in quarantine, with its body.

use god33_proto::v1::{GetQuarantinedMessageRequest, GetQuarantinedMessageResponse};
use tonic::{Request, Response, Status};

use super::convert;
use super::quarantine;
use crate::server::status;
use crate::{Action, App};

pub(super) async fn get_quarantined_message(
    app: &App,
    request: Request<GetQuarantinedMessageRequest>,
) -> Result<Response<GetQuarantinedMessageResponse>, Status> {
    let reader = app.reader(convert::principal(&request)?, Action::Administer, 0).await.map_err(status::of)?;
    let wanted = &request.get_ref().quarantine_id;
    let not_found = || status::quarantined_message_not_found(wanted);
    let id: i64 = wanted.parse().map_err(|_| not_found())?;
    let found = reader.quarantined(id.checked_add(1), 1).await.map_err(status::of)?.pop();
    match found {
        Some((found, message)) if found == id => {
            Ok(Response::new(GetQuarantinedMessageResponse { message: Some(quarantine::whole(id, message)) }))
        }
        _ => Err(not_found()),
    }
}
