//! kill -9 in the middle of a stream of appends: nothing acknowledged is lost, and there is no gap.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use god33_conformance::database::TestDatabase;
use god33_proto::v1::append_stream_response::Outcome;
use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{AppendStreamRequest, CustomPayload, EventEnvelope, EventOrder, EventPayload, ListEventsRequest};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;
use uuid::Uuid;

use crate::broker::Broker;
use crate::server::{DEADLINE, Place, Server};

/// How many batches are acknowledged before the server is killed.
const ACKNOWLEDGED_FIRST: usize = 50;

#[tokio::test(flavor = "multi_thread")]
async fn killing_a_server_on_postgresql_loses_nothing_acknowledged() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let place = Place::on_servers(&database, &broker);
    survives_three_kills(&place).await;
    broker.clean_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killing_an_embedded_server_loses_nothing_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    survives_three_kills(&Place::embedded(folder.path())).await;
}

async fn survives_three_kills(place: &Place) {
    let mut acknowledged = BTreeMap::new();
    for _ in 0..3 {
        let server = place.start().await;
        acknowledged.extend(append_until_killed(server).await);
    }
    let recorded = everything(&place.start().await).await;
    let positions: Vec<u64> = recorded.iter().map(|(position, _)| *position).collect();
    assert_eq!(positions, (1..=recorded.len() as u64).collect::<Vec<_>>(), "no gap and no repeat");
    let recorded: BTreeMap<String, u64> = recorded.into_iter().map(|(position, id)| (id, position)).collect();
    for (id, position) in &acknowledged {
        assert_eq!(recorded.get(id), Some(position), "event {id} was acknowledged at position {position}");
    }
    assert!(acknowledged.len() >= 3 * ACKNOWLEDGED_FIRST);
}

/// Streams appends as fast as they go and kills the server among them. Gives back what was acknowledged, with the positions.
async fn append_until_killed(server: Server) -> BTreeMap<String, u64> {
    let (sender, requests) = tokio::sync::mpsc::channel(64);
    let producer = tokio::spawn(async move {
        for sequence in 1.. {
            if sender.send(batch(sequence)).await.is_err() {
                break;
            }
        }
    });
    let mut client = server.event_store().await;
    let mut answers = client.append_stream(ReceiverStream::new(requests)).await.unwrap().into_inner();
    let acknowledged = Arc::new(Mutex::new(BTreeMap::new()));
    let (enough, reached) = tokio::sync::oneshot::channel();
    let reader = {
        let acknowledged = acknowledged.clone();
        tokio::spawn(async move {
            let mut enough = Some(enough);
            let mut count = 0;
            while let Some(Ok(answer)) = answers.next().await {
                let Some(Outcome::Appended(appended)) = answer.outcome else { panic!("a batch was refused") };
                let results = appended.results.into_iter().map(|result| (result.event_id, result.position));
                acknowledged.lock().unwrap().extend(results);
                count += 1;
                if count == ACKNOWLEDGED_FIRST
                    && let Some(enough) = enough.take()
                {
                    let _ = enough.send(());
                }
            }
        })
    };
    tokio::time::timeout(DEADLINE, reached).await.expect("acknowledgements in time").unwrap();
    server.kill().await;
    tokio::time::timeout(DEADLINE, reader).await.expect("the stream ends with the server").unwrap();
    producer.abort();
    Arc::into_inner(acknowledged).unwrap().into_inner().unwrap()
}

fn batch(sequence: u64) -> AppendStreamRequest {
    let events = (0..3).map(|n| EventEnvelope {
        event_id: Uuid::new_v4().to_string(),
        event_type: "test.crash".into(),
        payload: Some(EventPayload {
            kind: Some(Kind::Custom(CustomPayload { json: format!(r#"{{"n":{n}}}"#), ..CustomPayload::default() })),
            ..EventPayload::default()
        }),
        ..EventEnvelope::default()
    });
    AppendStreamRequest { sequence, events: events.collect(), ..AppendStreamRequest::default() }
}

/// Every event of the log, page by page, with its position.
async fn everything(server: &Server) -> Vec<(u64, String)> {
    let mut client = server.event_store().await;
    let (mut found, mut page_token) = (Vec::new(), String::new());
    loop {
        let request = ListEventsRequest {
            order: EventOrder::OldestFirst.into(),
            page_size: 1_000,
            page_token,
            ..ListEventsRequest::default()
        };
        let page = client.list_events(request).await.unwrap().into_inner();
        found.extend(page.events.into_iter().map(|event| (event.position, event.envelope.unwrap().event_id)));
        page_token = page.next_page_token;
        if page_token.is_empty() {
            return found;
        }
    }
}
