//! The suite that every bus passes.
//!
//! A bus joins with a few lines in its own `tests/`; each case shows as a test of its own:
//!
//! ```ignore
//! #[async_trait]
//! impl BusUnderTest for Rabbit { /* … */ }
//!
//! async fn make_bus(inbox: Arc<RecordingInbox>, store_id: Uuid) -> Rabbit { /* … */ }
//!
//! god33_conformance::bus_suite!(make_bus);
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use god33_domain::ports::{Bus, BusState, Inbound, Inbox, OutboundMessage, StoreError};
use god33_domain::{Belonging, NewEvent, Position, QuarantineReason, RecordedEvent, Timestamp};
use serde_json::{Value, json};
use tokio::sync::watch;
use uuid::Uuid;

use crate::event;

/// How long anything may take before a test has failed.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// A bus that was set up for one test, and somebody at its other end.
#[async_trait]
pub trait BusUnderTest: Send + Sync {
    /// The bus, up.
    fn bus(&self) -> Arc<dyn Bus>;

    /// Somebody else sends a message, and goes on sending it until the bus has it.
    async fn send(&self, routing_key: &str, headers: Value, body: &[u8]);

    /// The next message that somebody who listens to everything hears.
    async fn hear(&self) -> Heard;

    /// Takes down what was set up. Called when a case has passed.
    async fn finish(self: Box<Self>) {}
}

/// A message as a listener gets it.
#[derive(Clone, PartialEq, Debug)]
pub struct Heard {
    /// Its routing key.
    pub routing_key: String,
    /// Its id.
    pub message_id: Option<String>,
    /// Its content type.
    pub content_type: Option<String>,
    /// Its headers.
    pub headers: Value,
    /// Its body.
    pub body: Value,
}

/// An inbox that remembers what it was given, and refuses everything while it is told to.
#[derive(Debug)]
pub struct RecordingInbox {
    taken: watch::Sender<Vec<Inbound>>,
    failing: AtomicBool,
    refused: AtomicUsize,
}

impl RecordingInbox {
    /// An empty one.
    pub fn new() -> Arc<Self> {
        let taken = watch::Sender::new(Vec::new());
        Arc::new(Self { taken, failing: AtomicBool::new(false), refused: AtomicUsize::new(0) })
    }

    /// From now on refuses, or takes.
    pub fn set_failing(&self, failing: bool) {
        self.failing.store(failing, Ordering::SeqCst);
    }

    /// How many batches it refused.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }

    /// What it has taken.
    pub fn taken(&self) -> Vec<Inbound> {
        self.taken.borrow().clone()
    }

    /// The events among what it has taken.
    pub fn events(&self) -> Vec<NewEvent> {
        let event = |message: Inbound| match message {
            Inbound::Event(event) => Some(*event),
            Inbound::Echo(_) | Inbound::Unreadable(_) => None,
        };
        self.taken().into_iter().filter_map(event).collect()
    }

    /// Waits until it has taken what `enough` wants.
    pub async fn wait_until(&self, enough: impl Fn(&[Inbound]) -> bool) {
        let mut taken = self.taken.subscribe();
        let waiting = taken.wait_for(|taken| enough(taken));
        let done = tokio::time::timeout(DEADLINE, waiting).await.is_ok_and(|done| done.is_ok());
        assert!(done, "the inbox has {} messages and waits for others", self.taken().len());
    }

    /// Waits until it has taken events of these types, each at least once.
    pub async fn wait_for_types(&self, types: &[&str]) {
        let has = |taken: &[Inbound], wanted: &str| taken.iter().any(|message| is_of_type(message, wanted));
        self.wait_until(|taken| types.iter().all(|wanted| has(taken, wanted))).await;
    }
}

fn is_of_type(message: &Inbound, wanted: &str) -> bool {
    matches!(message, Inbound::Event(event) if event.envelope.event_type.as_str() == wanted)
}

