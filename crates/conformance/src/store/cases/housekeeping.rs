//! Event types, quarantine, leases, cursors, maintenance.

use std::time::Duration;

use bytes::Bytes;
use god33_domain::ports::{Clock, Lease, StoreError};
use god33_domain::{Position, QuarantineReason, QuarantinedMessage, Timestamp};
use serde_json::json;
use uuid::Uuid;

use crate::store::World;
use crate::{event, from_bus, proposal};

pub async fn every_type_that_was_recorded_is_listed_with_its_first_position(world: &World) {
    let known = event("b.b").saying("x", 1);
    world.record([&known, &event("a.a"), &event("b.b")]).await;
    let refused = [event("never.recorded"), known.saying("x", 2)];
    world.propose([proposal(&refused), proposal([&from_bus("Z.z", "{}")])]).await;
    world.record([&event("b.b"), &event("a.a")]).await;
    let types = world.store.event_types().await.unwrap();
    let found: Vec<_> = types.iter().map(|entry| (entry.event_type.as_str(), entry.first_position.get())).collect();
    assert_eq!(found, [("Z.z", 4), ("a.a", 2), ("b.b", 1)], "sorted by their bytes");
}

fn message(number: usize, reason: QuarantineReason) -> QuarantinedMessage {
    QuarantinedMessage {
        received_at: Timestamp::new(1_768_141_800 + number as i64, 123_456_000).unwrap(),
        exchange: "bloodbank.events.v1".into(),
        routing_key: format!("a.b.{number}"),
        properties: json!({"headers": {"nul": "a\u{0}b", "n": u64::MAX}, "message_id": null}),
        body: Bytes::from(vec![0, 255, number as u8]),
        reason,
        detail: format!("line 1\ncolumn {number} — 'quoted'"),
        attempts: 1,
    }
}

pub async fn messages_in_quarantine_come_back_whole_and_in_pages(world: &World) {
    let reasons = [
        QuarantineReason::Malformed,
        QuarantineReason::NoEventType,
        QuarantineReason::TooLarge,
        QuarantineReason::IdConflict,
        QuarantineReason::Unstorable,
    ];
    let messages: Vec<_> = reasons.into_iter().enumerate().map(|(number, reason)| message(number, reason)).collect();
    let empty = QuarantinedMessage {
        exchange: String::new(),
        routing_key: String::new(),
        body: Bytes::new(),
        ..messages[0].clone()
    };
    world.store.quarantine(&messages).await.unwrap();
    world.store.quarantine(&[]).await.unwrap();
    world.store.quarantine(std::slice::from_ref(&empty)).await.unwrap();
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = world.store.quarantined(before, 2).await.unwrap();
        let Some((last, _)) = page.last() else { break };
        assert!(before.is_none_or(|before| *last < before) && page.len() <= 2);
        before = Some(*last);
        seen.extend(page.into_iter().map(|(_, message)| message));
    }
    let mut expected = [messages, vec![empty]].concat();
    expected.reverse();
    assert_eq!(seen, expected, "the newest first");
    assert_eq!(world.store.count_quarantined().await.unwrap(), expected.len() as u64);
}

pub async fn no_name_on_the_bus_keeps_a_message_out_of_quarantine(world: &World) {
    let strange = QuarantinedMessage {
        exchange: "nul \u{0} ü".into(),
        routing_key: "\u{0}".into(),
        detail: "found \u{0} at 1".into(),
        ..message(1, QuarantineReason::Malformed)
    };
    world.store.quarantine(&[strange.clone(), message(2, QuarantineReason::Malformed)]).await.unwrap();
    let kept = world.store.quarantined(None, 10).await.unwrap();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[1].1.body, strange.body, "the body is kept as it came, whatever becomes of a NUL in a name");
}

