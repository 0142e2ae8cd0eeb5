#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;
use crate::causation::testing::{Graph, any_graph, id};

impl Graph {
    fn paths(&self, from: u64, to: u64, limits: PathLimits) -> Paths {
        let mut between = Between::new(id(from), id(to), limits);
        while let Some(direction) = between.next() {
            match direction {
                Direction::Ancestors => {
                    let frontier = between.up.take_frontier();
                    between.rise(&self.to_parents(&frontier));
                    between.up.end_level();
                }
                Direction::Descendants => {
                    let frontier = between.down.take_frontier();
                    between.descend(&self.to_children(&frontier));
                    between.down.end_level();
                }
            }
        }
        between.search()
    }

    /// Every path without a repeat, found by trying all.
    fn all_paths(&self, from: u64, to: u64) -> Vec<Vec<EventId>> {
        let mut found = Vec::new();
        let mut open = if from == to { vec![] } else { vec![vec![from]] };
        while let Some(path) = open.pop() {
            for child in self.children(*path.last().unwrap()).into_iter().filter(|child| !path.contains(child)) {
                let longer: Vec<u64> = path.iter().copied().chain([child]).collect();
                if child == to { found.push(longer) } else { open.push(longer) }
            }
        }
        found.sort_by_key(Vec::len);
        found.into_iter().map(|path| path.into_iter().map(id).collect()).collect()
    }
}

const WIDE: PathLimits = PathLimits { paths: 100, depth: 100, events: 100 };

fn lengths(paths: &[Vec<EventId>]) -> Vec<usize> {
    paths.iter().map(|path| path.len() - 1).collect()
}

#[test]
fn paths_come_by_length_then_over_the_older_events() {
    let graph = Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![1]), (4, vec![3, 2]), (5, vec![4, 1])]);
    let found = graph.paths(1, 5, WIDE);
    let expected =
        [vec![1, 5], vec![1, 2, 4, 5], vec![1, 3, 4, 5]].map(|path| path.into_iter().map(id).collect::<Vec<_>>());
    assert_eq!((found.paths, found.truncated), (expected.to_vec(), false));
    assert!(graph.paths(5, 1, WIDE).paths.is_empty(), "a consequence is no cause");
    assert!(graph.paths(2, 3, WIDE).paths.is_empty());
    assert!(graph.paths(4, 4, WIDE).paths.is_empty());
}

#[test]
fn limits_cut_the_longest_paths_and_say_so() {
    let graph = Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![1]), (4, vec![3, 2]), (5, vec![4, 1])]);
    for (paths, depth, found, truncated) in
        [(3, 3, 3, false), (2, 3, 2, true), (1, 3, 1, true), (3, 2, 1, true), (3, 1, 1, true)]
    {
        let answer = graph.paths(1, 5, PathLimits { paths, depth, events: 100 });
        assert_eq!((answer.paths.len(), answer.truncated), (found, truncated), "{paths} paths, {depth} steps");
    }
}

#[test]
fn a_ladder_of_diamonds_costs_no_more_than_what_is_answered() {
    let mut events = vec![(0, vec![])];
    for level in 1..=40 {
        let before: Vec<u64> = if level == 1 { vec![0] } else { vec![level * 2 - 3, level * 2 - 2] };
        events.extend([(level * 2 - 1, before.clone()), (level * 2, before)]);
    }
    let found = Graph(events).paths(0, 80, WIDE);
    assert_eq!((found.paths.len(), found.truncated), (100, true));
    assert!(lengths(&found.paths).iter().all(|length| *length == 40));
    let distinct: HashSet<&Vec<EventId>> = found.paths.iter().collect();
    assert_eq!(distinct.len(), 100);
}

#[test]
fn a_crowd_around_the_cause_is_not_walked_when_the_consequence_has_few_causes() {
    let mut events = vec![(0, vec![])];
    events.extend((1..500).map(|child| (child, vec![0])));
    events.push((500, vec![7]));
    let found = Graph(events).paths(0, 500, PathLimits { events: 10, ..WIDE });
    assert_eq!((found.paths, found.truncated), (vec![vec![id(0), id(7), id(500)]], false));
}

#[test]
fn paths_up_to_the_length_that_is_known_are_found_when_both_ends_are_cut() {
    let mut events: Vec<(u64, Vec<u64>)> = (1..50).map(|cause| (cause, vec![])).collect();
    events.push((0, vec![]));
    events.push((100, std::iter::once(0).chain(1..50).collect()));
    events.extend((101..150).map(|child| (child, vec![0])));
    let found = Graph(events).paths(0, 100, PathLimits { events: 5, ..WIDE });
    assert!(found.truncated, "neither end could be walked");
    assert!(found.paths.is_empty());
}

proptest! {
    #[test]
    fn the_paths_are_those_that_trying_all_finds(
        graph in any_graph(), from in 0_u64..9, to in 0_u64..9, paths in 1_usize..6, depth in 1_usize..9,
    ) {
        let (from, to) = (from % graph.0.len() as u64, to % graph.0.len() as u64);
        let all = graph.all_paths(from, to);
        let found = graph.paths(from, to, PathLimits { paths, depth, events: 100 });
        let within: Vec<_> = all.iter().filter(|path| path.len() - 1 <= depth).cloned().collect();
        prop_assert_eq!(lengths(&found.paths), lengths(&within[..within.len().min(paths)]));
        let distinct: HashSet<&Vec<EventId>> = found.paths.iter().collect();
        prop_assert_eq!(distinct.len(), found.paths.len());
        prop_assert!(found.paths.iter().all(|path| all.contains(path)));
        prop_assert!(found.truncated || found.paths.len() == all.len(), "what is missing is said");
    }

    #[test]
    fn a_cut_of_the_walk_hides_no_shorter_path(graph in any_graph(), from in 0_u64..9, to in 0_u64..9, events in 1_usize..5) {
        let (from, to) = (from % graph.0.len() as u64, to % graph.0.len() as u64);
        let all = graph.all_paths(from, to);
        let found = graph.paths(from, to, PathLimits { events, ..WIDE });
        prop_assert_eq!(lengths(&found.paths), lengths(&all[..found.paths.len()]));
        prop_assert!(found.truncated || found.paths.len() == all.len());
    }
}
