//! Whatever the bus brings ends as an event or in quarantine, whole; and what god33 sends can be read back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bytes::Bytes;
use god33_bus::{RawMessage, normalise, render};
use god33_domain::{Envelope, EventId, EventType, JsonText, Limits, NewEvent, QuarantinedMessage, Timestamp};
use proptest::prelude::*;
use uuid::Uuid;

#[expect(clippy::result_large_err, reason = "as in the function under test")]
fn read(routing_key: &str, body: impl Into<Bytes>) -> Result<NewEvent, QuarantinedMessage> {
    let message = RawMessage::new("bloodbank.events.v1", routing_key, body);
    normalise(&message, Timestamp::EPOCH, &Limits::default())
}

fn keeps_the_body(routing_key: &str, body: &[u8]) {
    match read(routing_key, body.to_vec()) {
        Ok(event) => {
            assert_eq!(event.original.as_deref(), Some(body));
            assert!(!event.bus.as_ref().unwrap().routing_key.chars().any(char::is_control));
            for json in
                [Some(&event.envelope.payload), event.envelope.extensions.as_ref(), Some(&event.envelope.source)]
            {
                let text = json.map_or("{}", JsonText::as_str);
                assert!(JsonText::parse(text).is_ok(), "{text}");
            }
            let again = read(routing_key, body.to_vec()).unwrap();
            assert_eq!((again.envelope.event_id, again.digest), (event.envelope.event_id, event.digest));
        }
        Err(quarantined) => assert_eq!(quarantined.body.as_ref(), body),
    }
}

/// JSON with everything that a parser may stumble over, as text.
fn any_json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|value| value.to_string()),
        any::<i64>().prop_map(|value| value.to_string()),
        Just("1e999".to_owned()),
        Just("-0.00000000000000000000000000001e-5".to_owned()),
        Just("123456789012345678901234567890".to_owned()),
        Just(r#""\ud800\u0000""#.to_owned()),
        any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
        any::<u128>().prop_map(|number| format!("\"{}\"", Uuid::from_u128(number))),
        Just("\"2026-01-11T14:30:00\"".to_owned()),
    ];
    scalar.prop_recursive(6, 64, 8, |inner| {
        let name = prop_oneof![
            member_name().prop_map(str::to_owned),
            any::<String>().prop_map(|text| serde_json::Value::from(text).to_string()),
            Just(r#""\udfff""#.to_owned()),
        ];
        let member = (name, inner.clone()).prop_map(|(name, value)| format!("{name} : {value}"));
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(|items| format!("[{}]", items.join(" ,"))),
            prop::collection::vec(member, 0..12).prop_map(|members| format!("{{{}}}", members.join(", "))),
        ]
    })
}

/// The names that mean something in one family or another.
fn member_name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\"event_id\"",
        "\"id\"",
        "\"event_type\"",
        "\"eventType\"",
        "\"type\"",
        "\"timestamp\"",
        "\"ts\"",
        "\"time\"",
        "\"occurred_at\"",
        "\"source\"",
        "\"producer\"",
        "\"correlation_ids\"",
        "\"correlation_id\"",
        "\"trace_id\"",
        "\"causation_id\"",
        "\"causationid\"",
        "\"specversion\"",
        "\"hook_type\"",
        "\"raw_payload\"",
        "\"component\"",
        "\"trigger_type\"",
        "\"trace_context\"",
        "\"agent_context\"",
        "\"actor\"",
        "\"version\"",
        "\"payload\"",
        "\"data\"",
    ])
}

fn any_object() -> impl Strategy<Value = JsonText> {
    let name = any::<String>().prop_filter("not an envelope's", |name| !name.is_ascii() || name.len() < 2);
    prop::collection::btree_map(name, any_json(), 0..4).prop_map(|members| {
        let members: Vec<String> =
            members.iter().map(|(name, json)| format!("{}:{json}", serde_json::Value::from(name.as_str()))).collect();
        JsonText::parse(format!("{{{}}}", members.join(","))).unwrap()
    })
}

fn any_time() -> impl Strategy<Value = Timestamp> {
    (-60_000_000_000_i64..250_000_000_000, 0..1_000_000_000_u32)
        .prop_map(|(seconds, nanos)| Timestamp::new(seconds, nanos).unwrap())
}

fn any_source() -> impl Strategy<Value = JsonText> {
    let kind = prop::sample::select(vec!["manual", "agent", "scheduled", "hook", "service"]);
    (any::<String>(), kind, any::<Option<String>>()).prop_map(|(host, kind, app)| {
        // Upstream's order of the members: what is read back is the text, not only the value.
        let [host, app] = [serde_json::json!(host), serde_json::json!(app)];
        JsonText::parse(format!(r#"{{"host":{host},"type":"{kind}","app":{app},"meta":null}}"#)).unwrap()
    })
}

fn any_agent_context() -> impl Strategy<Value = JsonText> {
    (any::<Option<String>>(), any::<bool>()).prop_map(|(name, code)| {
        let name = serde_json::json!(name);
        let code = if code {
            r#"{"repo_url":null,"branch":"main","working_diff":null,"branch_diff":null,"last_commit_hash":"a7b"}"#
        } else {
            "null"
        };
        JsonText::parse(format!(
            r#"{{"type":"letta","name":{name},"system_prompt":null,"instance_id":"i","mcp_servers":["a"],"file_references":[],"url_references":null,"code_state":{code},"checkpoint_id":null,"meta":{{}}}}"#
        ))
        .unwrap()
    })
}

fn any_envelope() -> impl Strategy<Value = Envelope> {
    let ids = prop::collection::vec(any_id(), 0..4);
    let label = "[^\\p{Cc}]{1,60}";
    let causes = (ids, prop::option::of(any_id()), prop::option::of(label), prop::option::of(label));
    let parts = (any_id(), "[a-z0-9_-]{1,8}(\\.[a-z0-9_-]{1,8}){0,4}", any_time(), "[0-9.]{1,12}");
    let content = (any_source(), prop::option::of(any_agent_context()), any_json(), prop::option::of(any_object()));
    (parts, causes, content).prop_map(|((event_id, event_type, timestamp, version), causes, content)| Envelope {
        event_id,
        event_type: EventType::from_bus(&event_type).unwrap(),
        timestamp,
        version,
        source: content.0,
        correlation_ids: causes.0,
        causation_id: causes.1,
        chain_id: causes.2,
        traceparent: causes.3,
        agent_context: content.1,
        payload: JsonText::parse(content.2).unwrap(),
        custom: false,
        extensions: content.3.filter(|json| json.as_str() != "{}"),
    })
}

fn any_id() -> impl Strategy<Value = EventId> {
    (1..u128::MAX).prop_map(|number| EventId::new(Uuid::from_u128(number)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_end_as_an_event_or_in_quarantine(body in any::<Vec<u8>>(), routing_key in any::<String>()) {
        keeps_the_body(&routing_key, &body);
    }

    #[test]
    fn arbitrary_json_ends_as_an_event_or_in_quarantine(body in any_json(), routing_key in any::<String>()) {
        keeps_the_body(&routing_key, body.as_bytes());
    }

    #[test]
    fn json_under_a_routing_key_is_always_an_event(body in any_json()) {
        prop_assert!(read("some.type", body).is_ok());
    }

    #[test]
    fn what_goes_out_comes_back_as_the_same_event(envelope in any_envelope()) {
        let event = read("some.type", render(&envelope)).unwrap();
        prop_assert_eq!(event.envelope, envelope);
        prop_assert_eq!(event.bus.unwrap().family.0, 'A');
    }
}
