#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::{MemoryLog, Named, event};

/// A log of four events: a cause, what it caused, an event of which a cause is missing, and another one.
fn log() -> MemoryLog {
    let mut log = MemoryLog::default();
    let cause = event("a.b");
    let child = event("a.c").caused_by(&cause);
    let waiting = event("a.d").caused_by(&EventId::generate()).caused_by(&child);
    log.record([&cause, &child, &waiting, &event("a.e").at_server_time()]);
    log
}

fn edges(log: &MemoryLog) -> Vec<CausalEdge> {
    let edge = |edge: &crate::plan::Edge| CausalEdge {
        child_id: edge.child_id,
        child: edge.child,
        ordinal: edge.ordinal,
        parent_id: edge.parent_id,
        parent: edge.parent,
    };
    log.edges.iter().map(edge).collect()
}

fn check(log: &MemoryLog, events: &[RecordedEvent], edges: &[CausalEdge]) -> Vec<(FindingKind, u64)> {
    let parents = log.events.iter().map(|event| (event.event_id(), event.position)).collect();
    let mut check = LogCheck::new(Position::START, log.head.position, Position::new(1));
    check.take(events, edges, &parents);
    check.end().into_iter().map(|finding| (finding.kind, finding.position.get())).collect()
}

#[test]
fn a_log_as_it_was_written_is_whole() {
    let log = log();
    assert!(check(&log, &log.events, &edges(&log)).is_empty());
}

#[test]
fn a_gap_is_found_wherever_it_is() {
    let log = log();
    for (missing, expected) in [(0, 1), (1, 2), (3, 4)] {
        let mut events = log.events.clone();
        events.remove(missing);
        assert_eq!(check(&log, &events, &edges(&log)), [(FindingKind::Gap, expected)]);
    }
}

#[test]
fn times_that_decrease_and_contents_that_changed_are_found() {
    let log = log();
    let mut events = log.events.clone();
    events[1].recorded_at = Timestamp::from_micros(events[0].recorded_at.micros() - 1);
    events[2].envelope.payload = crate::JsonText::parse("[1]").unwrap();
    assert_eq!(check(&log, &events, &edges(&log)), [(FindingKind::TimeDecreases, 2), (FindingKind::Digest, 3)]);
}

#[test]
fn edges_that_are_missing_or_lead_elsewhere_are_found() {
    let log = log();
    let whole = edges(&log);
    assert_eq!(check(&log, &log.events, &whole[1..]), [(FindingKind::OrphanEdge, 2)]);
    for wrong in [None, Some(Position::new(3))] {
        let mut edges = whole.clone();
        edges[0].parent = wrong;
        assert_eq!(check(&log, &log.events, &edges), [(FindingKind::OrphanEdge, 2)]);
    }
    let mut edges = whole;
    edges[1].parent = Some(Position::new(4));
    assert_eq!(check(&log, &log.events, &edges), [(FindingKind::OrphanEdge, 3)], "it never arrived");
    edges[1].parent = Some(Position::new(5));
    assert!(check(&log, &log.events, &edges).is_empty(), "it arrived after the check began");
}

#[test]
fn what_lies_outside_the_range_is_not_looked_at() {
    let log = log();
    let mut check = LogCheck::new(Position::new(2), Position::new(3), Position::new(1));
    let parents = log.events.iter().map(|event| (event.event_id(), event.position)).collect();
    check.take(&log.events, &edges(&log), &parents);
    assert!(check.end().is_empty());
}
