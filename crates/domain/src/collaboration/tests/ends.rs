use super::*;

#[test]
fn the_leader_waits_for_all_or_decides_without_them() {
    let (mut log, started) = joined_with(json!({}));
    let missing = vec!["letta-python-dev".to_owned(), "letta-rust-dev".to_owned()];
    assert_eq!(log.command(complete("mise-architect")), Err(Refusal::ResultsMissing { missing }));
    let delivered = first(log.command(deliver("letta-rust-dev")));
    let ended = first(log.command(CompleteCollaboration { force: true, ..complete("mise-architect") }));
    assert_eq!(causes(&log, ended), [started, delivered], "nobody checked, so the results are what led to it");
    assert_eq!(payload(&log, ended)["results"], json!({"letta-rust-dev": {"service": "letta-rust-dev"}}));
    assert_eq!(state(&log).outcome.as_deref(), Some("success"));
}

#[test]
fn who_left_is_not_waited_for_and_its_result_stays() {
    let (mut log, _) = joined_with(json!({}));
    log.command(deliver("letta-rust-dev")).unwrap();
    log.command(leave("letta-rust-dev")).unwrap();
    log.command(leave("letta-python-dev")).unwrap();
    let ended = first(log.command(complete(DIRECTOR)));
    assert_eq!(payload(&log, ended)["results"]["letta-rust-dev"], json!({"service": "letta-rust-dev"}));
}

#[test]
fn peers_end_it_themselves_but_only_who_started_it_ends_it_by_force() {
    let (mut log, _) = joined_with(json!({"coordination_strategy": "peer"}));
    let forced = |agent: &str| CompleteCollaboration { force: true, ..complete(agent) };
    let refusal = Refusal::NotTheLeader { collaboration_id: ID.into(), leader: DIRECTOR.into() };
    assert_eq!(log.command(forced("letta-rust-dev")), Err(refusal));
    for agent in ["mise-architect", "letta-rust-dev"] {
        log.command(deliver(agent)).unwrap();
    }
    let missing = vec!["letta-python-dev".to_owned()];
    assert_eq!(log.command(complete("letta-rust-dev")), Err(Refusal::ResultsMissing { missing }));
    log.command(deliver("letta-python-dev")).unwrap();
    log.command(forced("letta-rust-dev")).unwrap();
}

#[test]
fn in_a_pipeline_the_first_delivers_too() {
    let (mut log, _) = joined_with(json!({"coordination_strategy": "pipeline"}));
    for agent in ["letta-python-dev", "letta-rust-dev"] {
        log.command(deliver(agent)).unwrap();
    }
    let missing = vec!["mise-architect".to_owned()];
    assert_eq!(log.command(complete("letta-rust-dev")), Err(Refusal::ResultsMissing { missing }));
}

#[test]
fn a_failure_keeps_what_was_delivered() {
    let (mut log, started) = joined_with(json!({}));
    log.command(deliver("letta-rust-dev")).unwrap();
    let failed = first(log.command(fail(DIRECTOR)));
    assert_eq!(causes(&log, failed), [started]);
    let expected = json!({
        "collaboration_id": ID, "from_agent": DIRECTOR, "failure_reason": "no budget",
        "results": {"letta-rust-dev": {"service": "letta-rust-dev"}},
    });
    assert_eq!(payload(&log, failed), expected);
    let collaboration = state(&log);
    assert_eq!(collaboration.state, CollaborationState::Failed);
    assert_eq!(collaboration.summary.as_deref(), Some("no budget"));
}

#[test]
fn the_server_ends_what_is_not_done_in_time() {
    let (mut log, started) = joined_with(json!({"deadline": "2026-01-12T00:00:00Z"}));
    log.command(propose("letta-rust-dev", json!({"deadline": "2026-01-11T23:00:00Z"}))).unwrap();
    log.now = Timestamp::parse("2026-01-12T00:00:00Z").unwrap();
    let answer = log.command(due()).unwrap();
    assert_eq!(answer.events.len(), 2, "the vote is over, and so is the collaboration");
    let failed = answer.events[1].event_id;
    assert_eq!(causes(&log, failed), [started]);
    let expected = json!({"collaboration_id": ID, "from_agent": "server", "failure_reason": "the deadline passed"});
    assert_eq!(payload(&log, failed), expected);
    assert!(log.command(due()).unwrap().events.is_empty(), "it is over");
}

#[test]
fn results_that_do_not_fit_are_named_by_their_events() {
    let (mut log, _) = joined_with(json!({}));
    let large = |agent: &str| update(agent, json!({"delivered": true, "result": {"text": "x".repeat(400 << 10)}}));
    log.command(large("letta-python-dev")).unwrap();
    let second = first(log.command(large("letta-rust-dev")));
    let ended = first(log.command(complete(DIRECTOR)));
    let results = payload(&log, ended)["results"].clone();
    assert_eq!(results["letta-python-dev"]["text"].as_str().unwrap().len(), 400 << 10);
    assert_eq!(results["letta-rust-dev"], json!({"event_id": second.to_string()}));
}

#[test]
fn a_result_as_deep_as_json_may_be_does_not_stand_against_the_end() {
    let (mut log, _) = joined_with(json!({}));
    let result = format!("{}1{}", r#"{"a":"#.repeat(126), "}".repeat(126));
    let update =
        JsonText::parse(format!(r#"{{"agent_id":"letta-rust-dev","delivered":true,"result":{result}}}"#)).unwrap();
    let delivered = first(log.command(UpdateCollaboration { update, ..deliver("letta-rust-dev") }));
    log.command(leave("letta-python-dev")).unwrap();
    let ended = first(log.command(complete(DIRECTOR)));
    assert!(JsonText::parse(log.get(&ended).envelope.payload.as_str()).is_ok());
    assert_eq!(payload(&log, ended)["results"]["letta-rust-dev"], json!({"event_id": delivered.to_string()}));
}
