//! What callers are told.

use super::*;

#[test]
fn positions_go_on_from_the_head_over_proposals() {
    let mut log = MemoryLog::default();
    let answers = log.propose([proposal([&event("a.b"), &event("a.c")]), proposal([&event("a.d")])]);
    assert_eq!(answers.iter().map(positions).collect::<Vec<_>>(), [vec![1, 2], vec![3]]);
    assert_eq!(positions(&Ok(log.record([&event("a.b")]))), [4]);
    assert_eq!(answers[0].as_ref().unwrap().position(), Position::new(2));
}

#[test]
fn an_empty_proposal_is_answered_and_writes_nothing() {
    let head = MemoryLog::default().head;
    let none = proposal([] as [&EventStory; 0]).build();
    let plan = plan(head, &Facts::default(), &[none], Timestamp::now()).unwrap();
    assert_eq!(plan.answers, [Ok(Appended { events: Vec::new(), states: Vec::new() })]);
    assert!(plan.writes.is_empty());
}

#[test]
fn a_repeat_gets_the_first_answer_and_says_so() {
    let mut log = MemoryLog::default();
    let story = event("a.b").saying("x", 1);
    let first = log.record([&story]).events[0];
    log.now = Timestamp::from_micros(log.now.micros() + 1);
    let again = log.record([&event("a.c"), &story]).events;
    assert_eq!((again[1].position, again[1].recorded_at), (first.position, first.recorded_at));
    assert!(!first.already_recorded && !again[0].already_recorded && again[1].already_recorded);
    assert_eq!(log.events.len(), 2);
}

#[test]
fn a_repeat_in_one_batch_and_in_one_proposal_is_stored_once() {
    let mut log = MemoryLog::default();
    let story = event("a.b");
    let answers = log.propose([proposal([&story, &story]), proposal([&story])]);
    assert_eq!(answers.iter().map(positions).collect::<Vec<_>>(), [vec![1, 1], vec![1]]);
    assert_eq!(log.events.len(), 1);
}

#[test]
fn other_content_under_a_known_id_is_refused_with_both_digests() {
    let mut log = MemoryLog::default();
    let story = event("a.b").saying("x", 1);
    log.record([&story]);
    let other = story.clone().saying("x", 2);
    let answers =
        log.propose([proposal([&event("a.c")]), proposal([&event("a.d"), &other]), proposal([&event("a.e")])]);
    let expected = Refusal::EventIdConflict {
        event_id: story.envelope.event_id,
        position: Position::new(1),
        recorded: story.build().digest,
        sent: other.build().digest,
    };
    assert_eq!(answers[1], Err(expected));
    assert_eq!((positions(&answers[0]), positions(&answers[2])), (vec![2], vec![3]));
    let types: Vec<&str> = log.events.iter().map(|event| event.envelope.event_type.as_str()).collect();
    assert_eq!(types, ["a.b", "a.c", "a.e"], "nothing of the refused proposal is there");
}

#[test]
fn a_conflict_is_seen_between_proposals_of_one_batch_with_the_position_that_the_first_got() {
    let mut log = MemoryLog::default();
    let story = event("a.b").saying("x", 1);
    let answers = log.propose([proposal([&story]), proposal([&story.clone().saying("x", 2)])]);
    let Err(Refusal::EventIdConflict { position, .. }) = &answers[1] else { panic!("{answers:?}") };
    assert_eq!(*position, Position::new(1));
}

#[test]
fn a_proposal_that_contradicts_itself_is_refused_whole() {
    let mut log = MemoryLog::default();
    let story = event("a.b").saying("x", 1);
    let other = story.clone().saying("x", 2);
    let answers = log.propose([proposal([&story, &other])]);
    let Err(Refusal::Invalid(invalid)) = &answers[0] else { panic!("{answers:?}") };
    let message = invalid.to_string();
    for digest in [story.build().digest, other.build().digest] {
        assert!(message.contains(&digest.to_string()), "{message}");
    }
    assert!(log.events.is_empty());
}

#[test]
fn a_request_that_is_repeated_gets_the_first_answer_even_in_the_same_batch() {
    let mut log = MemoryLog::default();
    let (one, two) = (event("a.b"), event("a.c"));
    let request = || proposal([&one, &two]).under_request("r-1");
    let answers = log.propose([request(), request()]);
    assert_eq!(answers[0], answers[1]);
    log.record([&event("a.d")]);
    assert_eq!(log.propose([request()]), [answers[0].clone()]);
    let events = &answers[0].as_ref().unwrap().events;
    assert!(events.iter().all(|event| !event.already_recorded), "the first answer, word for word");
    assert_eq!(log.events.len(), 3);
}