#[async_trait]
impl Inbox for RecordingInbox {
    async fn receive(&self, batch: Vec<Inbound>) -> Result<(), StoreError> {
        if self.failing.load(Ordering::SeqCst) {
            self.refused.fetch_add(1, Ordering::SeqCst);
            return Err(StoreError::Unavailable { operation: "take a batch", source: "told to fail".into() });
        }
        self.taken.send_modify(|taken| taken.extend(batch));
        Ok(())
    }
}

/// Waits until something holds, and fails when it does not within [`DEADLINE`].
pub async fn eventually(what: &str, holds: impl Fn() -> bool) {
    let checking = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    assert!(tokio::time::timeout(DEADLINE, checking).await.is_ok(), "{what}: not within {DEADLINE:?}");
}

/// An event as it leaves the log at a position.
pub fn outbound(event_type: &str, position: u64) -> OutboundMessage {
    let new = event(event_type).saying("position", position).build();
    let event = RecordedEvent {
        envelope: new.envelope,
        position: Position::new(position),
        recorded_at: Timestamp::now(),
        belonging: Belonging::default(),
        digest: new.digest,
        principal: "test".into(),
        bus: None,
    };
    OutboundMessage { event: Arc::new(event) }
}

/// The body of a message as most producers write it.
pub fn body(event_type: &str) -> Vec<u8> {
    json!({"event_id": Uuid::new_v4(), "event_type": event_type, "payload": {"n": 1}}).to_string().into_bytes()
}

/// A bus with its inbox and the id of its store.
pub struct BusWorld {
    /// The bus under test.
    pub under_test: Box<dyn BusUnderTest>,
    /// Where it brings what comes in.
    pub inbox: Arc<RecordingInbox>,
    /// The store that it works for.
    pub store_id: Uuid,
}

/// The cases, each a sentence.
pub mod cases {
    use super::*;

    /// Order, id, headers and body.
    pub async fn what_is_published_is_heard_in_order_with_its_id_and_position(world: &BusWorld) {
        let messages: Vec<OutboundMessage> = (1..=50).map(|n| outbound(&format!("suite.out.n{n}"), n)).collect();
        assert_eq!(world.under_test.bus().publish(&messages).await.expect("a bus that is up"), messages.len());
        for message in &messages {
            let heard = world.under_test.hear().await;
            assert_eq!(heard.routing_key, message.event.envelope.event_type.as_str());
            assert_eq!(heard.message_id, Some(message.id().to_string()));
            assert_eq!(heard.content_type.as_deref(), Some("application/json"));
            assert_eq!(heard.headers["x-god33-store"], world.store_id.to_string());
            assert_eq!(heard.headers["x-god33-position"], message.position().get());
            assert_eq!(heard.body["event_id"], message.id().to_string());
            assert_eq!(heard.body["payload"]["position"], message.position().get());
        }
        assert_eq!(world.under_test.bus().report().published, messages.len() as u64);
    }

    /// No message is no work.
    pub async fn publishing_nothing_confirms_nothing(world: &BusWorld) {
        assert_eq!(world.under_test.bus().publish(&[]).await.expect("a bus that is up"), 0);
    }

    /// From the wire to the inbox.
    pub async fn what_others_send_comes_to_the_inbox_with_its_body(world: &BusWorld) {
        let sent = body("suite.in");
        world.under_test.send("suite.routing.key", json!({"retry": 1}), &sent).await;
        world.inbox.wait_for_types(&["suite.in"]).await;
        let event = world.inbox.events().remove(0);
        assert_eq!(event.original.as_deref(), Some(sent.as_slice()));
        let bus = event.bus.expect("how it travelled");
        assert_eq!((bus.routing_key.as_str(), bus.family.0), ("suite.routing.key", 'A'));
        assert_eq!(bus.headers, Some(json!({"retry": 1})));
        eventually("it is counted", || world.under_test.bus().report().ingested == 1).await;
    }

