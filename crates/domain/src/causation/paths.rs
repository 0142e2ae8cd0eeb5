//! The ways from a cause to a consequence, the shortest first.
//!
//! The walk goes from both ends, always on from the end with fewer events to go on from, until one end is exhausted: then every
//! edge between the two is known. The search for paths never leaves these edges, and follows only beginnings that lead to the end.

mod search;

use std::collections::{BTreeSet, HashMap, HashSet};

use self::search::Search;
use super::walk::{Direction, children};
use crate::ports::{CausalEdge, Store, StoreError};
use crate::{EventId, Position};

/// The ways from one event to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paths {
    /// The paths with both ends, the shortest first; of equal ones those over older events. No event is twice on one path.
    pub paths: Vec<Vec<EventId>>,
    /// A limit was met: there are more, or may be.
    pub truncated: bool,
}

/// How many paths are looked for, and how far.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PathLimits {
    /// At most this many paths.
    pub paths: usize,
    /// At most this many steps on a path.
    pub depth: usize,
    /// At most this many events visited from each end.
    pub events: usize,
}

/// How many events' parents are read at once: each may have hundreds.
const AT_ONCE: usize = 500;

/// Finds the ways from a cause to a consequence. There is none from an event to itself.
///
/// # Errors
/// Those of the store.
pub async fn paths(store: &dyn Store, from: EventId, to: EventId, limits: PathLimits) -> Result<Paths, StoreError> {
    let mut between = Between::new(from, to, limits);
    while let Some(direction) = between.next() {
        match direction {
            Direction::Ancestors => {
                let frontier = between.up.take_frontier();
                for part in frontier.chunks(AT_ONCE) {
                    if between.up.is_cut {
                        break;
                    }
                    between.rise(&store.edges_to_parents(part).await?);
                }
                between.up.end_level();
            }
            Direction::Descendants => {
                let frontier = between.down.take_frontier();
                let room = between.down.room(limits.events);
                between.descend(&children(store, &frontier, &between.down.seen, room).await?);
                between.down.end_level();
            }
        }
    }
    Ok(between.search())
}

/// What is known of the edges between two events.
struct Between {
    from: EventId,
    to: EventId,
    limits: PathLimits,
    up: Side,
    down: Side,
    children: HashMap<EventId, BTreeSet<(Position, EventId)>>,
}

impl Between {
    fn new(from: EventId, to: EventId, limits: PathLimits) -> Self {
        Self { from, to, limits, up: Side::new(to), down: Side::new(from), children: HashMap::new() }
    }

    /// The direction in which the next level is read; `None` when enough is known: all paths up to one step more than are allowed, so that
    /// it shows whether there are longer ones.
    fn next(&self) -> Option<Direction> {
        let (up, down) = (&self.up, &self.down);
        let is_over = self.from == self.to || up.is_exhausted() || down.is_exhausted();
        if is_over || up.depth + down.depth > self.limits.depth {
            return None;
        }
        match (up.is_cut, down.is_cut) {
            (true, true) => None,
            (true, false) => Some(Direction::Descendants),
            (false, true) => Some(Direction::Ancestors),
            (false, false) if up.frontier.len() <= down.frontier.len() => Some(Direction::Ancestors),
            (false, false) => Some(Direction::Descendants),
        }
    }

    /// Takes edges to parents. What led to the cause is on no path.
    fn rise(&mut self, edges: &[CausalEdge]) {
        for edge in edges.iter().filter(|edge| edge.parent.is_some()) {
            self.children.entry(edge.parent_id).or_default().insert((edge.child, edge.child_id));
            self.up.reach(edge.parent_id, edge.parent_id != self.from, self.limits.events);
        }
    }

    /// Takes edges to children. What came of the consequence is on no path.
    fn descend(&mut self, edges: &[CausalEdge]) {
        for edge in edges {
            self.children.entry(edge.parent_id).or_default().insert((edge.child, edge.child_id));
            self.down.reach(edge.child_id, edge.child_id != self.to, self.limits.events);
        }
    }

    /// The length up to which all paths are made of known edges; `None` for every length.
    ///
    /// The first steps of a path start from events whose children were read, as many as the walk down has levels; the last ones
    /// end at events whose parents were read. A path that is no longer than both together has no other step.
    fn known_length(&self) -> Option<usize> {
        let is_whole = self.up.is_exhausted() || self.down.is_exhausted();
        (!is_whole).then_some(self.up.depth + self.down.depth)
    }

    fn search(&self) -> Paths {
        if self.from == self.to {
            return Paths { paths: Vec::new(), truncated: false };
        }
        let known = self.known_length();
        let longest = known.unwrap_or(usize::MAX).min(self.limits.depth);
        let Paths { paths, truncated } =
            Search::new(&self.children, self.from, self.to, longest).run(self.limits.paths);
        Paths { paths, truncated: truncated || known.is_some() }
    }
}

/// How the walk from one of the ends stands.
struct Side {
    seen: HashSet<EventId>,
    frontier: Vec<EventId>,
    /// Levels that were read whole.
    depth: usize,
    /// It met the limit of events, and goes no further.
    is_cut: bool,
}

impl Side {
    fn new(start: EventId) -> Self {
        Self { seen: HashSet::from([start]), frontier: vec![start], depth: 0, is_cut: false }
    }

    fn is_exhausted(&self) -> bool {
        !self.is_cut && self.frontier.is_empty()
    }

    fn room(&self, limit: usize) -> usize {
        (limit + 1).saturating_sub(self.seen.len())
    }

    fn take_frontier(&mut self) -> Vec<EventId> {
        std::mem::take(&mut self.frontier)
    }

    fn reach(&mut self, id: EventId, goes_on: bool, limit: usize) {
        if self.seen.contains(&id) {
            return;
        }
        if self.room(limit) == 0 {
            self.is_cut = true;
            return;
        }
        self.seen.insert(id);
        if goes_on {
            self.frontier.push(id);
        }
    }

    fn end_level(&mut self) {
        if !self.is_cut {
            self.depth += 1;
        }
    }
}

#[cfg(test)]
mod tests;
