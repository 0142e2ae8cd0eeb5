#![allow(clippy::unwrap_used, clippy::panic)]
use god33_domain::Belonging;
use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{AgentContext, BusMetadata, CustomPayload, EventPayload, Source};
use proptest::prelude::*;

use super::*;

fn envelope(json: &str) -> EventEnvelope {
    let custom = CustomPayload { json: json.into(), untyped_reason: String::new() };
    let payload = EventPayload { kind: Some(Kind::Custom(custom)), additional_members: String::new() };
    EventEnvelope { event_type: "git.commit".into(), payload: Some(payload), ..EventEnvelope::default() }
}

fn parse_one(envelope: &EventEnvelope) -> Result<Parsed, Vec<(String, ErrorReason)>> {
    let mut found = Violations::default();
    let principal = Principal { name: "builder".into() };
    let context = Context { principal: &principal, limits: &Limits::default(), now: Timestamp::EPOCH };
    let events = Path::Request.member("events");
    let parsed = parse(envelope, context, &events.item(3), &mut found);
    let found: Vec<_> = found.into_vec().into_iter().map(|violation| (violation.field, violation.reason)).collect();
    if found.is_empty() { Ok(parsed.unwrap()) } else { Err(found) }
}

#[test]
fn what_a_client_leaves_out_is_filled_in() {
    let Parsed { event, has_own_id } = parse_one(&envelope("null")).unwrap();
    assert!(!has_own_id);
    assert_eq!(event.envelope.event_id.uuid().get_version_num(), 7);
    assert_eq!(event.envelope.timestamp, Timestamp::EPOCH);
    assert_eq!(event.envelope.version, "1.0.0");
    assert_eq!(event.envelope.source_app().as_deref(), Some("builder"));
    assert_eq!(event.said, Belonging::default());
    assert_eq!((event.bus, event.original), (None, None));
}

#[test]
fn a_repeat_without_a_time_has_the_same_digest() {
    let sent = EventEnvelope { event_id: EventId::generate().to_string(), ..envelope("1") };
    let digest = parse_one(&sent).unwrap().event.digest;
    let principal = Principal { name: "builder".into() };
    let later = Timestamp::new(1, 0).unwrap();
    let context = Context { principal: &principal, limits: &Limits::default(), now: later };
    let again = parse(&sent, context, &Path::Request, &mut Violations::default()).unwrap();
    assert_eq!(again.event.envelope.timestamp, later);
    assert_eq!(again.event.digest, digest);
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let wrong = EventEnvelope {
        event_id: "x".into(),
        event_type: "Git.Commit".into(),
        timestamp: Some(prost_types::Timestamp { seconds: i64::MAX, nanos: 0 }),
        correlation_ids: vec!["y".into()],
        causation_id: "z".into(),
        payload: None,
        unknown_members: "[]".into(),
        bus: Some(Box::new(BusMetadata::default())),
        ..EventEnvelope::default()
    };
    let wanted = [
        ("event_id", ErrorReason::InvalidUuid),
        ("event_type", ErrorReason::InvalidEventType),
        ("timestamp", ErrorReason::InvalidTimestamp),
        ("correlation_ids[0]", ErrorReason::InvalidUuid),
        ("causation_id", ErrorReason::InvalidUuid),
        ("payload", ErrorReason::PayloadMissing),
        ("unknown_members", ErrorReason::InvalidJson),
        ("bus", ErrorReason::OutputOnlyField),
    ];
    let wanted = wanted.map(|(field, reason)| (format!("events[3].{field}"), reason));
    assert_eq!(parse_one(&wrong).unwrap_err(), wanted);
}

#[test]
fn the_rules_of_the_domain_are_told_with_their_reasons() {
    let id = EventId::generate().to_string();
    let own_cause = EventEnvelope {
        event_id: id.clone(),
        correlation_ids: vec![id.clone()],
        causation_id: id,
        chain_id: "x".repeat(256),
        traceparent: "a\u{0}".into(),
        version: "v".repeat(65),
        ..envelope("1")
    };
    let reasons: Vec<ErrorReason> = parse_one(&own_cause).unwrap_err().into_iter().map(|(_, reason)| reason).collect();
    let field = ErrorReason::InvalidField;
    assert_eq!(reasons, [ErrorReason::SelfCausation, ErrorReason::SelfCausation, field, field, field]);
}

