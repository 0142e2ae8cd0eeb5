//! Creates a durable subscription.

use god33_domain::Request as RequestWithDigest;
use god33_domain::subscription::{Group, GroupAnswer, GroupSettings};
use god33_log::{ConsumeError, Start};
use god33_proto::v1::{
    CreateSubscriptionRequest, CreateSubscriptionResponse, ErrorReason, create_subscription_request, subscribe_request,
};
use tonic::{Request, Response};

use super::{change, settings};
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{request, start};
use crate::{Action, App, Principal};

pub(super) async fn create_subscription(
    app: &App,
    request: Request<CreateSubscriptionRequest>,
) -> Result<Response<CreateSubscriptionResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let wanted = Wanted::parse(request.get_ref())?;
    app.subscriptions(principal, Action::ChangeSubscription(&wanted.name)).await?;
    let answer = match change::first_answer(app, wanted.request).await? {
        Some(answer) => answer,
        None => create(app, wanted).await?,
    };
    Ok(Response::new(CreateSubscriptionResponse { subscription: Some(change::answered(app, answer).await?) }))
}

/// What is to be created.
struct Wanted {
    request: Option<RequestWithDigest>,
    name: String,
    settings: GroupSettings,
    start: Start,
}

impl Wanted {
    fn parse(message: &CreateSubscriptionRequest) -> Result<Self, Failure> {
        let mut found = Violations::default();
        let wanted = Self {
            request: request::parse(&message.request_id, "CreateSubscription", message, &mut found),
            name: settings::name(&message.name, "name", &mut found),
            settings: settings::parse(message.settings.as_ref(), &mut found),
            start: start::parse(message.start.as_ref().map(as_of_subscribe).as_ref(), &mut found),
        };
        found.finish()?;
        Ok(wanted)
    }
}

/// One that exists with the same settings is the one that is wanted.
async fn create(app: &App, wanted: Wanted) -> Result<GroupAnswer, Failure> {
    let Wanted { request, name, settings, start } = wanted;
    let cursor = start.position(app.store.as_ref()).await?;
    let group = Group::new(name, settings, cursor, app.clock.now());
    let answer = GroupAnswer { group: Some(group.clone()), count: 0 };
    if app.store.create_subscription(&group, change::kept(app, request, &answer).as_ref()).await? {
        return Ok(answer);
    }
    // Who was faster may have been a repeat of the same request.
    if let Some(answer) = change::first_answer(app, request).await? {
        return Ok(answer);
    }
    let known = app.store.subscription(&group.name).await?.ok_or(ConsumeError::Busy)?;
    if known.group().settings == group.settings {
        return Ok(GroupAnswer { group: Some(known.group().clone()), count: 0 });
    }
    let why = format!(
        "durable subscription {} exists with other settings: use it as it is, update it, or choose another name",
        group.name
    );
    Err(Failure::new(ErrorReason::SubscriptionExists, why).with("id", &group.name))
}

/// The same start as Subscribe has, under a type of its own.
fn as_of_subscribe(start: &create_subscription_request::Start) -> subscribe_request::Start {
    use create_subscription_request::Start::{AfterPosition, FromBeginning, FromNow, Since};
    match start {
        AfterPosition(position) => subscribe_request::Start::AfterPosition(*position),
        Since(time) => subscribe_request::Start::Since(*time),
        FromBeginning(set) => subscribe_request::Start::FromBeginning(*set),
        FromNow(set) => subscribe_request::Start::FromNow(*set),
    }
}
