//! Health tells the truth about the store and the bus.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;

use common::{Setup, TestServer, until, within};
use god33_bus::{AmqpBus, AmqpConfig, AmqpUrl};
use god33_conformance::chaos_proxy::ChaosProxy;
use god33_conformance::database::TestDatabase;
use god33_conformance::{event, proposal};
use god33_domain::Limits;
use god33_domain::ports::{Inbound, Inbox, Store, StoreError, SystemClock};
use god33_store_postgres::{PostgresConfig, PostgresStore};
use tokio_util::sync::CancellationToken;
use tonic::Code;
use tonic::transport::Channel;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

const SERVICES: [&str; 4] = ["", "god33.v1.EventStoreService", "god33.v1.WorkflowService", "god33.v1.AdminService"];

async fn status(channel: &Channel, service: &str) -> ServingStatus {
    let request = HealthCheckRequest { service: service.into() };
    within(HealthClient::new(channel.clone()).check(request)).await.unwrap().into_inner().status()
}

async fn all_are(channel: &Channel, wanted: ServingStatus) -> bool {
    for service in SERVICES {
        if status(channel, service).await != wanted {
            return false;
        }
    }
    true
}

/// The same database by way of a proxy.
fn by_way_of(proxy: &ChaosProxy, url: &str) -> String {
    let (account, rest) = url.rsplit_once('@').unwrap();
    let (_server, database) = rest.split_once('/').unwrap();
    format!("{account}@127.0.0.1:{}/{database}", proxy.port())
}

fn server_of(url: &str) -> &str {
    let (_account, rest) = url.rsplit_once('@').unwrap();
    rest.split_once('/').unwrap().0
}

#[tokio::test]
async fn every_service_stops_serving_when_the_store_is_gone_and_serves_again_when_it_is_back() {
    let database = TestDatabase::create().await;
    let proxy = ChaosProxy::start(server_of(database.url())).await;
    let config = PostgresConfig::new(by_way_of(&proxy, database.url()));
    PostgresStore::migrate(&config).await.unwrap();
    let server = Setup::on(Arc::new(PostgresStore::connect(config).await.unwrap())).start().await;
    let channel = server.channel().await;
    assert!(all_are(&channel, ServingStatus::Serving).await);

    proxy.refuse();
    until("NOT_SERVING without a store", || all_are(&channel, ServingStatus::NotServing)).await;
    assert_eq!(status(&channel, "god33.bus").await, ServingStatus::Serving);
    proxy.heal();
    until("SERVING with the store back", || all_are(&channel, ServingStatus::Serving)).await;

    proxy.stall();
    until("NOT_SERVING while the store hangs", || all_are(&channel, ServingStatus::NotServing)).await;
    proxy.heal();
    until("SERVING when it hangs no more", || all_are(&channel, ServingStatus::Serving)).await;
    server.stop().await;
}

#[tokio::test]
async fn a_node_that_finds_a_gap_in_the_log_stops_serving() {
    let database = TestDatabase::create().await;
    let proxy = ChaosProxy::start(server_of(database.url())).await;
    PostgresStore::migrate(&PostgresConfig::new(database.url())).await.unwrap();
    let store = PostgresStore::connect(PostgresConfig::new(by_way_of(&proxy, database.url()))).await.unwrap();
    let mut setup = Setup::on(Arc::new(store));
    // So that a store which is merely slow does not count as gone.
    setup.config.health_timeout_ms = 60_000;
    let server = setup.start().await;
    let channel = server.channel().await;
    assert!(all_are(&channel, ServingStatus::Serving).await);

    // While it cannot look, another node writes two events, and somebody removes the first.
    proxy.stall();
    let other = PostgresStore::connect(PostgresConfig::new(database.url())).await.unwrap();
    let two = proposal([&event("test.one"), &event("test.two")]).build();
    god33_log::write_batch(&other, &SystemClock, &[two]).await.unwrap();
    let mut saboteur = database.connect().await;
    sqlx::raw_sql("delete from events where position = 1").execute(&mut saboteur).await.unwrap();
    proxy.heal();
    until("NOT_SERVING because of the gap", || all_are(&channel, ServingStatus::NotServing)).await;
    server.store.ping().await.unwrap();
    other.close().await;
    server.stop().await;
}

/// Takes nothing: nothing comes.
struct Nowhere;

#[async_trait::async_trait]
impl Inbox for Nowhere {
    async fn receive(&self, _batch: Vec<Inbound>) -> Result<(), StoreError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_broker_that_is_away_is_told_and_everything_else_serves() {
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = AmqpUrl::new(format!("amqp://guest:guest@{}/%2f", nobody.local_addr().unwrap()));
    drop(nobody);
    let (config, stop) = (AmqpConfig { url, ..AmqpConfig::default() }, CancellationToken::new());
    let bus = AmqpBus::start(config, uuid::Uuid::new_v4(), Arc::new(Nowhere), Limits::default(), stop.clone()).unwrap();
    let server = Setup { bus: Some(bus.clone()), ..Setup::in_memory().await }.start().await;
    let channel = server.channel().await;
    assert_eq!(status(&channel, "god33.bus").await, ServingStatus::NotServing);
    assert!(all_are(&channel, ServingStatus::Serving).await);
    stop.cancel();
    within(bus.stopped()).await;
    server.stop().await;
}

#[tokio::test]
async fn a_watch_says_every_change_and_last_that_the_server_stops() {
    let server = TestServer::start().await;
    let mut client = HealthClient::new(server.channel().await);
    let request = HealthCheckRequest { service: "god33.v1.AdminService".into() };
    let mut watch = within(client.watch(request)).await.unwrap().into_inner();
    assert_eq!(within(watch.message()).await.unwrap().unwrap().status(), ServingStatus::Serving);
    server.tell_to_stop();
    assert_eq!(within(watch.message()).await.unwrap().unwrap().status(), ServingStatus::NotServing);
    assert!(within(watch.message()).await.unwrap().is_none());
    server.stop().await;
}

#[tokio::test]
async fn services_that_are_not_served_are_unknown() {
    let server = TestServer::start().await;
    let channel = server.channel().await;
    for service in ["god33.v1.UnknownService", "nothing"] {
        let request = HealthCheckRequest { service: service.into() };
        let error = within(HealthClient::new(channel.clone()).check(request.clone())).await.unwrap_err();
        assert_eq!(error.code(), Code::NotFound, "{service}");
        let mut watch = within(HealthClient::new(channel.clone()).watch(request)).await.unwrap().into_inner();
        assert_eq!(within(watch.message()).await.unwrap().unwrap().status(), ServingStatus::ServiceUnknown);
    }
    server.stop().await;
}
