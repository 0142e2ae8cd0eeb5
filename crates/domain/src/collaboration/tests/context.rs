use super::*;

fn values(log: &MemoryLog) -> Vec<(String, String, u64)> {
    let shared = state(log).shared_context;
    shared.into_iter().map(|value| (value.key, value.value.as_str().to_owned(), value.version)).collect()
}

fn value(key: &str, value: &str, version: u64) -> (String, String, u64) {
    (key.into(), value.into(), version)
}

#[test]
fn keys_are_set_one_event_each_and_their_versions_count() {
    let (mut log, started) = joined_with(json!({"shared_context": {"tasks": ["build"]}}));
    let changes = [("tasks", json!(["build", "test"]), Some(1)), ("owner", json!("letta-rust-dev"), Some(0))];
    let answer = log.command(set("letta-rust-dev", &changes)).unwrap();
    assert_eq!(answer.events.len(), 2);
    assert!(answer.events.iter().all(|event| causes(&log, event.event_id) == [started]));
    let expected = json!({
        "collaboration_id": ID, "agent_id": "letta-rust-dev", "key": "tasks", "value": ["build", "test"], "version": 2,
    });
    assert_eq!(payload(&log, answer.events[0].event_id), expected);
    assert_eq!(values(&log), [value("tasks", r#"["build","test"]"#, 2), value("owner", r#""letta-rust-dev""#, 1)]);
    let shared = state(&log).shared_context[0].clone();
    assert_eq!(shared.changed_by.as_deref(), Some("letta-rust-dev"));
    assert_eq!(shared.event_id, answer.events[0].event_id);
}

#[test]
fn a_key_that_moved_refuses_all_of_the_change() {
    let (mut log, _) = joined_with(json!({}));
    log.command(set("letta-rust-dev", &[("tasks", json!(1), None)])).unwrap();
    let before = log.states.clone();
    let stale = log.command(set("mise-architect", &[("other", json!(1), None), ("tasks", json!(2), Some(0))]));
    let refusal = Refusal::ContextKeyConflict {
        key: "tasks".into(),
        expected: 0,
        actual: 1,
        changed_by: Some("letta-rust-dev".into()),
    };
    assert_eq!(stale, Err(refusal));
    let absent = log.command(set("mise-architect", &[("other", json!(1), Some(3))]));
    let refusal = Refusal::ContextKeyConflict { key: "other".into(), expected: 3, actual: 0, changed_by: None };
    assert_eq!(absent, Err(refusal));
    assert_eq!(log.states, before);
}

#[test]
fn null_removes_a_key_and_one_that_comes_back_goes_on_counting() {
    let (mut log, _) = joined_with(json!({}));
    log.command(set("letta-rust-dev", &[("tasks", json!(1), None)])).unwrap();
    let removed = first(log.command(set("letta-rust-dev", &[("tasks", Value::Null, Some(1))])));
    assert_eq!((payload(&log, removed)["version"].clone(), values(&log)), (json!(2), Vec::new()));
    log.command(set("letta-rust-dev", &[("tasks", json!(2), Some(0))])).unwrap();
    assert_eq!(values(&log), [value("tasks", "2", 3)]);
    assert!(state(&log).removed_keys.is_empty());
}

#[test]
fn numbers_that_no_float_holds_are_shared_as_they_were_written() {
    let (mut log, _) = joined_with(json!({}));
    let mut change = set("letta-rust-dev", &[("big", json!(0), None)]);
    change.changes[0].value = JsonText::parse("9007199254740993").unwrap();
    log.command(change).unwrap();
    assert_eq!(values(&log), [value("big", "9007199254740993", 1)]);
}

#[test]
fn a_change_that_cannot_be_is_refused() {
    let (mut log, _) = joined_with(json!({}));
    let many: Vec<String> = (0..101).map(|number| format!("key-{number}")).collect();
    let many: Vec<_> = many.iter().map(|key| (key.as_str(), json!(1), None)).collect();
    for changes in [&[][..], &[("a", json!(1), None), ("a", json!(2), None)], &[("", json!(1), None)], &many] {
        let answer = log.command(set("letta-rust-dev", changes));
        assert!(matches!(answer, Err(Refusal::InvalidField { field: "changes", .. })), "{answer:?}");
    }
    let half = "x".repeat(MOST_CONTEXT_BYTES / 2);
    log.command(set("letta-rust-dev", &[("a", json!(half), None)])).unwrap();
    let full = log.command(set("letta-rust-dev", &[("b", json!(half), None)]));
    assert!(matches!(full, Err(Refusal::QuotaExceeded { .. })), "{full:?}");
    log.command(set("letta-rust-dev", &[("a", json!(1), None), ("b", json!(half), None)])).unwrap();
}

#[test]
fn there_are_only_so_many_keys_and_removing_one_makes_no_room_for_another() {
    let (mut log, _) = joined_with(json!({}));
    for batch in 0..MOST_KEYS / 100 {
        let keys: Vec<String> = (0..100).map(|number| format!("{batch}-{number}")).collect();
        let changes: Vec<_> = keys.iter().map(|key| (key.as_str(), json!(1), None)).collect();
        log.command(set("letta-rust-dev", &changes)).unwrap();
    }
    log.command(set("letta-rust-dev", &[("0-0", Value::Null, None)])).unwrap();
    let one_more = log.command(set("letta-rust-dev", &[("new", json!(1), None)]));
    assert!(matches!(one_more, Err(Refusal::QuotaExceeded { actual: 1_001, limit: 1_000, .. })), "{one_more:?}");
    log.command(set("letta-rust-dev", &[("0-0", json!(2), None)])).unwrap();
}