#[test]
fn limits_hold_to_the_byte_and_to_the_item() {
    let text = |bytes: usize| format!("\"{}\"", "x".repeat(bytes - 2));
    assert!(parse_one(&envelope(&text(1 << 20))).is_ok());
    let refused = parse_one(&envelope(&text((1 << 20) + 1))).unwrap_err();
    assert_eq!(refused, [("events[3].payload".to_owned(), ErrorReason::PayloadTooLarge)]);

    let parents = |count: usize| (0..count).map(|_| EventId::generate().to_string()).collect();
    assert!(parse_one(&EventEnvelope { correlation_ids: parents(256), ..envelope("1") }).is_ok());
    let refused = parse_one(&EventEnvelope { correlation_ids: parents(257), ..envelope("1") }).unwrap_err();
    assert_eq!(refused, [("events[3].correlation_ids".to_owned(), ErrorReason::TooManyParents)]);

    assert!(parse_one(&EventEnvelope { event_type: "a".repeat(255), ..envelope("1") }).is_ok());
    assert!(parse_one(&EventEnvelope { event_type: "a".repeat(256), ..envelope("1") }).is_err());

    let source = Source { host: "h".repeat(1 << 20), ..Source::default() };
    let refused = parse_one(&EventEnvelope { source: Some(source), ..envelope("1") }).unwrap_err();
    assert_eq!(refused, [("events[3].source".to_owned(), ErrorReason::PayloadTooLarge)]);
}

#[test]
fn members_that_no_field_declares_are_kept_as_they_were_written() {
    let unknown = r#"{ "priority":1.0, "agent_context":null, "source":"cron" }"#;
    let kept = parse_one(&EventEnvelope { unknown_members: unknown.into(), ..envelope("1") }).unwrap();
    assert_eq!(kept.event.envelope.extensions.unwrap().as_str(), unknown);
    let empty = parse_one(&EventEnvelope { unknown_members: "{ }".into(), ..envelope("1") }).unwrap();
    assert_eq!(empty.event.envelope.extensions, None);
    for declared in [r#"{"event_id":"x"}"#, r#"{"source":{"app":"a"}}"#, r#"{"p\u0061yload":1}"#] {
        let refused = parse_one(&EventEnvelope { unknown_members: declared.into(), ..envelope("1") }).unwrap_err();
        assert_eq!(refused, [("events[3].unknown_members".to_owned(), ErrorReason::InvalidMemberName)], "{declared}");
    }
}

#[test]
fn every_field_of_an_envelope_is_declared_or_not_a_member() {
    use prost_reflect::ReflectMessage;
    let not_members = ["unknown_members", "bus"];
    for field in EventEnvelope::default().descriptor().fields() {
        assert_eq!(DECLARED.contains(&field.name()), !not_members.contains(&field.name()), "{}", field.name());
    }
}

proptest! {
    #[test]
    fn no_envelope_makes_the_parser_panic(
        texts in proptest::collection::vec(any::<String>(), 12),
        additional in "\\{[\\{\\}\\[\\]\":,a1 ]{0,20}",
        seconds: i64,
        nanos: i32,
    ) {
        let mut texts = texts.into_iter();
        let mut text = || texts.next().unwrap_or_default();
        let custom = CustomPayload { json: text(), untyped_reason: String::new() };
        let sent = EventEnvelope {
            event_id: text(),
            event_type: text(),
            timestamp: Some(prost_types::Timestamp { seconds, nanos }),
            version: text(),
            source: Some(Source { host: text(), additional_members: additional.clone(), ..Source::default() }),
            correlation_ids: vec![text()],
            agent_context: Some(Box::new(AgentContext { r#type: text(), additional_members: text(), ..AgentContext::default() })),
            payload: Some(EventPayload { kind: Some(Kind::Custom(custom)), additional_members: String::new() }),
            chain_id: text(),
            causation_id: text(),
            traceparent: text(),
            unknown_members: additional,
            bus: None,
        };
        // A random text is no event type, so nothing of this is ever an event.
        let named = parse_one(&sent).unwrap_err();
        prop_assert!(named.iter().all(|(field, _)| field.starts_with("events[3].")));
    }
}
