//! What a replay would deliver. Nothing is delivered, and the target is not asked.

use god33_domain::replay::pace::least_duration;
use god33_proto::v1::{PlanReplayRequest, PlanReplayResponse};
use tonic::{Request, Response};

use crate::wire::replay;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

pub(crate) async fn plan_replay(
    app: &App,
    request: Request<PlanReplayRequest>,
) -> Result<Response<PlanReplayResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let message = request.get_ref();
    let mut found = Violations::default();
    let spec = replay::parse(message.spec.as_ref(), &mut found);
    found.finish()?;
    let spec = spec.ok_or_else(|| Failure::defect("a replay had no fault and came to nothing"))?;

    // Waits until the log is as fresh as it is to be.
    app.reader(principal, Action::ReadEvents(Some(&spec.range.filter)), message.min_position).await?;
    let desk = app.desk(principal, Action::ReadReplays).await?;
    let survey = desk.plan(spec.range).await?;
    let (first, last) =
        survey.ends.map(|(first, last)| (first.position.get(), last.position.get())).unwrap_or_default();
    Ok(Response::new(PlanReplayResponse {
        total: survey.total(),
        first_position: first,
        last_position: last,
        estimated_duration: least_duration(spec.pace, &survey).and_then(|time| time.try_into().ok()),
        count_by_event_type: survey.by_type.into_iter().map(|(name, count)| (name.as_str().into(), count)).collect(),
    }))
}
