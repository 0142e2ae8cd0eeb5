//! Sums up what came of an event.

use god33_domain::causation::DescendantsSummary;
use god33_domain::{EventId, Limits};
use god33_proto::v1::{GetDescendantsSummaryRequest, GetDescendantsSummaryResponse};
use tonic::{Request, Response};

use super::get_event::all_recorded;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, page, time};
use crate::{Action, App, Principal};

pub(super) async fn get_descendants_summary(
    app: &App,
    request: Request<GetDescendantsSummaryRequest>,
) -> Result<Response<GetDescendantsSummaryResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let (root, max_events) = parse(request, &app.limits)?;

    let reader = app.reader(principal, Action::ReadEvents(None), request.min_position).await?;
    all_recorded(&reader, &[root]).await?;
    Ok(Response::new(to_proto(reader.summarize_descendants(root, max_events).await?)))
}

fn parse(request: &GetDescendantsSummaryRequest, limits: &Limits) -> Result<(EventId, usize), Failure> {
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    let root = id::event_id(&request.event_id, &at("event_id"), &mut found);
    let events = page::bound(request.max_events, limits.walk_events, limits.walk_events, &at("max_events"), &mut found);
    match root {
        Some(root) if found.is_empty() => Ok((root, events)),
        _ => Err(found.into()),
    }
}

fn to_proto(summary: DescendantsSummary) -> GetDescendantsSummaryResponse {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let of_agent = |agent: Option<god33_domain::AgentId>| agent.map(|agent| agent.to_string()).unwrap_or_default();
    GetDescendantsSummaryResponse {
        total: count(summary.total),
        count_by_event_type: summary.by_type.into_iter().map(|(name, events)| (name, count(events))).collect(),
        count_by_agent: summary.by_agent.into_iter().map(|(agent, events)| (of_agent(agent), count(events))).collect(),
        first_recorded_at: summary.span.map(|(first, _)| time::to_proto(first)),
        last_recorded_at: summary.span.map(|(_, last)| time::to_proto(last)),
        critical_path: summary.critical_path.iter().map(ToString::to_string).collect(),
        tokens_used: summary.tokens_used,
        duration_seconds: summary.duration_seconds,
        truncated: summary.truncated,
    }
}
