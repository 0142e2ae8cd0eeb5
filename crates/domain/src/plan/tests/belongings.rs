//! How events of a batch and of earlier batches come to belong somewhere.

use super::*;
use crate::About;

#[test]
fn an_event_says_first_then_its_session_then_its_parents_in_order() {
    let mut log = MemoryLog::default();
    let session = event("a.b").of_workflow("w-session").in_session("s-1").by("agent-session");
    let first = event("a.b").of_workflow("w-first");
    let second = event("a.b").of_workflow("w-second").in_session("s-second").by("agent-second");
    log.record([&session, &first, &second]);
    let says = event("a.c").of_workflow("w-own").in_session("s-1").caused_by(&first);
    let by_session = event("a.c").in_session("s-1").caused_by(&first);
    let by_parents = event("a.c").caused_by(&first).caused_by(&second);
    let by_nobody = event("a.c").caused_by(&EventId::generate());
    log.record([&says, &by_session, &by_parents, &by_nobody]);
    assert_eq!(log.belonging(&says), ["w-own", "s-1", "agent-session"]);
    assert_eq!(log.belonging(&by_session), ["w-session", "s-1", "agent-session"]);
    assert_eq!(log.belonging(&by_parents), ["w-first", "s-second", "agent-second"], "each field on its own");
    assert_eq!(log.belonging(&by_nobody), ["-", "-", "-"]);
}

#[test]
fn a_session_learns_what_the_first_event_that_names_it_belongs_to_and_never_forgets() {
    let mut log = MemoryLog::default();
    let parent = event("a.b").of_workflow("w-1");
    log.record([&parent]);
    log.record([&event("a.b").in_session("s-1").caused_by(&parent)]);
    log.record([&event("a.b").in_session("s-1").of_workflow("w-2").by("agent-1")]);
    let silent = event("a.b").in_session("s-1");
    log.record([&silent]);
    assert_eq!(log.belonging(&silent), ["w-1", "s-1", "agent-1"]);
}

#[test]
fn a_late_parent_reaches_every_level_below_it_in_whatever_batch() {
    let mut log = MemoryLog::default();
    let root = event("a.b").of_workflow("w-1").in_session("s-1").by("agent-1");
    let child = event("a.c").caused_by(&root);
    let grandchild = event("a.d").caused_by(&child).of_workflow("w-own");
    let deepest = event("a.e").caused_by(&grandchild);
    log.record([&deepest]);
    log.propose([proposal([&grandchild]), proposal([&child])]);
    assert_eq!(log.belonging(&deepest), ["w-own", "-", "-"]);
    log.record([&root]);
    assert_eq!(log.belonging(&child), ["w-1", "s-1", "agent-1"]);
    assert_eq!(log.belonging(&grandchild), ["w-own", "s-1", "agent-1"], "what was set stays");
    assert_eq!(log.belonging(&deepest), ["w-own", "s-1", "agent-1"]);
    assert_eq!(log.workflow("w-own").version, 2);
    assert_eq!(log.workflow("w-1").version, 2);
}

#[test]
fn child_before_parent_in_one_proposal_ends_like_parent_before_child() {
    let parent = event("a.b").of_workflow("w-1").by("agent-1");
    let child = event("a.c").caused_by(&parent).in_session("s-1");
    let grandchild = event("a.d").caused_by(&child);
    let mut log = MemoryLog::default();
    log.record([&grandchild, &child, &parent]);
    for story in [&child, &grandchild] {
        assert_eq!(log.belonging(story), ["w-1", "s-1", "agent-1"]);
    }
    assert!(log.edges.iter().all(|edge| edge.parent.is_some()));
    assert_eq!(log.workflow("w-1").version, 3);
}

#[test]
fn an_event_that_waits_for_several_parents_takes_each_field_from_the_first_that_comes() {
    let mut log = MemoryLog::default();
    let (first, second) = (event("a.b").of_workflow("w-1"), event("a.b").of_workflow("w-2").in_session("s-2"));
    let child = event("a.c").caused_by(&first).caused_by(&second);
    log.record([&child]);
    log.record([&second]);
    assert_eq!(log.belonging(&child), ["w-2", "s-2", "-"]);
    log.record([&first]);
    assert_eq!(log.belonging(&child), ["w-2", "s-2", "-"], "a set field never changes");
}

#[test]
fn a_refused_proposal_fills_nobody_in() {
    let mut log = MemoryLog::default();
    let known = event("a.b").saying("x", 1);
    let parent = event("a.b").of_workflow("w-1");
    let child = event("a.c").caused_by(&parent);
    log.record([&known, &child]);
    let answers = log.propose([proposal([&parent, &known.clone().saying("x", 2)])]);
    assert!(answers[0].is_err());
    assert_eq!(log.belonging(&child), ["-", "-", "-"]);
    assert!(log.states.is_empty());
}

