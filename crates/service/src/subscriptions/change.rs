//! The way of every change of a group: look for a first answer, read, decide, write unless somebody else was faster.

use god33_domain::subscription::{FirstAnswer, Group, GroupAnswer, Unsettled, Work};
use god33_domain::{Position, Refusal, Request};
use god33_log::ConsumeError;
use god33_proto::v1::{ErrorReason, Subscription};

use super::parked::Selection;
use super::shown;
use crate::wire::status::Failure;
use crate::{Action, App, Principal};

/// How often a change is decided anew because others were faster.
pub(super) const ATTEMPTS: usize = 64;

/// What is to be changed.
pub(super) struct Change<'a> {
    /// The name of the group.
    pub(super) name: &'a str,
    /// Under which id it is asked.
    pub(super) request: Option<Request>,
    /// The parked deliveries that it is about.
    pub(super) parked: Option<&'a Selection>,
}

/// Changes a group in the name of a principal. `decide` is given the parked deliveries that are meant, and may be asked again when others
/// were faster.
pub(super) async fn change(
    app: &App,
    principal: &Principal,
    what: Change<'_>,
    decide: impl Fn(&mut Work, Vec<Unsettled>) -> Result<(), Failure> + Send + Sync,
) -> Result<GroupAnswer, Failure> {
    let store = app.subscriptions(principal, Action::ChangeSubscription(what.name)).await?;
    for _ in 0..ATTEMPTS {
        // Each time anew: who was faster may have been a repeat of the same request.
        if let Some(answer) = first_answer(app, what.request).await? {
            return Ok(answer);
        }
        let mut work = read(app, what.name).await?;
        let parked = match what.parked {
            Some(selection) => selection.find(app, what.name).await?,
            None => Vec::new(),
        };
        let count = parked.len() as u64;
        decide(&mut work, parked)?;
        let answer = GroupAnswer { group: Some(work.group().clone()), count };
        let first = kept(app, what.request, &answer);
        let is_nothing = !work.has_changed() && first.is_none();
        if is_nothing || store.change_subscription(&work.changes(first)).await? {
            app.consumers.look(what.name);
            return Ok(answer);
        }
    }
    Err(ConsumeError::Busy.into())
}

/// A group that must be there.
pub(super) async fn read(app: &App, name: &str) -> Result<Work, Failure> {
    let work = app.store.subscription(name).await?;
    work.ok_or_else(|| ConsumeError::NotFound(name.to_owned()).into())
}

/// The answer that a request was given before.
pub(super) async fn first_answer(app: &App, request: Option<Request>) -> Result<Option<GroupAnswer>, Failure> {
    let Some(request) = request else { return Ok(None) };
    match app.store.subscription_answer(request.id).await? {
        None => Ok(None),
        Some((digest, answer)) if digest == request.digest => Ok(Some(answer)),
        Some(_) => Err(Refusal::RequestIdReused(request.id).into()),
    }
}

/// The answer to be kept for a repeat of the request.
pub(super) fn kept(app: &App, request: Option<Request>, answer: &GroupAnswer) -> Option<FirstAnswer> {
    Some(FirstAnswer { request: request?, answer: answer.clone(), at: app.clock.now() })
}

/// The group of an answer as its message. What is not part of the change (lag, consumers) is as it is now.
pub(super) async fn answered(app: &App, answer: GroupAnswer) -> Result<Subscription, Failure> {
    let group = answer.group.ok_or_else(|| Failure::defect("an answer about a subscription has none"))?;
    match app.store.subscription(&group.name).await? {
        Some(work) if is_still(work.group(), &group) => shown::message(app, &work).await,
        _ => shown::message(app, &Work::new(group, 0, [], [])).await,
    }
}

/// True while nobody changed the group again.
fn is_still(now: &Group, then: &Group) -> bool {
    (now.created_at, now.version, now.paused) == (then.created_at, then.version, then.paused)
}

/// Refuses what must not happen under the hands of consumers.
pub(super) fn unless_in_use(app: &App, work: &Work, force: bool) -> Result<(), Failure> {
    let count = work.group().connected(app.clock.now()).count();
    if force || count == 0 {
        return Ok(());
    }
    let why = format!(
        "{count} consumers are connected to durable subscription {}: disconnect them, or set force",
        work.group().name
    );
    Err(Failure::new(ErrorReason::SubscriptionInUse, why))
}

/// Refuses a place that the log does not have, or not any more.
pub(super) async fn within_log(app: &App, after: Position) -> Result<(), Failure> {
    god33_log::Start::After(after).position(app.store.as_ref()).await?;
    Ok(())
}