    /// A message that is no event must not stand in the way.
    pub async fn what_is_no_event_is_unreadable_and_stops_nobody(world: &BusWorld) {
        world.under_test.send("suite.poison", json!({}), b"{not json").await;
        world.under_test.send("suite.after", json!({}), &body("suite.after")).await;
        world.inbox.wait_for_types(&["suite.after"]).await;
        let poison = |message: &Inbound| match message {
            Inbound::Unreadable(message) => Some((message.reason, message.body.clone())),
            Inbound::Event(_) | Inbound::Echo(_) => None,
        };
        let poison: Vec<_> = world.inbox.taken().iter().filter_map(poison).collect();
        assert_eq!(poison, [(QuarantineReason::Malformed, "{not json".into())]);
    }

    /// Only the log can tell whether it has them.
    pub async fn messages_of_the_own_log_come_as_echoes_and_are_not_counted(world: &BusWorld) {
        let own = json!({"x-god33-store": world.store_id.to_string()});
        world.under_test.send("suite.own", own.clone(), &body("suite.own")).await;
        world.under_test.send("suite.own.poison", own, b"{not json").await;
        let other = json!({"x-god33-store": Uuid::new_v4().to_string()});
        world.under_test.send("suite.other", other, &body("suite.other")).await;
        world.inbox.wait_for_types(&["suite.other"]).await;
        let [Inbound::Echo(echo), Inbound::Unreadable(_), Inbound::Event(_)] = &world.inbox.taken()[..] else {
            panic!("an echo, what nobody can read, and an event: {:?}", world.inbox.taken())
        };
        assert_eq!(echo.envelope.event_type.as_str(), "suite.own");
        eventually("two are counted", || world.under_test.bus().report().ingested == 2).await;
    }

    /// Nothing is lost while the store is away.
    pub async fn what_the_inbox_refuses_comes_again_until_it_is_taken(world: &BusWorld) {
        world.inbox.set_failing(true);
        let types = ["suite.held.a", "suite.held.b", "suite.held.c"];
        let sending = async {
            for event_type in types {
                world.under_test.send(event_type, json!({}), &body(event_type)).await;
            }
        };
        let healing = async {
            eventually("the inbox refused twice", || world.inbox.refused() >= 2).await;
            assert_eq!(world.inbox.taken().len(), 0);
            assert_eq!(world.under_test.bus().report().ingested, 0);
            world.inbox.set_failing(false);
        };
        tokio::join!(sending, healing);
        world.inbox.wait_for_types(&types).await;
        assert_eq!(world.inbox.events().len(), types.len());
    }

    /// A bus that works says so.
    pub async fn a_bus_that_works_is_up(world: &BusWorld) {
        assert_eq!(world.under_test.bus().state(), BusState::Up);
        let report = world.under_test.bus().report();
        assert_eq!((report.ingested, report.published, report.unroutable, report.reconnects), (0, 0, 0, 0));
        assert!(report.since <= Timestamp::now());
    }
}

/// Makes a test of every case for a bus. Takes the path of an `async fn(Arc<RecordingInbox>, Uuid) -> impl BusUnderTest` that
/// sets up a bus of its own and waits until it is up.
#[macro_export]
macro_rules! bus_suite {
    ($make:path) => {
        $crate::bus_tests! { $make,
            what_is_published_is_heard_in_order_with_its_id_and_position
            publishing_nothing_confirms_nothing
            what_others_send_comes_to_the_inbox_with_its_body
            what_is_no_event_is_unreadable_and_stops_nobody
            messages_of_the_own_log_come_as_echoes_and_are_not_counted
            what_the_inbox_refuses_comes_again_until_it_is_taken
            a_bus_that_works_is_up
        }
    };
}

/// One test for each case.
#[doc(hidden)]
#[macro_export]
macro_rules! bus_tests {
    ($make:path, $($case:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                let (inbox, store_id) = ($crate::bus::RecordingInbox::new(), $crate::bus::fresh_store_id());
                let under_test = Box::new($make(::std::sync::Arc::clone(&inbox), store_id).await);
                let world = $crate::bus::BusWorld { under_test, inbox, store_id };
                $crate::bus::cases::$case(&world).await;
                world.under_test.finish().await;
            }
        )*
    };
}

/// The id of a store of its own.
#[doc(hidden)]
pub fn fresh_store_id() -> Uuid {
    Uuid::new_v4()
}