#[test]
fn a_request_id_that_is_used_for_something_else_is_refused() {
    let mut log = MemoryLog::default();
    let answers =
        log.propose([proposal([&event("a.b")]).under_request("r"), proposal([&event("a.c")]).under_request("r")]);
    assert!(matches!(answers[1], Err(Refusal::RequestIdReused(_))));
    assert!(matches!(log.propose([proposal([&event("a.d")]).under_request("r")])[0], Err(Refusal::RequestIdReused(_))));
    assert_eq!(log.events.len(), 1);
}

#[test]
fn a_refused_request_can_be_tried_again_under_its_id() {
    let mut log = MemoryLog::default();
    let story = event("a.b").saying("x", 1);
    log.record([&story]);
    let conflict = story.saying("x", 2);
    assert!(log.propose([proposal([&conflict]).under_request("r")])[0].is_err());
    let mended = event("a.b").saying("x", 2);
    assert!(log.propose([proposal([&mended]).under_request("r")])[0].is_ok(), "a refusal is not an answer to keep");
}

#[test]
fn a_new_request_over_known_events_is_kept_though_no_event_is_written() {
    let mut log = MemoryLog::default();
    let story = event("a.b");
    log.record([&story]);
    let first = log.propose([proposal([&story]).under_request("r")]);
    assert_eq!(log.propose([proposal([&story]).under_request("r")]), first);
    assert!(first[0].as_ref().unwrap().events[0].already_recorded);
    assert_eq!(log.head.position, Position::new(1));
}

#[test]
fn a_retry_without_a_time_of_its_own_is_a_repeat() {
    let mut log = MemoryLog::default();
    let story = event("a.b").at_server_time();
    log.record([&story]);
    let later = story.clone().at("2026-01-11T14:31:00Z");
    assert!(log.record([&later]).events[0].already_recorded);
    let with_time = EventStory::at(event("a.b").with_id(story.envelope.event_id), "2026-01-11T14:30:00Z");
    assert!(log.propose([proposal([&with_time])])[0].is_err(), "a time that the client did send is content");
}

#[test]
fn a_workflow_is_started_once() {
    let mut log = MemoryLog::default();
    let first = start("w-1");
    let (again, other) = (start("w-1"), start("w-2"));
    let answers = log.write(vec![command(&first), command(&again), command(&other)]);
    assert_eq!((positions(&answers[0]), positions(&answers[2])), (vec![1], vec![2]));
    let exists = Refusal::Exists { kind: StateKind::Workflow, id: "w-1".into() };
    assert_eq!(answers[1], Err(exists.clone()));
    assert_eq!(log.write(vec![command(&again)]), [Err(exists)]);
}

#[test]
fn a_command_is_answered_with_the_states_that_it_is_about_as_they_were_after_it() {
    let mut log = MemoryLog::default();
    let request = proposal([&event("a.b")]).under_request("r").build().request;
    let start = || Proposal { request, ..command(&start("w-1")) };
    let first = log.write(vec![start()]).pop().unwrap().unwrap();
    assert_eq!(first.state::<Workflow>(), Some(&log.workflow("w-1")));
    log.record([&event("a.b").of_workflow("w-1")]);
    assert_eq!(log.write(vec![start()]), [Ok(first.clone())], "a repeat is shown what the first one saw");
    assert_ne!(first.state(), Some(&log.workflow("w-1")));
}

#[test]
fn a_command_cannot_take_an_id_that_another_event_has() {
    let mut log = MemoryLog::default();
    let story = event("a.b");
    log.record([&story]);
    let mut start = start("w-1");
    start.author.event_id = story.envelope.event_id;
    let answers = log.write(vec![command(&start)]);
    assert!(matches!(answers[0], Err(Refusal::EventIdConflict { .. })), "{answers:?}");
    assert_eq!(log.events.len(), 1);
}

#[test]
fn a_start_with_wrong_metadata_is_refused_alone() {
    let mut log = MemoryLog::default();
    let mut looped = start("w-1");
    looped.author.correlation_ids = vec![looped.author.event_id];
    let answers = log.write(vec![command(&looped), command(&start("w-2"))]);
    assert!(matches!(answers[0], Err(Refusal::Invalid(_))), "an event cannot be its own cause");
    assert!(answers[1].is_ok());
}

#[test]
fn what_a_client_sends_is_checked_with_all_that_is_wrong() {
    let limits = Limits { payload_bytes: 4, parents: 1, ..Limits::default() };
    let mut envelope = event("a.b").payload(&json!({"a": 1})).envelope;
    envelope.correlation_ids = vec![envelope.event_id, EventId::generate()];
    envelope.version = String::new();
    envelope.traceparent = Some("a\u{0}".into());
    let InvalidEvent(violations) = NewEvent::from_client(envelope, false, &limits).unwrap_err();
    let fields: Vec<&str> = violations.iter().map(|violation| violation.field.as_str()).collect();
    assert_eq!(fields, ["payload", "correlation_ids", "correlation_ids", "version", "traceparent"]);
}
