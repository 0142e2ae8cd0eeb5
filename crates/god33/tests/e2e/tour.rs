//! The tour of the README, as a test: messages of the estate come in from RabbitMQ, Pattern 1 comes in over gRPC, and all of it is read
//! back, followed and explained.

use std::collections::BTreeSet;
use std::process::Stdio;

use god33_conformance::database::TestDatabase;
use god33_proto::v1::subscribe_request::Start;
use god33_proto::v1::subscribe_response::Message;
use god33_proto::v1::{
    AppendEventsRequest, GetEventRequest, GetTimelineRequest, GetWorkflowRequest, ListAncestorsRequest,
    ListEventsRequest, RecordedEvent, SubscribeRequest, WorkflowPhase,
};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio_stream::StreamExt;
use uuid::Uuid;

use crate::broker::Broker;
use crate::server::{DEADLINE, Place, Server};
use crate::told::PatternOne;

/// The messages of the estate, with the routing keys under which they travel.
fn upstream() -> Vec<(String, Vec<u8>)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../bus/tests/upstream");
    let index: Vec<(String, String)> =
        serde_json::from_slice(&std::fs::read(folder.join("routing-keys.json")).unwrap()).unwrap();
    index.into_iter().map(|(file, key)| (key, std::fs::read(folder.join(file)).unwrap())).collect()
}

/// The first `count` events of the log, as a subscriber gets them.
async fn first_events(server: &Server, count: usize) -> Vec<RecordedEvent> {
    let request = SubscribeRequest { start: Some(Start::FromBeginning(true)), ..SubscribeRequest::default() };
    let mut stream = server.event_store().await.subscribe(request).await.unwrap().into_inner();
    let mut events = Vec::new();
    while events.len() < count {
        let message = tokio::time::timeout(DEADLINE, stream.next()).await.expect("an event in time").unwrap().unwrap();
        if let Some(Message::Event(event)) = message.message {
            events.push(event);
        }
    }
    events
}

#[tokio::test(flavor = "multi_thread")]
async fn every_message_of_the_estate_is_stored_and_its_original_can_be_read_back() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let server = Place::on_servers(&database, &broker).start().await;
    broker.wait_for_queue().await;
    let messages = upstream();
    assert_eq!(messages.len(), 24);
    for (key, body) in &messages {
        broker.publish(key, body).await;
    }
    let events = first_events(&server, messages.len()).await;
    let mut client = server.event_store().await;
    let mut originals = BTreeSet::new();
    for event in events {
        let envelope = event.envelope.unwrap();
        let request =
            GetEventRequest { event_id: envelope.event_id, include_original: true, ..GetEventRequest::default() };
        let original = client.get_event(request).await.unwrap().into_inner().original;
        originals.insert((envelope.bus.unwrap().routing_key, original.to_vec()));
    }
    assert_eq!(originals, messages.into_iter().collect());
    broker.clean_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pattern_one_is_recorded_understood_and_published() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let server = Place::on_servers(&database, &broker).start().await;
    let mut consumer = broker.listen().await;
    let pattern = PatternOne::new();
    let mut client = server.event_store().await;
    for event in &pattern.events {
        let request = AppendEventsRequest {
            request_id: Uuid::new_v4().to_string(),
            events: vec![event.clone()],
            ..AppendEventsRequest::default()
        };
        client.append_events(request).await.unwrap();
    }
    reads_as_the_seed_says(&server, &pattern).await;
    leads_back_to_the_analysis(&server, &pattern).await;
    // What came in over gRPC goes out to the exchange, in order, under its type.
    let mut published = Vec::new();
    while published.len() < pattern.events.len() {
        let delivery =
            tokio::time::timeout(DEADLINE, consumer.next()).await.expect("a message in time").unwrap().unwrap();
        let body: serde_json::Value = serde_json::from_slice(&delivery.data).unwrap();
        assert_eq!(body["event_type"], delivery.routing_key.as_str());
        published.push(body["event_id"].as_str().unwrap().to_owned());
    }
    assert_eq!(published, pattern.events.iter().map(|event| event.event_id.clone()).collect::<Vec<_>>());
    // Its own messages come back to it from the exchange and are not recorded again.
    let all =
        client.list_events(ListEventsRequest { include_total: true, ..ListEventsRequest::default() }).await.unwrap();
    assert_eq!(all.into_inner().total, Some(pattern.events.len() as u64));
    broker.clean_up().await;
}

async fn reads_as_the_seed_says(server: &Server, pattern: &PatternOne) {
    let mut client = server.workflows().await;
    let request = GetWorkflowRequest { workflow_id: pattern.workflow_id.clone(), ..GetWorkflowRequest::default() };
    let workflow = client.get_workflow(request).await.unwrap().into_inner().workflow.unwrap();
    assert_eq!(workflow.project_name, "user-authentication");
    assert_eq!(workflow.current_phase(), WorkflowPhase::Implementation);
    assert_eq!(workflow.current_agent, "letta-python-dev-001");
    let request = GetTimelineRequest { workflow_id: pattern.workflow_id.clone(), ..GetTimelineRequest::default() };
    let timeline = client.get_timeline(request).await.unwrap().into_inner().timeline;
    let types: Vec<&str> = timeline.iter().map(|entry| entry.event_type.as_str()).collect();
    // All of it: also the checkpoints, which name only their session, and the validation, which names only its cause.
    assert_eq!(types, pattern.events.iter().map(|event| event.event_type.as_str()).collect::<Vec<_>>());
    assert_eq!((timeline[0].agent.as_str(), timeline[0].summary.as_str()), ("bmad-analyst", "Workflow initiated"));
}

async fn leads_back_to_the_analysis(server: &Server, pattern: &PatternOne) {
    let request = ListAncestorsRequest {
        event_id: pattern.id_of("bmad.workflow.validation.requested"),
        ..ListAncestorsRequest::default()
    };
    let ancestors = server.event_store().await.list_ancestors(request).await.unwrap().into_inner();
    assert!(!ancestors.truncated && ancestors.missing_parents.is_empty());
    let analysis = ancestors
        .events
        .iter()
        .find(|found| found.event.as_ref().unwrap().envelope.as_ref().unwrap().event_id == pattern.analysis())
        .expect("the analysis led to the validation");
    // validation ← completed ← accepted ← handoff ← solutioning ← analysis
    assert_eq!((analysis.depth, analysis.path.len()), (5, 6));
    assert_eq!(ancestors.events.len(), pattern.events.len() - 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_plain_amqp_client_publishes_is_listed_and_tailed_by_the_command_line() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let server = Place::on_servers(&database, &broker).start().await;
    broker.wait_for_queue().await;
    let mut tail = server
        .command(&["events", "tail", "--from", "beginning", "--limit", "1", "--type", "asset.*", "--output", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (key, body) = upstream().into_iter().find(|(key, _)| key == "asset.created").unwrap();
    broker.publish(&key, &body).await;
    let mut lines = BufReader::new(tail.stdout.take().unwrap()).lines();
    let line = tokio::time::timeout(DEADLINE, lines.next_line()).await.expect("a line in time").unwrap().unwrap();
    assert!(line.contains("3a217471-a2c9-4405-b4d4-9ffb1be3a41b"), "{line}");
    assert!(tail.wait().await.unwrap().success());
    let listed = server.cli(&["events", "list", "--type", "asset.created"]).await;
    assert!(listed.contains("asset.created") && listed.contains("3a217471"), "{listed}");
    broker.clean_up().await;
}
