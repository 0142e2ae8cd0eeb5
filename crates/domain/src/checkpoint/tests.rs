//! Checkpoints: saved, pinned, and pruned when nobody needs them.

use proptest::prelude::*;
use serde_json::json;

use super::{Checkpoint, PruneCheckpoints, SaveCheckpoint, key};
use crate::session::Session;
use crate::session::tests::asks::*;
use crate::session::tests::{said, told};
use crate::state::Noun;
use crate::testing::{MemoryLog, event};
use crate::{Appended, Refusal};

fn started() -> MemoryLog {
    let mut log = MemoryLog::default();
    log.command(start("s")).unwrap();
    log
}

/// A session with checkpoints `c-1` to `c-count`.
fn saved(count: usize) -> MemoryLog {
    let mut log = started();
    (1..=count).for_each(|number| drop(log.command(save("s", &format!("c-{number}"))).unwrap()));
    log
}

fn names(answer: &Appended) -> Vec<String> {
    let checkpoints = answer.states.iter().filter_map(<Checkpoint as crate::state::Kind>::in_state);
    checkpoints.map(|checkpoint| checkpoint.checkpoint_id.clone()).collect()
}

fn with_snapshot(name: &str, size: u64) -> SaveCheckpoint {
    SaveCheckpoint { snapshot_digest: Some("ab".repeat(32)), snapshot_size: size, ..save("s", name) }
}

