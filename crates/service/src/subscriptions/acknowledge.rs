//! Settles deliveries as done.

use god33_proto::v1::{AcknowledgeRequest, AcknowledgeResponse};
use tonic::{Request, Response};

use super::settings;
use super::settlement::{self, Settlements};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal};

pub(super) async fn acknowledge(
    app: &App,
    request: Request<AcknowledgeRequest>,
) -> Result<Response<AcknowledgeResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let group = settings::only_name(&message.subscription, "subscription")?;
    let at = Path::Request.member("acknowledgement");
    let (ids, settlements) = settlement::acknowledged(message.acknowledgement.as_ref(), &at)?.into_parts();
    let (consumers, _) = app.consumers(principal, &group).await?;
    let settled = consumers.settle(&group, settlements).await?;
    let report = Settlements::report(&ids, &settled);
    Ok(Response::new(AcknowledgeResponse { report, position: settled.position.get() }))
}
