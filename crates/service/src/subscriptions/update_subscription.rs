//! Changes the settings of a durable subscription.

use god33_proto::v1::{ErrorReason, UpdateSubscriptionRequest, UpdateSubscriptionResponse};
use tonic::{Request, Response};

use super::change::{self, Change};
use super::settings;
use crate::wire::path::Path;
use crate::wire::request;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

pub(super) async fn update_subscription(
    app: &App,
    request: Request<UpdateSubscriptionRequest>,
) -> Result<Response<UpdateSubscriptionResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let id = request::parse(&message.request_id, "UpdateSubscription", message, &mut found);
    let name = settings::name(&message.name, "name", &mut found);
    if message.settings.is_none() {
        let why = "is required: it replaces what the durable subscription does";
        found.add(&Path::Request.member("settings"), ErrorReason::InvalidField, why);
    }
    let settings = settings::parse(message.settings.as_ref(), &mut found);
    found.finish()?;

    let expected = message.expected_version;
    let what = Change { name: &name, request: id, parked: None };
    let answer = change::change(app, principal, what, |work, _| {
        let actual = work.group().version;
        if let Some(expected) = expected.filter(|expected| *expected != actual) {
            return Err(moved(&name, expected, actual));
        }
        work.set_settings(settings.clone());
        Ok(())
    })
    .await?;
    Ok(Response::new(UpdateSubscriptionResponse { subscription: Some(change::answered(app, answer).await?) }))
}

fn moved(name: &str, expected: u64, actual: u64) -> Failure {
    let why = format!(
        "durable subscription {name} is at version {actual} and not at {expected}: read it again, decide again, and retry"
    );
    Failure::new(ErrorReason::VersionConflict, why).with("expected", expected).with("actual", actual)
}
