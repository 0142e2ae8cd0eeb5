//! What running a server needs: the quarantine's way out, the audit, kept answers, nodes, and checks of the log.

use std::time::Duration;

use bytes::Bytes;
use god33_domain::plan::Writes;
use god33_domain::ports::{AuditEntry, AuditQuery, Clock, Commit, NodeSign};
use god33_domain::state::{ChangedState, State, StateKind};
use god33_domain::{Digest, Position, QuarantineReason, QuarantinedMessage, RequestId, Timestamp};
use god33_log::{RebuildProgress, VerifyProgress, rebuild_states, verify_log};
use serde_json::json;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::event;
use crate::history::history;
use crate::proposal;
use crate::store::World;

fn message(number: u8) -> QuarantinedMessage {
    QuarantinedMessage {
        received_at: Timestamp::new(1_768_141_800, 123_456_789).unwrap(),
        exchange: "bloodbank.events.v1".into(),
        routing_key: "a.b".into(),
        properties: json!({"headers": {"nul": "a\u{0}b"}}),
        body: Bytes::from(vec![0, number]),
        reason: QuarantineReason::Malformed,
        detail: "first complaint".into(),
        attempts: 1,
    }
}

async fn quarantine(world: &World, count: u8) -> Vec<i64> {
    let messages: Vec<QuarantinedMessage> = (0..count).map(message).collect();
    world.store.quarantine(&messages).await.unwrap();
    world.store.quarantined(None, 100).await.unwrap().into_iter().map(|(id, _)| id).rev().collect()
}

pub async fn messages_in_quarantine_are_found_by_their_ids(world: &World) {
    let ids = quarantine(world, 4).await;
    let asked = [ids[2], ids[3] + 100, ids[0], -1];
    let mut known = world.store.in_quarantine(&asked).await.unwrap();
    known.sort_unstable();
    assert_eq!(known, [ids[0], ids[2]]);
    let mut found = world.store.quarantined_with(&asked).await.unwrap();
    found.sort_by_key(|(id, _)| *id);
    assert_eq!(found, [(ids[0], message(0)), (ids[2], message(2))]);
    assert!(world.store.in_quarantine(&[]).await.unwrap().is_empty());
}

pub async fn a_message_that_stays_in_quarantine_has_its_new_reason_and_count(world: &World) {
    let ids = quarantine(world, 2).await;
    for _ in 0..2 {
        world.store.stay_in_quarantine(ids[0], QuarantineReason::IdConflict, "nul \u{0} again").await.unwrap();
    }
    world.store.stay_in_quarantine(ids[1] + 100, QuarantineReason::IdConflict, "nobody").await.unwrap();
    let (_, stayed) = world.store.quarantined_with(&ids[..1]).await.unwrap().remove(0);
    assert_eq!((stayed.reason, stayed.attempts), (QuarantineReason::IdConflict, 3));
    assert!(stayed.detail.starts_with("nul "), "{}", stayed.detail);
    let as_it_came =
        QuarantinedMessage { reason: QuarantineReason::Malformed, attempts: 1, detail: message(0).detail, ..stayed };
    assert_eq!(as_it_came, message(0));
    assert_eq!(world.store.quarantined_with(&ids[1..]).await.unwrap()[0].1, message(1), "the other one is as it was");
}

pub async fn messages_leave_quarantine_for_good(world: &World) {
    let ids = quarantine(world, 3).await;
    world.store.leave_quarantine(&[ids[0], ids[0], ids[2] + 100]).await.unwrap();
    world.store.leave_quarantine(&[]).await.unwrap();
    let discarded = world.store.discard_quarantined(&ids, &entry(world, "b")).await.unwrap();
    assert_eq!((discarded, world.store.count_quarantined().await.unwrap()), (2, 0), "one had left before");
    let kept = world.store.audit_entries(&AuditQuery { limit: 10, ..AuditQuery::default() }).await.unwrap();
    assert_eq!(kept.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>(), [entry(world, "b")]);
    world.store.quarantine(&[message(9)]).await.unwrap();
    let (id, _) = world.store.quarantined(None, 1).await.unwrap().remove(0);
    assert!(id > ids[2], "an id is never given twice");
}

