use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{
    AppendEventsRequest, BusMetadata, ContextUpdated, EventEnvelope, GetEventRequest, WorkflowPhase,
    WorkflowPhaseCompleted,
};
use prost_types::value::Kind as ValueKind;
use prost_types::{Struct, Value};
use tonic::Code;

use crate::build::*;

#[tokio::test]
async fn events_get_positions_without_gaps_in_their_order() {
    let (_server, mut client) = world().await;
    let answer = client.append_events(batch([event("a.b", "1"), event("a.c", "2")])).await.unwrap().into_inner();
    let results: Vec<(u64, bool)> = answer.results.iter().map(|r| (r.position, r.already_recorded)).collect();
    assert_eq!(results, [(1, false), (2, false)]);
    assert_eq!(answer.position, 2);
    assert_eq!(record(&mut client, [event("a.b", "3")]).await, [3]);
}

#[tokio::test]
async fn a_repeat_of_an_event_gets_its_first_answer_and_other_content_is_a_conflict() {
    let (_server, mut client) = world().await;
    let first = event("a.b", r#"{"a":1,"b":2}"#);
    let answered = client.append_events(batch([first.clone()])).await.unwrap().into_inner();
    let same = EventEnvelope { payload: Some(custom(r#"{ "b":2, "a":1 }"#)), ..first.clone() };
    let again = client.append_events(batch([same])).await.unwrap().into_inner();
    assert!(again.results[0].already_recorded);
    assert_eq!((again.results[0].position, again.results[0].recorded_at), (1, answered.results[0].recorded_at));

    let other = EventEnvelope { payload: Some(custom("2")), ..first.clone() };
    let refused = client.append_events(batch([event("a.b", "1"), other])).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "EVENT_ID_CONFLICT"));
    assert_eq!((detail(&refused, "event_id"), detail(&refused, "position")), (first.event_id, "1".to_owned()));
    assert_ne!(detail(&refused, "recorded_digest"), detail(&refused, "sent_digest"));
    assert_eq!(head(&mut client).await, 1, "a batch is taken or refused as a whole");
}

#[tokio::test]
async fn a_repeated_request_gets_the_first_answer_although_the_server_chose_the_ids() {
    let (_server, mut client) = world().await;
    let nameless = EventEnvelope { event_id: String::new(), ..event("a.b", "1") };
    let request = AppendEventsRequest { request_id: id(), ..batch([nameless.clone(), nameless]) };
    let first = client.append_events(request.clone()).await.unwrap().into_inner();
    assert_ne!(first.results[0].event_id, first.results[1].event_id);
    assert_eq!(client.append_events(request.clone()).await.unwrap().into_inner(), first);

    let reused = AppendEventsRequest { request_id: request.request_id, ..batch([event("a.b", "1")]) };
    let refused = client.append_events(reused).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "REQUEST_ID_REUSED"));
    assert_eq!(head(&mut client).await, 2);
}

