//! Settles deliveries as not done.

use god33_proto::v1::{RejectRequest, RejectResponse};
use tonic::{Request, Response};

use super::settings;
use super::settlement::{self, Settlements};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal};

pub(super) async fn reject(app: &App, request: Request<RejectRequest>) -> Result<Response<RejectResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let group = settings::only_name(&message.subscription, "subscription")?;
    let at = Path::Request.member("rejection");
    let (ids, settlements) = settlement::rejected(message.rejection.as_ref(), &at)?.into_parts();
    let (consumers, _) = app.consumers(principal, &group).await?;
    let settled = consumers.settle(&group, settlements).await?;
    let report = Settlements::report(&ids, &settled);
    Ok(Response::new(RejectResponse { report, position: settled.position.get() }))
}
