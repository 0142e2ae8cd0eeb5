//! The nearest common causes of several events.
//!
//! The walk rises from all of them at once. Each event that is reached keeps which of them it caused, one bit each, and passes on
//! to its parents what is new. An event with every bit is a common cause; it is a nearest one unless it caused another.

use std::collections::{HashMap, HashSet};

use super::walk::WalkLimits;
use crate::ports::{CausalEdge, Store, StoreError};
use crate::{EventId, Position};

/// The nearest common causes of several events.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CommonAncestors {
    /// Those that caused no other common cause, the newest first. Of a cycle, whose members all caused each other, one.
    pub events: Vec<EventId>,
    /// A limit was met: there may be more, or nearer ones.
    pub truncated: bool,
}

/// How many events' parents are read at once: each may have hundreds.
const AT_ONCE: usize = 500;

/// Finds the nearest events that caused every one of at most 128 events. An event is not its own cause, unless by a cycle.
///
/// # Errors
/// Those of the store.
pub async fn common_ancestors(
    store: &dyn Store,
    events: &[EventId],
    limits: WalkLimits,
) -> Result<CommonAncestors, StoreError> {
    let mut rise = Rise::new(events, limits);
    while let Some(unread) = rise.unread() {
        for part in unread.chunks(AT_ONCE) {
            rise.learn(part, &store.edges_to_parents(part).await?);
        }
        rise.advance();
    }
    Ok(rise.finish())
}

/// The walk as a value. Knows no store.
struct Rise {
    limits: WalkLimits,
    depth: usize,
    /// The bits of all events together.
    every: u128,
    reached: HashMap<EventId, Reached>,
    /// The recorded parents of those events whose parents were read.
    parents: HashMap<EventId, Vec<(EventId, Position)>>,
    /// What the last level gained: events, and the bits that they have yet to pass on.
    gained: Vec<(EventId, u128)>,
    /// The common causes in the order in which they were met.
    common: Vec<EventId>,
    truncated: bool,
}

struct Reached {
    position: Position,
    caused: u128,
}

impl Rise {
    fn new(events: &[EventId], limits: WalkLimits) -> Self {
        let bits = (0..u128::BITS).map(|bit| 1_u128 << bit);
        let gained: Vec<(EventId, u128)> = events.iter().copied().zip(bits).collect();
        Self {
            limits,
            depth: 0,
            every: gained.iter().fold(0, |all, (_, bit)| all | bit),
            reached: HashMap::new(),
            parents: HashMap::new(),
            gained,
            common: Vec::new(),
            truncated: false,
        }
    }

    /// The events whose parents are wanted next; `None` when the walk is over.
    fn unread(&self) -> Option<Vec<EventId>> {
        let is_over = self.gained.is_empty() || self.truncated || self.is_decided();
        let unread = self.gained.iter().map(|(id, _)| *id).filter(|id| !self.parents.contains_key(id));
        (!is_over).then(|| unread.collect())
    }

    /// True when all that is left to find lies behind the one nearest common cause.
    fn is_decided(&self) -> bool {
        !self.common.is_empty() && self.gained.iter().all(|(id, _)| self.is_common(*id)) && self.nearest().len() == 1
    }

    fn is_common(&self, id: EventId) -> bool {
        self.reached.get(&id).is_some_and(|reached| reached.caused == self.every)
    }

    fn learn(&mut self, children: &[EventId], edges: &[CausalEdge]) {
        self.parents.extend(children.iter().map(|child| (*child, Vec::new())));
        for edge in edges {
            if let Some(position) = edge.parent {
                self.parents.entry(edge.child_id).or_default().push((edge.parent_id, position));
            }
        }
    }

    fn advance(&mut self) {
        self.depth += 1;
        let mut next: Vec<EventId> = Vec::new();
        let mut news: HashMap<EventId, u128> = HashMap::new();
        for (child, bits) in std::mem::take(&mut self.gained) {
            for (parent, position) in self.parents.get(&child).into_iter().flatten().copied() {
                let known = self.reached.get(&parent).map_or(0, |reached| reached.caused);
                let new = bits & !known;
                if new == 0 {
                    continue;
                }
                let is_full = self.reached.len() >= self.limits.events && !self.reached.contains_key(&parent);
                if self.depth > self.limits.depth || is_full {
                    self.truncated = true;
                    continue;
                }
                self.reached.entry(parent).or_insert(Reached { position, caused: 0 }).caused |= new;
                if known | new == self.every {
                    self.common.push(parent);
                }
                if news.insert(parent, news.get(&parent).copied().unwrap_or(0) | new).is_none() {
                    next.push(parent);
                }
            }
        }
        self.gained = next.into_iter().filter_map(|id| Some((id, *news.get(&id)?))).collect();
    }

    /// The common causes that caused no other one. Of a cycle one member stands for all.
    fn nearest(&self) -> Vec<EventId> {
        let first = self.uncovered(self.common.iter());
        // Once more from the other end: what lies behind a member of a cycle was covered before the member itself could be.
        self.uncovered(first.iter().rev())
    }

    /// Those that are no causes of others, as far as a cover that never goes twice over the same event can tell.
    fn uncovered<'a>(&self, causes: impl Iterator<Item = &'a EventId>) -> Vec<EventId> {
        let mut covered: HashSet<EventId> = HashSet::new();
        let mut uncovered: Vec<EventId> = Vec::new();
        for id in causes {
            if !covered.contains(id) {
                self.cover_causes_of(*id, &mut covered);
                uncovered.push(*id);
            }
        }
        uncovered.retain(|id| !covered.contains(id));
        uncovered
    }

    /// Covers every cause of an event but the event itself.
    fn cover_causes_of(&self, id: EventId, covered: &mut HashSet<EventId>) {
        let mut open = vec![id];
        while let Some(child) = open.pop() {
            let parents = self.parents.get(&child).into_iter().flatten().map(|(parent, _)| *parent);
            open.extend(parents.filter(|parent| *parent != id && covered.insert(*parent)));
        }
    }

    fn finish(self) -> CommonAncestors {
        let mut events = self.nearest();
        events.sort_by_key(|id| std::cmp::Reverse(self.reached.get(id).map(|reached| reached.position)));
        CommonAncestors { events, truncated: self.truncated }
    }
}

#[cfg(test)]
mod tests;
