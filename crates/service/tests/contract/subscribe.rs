use std::collections::HashSet;

use god33_proto::v1::subscribe_request::Start;
use god33_proto::v1::subscribe_response::Message;
use god33_proto::v1::{EventFilter, SubscribeRequest, SubscribeResponse};
use tonic::{Code, Streaming};

use crate::build::*;
use crate::common::within;

fn from(start: Option<Start>) -> SubscribeRequest {
    SubscribeRequest { start, ..SubscribeRequest::default() }
}

async fn next(stream: &mut Streaming<SubscribeResponse>) -> Message {
    within(stream.message()).await.unwrap().unwrap().message.unwrap()
}

/// The positions of the events up to the next `caught_up`.
async fn history(stream: &mut Streaming<SubscribeResponse>) -> Vec<u64> {
    let mut seen = Vec::new();
    loop {
        match next(stream).await {
            Message::Event(event) => seen.push(event.position),
            Message::CaughtUp(_) => return seen,
            Message::Checkpoint(_) | Message::FellBehind(_) => {}
        }
    }
}

async fn next_event(stream: &mut Streaming<SubscribeResponse>) -> u64 {
    loop {
        if let Message::Event(event) = next(stream).await {
            return event.position;
        }
    }
}

#[tokio::test]
async fn every_start_begins_where_it_says_and_goes_on_live() {
    let (_server, mut client) = world().await;
    record(&mut client, [event("a.b", "1")]).await;
    // Times are kept to the microsecond: let one pass between the two events.
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    let second = client.append_events(batch([event("a.b", "2")])).await.unwrap().into_inner();
    let since = second.results[0].recorded_at.unwrap();
    let starts = [
        (Some(Start::FromBeginning(true)), vec![1, 2]),
        (Some(Start::AfterPosition(0)), vec![1, 2]),
        (Some(Start::AfterPosition(1)), vec![2]),
        (Some(Start::AfterPosition(2)), vec![]),
        (Some(Start::Since(since)), vec![2]),
        (Some(Start::FromNow(true)), vec![]),
        (None, vec![]),
    ];
    let mut streams = Vec::new();
    for (start, wanted) in starts {
        let mut stream = client.subscribe(from(start)).await.unwrap().into_inner();
        assert_eq!(history(&mut stream).await, wanted, "{start:?}");
        streams.push(stream);
    }
    record(&mut client, [event("a.b", "3")]).await;
    for stream in &mut streams {
        assert_eq!(next_event(stream).await, 3);
    }
}

#[tokio::test]
async fn nothing_is_missed_or_seen_twice_where_history_becomes_live() {
    const EACH: u64 = 150;
    const WRITERS: u64 = 4;
    let (server, mut client) = world().await;
    record(&mut client, (0..300).map(|_| event("a.b", "1"))).await;
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| {
            let mut client = client.clone();
            tokio::spawn(async move {
                for _ in 0..EACH {
                    record(&mut client, [event("a.b", "1")]).await;
                }
            })
        })
        .collect();
    let mut subscribers = Vec::new();
    for start in [0, 150, 299] {
        let mut client = Events::new(server.channel().await);
        subscribers.push(tokio::spawn(async move {
            let mut stream = client.subscribe(from(Some(Start::AfterPosition(start)))).await.unwrap().into_inner();
            let mut seen = Vec::new();
            while seen.last() != Some(&(300 + EACH * WRITERS)) {
                seen.push(next_event(&mut stream).await);
            }
            assert_eq!(seen, (start + 1..=300 + EACH * WRITERS).collect::<Vec<_>>());
        }));
    }
    for task in writers.into_iter().chain(subscribers) {
        within(task).await.unwrap();
    }
}

#[tokio::test]
async fn a_filter_chooses_in_history_and_live_and_checkpoints_tell_of_the_rest() {
    let (_server, mut client) = world().await;
    let root = event("a.root", "1");
    record(&mut client, [event("a.b", "1"), root.clone()]).await;
    let chain = EventFilter { correlation_id: root.event_id.clone(), ..EventFilter::default() };
    let types = EventFilter { event_types: vec!["agent.#".into()], ..EventFilter::default() };
    let request = |filter| SubscribeRequest {
        filter: Some(filter),
        checkpoint_interval: Some(prost_types::Duration { seconds: 0, nanos: 100_000_000 }),
        ..from(Some(Start::FromBeginning(true)))
    };
    let mut chained = client.subscribe(request(chain)).await.unwrap().into_inner();
    let mut typed = client.subscribe(request(types)).await.unwrap().into_inner();
    assert_eq!(history(&mut chained).await, [2]);
    assert!(history(&mut typed).await.is_empty());
    record(&mut client, [event("a.b", "1"), caused("agent.letta.ready", &[&root])]).await;
    assert_eq!(next_event(&mut chained).await, 4);
    assert_eq!(next_event(&mut typed).await, 4);
    record(&mut client, [event("a.b", "1")]).await;
    loop {
        if let Message::Checkpoint(checkpoint) = next(&mut typed).await
            && checkpoint.position == 5
        {
            assert_eq!(checkpoint.head_position, 5);
            break;
        }
    }
}

#[tokio::test]
async fn a_start_that_cannot_be_is_refused() {
    let (_server, mut client) = world().await;
    record(&mut client, [event("a.b", "1")]).await;
    let refused = client.subscribe(from(Some(Start::AfterPosition(2)))).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::OutOfRange, "POSITION_IN_FUTURE"));
    assert_eq!(detail(&refused, "head"), "1");
    let refused = client.subscribe(from(Some(Start::AfterPosition(u64::MAX)))).await.unwrap_err();
    assert_eq!(reason(&refused), "POSITION_IN_FUTURE");
    for (start, field) in [(Start::FromNow(false), "from_now"), (Start::FromBeginning(false), "from_beginning")] {
        let refused = client.subscribe(from(Some(start))).await.unwrap_err();
        is_refused(&refused, Code::InvalidArgument, "INVALID_START", field);
    }
    let since = prost_types::Timestamp { seconds: i64::MAX, nanos: 0 };
    let refused = client.subscribe(from(Some(Start::Since(since)))).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_TIMESTAMP", "since");
    for (seconds, nanos) in [(0, 99_999_999), (60, 1), (-1, 0)] {
        let checkpoint_interval = Some(prost_types::Duration { seconds, nanos });
        let refused = client.subscribe(SubscribeRequest { checkpoint_interval, ..from(None) }).await.unwrap_err();
        is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "checkpoint_interval");
    }
}

#[tokio::test]
async fn a_stream_of_a_server_that_stops_says_where_to_resume() {
    let (server, mut client) = world().await;
    let written: HashSet<u64> = record(&mut client, [event("a.b", "1"), event("a.b", "2")]).await.into_iter().collect();
    let mut stream = client.subscribe(from(Some(Start::FromBeginning(true)))).await.unwrap().into_inner();
    assert_eq!(history(&mut stream).await.into_iter().collect::<HashSet<_>>(), written);
    server.tell_to_stop();
    let ended = loop {
        match within(stream.message()).await {
            Ok(message) => assert!(message.is_some(), "it ended without a reason"),
            Err(ended) => break ended,
        }
    };
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::Unavailable, "SHUTTING_DOWN"));
    assert_eq!(detail(&ended, "position"), "2");
    server.stop().await;
}
