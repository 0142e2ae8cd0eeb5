//! A server that stops finishes what it accepted and takes nothing new.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use common::{Setup, TestServer, until, within};
use god33_conformance::database::TestDatabase;
use god33_domain::ports::Store;
use god33_proto::v1::event_store_service_client::EventStoreServiceClient;
use god33_proto::v1::{
    AppendEventsRequest, CustomPayload, EventEnvelope, EventPayload, SubscribeRequest, event_payload,
};
use god33_store_postgres::{PostgresConfig, PostgresStore};
use tokio::net::TcpStream;
use tonic::Code;
use tonic_types::StatusExt;
use uuid::Uuid;

fn append() -> AppendEventsRequest {
    let custom = CustomPayload { json: "{}".into(), ..CustomPayload::default() };
    let payload = EventPayload { kind: Some(event_payload::Kind::Custom(custom)), ..EventPayload::default() };
    let event = EventEnvelope {
        event_id: Uuid::now_v7().to_string(),
        event_type: "test.thing.happened".into(),
        timestamp: Some(prost_types::Timestamp { seconds: 1_800_000_000, nanos: 0 }),
        payload: Some(payload),
        ..EventEnvelope::default()
    };
    AppendEventsRequest { events: vec![event], ..AppendEventsRequest::default() }
}

/// Waits until a connection to the database waits for a lock.
async fn somebody_waits(database: &TestDatabase) {
    let mut onlooker = database.connect().await;
    let waiting =
        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let waits = async {
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut onlooker).await.unwrap() == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    within(waits).await;
}

#[tokio::test]
async fn an_append_that_was_accepted_is_finished_and_new_callers_are_turned_away() {
    let database = TestDatabase::create().await;
    let config = PostgresConfig::new(database.url());
    PostgresStore::migrate(&config).await.unwrap();
    let store = Arc::new(PostgresStore::connect(config.clone()).await.unwrap());
    let server = Setup::on(store).start().await;
    let mut client = EventStoreServiceClient::new(server.channel().await);

    // Somebody else holds the head of the log, so the append waits for it.
    let mut holder = database.connect().await;
    sqlx::raw_sql("begin; select * from log for update").execute(&mut holder).await.unwrap();
    let appending = tokio::spawn(async move { client.append_events(append()).await });
    somebody_waits(&database).await;

    server.tell_to_stop();
    until("new connections are refused", || async { TcpStream::connect(server.address).await.is_err() }).await;
    assert!(!appending.is_finished());
    sqlx::raw_sql("commit").execute(&mut holder).await.unwrap();
    let answer = within(appending).await.unwrap().unwrap().into_inner();
    server.stop().await;

    let again = PostgresStore::connect(config).await.unwrap();
    assert_eq!(again.info().await.unwrap().head.position.get(), 1);
    assert_eq!(answer.position, 1);
    again.close().await;
}

#[tokio::test]
async fn a_call_that_does_not_end_is_cut_after_the_grace() {
    let database = TestDatabase::create().await;
    let config = PostgresConfig::new(database.url());
    PostgresStore::migrate(&config).await.unwrap();
    let mut setup = Setup::on(Arc::new(PostgresStore::connect(config).await.unwrap()));
    setup.config.shutdown_grace_ms = 50;
    let server = setup.start().await;
    let mut client = EventStoreServiceClient::new(server.channel().await);
    let mut holder = database.connect().await;
    sqlx::raw_sql("begin; select * from log for update").execute(&mut holder).await.unwrap();
    let appending = tokio::spawn(async move { client.append_events(append()).await });
    somebody_waits(&database).await;
    server.tell_to_stop();
    within(appending).await.unwrap().unwrap_err();
    sqlx::raw_sql("rollback").execute(&mut holder).await.unwrap();
    server.stop().await;
}

#[tokio::test]
async fn a_subscription_ends_with_shutting_down() {
    let server = TestServer::start().await;
    let mut client = EventStoreServiceClient::new(server.channel().await);
    let mut events = within(client.subscribe(SubscribeRequest::default())).await.unwrap().into_inner();
    server.tell_to_stop();
    let end = async {
        loop {
            match events.message().await {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the stream ends without a word"),
                Err(status) => return status,
            }
        }
    };
    let status = within(end).await;
    assert_eq!(status.code(), Code::Unavailable);
    assert_eq!(status.get_details_error_info().unwrap().reason, "SHUTTING_DOWN");
    server.stop().await;
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_the_server_up() {
    let server = TestServer::start().await;
    let silent = TcpStream::connect(server.address).await.unwrap();
    let idle = server.channel().await;
    let mut client = EventStoreServiceClient::new(idle);
    within(client.append_events(append())).await.unwrap();
    server.stop().await;
    drop((silent, client));
}
