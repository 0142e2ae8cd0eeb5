//! Where a pattern is played: a server that can die and come back, and a broker that can go away.

use std::collections::BTreeMap;
use std::future::Future;

use futures::StreamExt;
use god33_conformance::chaos_proxy::ChaosProxy;
use god33_conformance::database::TestDatabase;
use god33_proto::v1::event_store_service_client::EventStoreServiceClient;
use god33_proto::v1::subscribe_request::Start;
use god33_proto::v1::subscribe_response::Message;
use god33_proto::v1::{EventFilter, EventOrder, ListEventsRequest, SubscribeRequest};
use god33_service::text::event_text;
use serde_json::Value;
use tempfile::TempDir;
use tokio::sync::watch;
use tonic::transport::{Channel, Endpoint};

use super::Trouble;
use super::line::Line;
use crate::broker::Broker;
use crate::server::{DEADLINE, Place, Server};

/// A server with a log of its own, and what it stands on.
pub(super) struct World {
    place: Place,
    server: Option<Server>,
    channel: watch::Sender<Channel>,
    estate: Option<Estate>,
    _folder: Option<TempDir>,
}

/// PostgreSQL and RabbitMQ. The server reaches the broker by way of a proxy.
struct Estate {
    broker: Broker,
    proxy: ChaosProxy,
    listener: lapin::Consumer,
    _database: TestDatabase,
}

impl World {
    /// On PostgreSQL and RabbitMQ.
    pub(super) async fn on_servers() -> Self {
        let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
        let proxy = ChaosProxy::start(broker.address()).await;
        let url = broker.url.replacen(broker.address(), &format!("127.0.0.1:{}", proxy.port()), 1);
        let place = Place::on_servers_through(&database, &broker, &url);
        let listener = broker.listen().await;
        let world = Self::in_place(place, Some(Estate { broker, proxy, listener, _database: database }), None).await;
        world.broker().wait_for_queue().await;
        world
    }

    /// The embedded default, in a file.
    pub(super) async fn embedded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::in_place(Place::embedded(folder.path()), None, Some(folder)).await
    }

    async fn in_place(place: Place, estate: Option<Estate>, folder: Option<TempDir>) -> Self {
        let server = place.start().await;
        let (channel, _) = watch::channel(channel(&server));
        Self { place, server: Some(server), channel, estate, _folder: folder }
    }

    /// The way to the server for somebody who takes part.
    pub(super) fn line(&self) -> Line {
        Line::new(self.channel.subscribe())
    }

    /// The broker of a world that has one.
    pub(super) fn broker(&self) -> &Broker {
        &self.estate.as_ref().expect("a world on servers").broker
    }

    /// Does something; if that is the trouble, the node dies under it and another one goes on with the same log.
    pub(super) async fn node_may_die<T>(&mut self, trouble: Trouble, done: impl Future<Output = T>) -> T {
        if !trouble.kills_node() {
            return done.await;
        }
        let (answer, ()) = tokio::join!(done, self.restart());
        answer
    }

    async fn restart(&mut self) {
        self.server.take().expect("a server").kill().await;
        let server = self.place.start().await;
        self.channel.send_replace(channel(&server));
        self.server = Some(server);
    }

    /// From here on no connection to the broker lasts, if that is the trouble. The embedded default has a bus of its own.
    pub(super) fn broker_may_go(&self, trouble: Trouble) {
        if let Some(estate) = self.estate.as_ref().filter(|_| trouble.takes_broker()) {
            estate.proxy.refuse();
        }
    }

    /// The broker can be reached again.
    pub(super) fn broker_comes_back(&self, trouble: Trouble) {
        if let Some(estate) = self.estate.as_ref().filter(|_| trouble.takes_broker()) {
            estate.proxy.heal();
        }
    }

    /// The whole log, as its readers see it.
    pub(super) async fn events(&self) -> Vec<Value> {
        let request =
            ListEventsRequest { order: EventOrder::OldestFirst.into(), page_size: 1_000, ..Default::default() };
        let asked = async |channel, request| event_store(channel).list_events(request).await;
        let page = self.line().ask(request, asked).await;
        assert!(page.next_page_token.is_empty(), "a pattern is no longer than one page");
        page.events.iter().map(|event| serde_json::from_str(&event_text(event)).unwrap()).collect()
    }

    /// Waits until the log has so many events of a type, and gives the last of them.
    pub(super) async fn until_recorded(&self, event_type: &str, count: usize) -> Value {
        let waited = async {
            loop {
                if let Some(event) = self.nth(event_type, count).await {
                    return event;
                }
            }
        };
        let waited = tokio::time::timeout(DEADLINE, waited).await;
        match waited {
            Ok(event) => event,
            Err(_) => panic!("no {event_type} number {count} in time, only {:#?}", self.events().await),
        }
    }

    /// The n-th event of a type; `None` when the node dies before it comes.
    async fn nth(&self, event_type: &str, count: usize) -> Option<Value> {
        let filter = EventFilter { event_types: vec![event_type.to_owned()], ..EventFilter::default() };
        let start = Some(Start::FromBeginning(true));
        let request = SubscribeRequest { start, filter: Some(filter), ..SubscribeRequest::default() };
        let asked = async |channel, request| event_store(channel).subscribe(request).await;
        let mut messages = self.line().ask(request, asked).await;
        let mut seen = 0;
        while let Ok(Some(message)) = messages.message().await {
            let Some(Message::Event(event)) = message.message else { continue };
            seen += 1;
            if seen == count {
                return Some(serde_json::from_str(&event_text(&event)).unwrap());
            }
        }
        None
    }

    /// Ends the play: everything that was recorded has reached the exchange, and the test leaves nothing behind.
    pub(super) async fn end(mut self) {
        let events = self.events().await;
        if let Some(mut estate) = self.estate.take() {
            everything_is_published(&mut estate.listener, &events).await;
            if let Some(server) = self.server.take() {
                server.kill().await;
            }
            estate.broker.clean_up().await;
        }
    }
}

/// Each event under its type; those that the server published, in the order of the log. What a node had published before it died, the next
/// one may publish again.
async fn everything_is_published(listener: &mut lapin::Consumer, events: &[Value]) {
    let mut missing: BTreeMap<&str, &Value> = events.iter().map(|event| (id(&event["event"]), event)).collect();
    let mut order = Vec::new();
    while !missing.is_empty() {
        let delivery = tokio::time::timeout(DEADLINE, listener.next()).await;
        let Ok(Some(delivery)) = delivery else { panic!("not published in time: {missing:#?}") };
        let delivery = delivery.expect("a message");
        let message: Value = serde_json::from_slice(&delivery.data).unwrap();
        let Some(event) = missing.remove(id(&message)) else { continue };
        for member in ["event_id", "event_type", "correlation_ids", "payload"] {
            assert_eq!(message[member], event["event"][member], "{member} of {message:#}");
        }
        assert_eq!(message["event_type"], delivery.routing_key.as_str());
        order.extend(event["position"].as_u64().filter(|_| event["bus"].is_null()));
    }
    assert!(order.is_sorted(), "published in another order than recorded: {order:?}");
}

fn id(event: &Value) -> &str {
    event["event_id"].as_str().expect("an event has an id")
}

fn channel(server: &Server) -> Channel {
    Endpoint::from_shared(server.address.clone()).unwrap().connect_lazy()
}

fn event_store(channel: Channel) -> EventStoreServiceClient<Channel> {
    EventStoreServiceClient::new(channel).max_decoding_message_size(64 << 20)
}