#[test]
fn causes_that_form_a_cycle_end_and_share_what_they_have() {
    let mut log = MemoryLog::default();
    let ids: Vec<EventId> = (0..3).map(|_| EventId::generate()).collect();
    let one = event("a.b").with_id(ids[0]).caused_by(&ids[2]).of_workflow("w-1");
    let two = event("a.b").with_id(ids[1]).caused_by(&ids[0]).in_session("s-1");
    let three = event("a.b").with_id(ids[2]).caused_by(&ids[1]).by("agent-1");
    log.record([&two]);
    log.record([&three]);
    log.record([&one]);
    for story in [&one, &two, &three] {
        assert_eq!(log.belonging(story), ["w-1", "s-1", "agent-1"]);
    }
}

#[test]
fn an_event_that_names_itself_is_no_cause_of_itself() {
    let id = EventId::generate();
    let looped = crate::testing::from_bus("a.b", "{}").with_id(id).caused_by(&id);
    let mut log = MemoryLog::default();
    log.record([&looped]);
    assert!(log.edges.is_empty());
    assert_eq!(log.get(&looped).envelope.correlation_ids, [id], "what was sent stays as it was sent");
}

#[test]
fn a_repeat_of_a_late_parent_changes_nothing_more() {
    let mut log = MemoryLog::default();
    let parent = event("a.b").of_workflow("w-1");
    let child = event("a.c").caused_by(&parent);
    log.record([&child]);
    log.record([&parent]);
    let before = log.states.clone();
    log.record([&parent, &child]);
    assert_eq!(log.states, before);
}

/// What an event is about, as `[handoff, question, collaboration, task]`, `-` for nothing.
fn about(log: &MemoryLog, event: &EventStory) -> [String; 4] {
    let About { handoff, question, collaboration, task } = log.get(event).belonging.about.clone();
    [handoff, question, collaboration, task].map(|id| id.unwrap_or_else(|| "-".into()))
}

/// An event that belongs to a workflow, a session and an agent, so that nothing but what it is about can be missing.
fn complete(event_type: &str) -> EventStory {
    event(event_type).of_workflow("w-1").in_session("s-1").by("agent-1")
}

#[test]
fn each_thing_that_an_event_is_about_comes_from_the_first_parent_that_has_it() {
    let mut log = MemoryLog::default();
    let handoff = event("agent.handoff.requested");
    let question = event("agent.feedback.requested").saying("handoff_id", "h-2");
    let accepted = event("agent.handoff.accepted").caused_by(&handoff).caused_by(&question);
    let own = event("agent.handoff.completed").saying("handoff_id", "h-own").caused_by(&accepted);
    log.record([&handoff, &question, &accepted, &own]);
    let (handoff, question) = (handoff.envelope.event_id.to_string(), question.envelope.event_id.to_string());
    assert_eq!(about(&log, &accepted), [handoff.as_str(), &question, "-", "-"]);
    assert_eq!(about(&log, &own), ["h-own", &question, "-", "-"], "what it says comes first");
}

#[test]
fn a_late_parent_tells_events_of_coordination_what_they_are_about_though_they_belong_already() {
    let mut log = MemoryLog::default();
    let asked = complete("agent.feedback.requested").saying("question_id", "q-1");
    let answered = complete("agent.feedback.response").caused_by(&asked);
    let went_on = complete("agent.letta.context.updated").caused_by(&answered);
    for story in [&went_on, &answered, &asked] {
        log.record([story]);
    }
    for story in [&asked, &answered, &went_on] {
        assert_eq!(about(&log, story), ["-", "q-1", "-", "-"]);
    }
    assert_eq!(log.workflow("w-1").version, 3, "the workflow counts an event once, also when it gains something");
}

#[test]
fn an_event_that_belongs_and_coordinates_nothing_gains_nothing_in_whatever_batch() {
    let [handoff, question] = ["agent.handoff.requested", "agent.feedback.requested"].map(event);
    let session = event("a.b").in_session("s-1");
    let waits =
        event("a.c").of_workflow("w-1").by("agent-1").caused_by(&handoff).caused_by(&session).caused_by(&question);
    let (mut apart, mut together) = (MemoryLog::default(), MemoryLog::default());
    for story in [&waits, &session, &handoff, &question] {
        apart.record([story]);
    }
    together.record([&waits, &session, &handoff, &question]);
    for log in [apart, together] {
        assert_eq!(log.belonging(&waits), ["w-1", "s-1", "agent-1"]);
        assert_eq!(about(&log, &waits), ["-", "-", "-", "-"]);
    }
}
