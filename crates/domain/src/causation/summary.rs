//! All that came of an event, summed up.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::walk::{Direction, WalkLimits, run};
use crate::members::Members;
use crate::ports::{CausalEdge, Outline, Store, StoreError};
use crate::{AgentId, EventId, JsonText, Position, Timestamp};

/// What came of an event. The event itself counts nowhere.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DescendantsSummary {
    /// How many events.
    pub total: usize,
    /// How many of each type.
    pub by_type: BTreeMap<String, usize>,
    /// How many of each agent; `None` for those without one.
    pub by_agent: BTreeMap<Option<AgentId>, usize>,
    /// When the first and the last of them were recorded.
    pub span: Option<(Timestamp, Timestamp)>,
    /// The way that took longest: from the event to the last that came of it, each step from the last of its causes. No other way
    /// takes longer, since what a way takes is the time between its ends.
    pub critical_path: Vec<EventId>,
    /// The sum of `metrics.tokens_used` over the payloads.
    pub tokens_used: i64,
    /// The sum of `metrics.duration_seconds` over the payloads.
    pub duration_seconds: f64,
    /// The limit was met: there are more.
    pub truncated: bool,
}

/// How many events are read at once.
const AT_ONCE: usize = 500;

/// Sums up what came of an event, at most so many events.
///
/// # Errors
/// Those of the store.
pub async fn summarize_descendants(
    store: &dyn Store,
    root: EventId,
    max_events: usize,
) -> Result<DescendantsSummary, StoreError> {
    let limits = WalkLimits { depth: usize::MAX, events: max_events };
    let walk = run(store, root, Direction::Descendants, limits).await?;
    let ids = walk.ids();
    let mut sums = Sums::default();
    for part in ids.chunks(AT_ONCE) {
        store.outlines(part).await?.iter().for_each(|outline| sums.add(outline));
    }
    let mut causes = Causes::new(root, &ids);
    for part in ids.chunks(AT_ONCE) {
        causes.learn(&store.edges_to_parents(part).await?);
    }
    let critical_path = causes.way_to(sums.newest.map(|(_, id)| id));
    Ok(DescendantsSummary { critical_path, truncated: walk.truncated, ..sums.summary })
}

#[derive(Default)]
struct Sums {
    summary: DescendantsSummary,
    newest: Option<(Position, EventId)>,
}

impl Sums {
    fn add(&mut self, event: &Outline) {
        let summary = &mut self.summary;
        summary.total += 1;
        *summary.by_type.entry(event.event_type.as_str().to_owned()).or_default() += 1;
        *summary.by_agent.entry(event.agent.clone()).or_default() += 1;
        let at = event.recorded_at;
        summary.span = Some(summary.span.map_or((at, at), |(first, last)| (first.min(at), last.max(at))));
        self.newest = self.newest.max(Some((event.position, event.event_id)));
        if let Some(payload) = &event.payload {
            self.add_metrics(payload);
        }
    }

    /// What cannot be read as a number counts as nothing.
    fn add_metrics(&mut self, payload: &JsonText) {
        let Some(metrics) = Members::of(payload).read::<JsonText>("metrics") else { return };
        let metrics = Members::of(&metrics);
        let tokens = metrics.read::<i64>("tokens_used").unwrap_or_default();
        self.summary.tokens_used = self.summary.tokens_used.saturating_add(tokens);
        self.summary.duration_seconds += metrics.read::<f64>("duration_seconds").unwrap_or_default();
    }
}

/// Who caused whom among the event and what came of it.
struct Causes {
    root: EventId,
    members: HashSet<EventId>,
    parents: HashMap<EventId, Vec<(Option<Position>, EventId)>>,
}

impl Causes {
    fn new(root: EventId, descendants: &[EventId]) -> Self {
        let members = descendants.iter().copied().chain([root]).collect();
        Self { root, members, parents: HashMap::new() }
    }

    fn learn(&mut self, edges: &[CausalEdge]) {
        for edge in edges.iter().filter(|edge| self.members.contains(&edge.parent_id)) {
            self.parents.entry(edge.child_id).or_default().push((edge.parent, edge.parent_id));
        }
    }

    /// Goes back from an event to the root, each time to the cause that was recorded last. Where that leads around in a cycle, to the
    /// one before.
    fn way_to(mut self, end: Option<EventId>) -> Vec<EventId> {
        let mut way: Vec<EventId> = end.into_iter().collect();
        let mut seen: HashSet<EventId> = way.iter().copied().collect();
        self.parents.values_mut().for_each(|parents| parents.sort_unstable());
        while let Some(at) = way.last().copied()
            && at != self.root
        {
            match self.parents.get_mut(&at).and_then(Vec::pop) {
                Some((_, parent)) if seen.insert(parent) => way.push(parent),
                Some(_) => {}
                None => way.truncate(way.len() - 1),
            }
        }
        way.reverse();
        way
    }
}

#[cfg(test)]
mod tests;
