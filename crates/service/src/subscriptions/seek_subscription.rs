//! Moves the cursor of a durable subscription.

use god33_domain::Position;
use god33_proto::v1::{SeekSubscriptionRequest, SeekSubscriptionResponse};
use tonic::{Request, Response};

use super::change::{self, Change};
use super::settings;
use crate::wire::request;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

pub(super) async fn seek_subscription(
    app: &App,
    request: Request<SeekSubscriptionRequest>,
) -> Result<Response<SeekSubscriptionResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let id = request::parse(&message.request_id, "SeekSubscription", message, &mut found);
    let name = settings::name(&message.name, "name", &mut found);
    found.finish()?;

    let after = Position::new(message.after_position);
    change::within_log(app, after).await?;
    let what = Change { name: &name, request: id, parked: None };
    let answer = change::change(app, principal, what, |work, _| {
        change::unless_in_use(app, work, message.force)?;
        work.seek(after);
        Ok(())
    })
    .await?;
    Ok(Response::new(SeekSubscriptionResponse { subscription: Some(change::answered(app, answer).await?) }))
}
