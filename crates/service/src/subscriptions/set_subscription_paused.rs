//! Stops deliveries, or lets them go on.

use god33_proto::v1::{SetSubscriptionPausedRequest, SetSubscriptionPausedResponse};
use tonic::{Request, Response};

use super::change::{self, Change};
use super::settings;
use crate::wire::request;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

pub(super) async fn set_subscription_paused(
    app: &App,
    request: Request<SetSubscriptionPausedRequest>,
) -> Result<Response<SetSubscriptionPausedResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let id = request::parse(&message.request_id, "SetSubscriptionPaused", message, &mut found);
    let name = settings::name(&message.name, "name", &mut found);
    found.finish()?;

    let what = Change { name: &name, request: id, parked: None };
    let answer = change::change(app, principal, what, |work, _| {
        work.set_paused(message.paused);
        Ok(())
    })
    .await?;
    Ok(Response::new(SetSubscriptionPausedResponse { subscription: Some(change::answered(app, answer).await?) }))
}
