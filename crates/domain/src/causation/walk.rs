//! Walks to everything that led to an event, or that came of it.

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
    Ok(run(store, start, direction, limits).await?.finish())
}

/// Walks to the end.
pub(super) async fn run(
    store: &dyn Store,
    start: EventId,
    direction: Direction,
    limits: WalkLimits,
) -> Result<Walker, StoreError> {
    let mut walker = Walker::new(start, direction, limits);
    while let Some(frontier) = walker.frontier() {
        match direction {
            Direction::Ancestors => walker.advance(&store.edges_to_parents(&frontier).await?),
            Direction::Descendants => {
                let edges = children(store, &frontier, &walker.seen, walker.room_below()).await?;
                walker.advance(&edges);
            }
        }
    }
    Ok(walker)
}

/// The edges to the children of a level, or as many of them as lead to more new events than there is room for. Several edges can
/// lead to one event and to events seen before, so how many are needed shows only when they are there.
pub(super) async fn children(
    store: &dyn Store,
    frontier: &[EventId],
    seen: &HashSet<EventId>,
    room: usize,
) -> Result<Vec<CausalEdge>, StoreError> {
    let mut limit = room.saturating_add(1).saturating_mul(4);
    loop {
        let edges = store.edges_to_children(frontier, limit).await?;
        if edges.len() < limit || lead_past(&edges, seen, room) {
            return Ok(edges);
        }
        limit = limit.saturating_mul(4);
    }
}

/// True when these edges lead to more new children than there is room for.
fn lead_past(edges: &[CausalEdge], seen: &HashSet<EventId>, room: usize) -> bool {
    let new: HashSet<EventId> = edges.iter().map(|edge| edge.child_id).filter(|id| !seen.contains(id)).collect();
    new.len() > room
}

/// The walk as a value: takes edges, gives the next frontier. Knows no store.
pub(super) struct Walker {
    direction: Direction,
    limits: WalkLimits,
    start: EventId,
    depth: usize,
    seen: HashSet<EventId>,
    came_from: HashMap<EventId, EventId>,
    frontier: Vec<EventId>,
    order: Vec<(EventId, usize, bool)>,
    pub(super) truncated: bool,
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

    /// How many more events of the next level the limits allow.
    fn room_below(&self) -> usize {
        if self.depth < self.limits.depth { self.room() } else { 0 }
    }

    /// What was reached so far, nearest first.
    pub(super) fn ids(&self) -> Vec<EventId> {
        self.order.iter().map(|(id, ..)| *id).collect()
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
