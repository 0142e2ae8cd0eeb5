#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;
use crate::causation::testing::{Graph, any_graph, id, orderly_graph};

impl Graph {
    fn common(&self, events: &[u64], limits: WalkLimits) -> CommonAncestors {
        let ids: Vec<EventId> = events.iter().copied().map(id).collect();
        let mut rise = Rise::new(&ids, limits);
        while let Some(unread) = rise.unread() {
            rise.learn(&unread, &self.to_parents(&unread));
            rise.advance();
        }
        rise.finish()
    }

    /// The recorded events below which all of these lie.
    fn all_common(&self, events: &[u64]) -> Vec<u64> {
        let is_common = |cause: &u64| events.iter().all(|event| self.below(*cause).contains(event));
        self.0.iter().map(|(cause, _)| *cause).filter(is_common).collect()
    }
}

const WIDE: WalkLimits = WalkLimits { depth: 100, events: 100 };

fn numbers(found: &CommonAncestors) -> Vec<u64> {
    found.events.iter().map(|found| (0..600).find(|number| id(*number) == *found).unwrap()).collect()
}

#[test]
fn only_the_nearest_are_found_the_newest_first() {
    let graph = Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![1]), (4, vec![3, 2]), (5, vec![3, 2, 1])]);
    let found = graph.common(&[4, 5], WIDE);
    assert_eq!((numbers(&found), found.truncated), (vec![3, 2], false), "1 caused 2 and 3");
    assert_eq!(numbers(&graph.common(&[4, 2], WIDE)), [1], "an event is not its own cause");
    assert!(graph.common(&[4, 1], WIDE).events.is_empty());
    assert!(graph.common(&[4, 9], WIDE).events.is_empty(), "what is not recorded has no causes");
}

#[test]
fn a_cause_that_is_near_by_one_way_and_caused_another_one_is_not_nearest() {
    let graph = Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![2]), (4, vec![3, 1]), (5, vec![3, 1])]);
    assert_eq!(numbers(&graph.common(&[4, 5], WIDE)), [3]);
}

#[test]
fn the_history_of_the_nearest_cause_is_not_walked() {
    let mut events: Vec<(u64, Vec<u64>)> = vec![(0, vec![])];
    events.extend((1..500).map(|child| (child, vec![child - 1])));
    events.extend([(500, vec![499]), (501, vec![499])]);
    let found = Graph(events).common(&[500, 501], WalkLimits { depth: 3, events: 5 });
    assert_eq!((numbers(&found), found.truncated), (vec![499], false));
}

#[test]
fn limits_cut_the_walk_and_say_so() {
    let graph = Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![2]), (4, vec![1]), (5, vec![3])]);
    for (depth, events, found, truncated) in
        [(3, 4, vec![1], false), (2, 4, vec![], true), (3, 2, vec![], true), (1, 1, vec![], true)]
    {
        let answer = graph.common(&[4, 5], WalkLimits { depth, events });
        assert_eq!((numbers(&answer), answer.truncated), (found, truncated), "{depth} levels, {events} events");
    }
}

#[test]
fn of_a_cycle_one_member_stands_for_all() {
    let graph = Graph(vec![(1, vec![3]), (2, vec![1]), (3, vec![2]), (4, vec![3]), (5, vec![3])]);
    assert_eq!(numbers(&graph.common(&[4, 5], WIDE)), [3]);
}

proptest! {
    #[test]
    fn in_order_the_nearest_are_those_that_trying_all_finds(
        graph in orderly_graph(), events in proptest::sample::subsequence((0_u64..9).collect::<Vec<_>>(), 2..5),
    ) {
        let common = graph.all_common(&events);
        let is_nearest = |cause: &u64| !common.iter().any(|other| graph.below(*cause).contains(other));
        let expected: Vec<u64> = common.iter().rev().copied().filter(is_nearest).collect();
        let found = graph.common(&events, WIDE);
        prop_assert_eq!((numbers(&found), found.truncated), (expected, false));
    }

    #[test]
    fn with_cycles_each_nearest_knot_has_one_member_in_the_answer(
        graph in any_graph(), events in proptest::sample::subsequence((0_u64..9).collect::<Vec<_>>(), 2..5),
    ) {
        let common = graph.all_common(&events);
        let causes = |cause: u64, event: u64| graph.below(cause).contains(&event);
        // Nearest: whatever common cause it caused, caused it in turn.
        let is_nearest = |cause: &u64| common.iter().all(|other| !causes(*cause, *other) || causes(*other, *cause));
        let nearest: Vec<u64> = common.iter().copied().filter(is_nearest).collect();
        let found = numbers(&graph.common(&events, WIDE));
        prop_assert!(found.iter().all(|cause| nearest.contains(cause)), "{:?} of {:?}", found, nearest);
        for cause in &nearest {
            let standing = found.iter().filter(|f| *f == cause || causes(*cause, **f));
            prop_assert_eq!(standing.count(), 1, "{} of {:?}", cause, nearest);
        }
    }
}
