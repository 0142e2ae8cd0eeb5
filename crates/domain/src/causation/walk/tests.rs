#![allow(clippy::unwrap_used)]
use super::*;
use crate::causation::testing::{Graph, id};

impl Graph {
    fn walk(&self, start: u64, direction: Direction, limits: WalkLimits) -> Walk {
        let edges = self.edges();
        let mut walker = Walker::new(id(start), direction, limits);
        let mut steps = 0;
        while let Some(frontier) = walker.frontier() {
            let end = |edge: &CausalEdge| match direction {
                Direction::Ancestors => edge.child_id,
                Direction::Descendants => edge.parent_id,
            };
            let level: Vec<CausalEdge> = edges.iter().filter(|edge| frontier.contains(&end(edge))).cloned().collect();
            walker.advance(&level);
            steps += 1;
            assert!(steps < 1_000, "every walk ends");
        }
        walker.finish()
    }

    fn up(&self, start: u64, depth: usize, events: usize) -> Walk {
        self.walk(start, Direction::Ancestors, WalkLimits { depth, events })
    }

    fn down(&self, start: u64, depth: usize, events: usize) -> Walk {
        self.walk(start, Direction::Descendants, WalkLimits { depth, events })
    }
}

fn reached(walk: &Walk) -> Vec<(EventId, usize)> {
    walk.reached.iter().map(|reached| (reached.event_id, reached.depth)).collect()
}

fn diamond() -> Graph {
    Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![1]), (4, vec![3, 2])])
}

#[test]
fn a_diamond_is_walked_once_and_by_a_shortest_path() {
    let up = diamond().up(4, 9, 9);
    assert_eq!(reached(&up), [(id(3), 1), (id(2), 1), (id(1), 2)], "parents in the order in which they were named");
    assert_eq!(up.reached[2].path, [id(4), id(2), id(1)], "the first that leads there");
    let down = diamond().down(1, 9, 9);
    assert_eq!(reached(&down), [(id(2), 1), (id(3), 1), (id(4), 2)], "children by position");
    assert_eq!(down.reached[2].path, [id(1), id(3), id(4)]);
    assert!(!up.truncated && !down.truncated);
}

#[test]
fn an_event_that_is_reached_on_two_levels_counts_on_the_nearer() {
    let graph = Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![2, 1])]);
    assert_eq!(reached(&graph.down(1, 9, 9)), [(id(2), 1), (id(3), 1)]);
    assert_eq!(reached(&graph.up(3, 9, 9)), [(id(2), 1), (id(1), 1)]);
}

#[test]
fn cycles_end_wherever_the_walk_begins() {
    let graph = Graph(vec![(1, vec![3]), (2, vec![1]), (3, vec![2]), (4, vec![3, 5]), (5, vec![4])]);
    for start in 1..=3 {
        let up = graph.up(start, 100, 100);
        assert_eq!((up.reached.len(), up.truncated), (2, false));
        assert!(up.reached.iter().all(|reached| reached.event_id != id(start)), "the start is not its own ancestor");
    }
    assert_eq!(graph.down(1, 100, 100).reached.len(), 4);
    assert_eq!(graph.up(5, 100, 100).reached.len(), 4);
}

#[test]
fn a_missing_parent_is_reached_but_not_passed() {
    let graph = Graph(vec![(1, vec![9]), (2, vec![1, 8])]);
    let up = graph.up(2, 9, 9);
    let recorded: Vec<bool> = up.reached.iter().map(|reached| reached.recorded).collect();
    assert_eq!((reached(&up), recorded), (vec![(id(1), 1), (id(8), 1), (id(9), 2)], vec![true, false, false]));
    assert_eq!(reached(&graph.down(9, 9, 9)), [(id(1), 1), (id(2), 2)], "what came of an event that is not recorded");
}

#[test]
fn a_walk_says_that_it_was_cut_exactly_when_it_was() {
    for (depth, events, found, cut) in
        [(2, 3, 3, false), (2, 2, 2, true), (1, 3, 2, true), (1, 2, 2, true), (0, 9, 0, true), (9, 0, 0, true)]
    {
        for walk in [diamond().up(4, depth, events), diamond().down(1, depth, events)] {
            assert_eq!((walk.reached.len(), walk.truncated), (found, cut), "depth {depth}, events {events}");
        }
    }
    for walk in [diamond().up(1, 0, 0), diamond().down(4, 0, 0), Graph(vec![]).down(1, 0, 0)] {
        assert_eq!((walk.reached.len(), walk.truncated), (0, false), "there was nothing to cut");
    }
}

#[test]
fn an_edge_back_to_what_was_seen_is_nothing_more_to_find() {
    let graph = Graph(vec![(1, vec![2]), (2, vec![1])]);
    let up = graph.up(1, 1, 1);
    assert_eq!((up.reached.len(), up.truncated), (1, false), "past the limit there is only the start again");
}

#[test]
fn edges_end_a_level_when_they_lead_to_more_events_than_there_is_room_for() {
    let graph = Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![1]), (4, vec![1])]);
    let edges = graph.edges();
    let walker = |depth, events| Walker::new(id(1), Direction::Descendants, WalkLimits { depth, events });
    let is_ended = |walker: &Walker, edges: &[CausalEdge]| lead_past(edges, &walker.seen, walker.room_below());
    assert!(is_ended(&walker(1, 2), &edges));
    assert!(!is_ended(&walker(1, 3), &edges));
    assert!(is_ended(&walker(0, 9), &edges[..1]), "at the greatest depth one more event is enough");
    assert!(!is_ended(&walker(0, 9), &[]));
}