/// Waits until the holder gets the lease, at most twenty seconds.
async fn wait_for_lease(world: &World, name: &str, holder: Uuid, time_to_live: Duration) -> Lease {
    let wait = async {
        loop {
            if let Some(lease) = world.store.lease(name, holder, time_to_live).await.unwrap() {
                return lease;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), wait).await.expect("the lease runs out")
}

const LONG: Duration = Duration::from_secs(3_600);
const SHORT: Duration = Duration::from_millis(100);

pub async fn a_lease_has_one_holder_who_can_keep_it(world: &World) {
    let (one, two) = (Uuid::new_v4(), Uuid::new_v4());
    let lease = world.store.lease("relay", one, LONG).await.unwrap().expect("nobody has it");
    assert_eq!(world.store.lease("relay", two, LONG).await.unwrap(), None);
    assert_eq!(world.store.lease("relay", one, LONG).await.unwrap(), Some(lease), "the same token while it is kept");
    assert!(world.store.lease("other", two, LONG).await.unwrap().is_some(), "another name is another lease");
    world.store.release("relay", two).await.unwrap();
    assert_eq!(world.store.lease("relay", two, LONG).await.unwrap(), None, "only its holder gives it up");
    world.store.release("unknown", two).await.unwrap();
}

pub async fn a_lease_that_ran_out_or_was_given_up_is_taken_over_with_a_greater_token(world: &World) {
    let (one, two) = (Uuid::new_v4(), Uuid::new_v4());
    let first = world.store.lease("relay", one, SHORT).await.unwrap().unwrap();
    let second = wait_for_lease(world, "relay", two, LONG).await;
    assert!(second.token > first.token);
    assert_eq!(world.store.lease("relay", one, LONG).await.unwrap(), None, "the first has lost it");
    world.store.release("relay", two).await.unwrap();
    let third = world.store.lease("relay", one, LONG).await.unwrap().expect("it was given up");
    assert!(third.token > second.token, "also after it was given up");
}

pub async fn a_cursor_goes_forward_only_and_only_for_the_holder_of_the_lease(world: &World) {
    let (one, two) = (Uuid::new_v4(), Uuid::new_v4());
    let cursor = async || world.store.cursor("relay").await.unwrap().get();
    let advance =
        async |to, lease: Lease| world.store.advance_cursor("relay", Position::new(to), lease.token).await.unwrap();
    assert_eq!(cursor().await, 0);
    let first = world.store.lease("relay", one, LONG).await.unwrap().unwrap();
    assert!(advance(5, first).await);
    advance(3, first).await;
    assert_eq!(cursor().await, 5, "never back");
    world.store.release("relay", one).await.unwrap();
    let second = world.store.lease("relay", two, LONG).await.unwrap().unwrap();
    assert!(!advance(9, first).await, "a late word of the first");
    assert_eq!(cursor().await, 5);
    assert!(advance(7, second).await);
    assert_eq!(cursor().await, 7);
    assert_eq!(world.store.cursor("other").await.unwrap(), Position::START);
}

pub async fn maintenance_can_be_repeated_and_loses_nothing(world: &World) {
    let story = event("a.b").of_workflow("w-1");
    world.record([&story]).await;
    let before = world.get(&story).await;
    for months in [0, 0, 1, 14] {
        let now = Timestamp::from_micros(world.clock.now().micros() + months * 31 * 86_400_000_000);
        world.store.maintain(now, world.clock.now()).await.unwrap();
        world.record([&event("a.b")]).await;
    }
    assert_eq!(world.get(&story).await, before);
    assert_eq!(super::log::assert_gapless(world).await, 5);
}

pub async fn a_closed_store_answers_that_it_is_not_there(world: &World) {
    world.store.close().await;
    assert!(matches!(world.store.ping().await, Err(StoreError::Unavailable { .. })));
    assert!(matches!(world.store.info().await, Err(StoreError::Unavailable { .. })));
    let answer = world.try_propose([proposal([&event("a.b")])]).await;
    assert!(matches!(answer, Err(StoreError::Unavailable { .. })), "{answer:?}");
    world.store.close().await;
}
