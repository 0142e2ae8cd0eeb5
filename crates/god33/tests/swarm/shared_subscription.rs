//! Consumers of one group on two nodes: they share its events, and when a node is killed the other goes on with what was out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use god33_conformance::database::TestDatabase;
use god33_proto::v1::create_subscription_request::Start;
use god33_proto::v1::deliver_response::Message;
use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::subscription_service_client::SubscriptionServiceClient;
use god33_proto::v1::{
    AcknowledgeRequest, Acknowledgement, AppendEventsRequest, ConsumerHello, CreateSubscriptionRequest, CustomPayload,
    DeliverRequest, Delivery, DeliveryRef, EventEnvelope, EventPayload, GetSubscriptionRequest, Subscription,
    SubscriptionSettings,
};
use tonic::Status;
use tonic::transport::Channel;

use crate::broker::Broker;
use crate::server::{DEADLINE, Place, Server};

const GROUP: &str = "shared";
const WORKFLOWS: usize = 10;
const EVENTS: usize = 300;

/// So many are acknowledged when a node is killed.
const BEFORE: usize = 100;

type Client = SubscriptionServiceClient<Channel>;

/// What consumers have seen and done, in the order in which it happened.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<(String, u64)>>>, Arc<Mutex<Vec<u64>>>);

impl Seen {
    fn delivered(&self, delivery: &Delivery) {
        let event = delivery.event.as_ref().unwrap();
        self.0.lock().unwrap().push((event.workflow_id.clone(), event.position));
    }

    fn done(&self, delivery: &Delivery) {
        self.1.lock().unwrap().push(delivery.event.as_ref().unwrap().position);
    }

    fn count_done(&self) -> usize {
        self.1.lock().unwrap().len()
    }
}

pub(crate) async fn two_nodes_share_a_group_and_what_was_out_with_a_killed_one_goes_to_the_other() {
    let (database, broker) = (TestDatabase::create().await, Broker::connect().await);
    let place = Place::on_servers(&database, &broker);
    let (doomed, other) = (place.start().await, place.start().await);
    let mut client = client(&other).await;
    create(&mut client).await;
    let seen = Seen::default();
    for number in 0..3 {
        tokio::spawn(consume(self::client(&doomed).await, format!("doomed-{number}"), seen.clone()));
        tokio::spawn(consume(self::client(&other).await, format!("other-{number}"), seen.clone()));
    }
    let writer = write(&other).await;
    until("some are done", async || seen.count_done() >= BEFORE).await;
    doomed.kill().await;
    writer.await.unwrap();
    until("all are done", async || {
        let now = get(&mut client.clone()).await;
        now.position == EVENTS as u64 && now.lag == 0 && now.in_flight == 0
    })
    .await;
    check(&seen);
    let at_the_end = get(&mut client).await;
    let consumers: BTreeSet<String> = at_the_end.consumers.into_iter().map(|consumer| consumer.consumer_id).collect();
    assert!(consumers.contains("other-0") && at_the_end.parked == 0, "{consumers:?}");
    broker.clean_up().await;
}

fn check(seen: &Seen) {
    let delivered = seen.0.lock().unwrap();
    let all: BTreeSet<u64> = delivered.iter().map(|(_, position)| *position).collect();
    assert_eq!(all.len(), EVENTS, "each event is delivered");
    let mut last: BTreeMap<&str, u64> = BTreeMap::new();
    for (workflow, position) in delivered.iter() {
        let before = last.insert(workflow, *position).unwrap_or_default();
        assert!(before <= *position, "{workflow}: {before} before {position}");
    }
    let done = seen.1.lock().unwrap();
    let distinct: BTreeSet<u64> = done.iter().copied().collect();
    assert_eq!(distinct.len(), done.len(), "none is acknowledged twice");
    // What is delivered once more was out with the node that was killed: at most one of each workflow.
    assert!(delivered.len() - EVENTS <= WORKFLOWS, "{} deliveries", delivered.len());
}

async fn client(server: &Server) -> Client {
    Client::connect(server.address.clone()).await.expect("the server answers")
}

async fn create(client: &mut Client) {
    let settings = SubscriptionSettings {
        ack_timeout: Some(prost_types::Duration { seconds: 3, nanos: 0 }),
        ..SubscriptionSettings::default()
    };
    let request = CreateSubscriptionRequest {
        name: GROUP.into(),
        settings: Some(settings),
        start: Some(Start::FromBeginning(true)),
        ..CreateSubscriptionRequest::default()
    };
    client.create_subscription(request).await.unwrap();
}

async fn get(client: &mut Client) -> Subscription {
    let request = GetSubscriptionRequest { name: GROUP.into() };
    client.get_subscription(request).await.unwrap().into_inner().subscription.unwrap()
}

/// Writes all events, one call each, through one node.
async fn write(server: &Server) -> tokio::task::JoinHandle<()> {
    let mut events = server.event_store().await;
    tokio::spawn(async move {
        for number in 0..EVENTS {
            let json = format!(r#"{{"workflow_id":"w-{}"}}"#, number % WORKFLOWS);
            let custom = CustomPayload { json, ..CustomPayload::default() };
            let payload = EventPayload { kind: Some(Kind::Custom(custom)), ..EventPayload::default() };
            let event =
                EventEnvelope { event_type: "work.to.do".into(), payload: Some(payload), ..EventEnvelope::default() };
            let request = AppendEventsRequest { events: vec![event], ..AppendEventsRequest::default() };
            events.append_events(request).await.unwrap();
        }
    })
}

/// Consumes until its node is gone.
async fn consume(mut client: Client, consumer_id: String, seen: Seen) -> Result<(), Status> {
    let hello = ConsumerHello { subscription: GROUP.into(), consumer_id, max_in_flight: 4 };
    let mut stream = client.deliver(DeliverRequest { hello: Some(hello) }).await?.into_inner();
    while let Some(answer) = stream.message().await? {
        let Some(Message::Delivery(delivery)) = answer.message else { continue };
        seen.delivered(&delivery);
        let reference =
            DeliveryRef { delivery_id: delivery.delivery_id.clone(), fencing_token: delivery.fencing_token };
        let request = AcknowledgeRequest {
            subscription: GROUP.into(),
            acknowledgement: Some(Acknowledgement { deliveries: vec![reference] }),
        };
        if client.acknowledge(request).await?.into_inner().report.is_none() {
            seen.done(&delivery);
        }
    }
    Ok(())
}

async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let holds = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(DEADLINE, holds).await.unwrap_or_else(|_| panic!("{what}: not in time"));
}
