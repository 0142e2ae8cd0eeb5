//! Deletes a durable subscription.

use god33_domain::subscription::GroupAnswer;
use god33_log::ConsumeError;
use god33_proto::v1::{DeleteSubscriptionRequest, DeleteSubscriptionResponse};
use tonic::{Request, Response};

use super::{change, settings};
use crate::wire::request;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

pub(super) async fn delete_subscription(
    app: &App,
    request: Request<DeleteSubscriptionRequest>,
) -> Result<Response<DeleteSubscriptionResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let id = request::parse(&message.request_id, "DeleteSubscription", message, &mut found);
    let name = settings::name(&message.name, "name", &mut found);
    found.finish()?;

    let store = app.subscriptions(principal, Action::ChangeSubscription(&name)).await?;
    let first = change::kept(app, id, &GroupAnswer::default());
    for _ in 0..change::ATTEMPTS {
        if change::first_answer(app, id).await?.is_some() {
            return Ok(Response::new(DeleteSubscriptionResponse {}));
        }
        let work = change::read(app, &name).await?;
        change::unless_in_use(app, &work, message.force)?;
        if store.delete_subscription(&name, work.revision(), first.as_ref()).await? {
            app.consumers.look(&name);
            return Ok(Response::new(DeleteSubscriptionResponse {}));
        }
    }
    Err(ConsumeError::Busy.into())
}
