//! What was sent comes back.

use bytes::Bytes;
use god33_domain::{EnvelopeFamily, EventId, JsonText, NewEvent, Timestamp};
use serde_json::json;

use crate::store::World;
use crate::{EventStory, Named, event, from_bus};

/// Records the events and fails unless each comes back as it was sent, by every way of reading.
async fn assert_comes_back(world: &World, stories: &[EventStory]) {
    world.record(stories).await;
    let log = world.log().await;
    for story in stories {
        let NewEvent { envelope, digest, bus, .. } = story.build();
        let found = world.get(story).await;
        assert_eq!(found.envelope, envelope);
        assert_eq!((found.digest, &found.bus, found.principal.as_str()), (digest, &bus, "conformance"));
        let in_log = log.iter().find(|event| event.id() == envelope.event_id).expect("it is in the log");
        assert_eq!(in_log, &found, "every way of reading gives the same");
    }
}

const TEXTS: [&str; 20] = [
    "null",
    "true",
    "-0",
    "1e400",
    "9007199254740993",
    "-123456789012345678901234567890.10",
    "\"\"",
    "\"a\\u0000b\"",
    "\"\\ud800\"",
    "\"\\ud83d\\ude00 😀 ﷽ \\u0041\"",
    "[]",
    "{}",
    " { } ",
    "[1.0, 1e5,\t0.10 ]",
    "{\"b\": 1,\"a\":9007199254740993 }",
    "{\"a\":1,\"a\":2,\"a\":{\"a\":3}}",
    "{\"\":\"\",\"\\u0000\":\"\\u0000\"}",
    "{\"\\ud800\":1,\"\\udfff\":[\"\\ud83d\"]}",
    "{\"quotes\":\"it's \\\"so\\\" \\\\ $1 %s ? :x\",\"sql\":\"'; DROP TABLE events; --\"}",
    "{\"é\":\"e\\u0301\",\"long\":1.79769313486231570e308}",
];

pub async fn json_comes_back_byte_for_byte(world: &World) {
    let stories: Vec<EventStory> = TEXTS.iter().map(|text| event("a.b").raw_payload(text)).collect();
    assert_comes_back(world, &stories).await;
    for (story, text) in stories.iter().zip(TEXTS) {
        assert_eq!(world.get(story).await.envelope.payload.as_str(), text);
    }
}

pub async fn source_context_and_extensions_come_back_byte_for_byte(world: &World) {
    let object = |text: &str| JsonText::parse(format!("{{\"z\": 1, \"a\":{text} }}")).unwrap();
    let story = |text: &str| {
        event("a.b").with(|envelope| {
            envelope.source = object(text);
            envelope.agent_context = Some(object(text));
            envelope.extensions = Some(object(text));
        })
    };
    assert_comes_back(world, &TEXTS.map(story)).await;
}

pub async fn deep_and_large_payloads_come_back(world: &World) {
    let deep = |open: &str, close: &str| open.repeat(126) + "[]" + &close.repeat(126);
    let large = format!("{{\"text\":\"{}\"}}", "ü".repeat((1 << 19) - 6));
    assert!(large.len() <= 1 << 20);
    let many = format!("[{}]", vec!["0"; 200_000].join(","));
    let stories = [deep("[", "]"), deep("{\"a\":", "}"), large, many].map(|text| event("a.b").raw_payload(&text));
    assert_comes_back(world, &stories).await;
}

