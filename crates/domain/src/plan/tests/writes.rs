//! What the store is given to write.

use super::*;

/// Decides a batch against a log of ten events, of which nothing else is known.
fn decide(known: Known, proposals: &[Proposal]) -> Writes {
    let head = Head { position: Position::new(10), recorded_at: Timestamp::from_micros(1_000_000) };
    let (mut facts, mut needs, mut known) = (Facts::default(), Needs::of(proposals), known);
    loop {
        facts.learn(&needs, std::mem::take(&mut known));
        match plan(head, &facts, proposals, Timestamp::from_micros(2_000_000)) {
            Ok(plan) => return plan.writes,
            Err(missing) => needs = *missing,
        }
    }
}

#[test]
fn a_clock_that_steps_back_is_overruled_by_the_head_and_fractions_of_a_microsecond_are_cut() {
    let head = Head { position: Position::START, recorded_at: Timestamp::from_micros(5_000_000) };
    for (now, expected) in
        [(Timestamp::from_micros(1), 5_000_000), (Timestamp::from_micros_and_nanos(6_000_000, 999), 6_000_000)]
    {
        let batch = [proposal([&event("a.b"), &event("a.b")]).build()];
        let plan = plan(head, &Facts::default(), &batch, now).unwrap();
        let times = plan.writes.events.iter().map(|recording| recording.event.recorded_at);
        assert!(times.chain([plan.writes.head.recorded_at]).all(|time| time == Timestamp::from_micros(expected)));
    }
}

#[test]
fn edges_keep_their_order_and_know_parents_of_the_log_of_the_batch_and_of_none() {
    let (known_parent, missing, later, child) = (event("a.b"), event("a.b"), event("a.b"), event("a.c"));
    let child = child.caused_by(&missing).caused_by(&later).caused_by(&known_parent).caused_by(&missing);
    let parent = recorded(known_parent.clone());
    let known = KnownParent { position: Position::new(3), belonging: parent.belonging };
    let known = Known { parents: HashMap::from([(known_parent.envelope.event_id, known)]), ..Known::default() };
    let writes = decide(known, &[proposal([&child, &later]).build()]);
    let edges: Vec<_> = writes.edges.iter().map(|e| (e.child.get(), e.ordinal, e.parent.map(Position::get))).collect();
    assert_eq!(edges, [(11, 0, None), (11, 1, Some(12)), (11, 2, Some(3))], "a cause that is named twice is one edge");
    let arrived: Vec<_> = writes.resolved.iter().map(|resolved| (resolved.event_id, resolved.position.get())).collect();
    assert_eq!(arrived, [(child.envelope.event_id, 11), (later.envelope.event_id, 12)]);
}

#[test]
fn a_causation_id_is_the_last_parent_unless_the_list_names_it() {
    let (first, second) = (EventId::generate(), EventId::generate());
    let both = event("a.b").caused_by(&first).with(|envelope| envelope.causation_id = Some(second));
    assert_eq!(both.build().parents, [first, second]);
    let named = event("a.b").caused_by(&first).caused_by(&second).with(|envelope| envelope.causation_id = Some(first));
    assert_eq!(named.build().parents, [first, second]);
}

#[test]
fn the_causes_of_a_command_are_edges_to_recorded_events() {
    let mut log = MemoryLog::default();
    let cause = event("a.b").in_session("s-1");
    log.record([&cause]);
    let mut start = start("w-1");
    start.author.correlation_ids = vec![cause.envelope.event_id];
    log.write(vec![command(&start)]);
    assert_eq!(log.edges[0].parent, Some(Position::new(1)));
    assert_eq!(log.belonging(&start.author.event_id), ["w-1", "s-1", "bmad-analyst"]);
}

#[test]
fn a_command_fills_in_the_events_that_waited_for_it() {
    let mut log = MemoryLog::default();
    let start = start("w-1");
    let early = event("a.b").caused_by(&start.author.event_id);
    log.record([&early]);
    log.write(vec![command(&start)]);
    assert_eq!(log.belonging(&early), ["w-1", "-", "bmad-analyst"]);
    assert_eq!(log.edges[0].parent, Some(Position::new(2)));
}

#[test]
fn sessions_and_workflows_are_written_in_order_of_their_ids_and_only_when_they_moved() {
    let events = [
        event("a.b").of_workflow("w-2").in_session("s-2"),
        event("a.b").in_session("s-0"),
        event("a.b").of_workflow("w-1").in_session("s-1"),
    ];
    let untouched = Known { sessions: vec![session_link("s-0")], ..Known::default() };
    let writes = decide(untouched, &[proposal(&events).build()]);
    let sessions: Vec<&str> = writes.sessions.iter().map(|session| session.session_id.as_str()).collect();
    let workflows: Vec<&str> = writes.workflows().map(|workflow| workflow.workflow_id.as_str()).collect();
    assert_eq!((sessions, workflows), (vec!["s-1", "s-2"], vec!["w-1", "w-2"]));
}

#[test]
fn a_message_from_the_bus_is_written_with_its_bytes_and_its_principal_and_journey() {
    let story = crate::testing::from_bus("a.b", "{\"the\": \"body\"}");
    let batch = [proposal([&story]).sent_by("bus").build()];
    let writes = decide(Known::default(), &batch);
    let recording = &writes.events[0];
    assert_eq!(recording.original.as_deref(), Some(b"{\"the\": \"body\"}".as_slice()));
    assert_eq!(recording.event.principal, "bus");
    assert_eq!(recording.event.bus.as_ref().unwrap().exchange, "bloodbank.events.v1");
    let over_grpc = decide(Known::default(), &[proposal([&event("a.b")]).build()]);
    assert_eq!(over_grpc.events[0].original, None);
}