fn entry(world: &World, principal: &str) -> AuditEntry {
    AuditEntry {
        at: Timestamp::from_micros(world.clock.now().micros()),
        principal: principal.into(),
        method: "god33.v1.AdminService/RebuildStates".into(),
        subject: "all states — 'quoted'".into(),
        refused: None,
        peer: String::new(),
        node_id: Uuid::from_u128(7),
    }
}

pub async fn the_audit_is_read_by_every_part_from_the_newest_on(world: &World) {
    let mut expected = Vec::new();
    for (number, (principal, refused)) in
        [("a", None), ("b", Some("INVALID_FIELD")), ("a", Some("X"))].into_iter().enumerate()
    {
        let entry = AuditEntry {
            refused: refused.map(Into::into),
            method: format!("m{}", number % 2),
            ..entry(world, principal)
        };
        world.store.audit(&entry).await.unwrap();
        expected.push(entry);
        world.clock.step(1);
    }
    let all = AuditQuery { limit: 10, ..AuditQuery::default() };
    let found = async |query: &AuditQuery| {
        let entries = world.store.audit_entries(query).await.unwrap();
        entries.into_iter().map(|(_, entry)| expected.iter().position(|e| *e == entry).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(found(&all).await, [2, 1, 0]);
    assert_eq!(found(&AuditQuery { limit: 2, ..all.clone() }).await, [2, 1]);
    assert_eq!(found(&AuditQuery { principal: Some("a".into()), ..all.clone() }).await, [2, 0]);
    assert_eq!(found(&AuditQuery { method: Some("m1".into()), ..all.clone() }).await, [1]);
    assert_eq!(found(&AuditQuery { refused_only: true, ..all.clone() }).await, [2, 1]);
    assert_eq!(found(&AuditQuery { since: Some(expected[1].at), ..all.clone() }).await, [2, 1]);
    assert_eq!(found(&AuditQuery { until: Some(expected[1].at), ..all.clone() }).await, [0]);
    let newest = world.store.audit_entries(&all).await.unwrap()[0].0;
    assert_eq!(found(&AuditQuery { before: Some(newest), ..all }).await, [1, 0]);
}

pub async fn the_first_answer_to_a_request_is_kept_until_it_is_forgotten(world: &World) {
    let request = RequestId(Uuid::new_v4());
    assert_eq!(world.store.kept_answer(request).await.unwrap(), None);
    let (digest, other) = (Digest::of_bytes(b"asked"), Digest::of_bytes(b"other"));
    world.store.keep_answer(request, digest, &[0, 1], world.clock.now()).await.unwrap();
    world.store.keep_answer(request, other, &[2], world.clock.now()).await.unwrap();
    assert_eq!(world.store.kept_answer(request).await.unwrap(), Some((digest, Bytes::from_static(&[0, 1]))));
    let now = world.clock.now();
    world.store.maintain(now, now).await.unwrap();
    assert!(world.store.kept_answer(request).await.unwrap().is_some());
    world.store.maintain(now, world.clock.step(1)).await.unwrap();
    assert_eq!(world.store.kept_answer(request).await.unwrap(), None);
}

pub async fn nodes_are_listed_while_they_give_signs(world: &World) {
    let sign = |node: u128, tail: u64| NodeSign {
        node_id: Uuid::from_u128(node),
        version: "0.1.0".into(),
        started_at: Timestamp::from_micros(1_768_141_800_000_000),
        last_seen_at: Timestamp::from_micros(world.clock.now().micros()),
        ingests: node == 1,
        tail: Position::new(tail),
    };
    let old = sign(3, 1);
    world.store.keep_node(&old).await.unwrap();
    world.store.keep_node(&sign(2, 1)).await.unwrap();
    let since = world.clock.step(60);
    let (one, two) = (sign(1, 5), sign(2, 6));
    world.store.keep_node(&two).await.unwrap();
    world.store.keep_node(&one).await.unwrap();
    assert_eq!(world.store.nodes(since).await.unwrap(), [one.clone(), two]);
    assert_eq!(world.store.nodes(old.last_seen_at).await.unwrap().len(), 3);
    world.store.forget_node(Uuid::from_u128(2)).await.unwrap();
    world.store.forget_node(Uuid::from_u128(9)).await.unwrap();
    assert_eq!(world.store.nodes(since).await.unwrap(), [one]);
}

pub async fn a_lease_says_who_holds_it(world: &World) {
    let (holder, hour) = (Uuid::new_v4(), Duration::from_secs(3_600));
    assert_eq!(world.store.lease_holder("relay").await.unwrap(), None);
    world.store.lease("relay", holder, hour).await.unwrap();
    assert_eq!(world.store.lease_holder("relay").await.unwrap(), Some(holder));
    world.store.release("relay", holder).await.unwrap();
    assert_eq!(world.store.lease_holder("relay").await.unwrap(), None);
    world.store.lease("other", holder, Duration::ZERO).await.unwrap();
    assert_eq!(world.store.lease_holder("other").await.unwrap(), None, "it ran out");
}

async fn verified(world: &World, after: u64, compare_states: bool) -> VerifyProgress {
    let (sender, mut told) = mpsc::channel(1_000);
    verify_log(world.store.as_ref(), Position::new(after), compare_states, &sender).await.unwrap();
    drop(sender);
    let mut last = told.recv().await.unwrap();
    while let Some(next) = told.recv().await {
        assert!(!last.done && next.position >= last.position);
        let findings = [last.findings, next.findings].concat();
        last = VerifyProgress { findings, ..next };
    }
    assert!(last.done && last.position == last.until);
    last
}

async fn rebuilt(world: &World, dry_run: bool) -> usize {
    let (sender, mut told) = mpsc::channel(1_000);
    rebuild_states(world.store.as_ref(), StateKind::ALL, dry_run, &sender).await.unwrap();
    drop(sender);
    let mut last: Option<RebuildProgress> = None;
    while let Some(next) = told.recv().await {
        last = Some(next);
    }
    let last = last.unwrap();
    assert!(last.done && last.position == last.until);
    last.differing
}

pub async fn a_log_of_disorder_is_whole_and_its_states_are_right(world: &World) {
    for batch in history(7, 1_200).chunks(40) {
        world.propose([proposal(batch)]).await;
        world.clock.step(1);
    }
    let whole = verified(world, 0, true).await;
    assert_eq!((whole.findings, whole.until), (vec![], world.store.info().await.unwrap().head.position));
    assert!(verified(world, 500, false).await.findings.is_empty());
    assert_eq!(rebuilt(world, false).await, 0);
    assert!(verified(world, 0, true).await.findings.is_empty());
}

pub async fn an_empty_log_is_whole(world: &World) {
    assert_eq!(verified(world, 0, true).await.until, Position::START);
    assert_eq!(verified(world, 9, false).await.until, Position::START);
    assert_eq!(rebuilt(world, false).await, 0);
}

pub async fn states_that_differ_are_found_and_replaced_with_their_labels(world: &World) {
    for batch in history(8, 300).chunks(30) {
        world.propose([proposal(batch)]).await;
    }
    world.record([&event("bmad.workflow.started").of_workflow("w-spoilt").saying("project_name", "right")]).await;
    let mut spoilt = world.workflow("w-spoilt").await;
    let right = spoilt.clone();
    spoilt.project_name = Some("wrong".into());
    let state = State::Workflow(Box::new(spoilt));
    let transaction = world.store.begin().await.unwrap();
    let head = transaction.head();
    let changed = ChangedState { state, gained: Vec::new(), lost: Vec::new() };
    let committed = transaction.commit(&Writes::of_states(head, vec![changed], Vec::new())).await.unwrap();
    assert_eq!(committed, Commit::Done);

    let found = verified(world, 0, true).await.findings;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].kind.as_str(), "state");
    assert!(found[0].message.contains("w-spoilt"), "{}", found[0].message);
    assert_eq!(rebuilt(world, true).await, 1);
    assert_ne!(world.workflow("w-spoilt").await, right, "a dry run replaces nothing");
    assert_eq!(rebuilt(world, false).await, 1);
    assert_eq!(world.workflow("w-spoilt").await, right);
    assert!(verified(world, 0, true).await.findings.is_empty());
}

pub async fn a_log_that_goes_on_meanwhile_is_no_finding(world: &World) {
    let stories = history(9, 900);
    for batch in stories[..400].chunks(40) {
        world.propose([proposal(batch)]).await;
    }
    let write = async {
        for batch in stories[400..].chunks(10) {
            world.propose([proposal(batch)]).await;
        }
    };
    let check = async {
        for _ in 0..5 {
            assert_eq!(verified(world, 0, true).await.findings, []);
            assert_eq!(rebuilt(world, false).await, 0);
        }
    };
    tokio::join!(write, check);
}
