use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{ErrorReason, EventEnvelope, PayloadText, SessionPaused, ValidateEventsRequest};
use tonic::Code;

use crate::build::*;

#[tokio::test]
async fn a_validation_says_all_that_an_append_would_and_records_nothing() {
    let (_server, mut client) = world().await;
    let known = event("a.b", "1");
    record(&mut client, [known.clone()]).await;
    let missing = id();
    let typed_event = EventEnvelope {
        payload: Some(typed(Kind::SessionPaused(Box::new(SessionPaused {
            reason: "r".into(),
            ..SessionPaused::default()
        })))),
        correlation_ids: vec![known.event_id.clone(), missing.clone()],
        ..event("agent.letta.session.paused", "")
    };
    let request = ValidateEventsRequest {
        events: vec![
            known.clone(),
            EventEnvelope { payload: Some(custom("2")), ..known.clone() },
            typed_event,
            event("bmad.workflow.started", "{}"),
            event("A", "1"),
        ],
        payloads: vec![
            PayloadText { event_type: "agent.agno.session.paused".into(), json: r#"{"reason":"r"}"#.into() },
            PayloadText { event_type: "agent.agno.session.paused".into(), json: r#"{"reason":7}"#.into() },
            PayloadText { event_type: "a.b".into(), json: "{".into() },
        ],
    };
    let answer = client.validate_events(request).await.unwrap().into_inner();
    let violations: Vec<(&str, ErrorReason)> =
        answer.field_violations.iter().map(|violation| (violation.field.as_str(), violation.reason())).collect();
    let wanted = [
        ("events[4].event_type", ErrorReason::InvalidEventType),
        ("events[1].event_id", ErrorReason::DuplicateEventId),
        ("events[1].event_id", ErrorReason::EventIdConflict),
        ("payloads[2].json", ErrorReason::InvalidJson),
    ];
    assert_eq!(violations, wanted);
    let [repeat, _, paused, started, bad, fits, misfits, _] = answer.events.as_slice() else { panic!("{answer:?}") };
    assert!(repeat.already_recorded && repeat.digest.len() == 32);
    assert_eq!((paused.declared_message.as_str(), &paused.missing_parents), ("god33.v1.SessionPaused", &vec![missing]));
    assert!(started.untyped_reason.contains("workflow_id"), "{started:?}");
    assert_eq!((bad.digest.len(), bad.declared_message.as_str()), (0, ""));
    assert_eq!((fits.declared_message.as_str(), fits.untyped_reason.as_str()), ("god33.v1.SessionPaused", ""));
    assert_eq!(misfits.untyped_reason, "member \"reason\" must be a text");
    assert_eq!(head(&mut client).await, 1);
}

#[tokio::test]
async fn a_validation_of_nothing_is_refused() {
    let (_server, mut client) = world().await;
    let refused = client.validate_events(ValidateEventsRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "EMPTY_REQUEST", "events");
}
