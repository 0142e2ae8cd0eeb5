use futures::stream;
use god33_proto::v1::append_stream_response::Outcome;
use god33_proto::v1::{AppendStreamRequest, AppendStreamResponse, ErrorReason, EventEnvelope};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Streaming};

use crate::build::*;
use crate::common::within;

fn part(sequence: u64, events: impl IntoIterator<Item = EventEnvelope>) -> AppendStreamRequest {
    AppendStreamRequest { sequence, events: events.into_iter().collect(), ..AppendStreamRequest::default() }
}

async fn all(mut answers: Streaming<AppendStreamResponse>) -> Vec<AppendStreamResponse> {
    let mut all = Vec::new();
    while let Some(answer) = within(answers.message()).await.unwrap() {
        all.push(answer);
    }
    all
}

fn position(answer: &AppendStreamResponse) -> Option<u64> {
    match answer.outcome.as_ref().unwrap() {
        Outcome::Appended(appended) => Some(appended.position),
        Outcome::Error(_) => None,
    }
}

#[tokio::test]
async fn batches_are_answered_in_their_order_and_recorded_in_it() {
    let (_server, mut client) = world().await;
    let parts: Vec<_> = (1..=500).map(|number| part(number, [event("a.b", &number.to_string())])).collect();
    let answers = all(client.append_stream(stream::iter(parts)).await.unwrap().into_inner()).await;
    let sequences: Vec<u64> = answers.iter().map(|answer| answer.sequence).collect();
    let positions: Vec<u64> = answers.iter().filter_map(position).collect();
    assert_eq!(sequences, (1..=500).collect::<Vec<_>>());
    assert_eq!(positions, sequences, "what is sent first stands first in the log");
}

#[tokio::test]
async fn a_refused_batch_fails_alone_and_the_stream_goes_on() {
    let (_server, mut client) = world().await;
    let known = event("a.b", "1");
    let parts = [
        part(1, [known.clone()]),
        part(2, [EventEnvelope { event_type: "A".into(), ..event("a.b", "1") }]),
        part(3, [EventEnvelope { payload: Some(custom("2")), ..known }]),
        part(3, [event("a.b", "1")]),
        part(4, []),
        part(9, [event("a.b", "1")]),
    ];
    let answers = all(client.append_stream(stream::iter(parts)).await.unwrap().into_inner()).await;
    let outcomes: Vec<(u64, Result<u64, ErrorReason>)> = answers
        .iter()
        .map(|answer| match answer.outcome.as_ref().unwrap() {
            Outcome::Appended(appended) => (answer.sequence, Ok(appended.position)),
            Outcome::Error(error) => (answer.sequence, Err(error.reason())),
        })
        .collect();
    let wanted = [
        (1, Ok(1)),
        (2, Err(ErrorReason::InvalidEventType)),
        (3, Err(ErrorReason::EventIdConflict)),
        (3, Err(ErrorReason::InvalidField)),
        (4, Err(ErrorReason::EmptyRequest)),
        (9, Ok(2)),
    ];
    assert_eq!(outcomes, wanted);
    let Some(Outcome::Error(error)) = &answers[1].outcome else { panic!("no error") };
    assert_eq!(error.field_violations[0].field, "events[0].event_type");
    assert_eq!(error.code() as i32, Code::InvalidArgument as i32);
}

#[tokio::test]
async fn a_batch_has_the_same_answer_over_both_calls() {
    let (_server, mut client) = world().await;
    let nameless = EventEnvelope { event_id: String::new(), ..event("a.b", "1") };
    let request_id = id();
    let streamed = AppendStreamRequest { request_id: request_id.clone(), ..part(5, [nameless.clone()]) };
    let answers = all(client.append_stream(stream::iter([streamed])).await.unwrap().into_inner()).await;
    let Some(Outcome::Appended(first)) = answers[0].outcome.clone() else { panic!("refused") };
    let unary = god33_proto::v1::AppendEventsRequest { request_id, ..batch([nameless]) };
    assert_eq!(client.append_events(unary).await.unwrap().into_inner(), first);
}

#[tokio::test]
async fn a_batch_is_answered_while_the_client_goes_on_sending() {
    let (_server, mut client) = world().await;
    let (sender, parts) = mpsc::channel(1);
    sender.send(part(1, [event("a.b", "1")])).await.unwrap();
    let mut answers = client.append_stream(ReceiverStream::new(parts)).await.unwrap().into_inner();
    assert_eq!(position(&within(answers.message()).await.unwrap().unwrap()), Some(1));
    sender.send(part(2, [event("a.b", "1")])).await.unwrap();
    assert_eq!(position(&within(answers.message()).await.unwrap().unwrap()), Some(2));
    drop(sender);
    assert!(within(answers.message()).await.unwrap().is_none());
}

#[tokio::test]
async fn a_server_that_stops_answers_what_it_accepted_and_says_that_it_stops() {
    let (server, mut client) = world().await;
    let (sender, parts) = mpsc::channel(1);
    sender.send(part(1, [event("a.b", "1")])).await.unwrap();
    let mut answers = client.append_stream(ReceiverStream::new(parts)).await.unwrap().into_inner();
    assert_eq!(position(&within(answers.message()).await.unwrap().unwrap()), Some(1));
    server.tell_to_stop();
    let ended = within(answers.message()).await.unwrap_err();
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    server.stop().await;
}