pub async fn every_optional_field_comes_back_set_and_unset(world: &World) {
    let full = event("agent.letta.checkpoint.saved").by("letta-python-dev-001").of_workflow("w-1").in_session("s-1");
    let full = full.in_chain("chain/1 ü").caused_by(&EventId::generate()).with(|envelope| {
        envelope.causation_id = Some(EventId::generate());
        envelope.traceparent = Some("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".into());
        envelope.extensions = Some(JsonText::parse(r#"{"trace_id":"x"}"#).unwrap());
        envelope.version = "2.0.0-β".into();
        envelope.custom = true;
    });
    let only = |change: fn(&mut god33_domain::Envelope)| event("a.b").with(change);
    let stories = [
        event("a.b"),
        full,
        only(|envelope| envelope.causation_id = Some(EventId::from_foreign("cause"))),
        only(|envelope| envelope.chain_id = Some("chain".into())),
        only(|envelope| envelope.traceparent = Some("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00".into())),
        only(|envelope| envelope.extensions = Some(JsonText::empty_object())),
        only(|envelope| envelope.agent_context = Some(JsonText::empty_object())),
        only(|envelope| envelope.custom = true),
    ];
    assert_comes_back(world, &stories).await;
}

pub async fn causes_come_back_in_their_order_with_repeats_and_the_event_itself(world: &World) {
    let (one, two, own) = (EventId::generate(), EventId::generate(), EventId::generate());
    let many: Vec<EventId> = (0..256).map(|_| EventId::generate()).collect();
    let stories = [
        event("a.b").caused_by(&two).caused_by(&one).caused_by(&two),
        from_bus("a.b", "{}").with_id(own).caused_by(&own).caused_by(&one),
        event("a.b").with(|envelope| envelope.correlation_ids = many),
    ];
    assert_comes_back(world, &stories).await;
    assert_eq!(world.store.edges_to_parents(&[stories[2].event_id()]).await.unwrap().len(), 256);
}

pub async fn a_message_from_the_bus_comes_back_with_its_journey_and_its_bytes(world: &World) {
    let full = from_bus("agent.handoff.accepted", "{\"any\":\t\"body\"}").with_bus(|bus| {
        bus.exchange = "amq.topic".into();
        bus.routing_key = "agent.lenoon.handoff.ü".into();
        bus.message_id = Some("0123456789abcdef0123456789abcdef".into());
        bus.content_type = Some("application/json; charset=utf-8".into());
        bus.headers = Some(json!({"x-death": [{"count": 3}], "nul": "a\u{0}b", "float": 0.1 + 0.2, "big": u64::MAX}));
        bus.family = EnvelopeFamily('O');
        bus.id_synthesized = true;
        bus.timestamp_synthesized = true;
    });
    let bare = from_bus("a.b", "");
    let over_grpc = event("a.b");
    assert_comes_back(world, &[full.clone(), bare.clone(), over_grpc.clone()]).await;
    let original = async |id: EventId| world.store.original(id).await.unwrap();
    assert_eq!(original(full.event_id()).await.as_deref(), Some(b"{\"any\":\t\"body\"}".as_slice()));
    assert_eq!(original(bare.event_id()).await.as_deref(), Some(b"".as_slice()));
    assert_eq!(original(over_grpc.event_id()).await, None);
    assert_eq!(original(EventId::generate()).await, None);
}

pub async fn the_bytes_of_a_message_need_not_be_text(world: &World) {
    let body = Bytes::from((0..=255).collect::<Vec<u8>>());
    let story = from_bus("a.b", "{}");
    let mut new = story.build();
    new.original = Some(body.clone());
    let change = god33_domain::Change::Append(vec![new]);
    let proposal = god33_domain::Proposal { request: None, principal: "bus".into(), change };
    assert!(world.write(vec![proposal]).await.unwrap()[0].is_ok());
    assert_eq!(world.store.original(story.event_id()).await.unwrap(), Some(body));
}

pub async fn times_of_any_year_come_back_to_the_nanosecond(world: &World) {
    let times = [
        (0, 0),
        (0, 1),
        (-1, 999_999_999),
        (1_768_141_800, 123_456_789),
        (1_768_141_800, 999_999_999),
        (-62_135_596_800, 1),           // the year 1
        (-62_135_596_801, 999_999_999), // the second before it
        (253_402_300_799, 999_999_999), // the last of the year 9999
        (253_402_300_800, 0),
        (-210_863_520_000, 0),            // the year −4712
        (8_210_266_876_799, 999_999_999), // the last of the year 262142
    ];
    let story = |(seconds, nanos)| {
        event("bmad.workflow.started")
            .of_workflow(&format!("w-{seconds}-{nanos}"))
            .with(|envelope| envelope.timestamp = Timestamp::new(seconds, nanos).unwrap())
    };
    assert_comes_back(world, &times.map(story)).await;
    for (seconds, nanos) in times {
        let id = format!("w-{seconds}-{nanos}");
        assert_eq!(world.workflow(&id).await.started_at, Timestamp::new(seconds, nanos).unwrap());
        world.record([&event("bmad.workflow.completed").of_workflow(&id)]).await;
        assert_eq!(world.workflow(&id).await.version, 2, "a state of any year can be moved on");
    }
}

pub async fn names_of_any_script_and_length_come_back(world: &World) {
    let long = |unit: &str| unit.repeat(255);
    let story = |name: &str| event("a.b").of_workflow(name).in_session(name).by(name).in_chain(name).of_app(name);
    let names = [long("x"), long("ü"), long("😀"), "it's \"100 %\" \\ _".into(), "ﷺ مرحبا".into()];
    let stories: Vec<EventStory> = names.iter().map(|name| story(name)).collect();
    assert_comes_back(world, &stories).await;
    for (story, name) in stories.iter().zip(&names) {
        assert_eq!(world.belonging(story).await, [Some(name.clone()), Some(name.clone()), Some(name.clone())]);
        assert_eq!(&world.workflow(name).await.workflow_id.to_string(), name);
    }
    let types = ["fireflies.transcriptReady".into(), "ä b..c".into(), "x".repeat(1_024), ".".into(), "#".into()];
    let stories: Vec<EventStory> = types.iter().map(|event_type: &String| from_bus(event_type, "{}")).collect();
    assert_comes_back(world, &stories).await;
}
