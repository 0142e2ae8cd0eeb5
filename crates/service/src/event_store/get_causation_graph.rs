//! Reads the graph of causes around events, or of a workflow.

use std::collections::BTreeSet;

use god33_domain::causation::{Direction, WalkLimits};
use god33_domain::ports::CausalEdge;
use god33_domain::{EventFilter, EventId, EventQuery, Limits, Order, WorkflowId};
use god33_proto::v1::{CausationEdge, ErrorReason, GetCausationGraphRequest, GetCausationGraphResponse};
use tonic::{Request, Response};

use super::batch_get_events::check_count;
use super::fetch::{AT_ONCE, fetch};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, page, recorded};
use crate::{Action, App, AppError, Principal, Reader};

/// The most events from which one graph is walked.
const MAX_ROOTS: usize = 100;
/// The size of a graph when none is asked for.
const DEFAULT_EVENTS: usize = 1_000;

struct Parsed {
    roots: Vec<EventId>,
    workflow: Option<WorkflowId>,
    limits: WalkLimits,
}

pub(super) async fn get_causation_graph(
    app: &App,
    request: Request<GetCausationGraphRequest>,
) -> Result<Response<GetCausationGraphResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let parsed = parse(request, &app.limits)?;

    let reader = app.reader(principal, Action::ReadEvents(None), request.min_position).await?;
    let mut members = Members::new(parsed.limits);
    if let Some(workflow) = parsed.workflow {
        members.add_workflow(&reader, workflow).await?;
    }
    for root in parsed.roots {
        members.add_around(&reader, root).await?;
    }
    Ok(Response::new(answer(&reader, members).await?))
}

fn parse(request: &GetCausationGraphRequest, limits: &Limits) -> Result<Parsed, Failure> {
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    if request.event_ids.is_empty() && request.workflow_id.is_empty() {
        found.add(&at("event_ids"), ErrorReason::EmptyRequest, "is empty: name at least one event, or a workflow");
    }
    check_count(request.event_ids.len(), MAX_ROOTS, &at("event_ids"), &mut found);
    let roots = id::event_ids(&request.event_ids, &at("event_ids"), &mut found);
    let workflow = id::optional_label(&request.workflow_id, &at("workflow_id"), ErrorReason::InvalidField, &mut found);
    let depth = page::bound(request.max_depth, limits.walk_depth, limits.walk_depth, &at("max_depth"), &mut found);
    let events = page::bound(request.max_events, DEFAULT_EVENTS, limits.walk_events, &at("max_events"), &mut found);
    found.finish()?;
    Ok(Parsed { roots, workflow, limits: WalkLimits { depth, events } })
}

/// The events of a graph while it is gathered.
struct Members {
    ids: BTreeSet<EventId>,
    limits: WalkLimits,
    truncated: bool,
}

impl Members {
    const fn new(limits: WalkLimits) -> Self {
        Self { ids: BTreeSet::new(), limits, truncated: false }
    }

    fn add(&mut self, id: EventId) {
        if self.ids.len() < self.limits.events {
            self.ids.insert(id);
        } else if !self.ids.contains(&id) {
            self.truncated = true;
        }
    }

    async fn add_workflow(&mut self, reader: &Reader<'_>, workflow: WorkflowId) -> Result<(), AppError> {
        let filter = EventFilter { workflow_id: Some(workflow), ..EventFilter::default() };
        let mut query = EventQuery { filter, order: Order::OldestFirst, after: None, limit: AT_ONCE };
        loop {
            let page = reader.list_events(&query).await?;
            page.events.iter().for_each(|event| self.add(event.id()));
            query.after = page.events.last().map(|event| event.position);
            if !page.has_more || self.truncated || query.after.is_none() {
                return Ok(());
            }
        }
    }

    async fn add_around(&mut self, reader: &Reader<'_>, root: EventId) -> Result<(), AppError> {
        self.add(root);
        for direction in [Direction::Ancestors, Direction::Descendants] {
            let walk = reader.walk(root, direction, self.limits).await?;
            walk.reached.iter().filter(|reached| reached.recorded).for_each(|reached| self.add(reached.event_id));
            self.truncated |= walk.truncated;
        }
        Ok(())
    }
}

async fn answer(reader: &Reader<'_>, members: Members) -> Result<GetCausationGraphResponse, AppError> {
    let ids: Vec<EventId> = members.ids.iter().copied().collect();
    let fetched = fetch(reader, &ids).await?;
    let truncated = members.truncated || fetched.ids < ids.len();
    let mut events = fetched.events;
    events.sort_by_key(|event| event.position);
    let shown: BTreeSet<EventId> = events.iter().map(|event| event.id()).collect();
    let ids: Vec<EventId> = shown.iter().copied().collect();
    let edges = reader.edges_to_parents(&ids).await?;
    Ok(GetCausationGraphResponse {
        events: events.iter().map(recorded::to_proto).collect(),
        edges: edges.iter().filter(|edge| belongs(edge, &shown)).map(edge).collect(),
        truncated,
    })
}

/// An edge belongs to the graph when both its ends do, or when its parent is missing.
fn belongs(edge: &CausalEdge, shown: &BTreeSet<EventId>) -> bool {
    edge.parent.is_none() || shown.contains(&edge.parent_id)
}

fn edge(edge: &CausalEdge) -> CausationEdge {
    CausationEdge {
        parent_id: edge.parent_id.to_string(),
        child_id: edge.child_id.to_string(),
        ordinal: edge.ordinal,
        parent_recorded: edge.parent.is_some(),
    }
}