#[tokio::test]
async fn typed_custom_and_foreign_payloads_come_back_as_they_were_sent() {
    let (_server, mut client) = world().await;
    let completed = WorkflowPhaseCompleted {
        workflow_id: id(),
        phase: WorkflowPhase::Planning.into(),
        summary: "done".into(),
        ..WorkflowPhaseCompleted::default()
    };
    let mut payload = typed(Kind::WorkflowPhaseCompleted(Box::new(completed)));
    payload.additional_members = r#"{"cost":9007199254740993}"#.into();
    let sent = [
        EventEnvelope { payload: Some(payload), ..event("bmad.workflow.phase.completed", "") },
        event("bmad.workflow.phase.completed", r#"{"phase":"on purpose"}"#),
        event("git.commit", "[1.0, \"\\u0000\", 9007199254740993]"),
        EventEnvelope {
            version: "2.1.0".into(),
            timestamp: Some(prost_types::Timestamp { seconds: -62_135_596_800, nanos: 1 }),
            chain_id: "chain".into(),
            traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".into(),
            causation_id: id(),
            correlation_ids: vec![id(), id()],
            unknown_members: r#"{ "priority" : 1.50 }"#.into(),
            ..event("git.push", "null")
        },
    ];
    record(&mut client, sent.clone()).await;
    for sent in sent {
        let request =
            GetEventRequest { event_id: sent.event_id.clone(), include_original: true, ..GetEventRequest::default() };
        let answer = client.get_event(request).await.unwrap().into_inner();
        let mut kept = answer.event.unwrap().envelope.unwrap();
        let expected = EventEnvelope {
            version: if sent.version.is_empty() { "1.0.0".into() } else { sent.version.clone() },
            timestamp: sent.timestamp.or(kept.timestamp.take()),
            source: kept.source.clone(),
            ..sent.clone()
        };
        kept.timestamp = kept.timestamp.or(expected.timestamp);
        assert_eq!(kept, expected);
        assert_eq!(kept.source.unwrap().r#type, "service");
        if let Some(Kind::Custom(custom)) = sent.payload.unwrap().kind {
            assert_eq!(answer.payload_json, custom.json, "the text that is kept is the text that was sent");
        }
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_batch_is_named_at_once_and_nothing_is_stored() {
    let (_server, mut client) = world().await;
    let wrong = WorkflowPhaseCompleted { workflow_id: "w".into(), phase: 77, ..WorkflowPhaseCompleted::default() };
    let request = AppendEventsRequest {
        request_id: "no uuid".into(),
        ..batch([
            event("a.b", "1"),
            EventEnvelope { event_type: "A B".into(), ..event("a.b", "1") },
            EventEnvelope { payload: None, bus: Some(Box::new(BusMetadata::default())), ..event("a.b", "1") },
            EventEnvelope {
                payload: Some(typed(Kind::WorkflowPhaseCompleted(Box::new(wrong)))),
                ..event("bmad.workflow.phase.completed", "")
            },
            event("bmad.workflow.started", "{"),
        ])
    };
    let refused = client.append_events(request).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::InvalidArgument, "INVALID_FIELD"));
    let wanted = [
        ("request_id", "INVALID_UUID"),
        ("events[1].event_type", "INVALID_EVENT_TYPE"),
        ("events[2].payload", "PAYLOAD_MISSING"),
        ("events[2].bus", "OUTPUT_ONLY_FIELD"),
        ("events[3].payload.workflow_phase_completed.workflow_id", "INVALID_UUID"),
        ("events[3].payload.workflow_phase_completed.phase", "INVALID_FIELD"),
        ("events[4].payload.custom.json", "INVALID_JSON"),
    ];
    let wanted = wanted.map(|(field, reason)| (field.to_owned(), reason.to_owned()));
    assert_eq!(fields(&refused), wanted);
    assert_eq!(head(&mut client).await, 0);
}

#[tokio::test]
async fn a_payload_of_another_kind_names_the_declared_one() {
    let (_server, mut client) = world().await;
    let kind = Kind::WorkflowPhaseCompleted(Box::default());
    let sent = EventEnvelope { payload: Some(typed(kind)), ..event("bmad.workflow.started", "") };
    let refused = client.append_events(batch([sent])).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "PAYLOAD_MISMATCH", "events[0].payload");
    assert_eq!(detail(&refused, "expected"), "workflow_started");
    assert_eq!(detail(&refused, "actual"), "workflow_phase_completed");
}

#[tokio::test]
async fn two_contents_under_one_id_in_one_batch_are_a_mistake_of_the_request() {
    let (_server, mut client) = world().await;
    let first = event("a.b", "1");
    let twice = [first.clone(), first.clone()];
    assert_eq!(record(&mut client, twice).await, [1, 1]);
    let other = EventEnvelope { payload: Some(custom("2")), ..first.clone() };
    let refused = client.append_events(batch([first, other])).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "DUPLICATE_EVENT_ID", "events[1].event_id");
}

/// Objects in objects, as a message and as text.
fn nested(depth: usize) -> (Struct, String) {
    let mut value = Value { kind: Some(ValueKind::NumberValue(1.0)) };
    for _ in 0..depth {
        value = Value { kind: Some(ValueKind::StructValue(Struct { fields: [("a".to_owned(), value)].into() })) };
    }
    let Some(ValueKind::StructValue(object)) = value.kind else { panic!("no depth") };
    (object, format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth)))
}

#[tokio::test]
async fn an_open_object_is_typed_as_deep_as_every_client_reads_and_kept_as_text_below() {
    let (_server, mut client) = world().await;
    let (typed_delta, _) = nested(24);
    let fits = ContextUpdated { context_delta: Some(typed_delta), ..ContextUpdated::default() };
    let fits = typed(Kind::ContextUpdated(Box::new(fits)));
    let mut is_too_deep = typed(Kind::ContextUpdated(Box::default()));
    is_too_deep.additional_members = format!(r#"{{"context_delta":{}}}"#, nested(25).1);
    for payload in [fits, is_too_deep] {
        let sent = EventEnvelope { payload: Some(payload), ..event("agent.letta.context.updated", "") };
        record(&mut client, [sent.clone()]).await;
        let request = GetEventRequest { event_id: sent.event_id, ..GetEventRequest::default() };
        let kept = client.get_event(request).await.unwrap().into_inner().event.unwrap().envelope.unwrap();
        assert_eq!(kept.payload, sent.payload);
    }
    let mut could_be_said = typed(Kind::ContextUpdated(Box::default()));
    could_be_said.additional_members = format!(r#"{{"context_delta":{}}}"#, nested(24).1);
    let sent = EventEnvelope { payload: Some(could_be_said), ..event("agent.letta.context.updated", "") };
    let refused = client.append_events(batch([sent])).await.unwrap_err();
    let field = "events[0].payload.context_updated.additional_members";
    is_refused(&refused, Code::InvalidArgument, "INVALID_MEMBER_NAME", field);
}
