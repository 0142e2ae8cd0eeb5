//! Reads a durable subscription with its lag and its consumers.

use god33_proto::v1::{GetSubscriptionRequest, GetSubscriptionResponse};
use tonic::{Request, Response};

use super::{change, settings, shown};
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

pub(super) async fn get_subscription(
    app: &App,
    request: Request<GetSubscriptionRequest>,
) -> Result<Response<GetSubscriptionResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let name = settings::only_name(&request.get_ref().name, "name")?;
    app.subscriptions(principal, Action::ReadSubscriptions(Some(&name))).await?;
    let work = change::read(app, &name).await?;
    Ok(Response::new(GetSubscriptionResponse { subscription: Some(shown::message(app, &work).await?) }))
}
