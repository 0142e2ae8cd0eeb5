//! What was sent comes back, also where PostgreSQL's types are narrower than what producers send.

use god33_conformance::{event, from_bus};
use god33_domain::ports::{WorkflowFilter, WorkflowQuery};
use god33_domain::{EventFilter, JsonText, QuarantineReason, QuarantinedMessage, Timestamp, WorkflowId};
use serde_json::json;

use crate::{ask, world};

#[tokio::test]
async fn the_first_and_the_last_year_come_back_to_the_nanosecond() {
    let (world, _database) = world().await;
    let first = Timestamp::new(-210_863_520_000, 0).unwrap();
    let last = Timestamp::new(8_210_266_876_799, 999_999_999).unwrap();
    let times = [
        first,
        Timestamp::new(first.seconds(), 1).unwrap(),
        Timestamp::new(-1, 999_999_999).unwrap(),
        Timestamp::new(-62_135_596_801, 1_001).unwrap(),
        Timestamp::new(946_684_799, 999_999_001).unwrap(),
        Timestamp::EPOCH,
        last,
    ];
    for timestamp in times {
        let story =
            event("bmad.workflow.started").of_workflow(&timestamp.to_string()).with(|e| e.timestamp = timestamp);
        world.record([&story]).await;
        assert_eq!(world.get(&story).await.envelope.timestamp, timestamp);
        assert_eq!(world.workflow(&timestamp.to_string()).await.started_at, timestamp);
    }
}

#[tokio::test]
async fn the_server_may_live_in_any_year() {
    for seconds in [-210_863_520_000, -62_135_596_801, 253_402_300_800, 8_210_266_876_799] {
        let (world, database) = world().await;
        let now = Timestamp::new(seconds, 0).unwrap();
        let story = event("a.b");
        // The log of a fresh store begins in 1970, and time never falls.
        let expected = now.max(Timestamp::EPOCH);
        world.clock.set(now);
        world.record([&story]).await;
        assert_eq!(world.get(&story).await.recorded_at, expected);
        assert_eq!(world.log().await.len(), 1);
        assert_eq!(world.store.position_before(expected).await.unwrap().get(), 0);
        world.store.maintain(now, Timestamp::EPOCH).await.unwrap();
        let partitions = ask(&mut database.connect().await, "select count(*)::text from pg_inherits").await;
        assert_ne!(partitions, "0");
    }
}

#[tokio::test]
async fn json_that_jsonb_would_refuse_or_change_is_kept_as_it_is_and_can_be_queried() {
    let (world, database) = world().await;
    let text = r#"{ "z": "a\u0000b", "big": 123456789012345678901234567890.10, "a": 1, "a": 2, "lone": "\ud800" }"#;
    let story = event("a.b").raw_payload(text).with(|envelope| {
        envelope.source = JsonText::parse("{\"app\" : \"conformance\",  \"meta\":{\"nul\":\"\\u0000\"}}").unwrap();
        envelope.extensions = Some(JsonText::parse("{\"b\":1 ,\"a\":2}").unwrap());
    });
    world.record([&story]).await;
    assert_eq!(world.get(&story).await.envelope, story.envelope);
    let long = from_bus("a.b", "{}").in_chain(&"x".repeat(10_000));
    world.record([&long]).await;
    assert_eq!(world.get(&long).await.envelope, long.envelope, "longer than any index could hold");
    world.record([&event("a.b").raw_payload(r#"{"z": 1, "big": 123456789012345678901234567890.10}"#)]).await;
    let big = ask(&mut database.connect().await, "select payload ->> 'big' from events where position = 3").await;
    assert_eq!(big, "123456789012345678901234567890.10");
}

#[tokio::test]
async fn names_and_routing_keys_with_characters_that_text_cannot_hold_are_kept() {
    let (world, _database) = world().await;
    let story = from_bus("a.b", "body \u{0} of the message").with_bus(|bus| {
        bus.routing_key = "a\u{0}b".into();
        bus.headers = Some(json!({"x\u{0}": ["\u{0}", 1e300, u64::MAX]}));
    });
    world.record([&story]).await;
    let bus = world.get(&story).await.bus.unwrap();
    assert_eq!(
        (bus.routing_key.as_str(), bus.headers),
        ("a\u{0}b", Some(json!({"x\u{0}": ["\u{0}", 1e300, u64::MAX]})))
    );
    let original = world.store.original(story.envelope.event_id).await.unwrap().unwrap();
    assert_eq!(original, "body \u{0} of the message");

    let message = QuarantinedMessage {
        received_at: Timestamp::parse("2026-01-11T14:30:00.123456789Z").unwrap(),
        exchange: "e\u{0}".into(),
        routing_key: "r\u{0}".into(),
        properties: json!({"h\u{0}": "\u{0}"}),
        body: vec![0, 255, 0].into(),
        reason: QuarantineReason::Malformed,
        detail: "at \u{0}".into(),
        attempts: 1,
    };
    world.store.quarantine(std::slice::from_ref(&message)).await.unwrap();
    let kept = world.store.quarantined(None, 10).await.unwrap();
    assert_eq!(kept.into_iter().map(|(_, message)| message).collect::<Vec<_>>(), [message]);
}

#[tokio::test]
async fn ids_are_listed_in_the_order_of_their_bytes_on_every_machine() {
    let (world, _database) = world().await;
    let ids = ["B", "a", "ä", "_", "10", "9", "a-b", "ab", "\u{10ffff}"];
    for id in ids {
        world.record([&event("a.b").of_workflow(id).in_session(id)]).await;
    }
    let mut sorted: Vec<String> = ids.iter().map(ToString::to_string).collect();
    sorted.sort();
    let mut listed: Vec<String> = Vec::new();
    loop {
        let page = world.store.session_links(listed.last().map(String::as_str), 2).await.unwrap();
        if page.is_empty() {
            break;
        }
        listed.extend(page.iter().map(|session| session.session_id.to_string()));
    }
    assert_eq!(listed, sorted);
    assert!(world.store.workflow(&WorkflowId::parse("A").unwrap()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_filter_by_a_text_that_no_column_can_hold_finds_nothing() {
    let (world, _database) = world().await;
    world.record([&event("a.b").of_workflow("w")]).await;
    assert!(world.positions(EventFilter { source: Some("a\0".into()), ..EventFilter::default() }).await.is_empty());
    let filter = WorkflowFilter { project_name: Some("a\0".into()), ..WorkflowFilter::default() };
    let page = world.store.list_workflows(&WorkflowQuery { filter, after: None, limit: 10 }).await.unwrap();
    assert!(page.workflows.is_empty() && !page.has_more);
}
