//! Events, clients and what is asked of refusals.

use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::event_store_service_client::EventStoreServiceClient;
use god33_proto::v1::feedback_service_client::FeedbackServiceClient;
use god33_proto::v1::workflow_service_client::WorkflowServiceClient;
use god33_proto::v1::{AppendEventsRequest, CustomPayload, EventEnvelope, EventPayload, RecordedEvent};
use tonic::transport::Channel;
use tonic::{Code, Status};
use tonic_types::StatusExt;
use uuid::Uuid;

use crate::common::TestServer;

pub type Events = EventStoreServiceClient<Channel>;
pub type Feedback = FeedbackServiceClient<Channel>;
pub type Workflows = WorkflowServiceClient<Channel>;

/// A server with a log of its own, and a client of it.
pub async fn world() -> (TestServer, Events) {
    let server = TestServer::start().await;
    let events = Events::new(server.channel().await).max_decoding_message_size(64 << 20);
    (server, events)
}

pub fn id() -> String {
    Uuid::now_v7().to_string()
}

pub fn custom(json: &str) -> EventPayload {
    let custom = CustomPayload { json: json.into(), untyped_reason: String::new() };
    EventPayload { kind: Some(Kind::Custom(custom)), additional_members: String::new() }
}

pub fn typed(kind: Kind) -> EventPayload {
    EventPayload { kind: Some(kind), additional_members: String::new() }
}

/// An event with free content and an id of its own.
pub fn event(event_type: &str, json: &str) -> EventEnvelope {
    EventEnvelope {
        event_id: id(),
        event_type: event_type.into(),
        payload: Some(custom(json)),
        ..EventEnvelope::default()
    }
}

/// An event that others caused.
pub fn caused(event_type: &str, causes: &[&EventEnvelope]) -> EventEnvelope {
    let correlation_ids = causes.iter().map(|cause| cause.event_id.clone()).collect();
    EventEnvelope { correlation_ids, ..event(event_type, "{}") }
}

pub fn batch(events: impl IntoIterator<Item = EventEnvelope>) -> AppendEventsRequest {
    AppendEventsRequest { events: events.into_iter().collect(), ..AppendEventsRequest::default() }
}

/// Records events and gives their positions.
pub async fn record(client: &mut Events, events: impl IntoIterator<Item = EventEnvelope>) -> Vec<u64> {
    let answer = client.append_events(batch(events)).await.unwrap().into_inner();
    answer.results.iter().map(|result| result.position).collect()
}

pub fn ids(events: &[RecordedEvent]) -> Vec<String> {
    events.iter().map(|event| event.envelope.as_ref().unwrap().event_id.clone()).collect()
}

pub fn positions(events: &[RecordedEvent]) -> Vec<u64> {
    events.iter().map(|event| event.position).collect()
}

/// The reason of a refusal.
pub fn reason(status: &Status) -> String {
    let info = status.get_details_error_info().unwrap_or_else(|| panic!("a refusal without a reason: {status:?}"));
    assert_eq!(info.domain, "god33.v1");
    info.reason
}

/// The fields that a refusal names, with the reason of each.
pub fn fields(status: &Status) -> Vec<(String, String)> {
    let violations = status.get_details_bad_request().map(|request| request.field_violations).unwrap_or_default();
    violations.into_iter().map(|violation| (violation.field, violation.reason)).collect()
}

/// Holds a refusal against what it must say.
pub fn is_refused(status: &Status, code: Code, wanted: &str, field: &str) {
    assert_eq!((status.code(), reason(status).as_str()), (code, wanted), "{status:?}");
    let named = fields(status);
    assert!(named.iter().any(|(name, _)| name == field), "{field} is not among {named:?}");
}

/// A detail of a refusal.
pub fn detail(status: &Status, name: &str) -> String {
    status.get_details_error_info().unwrap().metadata[name].clone()
}

/// The position of the newest event.
pub async fn head(client: &mut Events) -> u64 {
    client.get_log_info(god33_proto::v1::GetLogInfoRequest::default()).await.unwrap().into_inner().head_position
}
