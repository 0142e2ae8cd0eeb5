//! Durable subscriptions and their consumers, for tests.

use std::time::Duration;

use god33_proto::v1::consume_request::Message as Said;
use god33_proto::v1::consume_response::Message;
use god33_proto::v1::create_subscription_request::Start;
use god33_proto::v1::subscription_service_client::SubscriptionServiceClient;
use god33_proto::v1::*;
use tokio::sync::mpsc;
use tokio_stream::wrappers::UnboundedReceiverStream;
use tonic::transport::Channel;
use tonic::{Status, Streaming};

use crate::build::*;
use crate::common::{TestServer, within};

pub type Subscriptions = SubscriptionServiceClient<Channel>;

/// A server, a client of its log and one of its durable subscriptions.
pub async fn shared() -> (TestServer, Events, Subscriptions) {
    let (server, events) = world().await;
    let subscriptions = Subscriptions::new(server.channel().await);
    (server, events, subscriptions)
}

/// Creates a group that reads from the beginning.
pub async fn create(client: &mut Subscriptions, name: &str, settings: SubscriptionSettings) -> Subscription {
    let request = CreateSubscriptionRequest {
        name: name.into(),
        settings: Some(settings),
        start: Some(Start::FromBeginning(true)),
        ..CreateSubscriptionRequest::default()
    };
    client.create_subscription(request).await.unwrap().into_inner().subscription.unwrap()
}

pub async fn get(client: &mut Subscriptions, name: &str) -> Subscription {
    let request = GetSubscriptionRequest { name: name.into() };
    client.get_subscription(request).await.unwrap().into_inner().subscription.unwrap()
}

/// Settings under which a failure is tried again at once.
pub fn quick() -> SubscriptionSettings {
    SubscriptionSettings {
        min_backoff: Some(millis(1)),
        max_backoff: Some(millis(1)),
        ..SubscriptionSettings::default()
    }
}

pub fn millis(millis: i64) -> prost_types::Duration {
    prost_types::Duration { seconds: millis / 1_000, nanos: (millis % 1_000) as i32 * 1_000_000 }
}

/// An event of a workflow.
pub fn of(workflow: &str) -> EventEnvelope {
    event("a.b", &format!(r#"{{"workflow_id":"{workflow}"}}"#))
}

pub fn hello(name: &str, consumer_id: &str) -> ConsumerHello {
    ConsumerHello { subscription: name.into(), consumer_id: consumer_id.into(), max_in_flight: 0 }
}

pub fn acknowledgement(deliveries: &[&Delivery]) -> Acknowledgement {
    Acknowledgement { deliveries: deliveries.iter().map(|delivery| reference(delivery)).collect() }
}

pub fn rejection(deliveries: &[&Delivery], action: RejectAction) -> Rejection {
    Rejection {
        deliveries: deliveries.iter().map(|delivery| reference(delivery)).collect(),
        action: action.into(),
        reason: "because".into(),
        retry_after: None,
    }
}

fn reference(delivery: &Delivery) -> DeliveryRef {
    DeliveryRef { delivery_id: delivery.delivery_id.clone(), fencing_token: delivery.fencing_token }
}

pub fn position(delivery: &Delivery) -> u64 {
    delivery.event.as_ref().unwrap().position
}

/// A consumer on Consume.
pub struct Member {
    say: mpsc::UnboundedSender<ConsumeRequest>,
    stream: Streaming<ConsumeResponse>,
}

impl Member {
    /// Connects, and reads the welcome.
    pub async fn connect(client: &Subscriptions, hello: ConsumerHello) -> Self {
        let mut member = Self::speak(client, Said::Hello(hello)).await;
        assert!(matches!(member.next().await, Message::Welcome(_)));
        member
    }

    /// Opens the stream and says something.
    pub async fn speak(client: &Subscriptions, first: Said) -> Self {
        let (say, said) = mpsc::unbounded_channel();
        say.send(ConsumeRequest { message: Some(first) }).unwrap();
        let stream = client.clone().consume(UnboundedReceiverStream::new(said)).await.unwrap().into_inner();
        Self { say, stream }
    }

    pub fn say(&self, message: Said) {
        self.say.send(ConsumeRequest { message: Some(message) }).unwrap();
    }

    pub fn acknowledge(&self, deliveries: &[&Delivery]) {
        self.say(Said::Acknowledge(acknowledgement(deliveries)));
    }

    pub fn reject(&self, deliveries: &[&Delivery], action: RejectAction) {
        self.say(Said::Reject(rejection(deliveries, action)));
    }

    pub async fn next(&mut self) -> Message {
        within(self.stream.message()).await.unwrap().unwrap().message.unwrap()
    }

    /// The next delivery, whatever else comes.
    pub async fn delivery(&mut self) -> Delivery {
        loop {
            match self.next().await {
                Message::Delivery(delivery) => return delivery,
                Message::Alive(_) | Message::Welcome(_) => {}
                Message::Report(report) => panic!("{report:?}"),
            }
        }
    }

    /// The next delivery, if one comes soon.
    pub async fn soon(&mut self) -> Option<Delivery> {
        tokio::time::timeout(Duration::from_millis(400), self.delivery()).await.ok()
    }

    /// The next report, whatever else comes.
    pub async fn report(&mut self) -> Vec<SettlementFailure> {
        loop {
            if let Message::Report(report) = self.next().await {
                return report.failures;
            }
        }
    }

    /// The last word of the stream.
    pub async fn end(&mut self) -> Status {
        loop {
            match within(self.stream.message()).await {
                Ok(Some(_)) => {}
                Ok(None) => panic!("the stream ended without a word"),
                Err(status) => return status,
            }
        }
    }
}
