//! `god33 dev`

use std::process::Command;
use std::sync::Arc;

use god33_proto::v1::admin_service_client::AdminServiceClient;
use god33_proto::v1::event_store_service_client::EventStoreServiceClient;
use god33_proto::v1::{
    AppendEventsRequest, CustomPayload, EventEnvelope, EventPayload, GetEventRequest, GetServerInfoRequest,
    event_payload,
};
use rustix::process::Signal;
use tonic::transport::Channel;

use crate::process::God33;

async fn append(channel: Channel) -> String {
    let custom = CustomPayload { json: r#"{"n":1}"#.into(), ..CustomPayload::default() };
    let payload = EventPayload { kind: Some(event_payload::Kind::Custom(custom)), ..EventPayload::default() };
    let event = EventEnvelope {
        event_type: "test.thing.happened".into(),
        timestamp: Some(prost_types::Timestamp { seconds: 1_800_000_000, nanos: 0 }),
        payload: Some(payload),
        ..EventEnvelope::default()
    };
    let request = AppendEventsRequest { events: vec![event], ..AppendEventsRequest::default() };
    let answer = EventStoreServiceClient::new(channel).append_events(request).await.unwrap().into_inner();
    answer.results[0].event_id.clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn it_answers_with_nothing_but_itself() {
    let server = God33::new(&["dev", "--in-memory"]).serve();
    assert!(server.health().succeeded().contains("serves; the bus is up"));
    let info = AdminServiceClient::new(server.channel().await).get_server_info(GetServerInfoRequest {}).await;
    let info = info.unwrap().into_inner();
    assert_eq!((info.store_kind.as_str(), info.bus_kind.as_str()), ("sqlite", "in-process"));
    assert!(!server.path(".god33").exists());
    server.stop();
}

#[test]
fn it_says_where_everything_is_and_what_to_try() {
    let server = God33::new(&["dev"]).serve();
    let said = server.output.get();
    let file = server.path(".god33/dev.db");
    assert!(file.exists());
    assert!(said.contains(&file.canonicalize().unwrap().display().to_string()), "{said}");
    let (_, to_try) = said.split_once("Try next, in another terminal:\n").unwrap();
    let commands: Vec<&str> = to_try.lines().take_while(|line| line.starts_with("  ")).collect();
    assert_eq!(commands.len(), 2, "{said}");
    let tried = Command::new("sh").arg("-ec").arg(commands.join("\n")).output().unwrap();
    assert!(tried.status.success(), "{tried:?}");
    assert!(String::from_utf8(tried.stdout).unwrap().contains("demo.hello.said"));
    server.stop();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn what_was_acknowledged_survives_a_kill() {
    let mut server = God33::new(&["dev", "--data", "log/events.db"]).serve();
    let id = append(server.channel().await).await;
    server.signal(Signal::KILL);
    server.ended();
    let again = God33::in_folder(Arc::clone(&server.folder), &["dev", "--data", "log/events.db"]).serve();
    let request = GetEventRequest { event_id: id, ..GetEventRequest::default() };
    let event = EventStoreServiceClient::new(again.channel().await).get_event(request).await.unwrap().into_inner();
    assert_eq!(event.event.unwrap().position, 1);
    again.stop();
}

#[test]
fn an_address_that_others_can_reach_is_refused_unless_it_is_allowed() {
    let error = God33::new(&["dev", "--in-memory", "--address", "0.0.0.0:0"]).run().failed_with(1);
    assert!(error.starts_with("god33: 0.0.0.0:0 can be reached from other machines"), "{error}");
    assert!(error.contains("server.allow_anonymous = true"), "{error}");
    let allowed = God33::new(&["dev", "--in-memory", "--address", "0.0.0.0:0"]);
    allowed.env("GOD33_SERVER__ALLOW_ANONYMOUS", "true").serve().stop();
}

#[test]
fn a_port_that_is_taken_is_said_to_be() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let error = God33::new(&["dev", "--in-memory", "--address", &address]).run().failed_with(1);
    assert!(error.contains(&format!("{address} is taken")), "{error}");
    let error = God33::new(&["dev", "--in-memory", "--address", "nonsense"]).run().failed_with(1);
    assert!(error.contains("write host:port"), "{error}");
}

#[test]
fn a_place_that_cannot_be_written_to_is_said_to_be() {
    let error = God33::new(&["dev", "--address", "127.0.0.1:0", "--data", "god33.toml/dev.db"]);
    let error = error.file("god33.toml", "").run().failed_with(1);
    assert!(error.starts_with("god33: could not make the folder of the database file"), "{error}");
    assert_eq!(error.matches("because:").count(), 1, "{error}");
}

#[test]
fn health_of_nobody_is_a_failure_with_the_cure() {
    let error = God33::new(&["health", "--server", "http://127.0.0.1:1"]).run().failed_with(3);
    assert!(error.starts_with("god33: no god33 server answers at http://127.0.0.1:1: start one"), "{error}");
    let error = God33::new(&["health"]).env("GOD33_ADDRESS", "http://127.0.0.1:2").run().failed_with(3);
    assert!(error.contains("http://127.0.0.1:2"), "{error}");
}
