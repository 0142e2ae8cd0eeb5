#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;
use crate::EventType;
use crate::causation::testing::{Graph, any_graph, id, orderly_graph};

impl Graph {
    /// What came of an event, and the critical path to the last of it.
    fn critical_path(&self, root: u64) -> (Vec<u64>, Vec<EventId>) {
        let below: Vec<u64> = self.below(root).into_iter().filter(|number| *number != root).collect();
        let ids: Vec<EventId> = below.iter().copied().map(id).collect();
        let mut causes = Causes::new(id(root), &ids);
        causes.learn(&self.to_parents(&ids));
        let newest = below.iter().max_by_key(|number| self.position(**number)).copied();
        (below, causes.way_to(newest.map(id)))
    }
}

fn outline(number: u64, payload: Option<&str>) -> Outline {
    Outline {
        event_id: id(number),
        position: Position::new(number),
        recorded_at: Timestamp::from_micros(number as i64 * 1_000),
        event_type: EventType::parse(if number.is_multiple_of(2) { "a.even" } else { "a.odd" }, 255).unwrap(),
        agent: (number > 2).then(|| AgentId::parse("letta").unwrap()),
        payload: payload.map(|json| JsonText::parse(json).unwrap()),
    }
}

#[test]
fn counts_span_and_metrics_are_summed_over_the_events() {
    let mut sums = Sums::default();
    sums.add(&outline(3, Some(r#"{"metrics":{"tokens_used":100,"duration_seconds":1.5}}"#)));
    sums.add(&outline(1, None));
    sums.add(&outline(2, Some(r#"{"metrics":{"tokens_used":20,"duration_seconds":2}}"#)));
    let summary = sums.summary;
    assert_eq!((summary.total, summary.tokens_used, summary.duration_seconds), (3, 120, 3.5));
    assert_eq!(summary.by_type, BTreeMap::from([("a.even".into(), 1), ("a.odd".into(), 2)]));
    let letta = Some(AgentId::parse("letta").unwrap());
    assert_eq!(summary.by_agent, BTreeMap::from([(None, 2), (letta, 1)]));
    assert_eq!(summary.span, Some((Timestamp::from_micros(1_000), Timestamp::from_micros(3_000))));
    assert_eq!(sums.newest, Some((Position::new(3), id(3))));
}

#[test]
fn metrics_that_are_no_numbers_spoil_no_others() {
    let mut sums = Sums::default();
    for payload in [
        r#"{"metrics":null}"#,
        r#"{"metrics":{"tokens_used":"many","duration_seconds":7}}"#,
        r#"{"metrics":{"tokens_used":5,"duration_seconds":1e999}}"#,
        r#"["metrics"]"#,
        r#"{"metrics":{"tokens_used":9223372036854775807}}"#,
        r#"{"m\u0065trics":{"tokens_used":1}}"#,
    ] {
        sums.add(&outline(1, Some(payload)));
    }
    assert_eq!((sums.summary.tokens_used, sums.summary.duration_seconds), (i64::MAX, 7.0));
}

#[test]
fn the_critical_path_waits_for_the_last_cause_of_each_step() {
    let graph = Graph(vec![(1, vec![]), (2, vec![1]), (3, vec![1]), (4, vec![1, 2, 3]), (5, vec![1]), (6, vec![4])]);
    assert_eq!(graph.critical_path(1).1, [1, 3, 4, 6].map(id));
    assert!(graph.critical_path(6).1.is_empty(), "nothing came of it");
}

fn has_way(graph: &Graph, way: &[u64]) -> bool {
    way.windows(2).all(|step| graph.children(step[0]).contains(&step[1]))
}

proptest! {
    #[test]
    fn the_critical_path_is_a_way_from_the_event_to_the_last_that_came_of_it(graph in any_graph(), root in 0_u64..9) {
        let (below, path) = graph.critical_path(root);
        let path: Vec<u64> = path.into_iter().map(|found| (0..9).find(|number| id(*number) == found).unwrap()).collect();
        prop_assert_eq!(path.is_empty(), below.is_empty());
        if let (Some(first), Some(last)) = (path.first(), path.last()) {
            prop_assert_eq!(*first, root);
            prop_assert_eq!(graph.position(*last), below.iter().map(|number| graph.position(*number)).max().unwrap());
        }
        prop_assert!(has_way(&graph, &path));
        let distinct: HashSet<&u64> = path.iter().collect();
        prop_assert_eq!(distinct.len(), path.len());
    }

    #[test]
    fn in_order_each_step_is_from_the_last_cause(graph in orderly_graph(), root in 0_u64..9) {
        let (below, path) = graph.critical_path(root);
        for step in path.windows(2) {
            let caused_it = |cause: &&u64| graph.children(**cause).iter().any(|child| id(*child) == step[1]);
            let last = below.iter().filter(caused_it).max_by_key(|cause| graph.position(**cause));
            prop_assert_eq!(step[0], id(*last.unwrap_or(&root)));
        }
    }
}