#[test]
fn a_checkpoint_is_what_was_said_about_it() {
    let mut log = started();
    let sent = json!({
        "checkpoint_type": "milestone", "summary": "The schema is done", "schema_version": "2",
        "context_snapshot": {"files_modified": ["a.py"], "current_focus": "tests", "exact": 9_007_199_254_740_993_u64},
        "metrics": {"tokens_used": 100}, "snapshot_digest": "forged", "snapshot_size": 7,
    });
    let answer = log.command(save_saying("s", "c-1", &sent)).unwrap();
    let event_id = answer.events[0].event_id;
    assert_eq!(told(&log, &answer), [("agent.letta.checkpoint.saved".to_owned(), vec![])]);
    assert_eq!(said(&log, event_id, "snapshot_digest"), "-");
    assert_eq!(said(&log, event_id, "agent_instance_id"), r#""letta-python-dev-001""#);
    let checkpoint = answer.state::<Checkpoint>().unwrap();
    assert_eq!((checkpoint.id(), checkpoint.ordinal, checkpoint.version), ("s/c-1", 1, 1));
    assert_eq!((checkpoint.checkpoint_type.as_str(), checkpoint.schema_version.as_deref()), ("milestone", Some("2")));
    assert!(checkpoint.context_snapshot.as_ref().unwrap().as_str().contains("9007199254740993"));
    assert_eq!((checkpoint.snapshot_digest.as_deref(), checkpoint.snapshot_size), (None, 0));
    let session: Session = log.state("s");
    assert_eq!((session.checkpoint_id.as_deref(), session.checkpoint_count), (Some("c-1"), 1));
    assert_eq!((session.checkpoint_event_id, session.checkpoint_schema.as_deref()), (Some(event_id), Some("2")));
    assert_eq!(session.metrics.unwrap().as_str(), r#"{"tokens_used":100}"#);
}

#[test]
fn each_checkpoint_follows_from_the_one_before() {
    let mut log = started();
    let first = log.command(save("s", "c-1")).unwrap().events[0].event_id;
    let answer = log.command(save("s", "c-2")).unwrap();
    assert_eq!(told(&log, &answer)[0].1, [first]);
    assert_eq!(answer.state::<Checkpoint>().unwrap().ordinal, 2);
    assert_eq!(said(&log, answer.events[0].event_id, "checkpoint_type"), r#""progress""#);
}

#[test]
fn a_checkpoint_can_be_pinned_as_it_is_saved() {
    let mut log = started();
    let answer = log.command(SaveCheckpoint { pin: true, ..save("s", "c-1") }).unwrap();
    let saved = answer.events[0].event_id;
    let expected = [
        ("agent.letta.checkpoint.saved".to_owned(), vec![]),
        ("agent.letta.checkpoint.pinned".to_owned(), vec![saved]),
    ];
    assert_eq!(told(&log, &answer), expected);
    assert!(answer.state::<Checkpoint>().unwrap().pinned);
}

#[test]
fn snapshots_are_counted_and_may_not_outgrow_the_quota() {
    let mut log = started();
    let within = |save: SaveCheckpoint| SaveCheckpoint { snapshot_quota_bytes: Some(100), ..save };
    let answer = log.command(within(with_snapshot("c-1", 60))).unwrap();
    assert_eq!(said(&log, answer.events[0].event_id, "snapshot_size"), "60");
    assert_eq!(log.state::<Session>("s").snapshot_bytes, 60);
    let refusal = log.command(within(with_snapshot("c-2", 41))).unwrap_err();
    assert!(matches!(refusal, Refusal::QuotaExceeded { actual: 101, limit: 100, .. }), "{refusal}");
    log.command(within(save("s", "c-2"))).unwrap();
    log.command(within(with_snapshot("c-3", 40))).unwrap();
    assert_eq!(log.state::<Session>("s").snapshot_bytes, 100);
    log.command(prune("s", 1)).unwrap();
    assert_eq!(log.state::<Session>("s").snapshot_bytes, 40);
}

#[test]
fn a_name_counts_once_in_its_session_and_names_of_other_sessions_do_not_matter() {
    let mut log = saved(1);
    log.command(start("other")).unwrap();
    log.command(save("other", "c-1")).unwrap();
    let refusal = log.command(save("s", "c-1")).unwrap_err();
    assert_eq!(refusal.to_string(), "checkpoint c-1 exists: work with it, or use another id");
    let again =
        event("agent.letta.checkpoint.saved").in_session("s").saying("checkpoint_id", "c-1").saying("summary", "x");
    log.record([&again]);
    let session: Session = log.state("s");
    assert_eq!((session.checkpoint_count, session.anomalies), (1, 1));
    assert_eq!(log.state::<Checkpoint>("s/c-1").summary, None);
    log.command(prune("s", 0)).unwrap();
    assert!(matches!(log.command(save("s", "c-1")), Err(Refusal::Exists { .. })));
}

#[test]
fn names_with_slashes_are_told_apart() {
    assert_ne!(key("a/b", "c"), key("a", "b/c"));
    assert_ne!(key("a%2Fb", "c"), key("a/b", "c"));
    assert_eq!(key("s", "c"), "s/c");
}

#[test]
fn an_event_that_finds_its_session_late_adds_an_older_checkpoint() {
    let mut log = started();
    let cause = event("agent.letta.context.updated").in_session("s");
    let early = event("agent.letta.checkpoint.saved").saying("checkpoint_id", "early").caused_by(&cause);
    log.record([&early]);
    log.command(save("s", "c-1")).unwrap();
    log.record([&cause]);
    let session: Session = log.state("s");
    assert_eq!((session.checkpoint_id.as_deref(), session.checkpoint_count), (Some("c-1"), 2));
    assert_eq!(session.checkpoints, ["c-1", "early"]);
    let answer = log.command(prune("s", 1)).unwrap();
    assert_eq!(names(&answer), ["early"]);
}

#[test]
fn words_that_make_no_sense_are_left_out() {
    let mut log = MemoryLog::default();
    let story = event("agent.letta.checkpoint.saved")
        .in_session("s")
        .saying("checkpoint_id", "c")
        .saying("checkpoint_type", "whatever")
        .saying("snapshot_digest", "ABC")
        .saying("snapshot_size", 12)
        .saying("metrics", "many");
    let nameless = event("agent.letta.checkpoint.saved").in_session("s");
    log.record([&story, &nameless]);
    let checkpoint: Checkpoint = log.state("s/c");
    assert_eq!(
        (checkpoint.checkpoint_type.as_str(), checkpoint.snapshot_digest, checkpoint.metrics),
        ("progress", None, None)
    );
    let session: Session = log.state("s");
    assert_eq!((checkpoint.snapshot_size, session.snapshot_bytes, session.anomalies), (0, 0, 1));
}

#[test]
fn a_pin_is_set_once_and_taken_back() {
    let mut log = saved(1);
    let saved_by = log.state::<Checkpoint>("s/c-1").event_id;
    let answer = log.command(pin("s", "c-1", true)).unwrap();
    assert_eq!(told(&log, &answer), [("agent.letta.checkpoint.pinned".to_owned(), vec![saved_by])]);
    assert_eq!(said(&log, answer.events[0].event_id, "reason"), r#""a milestone""#);
    let again = log.command(pin("s", "c-1", true)).unwrap();
    assert!(again.events.is_empty() && again.state::<Checkpoint>().unwrap().pinned);
    let answer = log.command(pin("s", "c-1", false)).unwrap();
    assert_eq!(told(&log, &answer)[0].0, "agent.letta.checkpoint.unpinned");
    assert!(!log.state::<Checkpoint>("s/c-1").pinned);
}

#[test]
fn the_newest_and_the_pinned_are_kept() {
    let mut log = saved(6);
    log.command(pin("s", "c-2", true)).unwrap();
    let dry = log.command(PruneCheckpoints { dry_run: true, ..prune("s", 3) }).unwrap();
    assert_eq!((names(&dry), dry.events.len()), (vec!["c-3".to_owned(), "c-1".to_owned()], 0));
    assert!(!log.state::<Checkpoint>("s/c-1").deleted);
    let saved_by = log.state::<Checkpoint>("s/c-3").event_id;
    let answer = log.command(prune("s", 3)).unwrap();
    assert_eq!(names(&answer), ["c-3", "c-1"]);
    assert_eq!(told(&log, &answer)[0], ("agent.letta.checkpoint.deleted".to_owned(), vec![saved_by]));
    assert_eq!(said(&log, answer.events[0].event_id, "reason"), r#""retention""#);
    assert_eq!(log.state::<Session>("s").checkpoints, ["c-2", "c-4", "c-5", "c-6"]);
    assert!(log.command(prune("s", 3)).unwrap().events.is_empty());
    assert!(matches!(log.command(pin("s", "c-1", true)), Err(Refusal::NotFound { .. })));
}

#[test]
fn the_checkpoint_before_a_pause_is_kept_while_it_lasts() {
    let mut log = saved(3);
    log.command(crate::session::PauseSession { checkpoint_id: Some("c-1".into()), ..pause("s", "lunch") }).unwrap();
    assert_eq!(names(&log.command(prune("s", 1)).unwrap()), ["c-2"]);
    log.command(resume("s")).unwrap();
    assert_eq!(names(&log.command(prune("s", 1)).unwrap()), ["c-1"]);
}

#[test]
fn the_checkpoint_of_a_failed_session_is_kept_until_another_goes_on_from_its_own() {
    let mut log = saved(2);
    log.command(fail("s")).unwrap();
    let kept = |log: &mut MemoryLog| {
        log.command(PruneCheckpoints { dry_run: true, ..prune("s", 0) }).map(|answer| names(&answer)).unwrap()
    };
    assert_eq!(kept(&mut log), ["c-1"]);
    log.command(recover("s", "new")).unwrap();
    assert_eq!(kept(&mut log), ["c-1"]);
    log.command(recovered("new")).unwrap();
    assert_eq!(kept(&mut log), ["c-1"], "it has none of its own");
    log.command(save("new", "own")).unwrap();
    assert_eq!(kept(&mut log), ["c-2", "c-1"]);
}

proptest! {
    #[test]
    fn pruning_keeps_at_least_the_newest(count in 0..12_usize, keep in 0..14_usize) {
        let mut log = saved(count);
        let gone = log.command(prune("s", keep)).unwrap().events.len();
        prop_assert_eq!(gone, count.saturating_sub(keep));
        let kept = log.state::<Session>("s").checkpoints;
        let newest: Vec<String> = (count - count.min(keep) + 1..=count).map(|number| format!("c-{number}")).collect();
        prop_assert_eq!(kept, newest);
    }
}
