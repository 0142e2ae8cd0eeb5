//! Replays to exchanges of a real RabbitMQ.

use std::collections::BTreeSet;

use god33_conformance::database::TestDatabase;
use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::event_store_service_client::EventStoreServiceClient;
use god33_proto::v1::replay_spec::{Pace, Target};
use god33_proto::v1::*;
use lapin::Consumer;
use lapin::message::Delivery;
use lapin::types::AMQPValue;
use serde_json::Value;
use tokio_stream::StreamExt;
use tonic::Status;
use tonic::transport::Channel;
use tonic_types::StatusExt as _;
use uuid::Uuid;

use crate::broker::Broker;
use crate::server::{DEADLINE, Place};

type Client = EventStoreServiceClient<Channel>;

/// What somebody who listens gets.
struct Heard {
    routing_key: String,
    body: Vec<u8>,
    position: u64,
    replay: Option<String>,
    store: String,
    message_id: Option<String>,
}

impl Heard {
    fn of(delivery: Delivery) -> Self {
        let headers = delivery.properties.headers().clone().unwrap_or_default();
        let text = |name: &str| match headers.inner().get(name) {
            Some(AMQPValue::LongString(text)) => Some(text.to_string()),
            _ => None,
        };
        let position = match headers.inner().get("x-god33-position") {
            Some(AMQPValue::LongLongInt(position)) => position.unsigned_abs(),
            other => panic!("no position: {other:?}"),
        };
        Self {
            routing_key: delivery.routing_key.to_string(),
            message_id: delivery.properties.message_id().as_ref().map(ToString::to_string),
            position,
            replay: text("x-god33-replay"),
            store: text("x-god33-store").expect("the store is named"),
            body: delivery.data,
        }
    }
}

async fn hear(consumer: &mut Consumer) -> Heard {
    let delivery = tokio::time::timeout(DEADLINE, consumer.next()).await.expect("a message in time");
    Heard::of(delivery.unwrap().unwrap())
}

