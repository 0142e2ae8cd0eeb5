//! Small graphs for the tests of this module.

use proptest::prelude::*;

use crate::ports::CausalEdge;
use crate::{EventId, Position};

/// A graph by small numbers: `(child, parents)` in the order of the log. An event of which no entry tells is not recorded.
#[derive(Clone, Debug)]
pub(super) struct Graph(pub(super) Vec<(u64, Vec<u64>)>);

pub(super) fn id(number: u64) -> EventId {
    EventId::from_foreign(&format!("event-{number}"))
}

impl Graph {
    pub(super) fn position(&self, number: u64) -> Option<Position> {
        let index = self.0.iter().position(|(child, _)| *child == number)?;
        Some(Position::new(index as u64 + 1))
    }

    pub(super) fn edges(&self) -> Vec<CausalEdge> {
        let edge = |child: u64, ordinal, parent: u64| CausalEdge {
            child_id: id(child),
            child: self.position(child).unwrap(),
            ordinal,
            parent_id: id(parent),
            parent: self.position(parent),
        };
        let of = |(child, parents): &(u64, Vec<u64>)| {
            let parents = parents.iter().zip(0..);
            parents.map(|(parent, ordinal)| edge(*child, ordinal, *parent)).collect::<Vec<_>>()
        };
        self.0.iter().flat_map(of).collect()
    }

    /// The edges from these events to their parents.
    pub(super) fn to_parents(&self, children: &[EventId]) -> Vec<CausalEdge> {
        self.edges().into_iter().filter(|edge| children.contains(&edge.child_id)).collect()
    }

    /// The edges to these events from their children.
    pub(super) fn to_children(&self, parents: &[EventId]) -> Vec<CausalEdge> {
        self.edges().into_iter().filter(|edge| parents.contains(&edge.parent_id)).collect()
    }

    /// The recorded children of an event by position.
    pub(super) fn children(&self, number: u64) -> Vec<u64> {
        self.0.iter().filter(|(_, parents)| parents.contains(&number)).map(|(child, _)| *child).collect()
    }

    /// The recorded events that can be reached from an event in one step or more; the event itself only by a cycle.
    pub(super) fn below(&self, number: u64) -> Vec<u64> {
        let mut found = self.children(number);
        let mut next = 0;
        while let Some(at) = found.get(next).copied() {
            let new: Vec<u64> = self.children(at).into_iter().filter(|child| !found.contains(child)).collect();
            found.extend(new);
            next += 1;
        }
        found
    }
}

/// Graphs of a few events with all that forged ids allow: late and missing parents, and cycles.
pub(super) fn any_graph() -> impl Strategy<Value = Graph> {
    proptest::collection::vec(proptest::collection::vec(0_u64..9, 0..4), 2..9).prop_map(|parents| graph(&parents))
}

/// Graphs in which every parent stands before its children.
pub(super) fn orderly_graph() -> impl Strategy<Value = Graph> {
    any_graph().prop_map(|Graph(events)| {
        let before = |(child, parents): (u64, Vec<u64>)| (child, parents.into_iter().filter(|p| *p < child).collect());
        Graph(events.into_iter().map(before).collect())
    })
}

fn graph(parents: &[Vec<u64>]) -> Graph {
    let event = |(parents, child): (&Vec<u64>, u64)| {
        let mut named: Vec<u64> = Vec::new();
        for parent in parents.iter().copied().filter(|parent| *parent != child) {
            if !named.contains(&parent) {
                named.push(parent);
            }
        }
        (child, named)
    };
    Graph(parents.iter().zip(0..).map(event).collect())
}
