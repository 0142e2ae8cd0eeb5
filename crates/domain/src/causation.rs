//! Walks over causes.
//!
//! Parents can be late, missing, or (since clients choose ids) part of a cycle, and a graph of few events can have more paths
//! than could ever be listed. So every walk goes level by level, visits each event once, and has limits that it reports.

use std::collections::{HashMap, HashSet};

use crate::EventId;
use crate::ports::{CausalEdge, Store, StoreError};

/// The direction of a walk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// To what led to an event.
    Ancestors,
    /// To what came of it.
    Descendants,
}

/// An event that a walk reached.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reached {
    /// The event.
    pub event_id: EventId,
    /// How many steps from the start, at least 1.
    pub depth: usize,
    /// One shortest way: the start, the events between, this event.
    pub path: Vec<EventId>,
    /// False for a parent that somebody names and nobody recorded.
    pub recorded: bool,
}

/// The result of a walk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Walk {
    /// What was reached, nearest first; the start itself is not among it.
    pub reached: Vec<Reached>,
    /// A limit was met: there is more.
    pub truncated: bool,
}

/// How far a walk goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct WalkLimits {
    /// At most this many steps from the start.
    pub depth: usize,
    /// At most this many events.
    pub events: usize,
}

/// Walks from an event, which need not be recorded itself.
///
/// # Errors
/// Those of the store.
pub async fn walk(
    store: &dyn Store,
    start: EventId,
    direction: Direction,
    limits: WalkLimits,
) -> Result<Walk, StoreError> {
    let mut walker = Walker::new(start, direction, limits);
    while let Some(frontier) = walker.frontier() {
        match direction {
            Direction::Ancestors => walker.advance(&store.edges_to_parents(&frontier).await?),
            Direction::Descendants => walker.advance(&children(store, &walker, &frontier).await?),
        }
    }
    Ok(walker.finish())
}

/// The edges of a level, or as many of them as tell that the walk ends there. Several edges can lead to one event and to events
/// seen before, so how many are needed shows only when they are there.
async fn children(store: &dyn Store, walker: &Walker, frontier: &[EventId]) -> Result<Vec<CausalEdge>, StoreError> {
    let mut limit = walker.room().saturating_add(1).saturating_mul(4);
    loop {
        let edges = store.edges_to_children(frontier, limit).await?;
        if edges.len() < limit || walker.is_ended_by(&edges) {
            return Ok(edges);
        }
        limit = limit.saturating_mul(4);
    }
}

/// The walk as a value: takes edges, gives the next frontier. Knows no store.
struct Walker {
    direction: Direction,
    limits: WalkLimits,
    start: EventId,
    depth: usize,
    seen: HashSet<EventId>,
    came_from: HashMap<EventId, EventId>,
    frontier: Vec<EventId>,
    order: Vec<(EventId, usize, bool)>,
    truncated: bool,
}

impl Walker {
    fn new(start: EventId, direction: Direction, limits: WalkLimits) -> Self {
        Self {
            direction,
            limits,
            start,
            depth: 0,
            seen: HashSet::from([start]),
            came_from: HashMap::new(),
            frontier: vec![start],
            order: Vec::new(),
            truncated: false,
        }
    }

    /// The events whose edges are wanted next; `None` when the walk is over. At the greatest depth the edges are still asked for,
    /// to know whether there is more.
    fn frontier(&self) -> Option<Vec<EventId>> {
        let over = self.frontier.is_empty() || self.truncated;
        (!over).then(|| self.frontier.clone())
    }

    fn room(&self) -> usize {
        self.limits.events.saturating_sub(self.order.len())
    }

    /// True when these edges lead to more new events than the limits leave room for.
    fn is_ended_by(&self, edges: &[CausalEdge]) -> bool {
        let new: HashSet<EventId> =
            edges.iter().map(|edge| edge.child_id).filter(|id| !self.seen.contains(id)).collect();
        let room = if self.depth < self.limits.depth { self.room() } else { 0 };
        new.len() > room
    }

    fn advance(&mut self, edges: &[CausalEdge]) {
        self.depth += 1;
        let mut next = Vec::new();
        for edge in edges {
            let (from, to, recorded) = match self.direction {
                Direction::Ancestors => (edge.child_id, edge.parent_id, edge.parent.is_some()),
                Direction::Descendants => (edge.parent_id, edge.child_id, true),
            };
            if self.seen.contains(&to) {
                continue;
            }
            if self.depth > self.limits.depth || self.room() == 0 {
                self.truncated = true;
                break;
            }
            self.seen.insert(to);
            self.came_from.insert(to, from);
            self.order.push((to, self.depth, recorded));
            if recorded {
                next.push(to);
            }
        }
        self.frontier = next;
    }

    fn finish(self) -> Walk {
        let reached = self
            .order
            .iter()
            .map(|(event_id, depth, recorded)| Reached {
                event_id: *event_id,
                depth: *depth,
                path: self.path_to(*event_id),
                recorded: *recorded,
            })
            .collect();
        Walk { reached, truncated: self.truncated }
    }

    fn path_to(&self, id: EventId) -> Vec<EventId> {
        let mut path = vec![id];
        let mut at = id;
        while at != self.start
            && let Some(before) = self.came_from.get(&at)
        {
            path.push(*before);
            at = *before;
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests;