fn event(number: usize) -> EventEnvelope {
    let json = format!(r#"{{"number": {number}, "text": "as  it was"}}"#);
    EventEnvelope {
        event_id: Uuid::now_v7().to_string(),
        event_type: format!("test.replay.n{}", number % 7),
        payload: Some(EventPayload {
            kind: Some(Kind::Custom(CustomPayload { json, ..CustomPayload::default() })),
            ..EventPayload::default()
        }),
        ..EventEnvelope::default()
    }
}

async fn append(client: &mut Client, numbers: std::ops::Range<usize>) {
    let events = numbers.map(event).collect();
    client.append_events(AppendEventsRequest { events, ..AppendEventsRequest::default() }).await.unwrap();
}

async fn start(client: &mut Client, spec: ReplaySpec) -> Result<Replay, Status> {
    let request = StartReplayRequest { request_id: Uuid::new_v4().to_string(), spec: Some(spec) };
    Ok(client.start_replay(request).await?.into_inner().replay.unwrap())
}

fn to(exchange: &str) -> ReplaySpec {
    ReplaySpec { target: Some(Target::Exchange(exchange.into())), ..ReplaySpec::default() }
}

async fn get(client: &mut Client, replay: &Replay) -> Replay {
    let request = GetReplayRequest { replay_id: replay.replay_id.clone() };
    client.get_replay(request).await.unwrap().into_inner().replay.unwrap()
}

async fn wait_for(client: &mut Client, replay: &Replay, state: ReplayState) -> Replay {
    let waited = tokio::time::timeout(DEADLINE, async {
        loop {
            let found = get(client, replay).await;
            if found.state() == state {
                return found;
            }
            assert!(found.ended_at.is_none(), "it ended otherwise: {found:?}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("the replay is not {state:?} in time"))
}

async fn head(client: &mut Client) -> u64 {
    client.get_log_info(GetLogInfoRequest::default()).await.unwrap().into_inner().head_position
}

async fn wait_for_head(client: &mut Client, wanted: u64) {
    let waited = tokio::time::timeout(DEADLINE, async {
        while head(client).await < wanted {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("the log does not come to {wanted} in time"));
}

fn reason(status: &Status) -> String {
    status.get_details_error_info().expect("a reason").reason
}

/// Bodies as different producers of the estate write them: one that names its id, one whose id is derived, one that is a list.
const FROM_THE_BUS: [(&str, &str); 3] = [
    (
        "fireflies.transcript.ready",
        r#"{"event_id":"8d3c5f1e-6a53-4f0e-9d34-90f3c1f1a001","event_type":"fireflies.transcript.ready", "payload":{"b":1,  "a":2}}"#,
    ),
    ("some.tool.ran", r#"{"tool" : "ripgrep",  "ms": 12.50}"#),
    ("a.list", "[1, 2,\t3]"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_arrives_complete_in_order_as_it_travelled_first_and_is_not_recorded_again() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let server = Place::on_servers(&database, &broker).start().await;
    broker.wait_for_queue().await;
    let mut client = server.event_store().await;
    let mut live = broker.listen().await;
    append(&mut client, 0..40).await;
    let mut first = Vec::new();
    for _ in 0..40 {
        first.push(hear(&mut live).await);
    }
    for (sent, (routing_key, body)) in FROM_THE_BUS.into_iter().enumerate() {
        broker.publish(routing_key, body.as_bytes()).await;
        wait_for_head(&mut client, 41 + sent as u64).await;
    }

    let exchange = broker.another_exchange().await;
    let mut fresh = broker.listen_to(&exchange).await;
    let replay = start(&mut client, to(&exchange)).await.unwrap();
    assert_eq!(replay.total, 43);
    for position in 1..=43 {
        let heard = hear(&mut fresh).await;
        assert_eq!(heard.position, position, "complete and in order");
        assert_eq!(heard.replay.as_ref(), Some(&replay.replay_id));
        match first.get(position as usize - 1) {
            Some(before) => {
                assert_eq!((&heard.body, &heard.routing_key), (&before.body, &before.routing_key));
                assert_eq!((&heard.store, &heard.message_id), (&before.store, &before.message_id));
                assert_eq!(before.replay, None);
                let body: Value = serde_json::from_slice(&heard.body).unwrap();
                assert!(!body.to_string().contains(&replay.replay_id), "no mark in the envelope");
            }
            None => {
                let (routing_key, body) = FROM_THE_BUS[position as usize - 41];
                assert_eq!((heard.routing_key.as_str(), &heard.body[..]), (routing_key, body.as_bytes()));
            }
        }
    }
    let ended = wait_for(&mut client, &replay, ReplayState::Completed).await;
    assert_eq!((ended.delivered, ended.position), (43, 43));

    let open = StreamReplayRequest { replay_id: replay.replay_id.clone() };
    let refused = client.stream_replay(open).await.unwrap_err();
    assert_eq!(reason(&refused), "WRONG_STATE", "it goes to an exchange");

    // The live exchange wants a flag; what god33 takes in again is known.
    let refused = start(&mut client, to(&broker.exchange)).await.unwrap_err();
    assert_eq!(reason(&refused), "REPLAY_TO_LIVE_EXCHANGE");
    let allowed = ReplaySpec { allow_live_exchange: true, ..to(&broker.exchange) };
    let again = start(&mut client, allowed).await.unwrap();
    wait_for(&mut client, &again, ReplayState::Completed).await;
    broker.publish("after.the.replay", br#"{"n":1}"#).await;
    wait_for_head(&mut client, 44).await;
    assert_eq!(head(&mut client).await, 44, "only what came after it was recorded");
    let recorded =
        client.list_events(ListEventsRequest { page_size: 1, ..ListEventsRequest::default() }).await.unwrap();
    assert_eq!(recorded.into_inner().events[0].envelope.as_ref().unwrap().event_type, "after.the.replay");

    let missing = start(&mut client, to("nowhere.to.be.found")).await.unwrap_err();
    let violations = missing.get_details_bad_request().expect("a field").field_violations;
    assert_eq!((reason(&missing).as_str(), violations[0].field.as_str()), ("INVALID_FIELD", "spec.exchange"));
    assert!(violations[0].description.contains("declare it"), "{}", violations[0].description);
    append(&mut client, 0..1).await;
    wait_for_head(&mut client, 45).await;
    server.kill().await;
    broker.clean_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replay_goes_on_when_its_node_is_killed_and_obeys_every_node() {
    const EVENTS: usize = 1_500;
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let place = Place::on_servers(&database, &broker);
    let first = place.start().await;
    broker.wait_for_queue().await;
    let mut client = first.event_store().await;
    for chunk in 0..EVENTS / 500 {
        append(&mut client, chunk * 500..(chunk + 1) * 500).await;
    }
    let exchange = broker.another_exchange().await;
    let mut fresh = broker.listen_to(&exchange).await;
    let spec = ReplaySpec { pace: Some(Pace::EventsPerSecond(300.0)), ..to(&exchange) };
    let replay = start(&mut client, spec).await.unwrap();
    let mut heard = Vec::new();
    while heard.len() < 100 {
        heard.push(hear(&mut fresh).await.position);
    }

    // The first node runs it, since it alone was there. The second one tells it to halt, and to go on.
    let second = place.start().await;
    let mut client = second.event_store().await;
    let pause = PauseReplayRequest { request_id: String::new(), replay_id: replay.replay_id.clone() };
    client.pause_replay(pause).await.unwrap();
    let halted = tokio::time::timeout(DEADLINE, async {
        // What is on its way still comes; then nothing does for as long as many times its pace.
        while let Ok(Some(delivery)) = tokio::time::timeout(std::time::Duration::from_secs(2), fresh.next()).await {
            heard.push(Heard::of(delivery.unwrap()).position);
        }
    });
    halted.await.expect("it halts");
    let stands = get(&mut client, &replay).await;
    assert_eq!(
        (stands.state(), stands.position),
        (ReplayState::Paused, *heard.last().unwrap()),
        "what it says is true"
    );
    assert!(heard.len() < EVENTS, "it was halted in the middle");
    let resume = ResumeReplayRequest { request_id: String::new(), replay_id: replay.replay_id.clone() };
    client.resume_replay(resume).await.unwrap();
    while heard.len() < EVENTS / 2 {
        heard.push(hear(&mut fresh).await.position);
    }
    first.kill().await;

    let ended = wait_for(&mut client, &replay, ReplayState::Completed).await;
    assert_eq!((ended.delivered, ended.position), (EVENTS as u64, EVENTS as u64));
    while heard.last() != Some(&(EVENTS as u64)) {
        heard.push(hear(&mut fresh).await.position);
    }
    let steps: Vec<_> = heard.windows(2).filter(|pair| pair[1] != pair[0] + 1).collect();
    assert!(steps.len() <= 1, "in order, but for where the second node went on: {steps:?}");
    assert!(steps.iter().all(|pair| pair[1] <= pair[0] + 1), "it went on before where the first was: {steps:?}");
    let distinct: BTreeSet<u64> = heard.iter().copied().collect();
    assert_eq!(distinct, (1..=EVENTS as u64).collect(), "nothing is missing");
    second.kill().await;
    broker.clean_up().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_plans_starts_and_follows_a_replay() {
    let folder = tempfile::tempdir().unwrap();
    let server = Place::embedded(folder.path()).start().await;
    append(&mut server.event_store().await, 0..30).await;
    let plan = server.cli(&["replays", "plan", "--type", "test.replay.*", "--after", "10", "--rate", "1000"]).await;
    assert!(plan.contains("20 events") && plan.contains("11 to 30"), "{plan}");
    let id = server.cli(&["replays", "start", "--after", "10", "--up-to", "20", "--quiet"]).await;
    let id = id.trim();
    assert!(server.cli(&["replays", "pause", id]).await.contains("paused"));
    assert!(server.cli(&["replays", "resume", id]).await.contains("running"));
    let events = server.cli(&["replays", "stream", id, "--output", "json"]).await;
    assert_eq!(events.lines().count(), 10, "{events}");
    let shown = server.cli(&["replays", "show", id]).await;
    assert!(shown.contains("completed") && shown.contains("10 of 10 delivered"), "{shown}");
    let other = server.cli(&["replays", "start", "--quiet"]).await;
    assert!(server.cli(&["replays", "cancel", other.trim()]).await.contains("cancelled"));
    let list = server.cli(&["replays", "list"]).await;
    assert_eq!(list.lines().count(), 2, "{list}");
}
