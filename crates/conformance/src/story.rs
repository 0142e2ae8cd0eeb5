//! Builders that read as a story: `event("agent.letta.checkpoint.saved").by("letta-python-dev-001").caused_by(&handoff)`.

use std::collections::BTreeMap;

use bytes::Bytes;
use god33_domain::{
    BusMetadata, Change, Digest, Envelope, EnvelopeFamily, EventId, EventType, JsonText, Limits, NewEvent, Proposal,
    RecordedEvent, Request, RequestId, Timestamp,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// Begins an event of a type, with a fresh id, a fixed time and an empty payload.
pub fn event(event_type: &str) -> EventStory {
    EventStory {
        envelope: Envelope {
            event_id: EventId::generate(),
            event_type: EventType::from_bus(event_type).expect("a type that the bus could bring"),
            timestamp: Timestamp::parse("2026-01-11T14:30:00Z").expect("a time"),
            version: "1.0.0".into(),
            source: json_text(&json!({"host": "big-chungus", "type": "agent", "app": "conformance", "meta": null})),
            correlation_ids: Vec::new(),
            causation_id: None,
            chain_id: None,
            traceparent: None,
            agent_context: None,
            payload: JsonText::empty_object(),
            custom: false,
            extensions: None,
        },
        words: BTreeMap::new(),
        server_time: false,
        bus: None,
    }
}

/// Begins an event that came in a message from the bus.
pub fn from_bus(event_type: &str, body: &'static str) -> EventStory {
    let bus = BusMetadata {
        exchange: "bloodbank.events.v1".into(),
        routing_key: event_type.into(),
        message_id: None,
        content_type: None,
        headers: None,
        family: EnvelopeFamily('A'),
        id_synthesized: false,
        timestamp_synthesized: false,
    };
    EventStory { bus: Some((bus, Bytes::from_static(body.as_bytes()))), ..event(event_type) }
}

/// Anything that has an event's id.
pub trait Named {
    /// The id.
    fn event_id(&self) -> EventId;
}

impl Named for EventId {
    fn event_id(&self) -> EventId {
        *self
    }
}

impl Named for EventStory {
    fn event_id(&self) -> EventId {
        self.envelope.event_id
    }
}

impl Named for RecordedEvent {
    fn event_id(&self) -> EventId {
        self.id()
    }
}

/// An event in the making. See [`event`].
#[derive(Clone, Debug)]
pub struct EventStory {
    /// The envelope so far, for what no method below sets.
    pub envelope: Envelope,
    /// The members of the payload, each as JSON text.
    words: BTreeMap<String, String>,
    server_time: bool,
    bus: Option<(BusMetadata, Bytes)>,
}

impl EventStory {
    /// Under this id.
    #[must_use]
    pub fn with_id(mut self, id: EventId) -> Self {
        self.envelope.event_id = id;
        self
    }

    /// At this time by the producer's clock, in RFC 3339.
    #[must_use]
    pub fn at(mut self, time: &str) -> Self {
        self.envelope.timestamp = Timestamp::parse(time).expect("RFC 3339");
        self
    }

    /// The client sent no time: the one in the envelope is the server's.
    #[must_use]
    pub fn at_server_time(mut self) -> Self {
        self.server_time = true;
        self
    }

    /// By this agent.
    #[must_use]
    pub fn by(mut self, agent: &str) -> Self {
        self.envelope.agent_context = Some(json_text(&json!({"type": "letta", "instance_id": agent})));
        self
    }

    /// From this program.
    #[must_use]
    pub fn of_app(mut self, app: &str) -> Self {
        self.envelope.source = json_text(&json!({"host": "big-chungus", "type": "agent", "app": app}));
        self
    }

    /// Saying that it belongs to this workflow.
    #[must_use]
    pub fn of_workflow(self, id: &str) -> Self {
        self.saying("workflow_id", id)
    }

    /// Saying that it belongs to this session.
    #[must_use]
    pub fn in_session(self, id: &str) -> Self {
        self.saying("session_id", id)
    }

    /// With this member in its payload.
    #[must_use]
    pub fn saying(self, member: &str, value: impl Into<Value>) -> Self {
        self.saying_json(member, &value.into().to_string())
    }

    /// With this member in its payload, whose value is exactly this text.
    #[must_use]
    pub fn saying_json(mut self, member: &str, json: &str) -> Self {
        self.words.insert(member.to_owned(), json.to_owned());
        let members: Vec<String> = self.words.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
        self.raw_payload(&format!("{{{}}}", members.join(",")))
    }

    /// With this payload instead of all that was said so far.
    #[must_use]
    pub fn payload(self, payload: &Value) -> Self {
        self.raw_payload(&payload.to_string())
    }

    /// With exactly this text as its payload.
    #[must_use]
    pub fn raw_payload(mut self, json: &str) -> Self {
        self.envelope.payload = JsonText::parse(json).expect("well-formed JSON");
        self
    }

    /// Naming one more event as its cause.
    #[must_use]
    pub fn caused_by(mut self, parent: &impl Named) -> Self {
        self.envelope.correlation_ids.push(parent.event_id());
        self
    }

    /// In a chain of events that share this id.
    #[must_use]
    pub fn in_chain(mut self, chain_id: &str) -> Self {
        self.envelope.chain_id = Some(chain_id.into());
        self
    }

    /// With its envelope changed in a way that has no word of its own.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Envelope)) -> Self {
        change(&mut self.envelope);
        self
    }

    /// With the message that it came in changed; only after [`from_bus`].
    #[must_use]
    pub fn with_bus(mut self, change: impl FnOnce(&mut BusMetadata)) -> Self {
        change(&mut self.bus.as_mut().expect("an event from the bus").0);
        self
    }

    /// The event, checked as the server would check it.
    pub fn build(&self) -> NewEvent {
        let envelope = self.envelope.clone();
        match self.bus.clone() {
            Some((bus, body)) => NewEvent::from_bus(envelope, bus, body),
            None => NewEvent::from_client(envelope, self.server_time, &Limits::default()).expect("a valid event"),
        }
    }
}

fn json_text(value: &Value) -> JsonText {
    JsonText::of(value).expect("a JSON value")
}

/// Begins a proposal to record these events, all or none.
pub fn proposal<'a>(events: impl IntoIterator<Item = &'a EventStory>) -> ProposalStory {
    let events = events.into_iter().map(EventStory::build).collect();
    ProposalStory(Proposal { request: None, principal: "conformance".into(), change: Change::Append(events) })
}

/// A proposal in the making. See [`proposal`].
#[derive(Clone, Debug)]
pub struct ProposalStory(Proposal);

impl ProposalStory {
    /// Under a request id, derived from a word, with a digest of its events.
    #[must_use]
    pub fn under_request(mut self, word: &str) -> Self {
        let digests: Vec<_> = self.0.change.events().iter().map(|event| event.digest).collect();
        let digest = Digest::of_parts(digests.iter().map(|digest| digest.as_bytes().as_slice()));
        let id = RequestId(Uuid::new_v5(&Uuid::NAMESPACE_OID, word.as_bytes()));
        self.0.request = Some(Request { id, digest });
        self
    }

    /// Sent by this principal.
    #[must_use]
    pub fn sent_by(mut self, principal: &str) -> Self {
        self.0.principal = principal.into();
        self
    }

    /// The proposal.
    pub fn build(self) -> Proposal {
        self.0
    }
}
