//! The event: what a producer sends, and what the log keeps.

use serde::{Deserialize, Serialize};

use crate::id::is_plain_text;
use crate::members::Members;
use crate::{AgentId, Belonging, Digest, EventId, EventType, JsonText, Position, SessionId, Timestamp, WorkflowId};

/// What a producer says about one thing that happened. The same for every producer, whatever it spoke.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Envelope {
    /// Unique for ever.
    pub event_id: EventId,
    /// What happened.
    pub event_type: EventType,
    /// When, by the producer's clock. It orders nothing: [`RecordedEvent::position`] does.
    pub timestamp: Timestamp,
    /// The version of the payload's schema, `1.0.0` unless the producer says otherwise.
    pub version: String,
    /// Who sent it: a JSON object with `host`, `type`, `app` and `meta`, and whatever else the producer put there.
    pub source: JsonText,
    /// The events that caused this one, in the producer's order.
    pub correlation_ids: Vec<EventId>,
    /// The one direct cause, where a producer names one beside or instead of the list.
    pub causation_id: Option<EventId>,
    /// An id that a whole chain of events shares (upstream's singular `correlation_id`). Not an event.
    pub chain_id: Option<String>,
    /// W3C trace context.
    pub traceparent: Option<String>,
    /// The agent behind the event: a JSON object in upstream's shape.
    pub agent_context: Option<JsonText>,
    /// The content: any JSON value.
    pub payload: JsonText,
    /// The sender chose free JSON although the event type has a declared shape, so readers are not to be given that shape.
    pub custom: bool,
    /// Members of the sender's envelope that none of the fields above holds, as a JSON object.
    pub extensions: Option<JsonText>,
}

impl Envelope {
    /// The events that caused this one: `correlation_ids` in order, then `causation_id`, without repeats and without itself.
    pub fn parents(&self) -> Vec<EventId> {
        let mut parents: Vec<EventId> = Vec::with_capacity(self.correlation_ids.len() + 1);
        for id in self.correlation_ids.iter().copied().chain(self.causation_id) {
            if id != self.event_id && !parents.contains(&id) {
                parents.push(id);
            }
        }
        parents
    }

    /// `source.app`, the program that sent the event, where it is 1 to 255 readable characters.
    pub fn source_app(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct App {
            app: Option<String>,
        }
        self.source.read::<App>().ok()?.app.filter(|app| is_plain_text(app, 255))
    }
}

/// The families of envelopes that travel on the estate's exchange; A is the one that god33 itself sends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct EnvelopeFamily(pub char);

/// How a message that came from the bus travelled. Never set for an event that came over gRPC.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BusMetadata {
    /// The exchange it was published to.
    pub exchange: String,
    /// Its routing key, which is not always the event type.
    pub routing_key: String,
    /// AMQP's `message_id`, where the publisher set one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// AMQP's `content_type`, where the publisher set one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// The AMQP headers as a JSON object; `None` when there were none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headers: Option<serde_json::Value>,
    /// The shape that the message was recognised as.
    pub family: EnvelopeFamily,
    /// The body named no event id that is a UUID: the id was derived, and the same message gets the same one.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub id_synthesized: bool,
    /// The message had no readable time and got the time of its arrival.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub timestamp_synthesized: bool,
}

/// An event in its place in the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordedEvent {
    /// What the producer sent.
    pub envelope: Envelope,
    /// Its place in the log.
    pub position: Position,
    /// When the server recorded it. Never decreases with position.
    pub recorded_at: Timestamp,
    /// The workflow, session and agent that it belongs to.
    pub belonging: Belonging,
    /// The digest of what was sent.
    pub digest: Digest,
    /// Who sent it, as the server authenticated them.
    pub principal: String,
    /// How it travelled, when it came from the bus.
    pub bus: Option<BusMetadata>,
}

impl RecordedEvent {
    /// The event's id.
    pub const fn id(&self) -> EventId {
        self.envelope.event_id
    }

    /// The workflow that it belongs to.
    pub const fn workflow_id(&self) -> Option<&WorkflowId> {
        self.belonging.workflow_id.as_ref()
    }

    /// The session that it belongs to.
    pub const fn session_id(&self) -> Option<&SessionId> {
        self.belonging.session_id.as_ref()
    }

    /// True when a parent that arrives late may still tell where it belongs. Only events of coordination belong to more than a workflow, a
    /// session and an agent.
    pub fn may_gain(&self) -> bool {
        !self.belonging.is_complete() || self.envelope.event_type.is_coordination()
    }

    /// A member of its payload that is a name: 1 to 255 characters that a column can hold.
    pub fn said(&self, name: &str) -> Option<String> {
        Members::of(&self.envelope.payload).name(name)
    }

    /// The agent that it is attributed to.
    pub const fn agent(&self) -> Option<&AgentId> {
        self.belonging.agent.as_ref()
    }
}
