#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::{EventStory, event, recorded};

fn story() -> EventStory {
    event("agent.letta.checkpoint.saved").of_workflow("w-1").in_session("s-1").by("agent-1").of_app("letta-runtime")
}

fn chooses(filter: &EventFilter) -> bool {
    let at = Timestamp::new(100, 0).unwrap();
    filter.matches_but_chain(&RecordedEvent { recorded_at: at, ..recorded(story()) })
}

fn none() -> EventFilter {
    EventFilter::default()
}

fn types(texts: &[&str]) -> EventFilter {
    EventFilter { types: texts.iter().map(|text| TypePattern::parse(text).unwrap()).collect(), ..none() }
}

#[test]
fn the_empty_filter_chooses_every_event() {
    assert!(chooses(&none()));
    assert!(none().matches_but_chain(&recorded(event("a.b"))));
}

#[test]
fn any_of_the_patterns_is_enough() {
    assert!(chooses(&types(&["bmad.#", "agent.*.checkpoint.saved"])));
    assert!(chooses(&types(&["agent.letta.*"])));
    assert!(!chooses(&types(&["bmad.#", "agent.letta"])));
}

#[test]
fn every_part_that_is_set_must_hold() {
    let workflow = |id: &str| EventFilter { workflow_id: WorkflowId::parse(id).ok(), ..none() };
    let session = |id: &str| EventFilter { session_id: SessionId::parse(id).ok(), ..none() };
    let agent = |id: &str| EventFilter { agent: AgentId::parse(id).ok(), ..none() };
    let source = |app: &str| EventFilter { source: Some(app.into()), ..none() };
    assert!(chooses(&workflow("w-1")) && !chooses(&workflow("w-2")));
    assert!(chooses(&session("s-1")) && !chooses(&session("S-1")));
    assert!(chooses(&agent("agent-1")) && !chooses(&agent("agent")));
    assert!(chooses(&source("letta-runtime")) && !chooses(&source("letta")));
    assert!(chooses(&EventFilter { agent: agent("agent-1").agent, ..workflow("w-1") }));
    assert!(!chooses(&EventFilter { agent: agent("agent-2").agent, ..workflow("w-1") }));
    let nobodys = recorded(event("a.b").with(|envelope| envelope.source = crate::JsonText::empty_object()));
    for filter in [workflow("w-1"), session("s-1"), agent("agent-1"), source("letta-runtime")] {
        assert!(!filter.matches_but_chain(&nobodys), "an event that belongs nowhere");
    }
}

#[test]
fn since_is_the_first_moment_and_until_the_first_after() {
    let at = |seconds, nanos| Timestamp::new(seconds, nanos).ok();
    let between = |since, until| chooses(&EventFilter { since, until, ..none() });
    assert!(between(at(100, 0), at(100, 1)));
    assert!(!between(at(100, 1), None));
    assert!(!between(None, at(100, 0)));
    assert!(between(at(99, 0), None) && between(None, at(101, 0)));
}

#[test]
fn the_chain_is_not_this_ones_to_tell() {
    assert!(chooses(&EventFilter { chain: Some(EventId::generate()), ..none() }));
}

#[test]
fn orders_have_an_opposite() {
    assert_eq!(Order::OldestFirst.reversed(), Order::NewestFirst);
    assert_eq!(Order::NewestFirst.reversed().reversed(), Order::NewestFirst);
}
