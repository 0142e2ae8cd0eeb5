//! An envelope that may be recorded, with all that can be worked out before the log is locked.

use bytes::Bytes;

use crate::id::is_plain_text;
use crate::{Belonging, BusMetadata, Digest, Envelope, EventId, Limits};

/// An event on its way into the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewEvent {
    /// What the producer sent.
    pub envelope: Envelope,
    /// What it amounts to, to tell a repeat from a conflict.
    pub digest: Digest,
    /// The events that caused it: [`Envelope::parents`].
    pub parents: Vec<EventId>,
    /// What it says about where it belongs.
    pub said: Belonging,
    /// How it travelled, when it came from the bus.
    pub bus: Option<BusMetadata>,
    /// The bytes of the message that it came in, when it came from the bus.
    pub original: Option<Bytes>,
}

/// What is wrong with an event, all of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the event cannot be recorded: {}", .0.iter().map(|v| format!("{} {}", v.field, v.message)).collect::<Vec<_>>().join("; "))]
pub struct InvalidEvent(pub Vec<Violation>);

/// One thing that is wrong, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The field by its name in the contract, for example `payload` or `source.app`.
    pub field: String,
    /// What kind of thing is wrong.
    pub kind: ViolationKind,
    /// What is wrong and what would be right, to stand after the field's name.
    pub message: String,
}

/// Kinds of violations; each is a reason of its own in the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ViolationKind {
    /// A field does not hold what it must.
    Field,
    /// The payload is greater than allowed.
    PayloadTooLarge,
    /// More parents than allowed.
    TooManyParents,
    /// The event names itself as its cause.
    SelfCausation,
}

impl NewEvent {
    /// Checks what a client sent. `server_time` says that the timestamp is the server's, since the client sent none.
    pub fn from_client(envelope: Envelope, server_time: bool, limits: &Limits) -> Result<Self, InvalidEvent> {
        let violations = check(&envelope, limits);
        if !violations.is_empty() {
            return Err(InvalidEvent(violations));
        }
        Ok(Self::prepare(envelope, server_time, None, None))
    }

    /// Takes what the bus brought. Nothing is refused here: the bus's own limits were checked where the message was read.
    pub fn from_bus(envelope: Envelope, bus: BusMetadata, original: Bytes) -> Self {
        let server_time = bus.timestamp_synthesized;
        Self::prepare(envelope, server_time, Some(bus), Some(original))
    }

    /// Takes an event back out of the log, to draw its consequences anew.
    pub(crate) fn from_log(envelope: Envelope, digest: Digest, bus: Option<BusMetadata>) -> Self {
        let (parents, said) = (envelope.parents(), Belonging::said_by(&envelope));
        Self { envelope, digest, parents, said, bus, original: None }
    }

    fn prepare(envelope: Envelope, server_time: bool, bus: Option<BusMetadata>, original: Option<Bytes>) -> Self {
        Self {
            digest: Digest::of_envelope(&envelope, server_time),
            parents: envelope.parents(),
            said: Belonging::said_by(&envelope),
            envelope,
            bus,
            original,
        }
    }
}

fn check(envelope: &Envelope, limits: &Limits) -> Vec<Violation> {
    let mut found = Vec::new();
    check_id(envelope, &mut found);
    check_payload(envelope, limits, &mut found);
    check_causes(envelope, limits, &mut found);
    check_texts(envelope, &mut found);
    check_traceparent(envelope, &mut found);
    found
}

fn check_id(envelope: &Envelope, found: &mut Vec<Violation>) {
    if envelope.event_id.uuid().is_nil() {
        found.push(Violation {
            field: "event_id".into(),
            kind: ViolationKind::Field,
            message: "must not be the nil UUID: use a fresh one, or leave it out and the server makes one".into(),
        });
    }
}

fn check_payload(envelope: &Envelope, limits: &Limits, found: &mut Vec<Violation>) {
    let size = envelope.payload.as_str().len();
    if size > limits.payload_bytes {
        found.push(Violation {
            field: "payload".into(),
            kind: ViolationKind::PayloadTooLarge,
            message: format!(
                "is {size} bytes of JSON and the limit is {}: store the content elsewhere and send a reference to it",
                limits.payload_bytes
            ),
        });
    }
}

fn check_causes(envelope: &Envelope, limits: &Limits, found: &mut Vec<Violation>) {
    let named = envelope.correlation_ids.len() + usize::from(envelope.causation_id.is_some());
    if named > limits.parents {
        found.push(Violation {
            field: "correlation_ids".into(),
            kind: ViolationKind::TooManyParents,
            message: format!("and causation_id name {named} parents and the limit is {}", limits.parents),
        });
    }
    let own = envelope.event_id;
    let list = envelope.correlation_ids.contains(&own).then_some("correlation_ids");
    let single = (envelope.causation_id == Some(own)).then_some("causation_id");
    for field in list.into_iter().chain(single) {
        found.push(Violation {
            field: field.into(),
            kind: ViolationKind::SelfCausation,
            message: "names the event itself: an event cannot be its own cause".into(),
        });
    }
}

/// W3C trace context, version 00: `00-` and a trace, a span and flags in lower-case hexadecimal, of which trace and span are not all zero.
pub fn is_traceparent(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_hex = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
    };
    let is_set = |part: &str| part.bytes().any(|byte| byte != b'0');
    match parts.as_slice() {
        [version, trace, span, flags] => {
            *version == "00"
                && is_hex(trace, 32)
                && is_set(trace)
                && is_hex(span, 16)
                && is_set(span)
                && is_hex(flags, 2)
        }
        _ => false,
    }
}

fn check_traceparent(envelope: &Envelope, found: &mut Vec<Violation>) {
    if envelope.traceparent.as_deref().is_some_and(|text| !is_traceparent(text)) {
        found.push(Violation {
            field: "traceparent".into(),
            kind: ViolationKind::Field,
            message: "must be W3C trace context, such as 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
                .into(),
        });
    }
}

fn check_texts(envelope: &Envelope, found: &mut Vec<Violation>) {
    let texts = [("version", Some(envelope.version.as_str()), 64), ("chain_id", envelope.chain_id.as_deref(), 255)];
    for (field, text, limit) in texts {
        if text.is_some_and(|text| !is_plain_text(text, limit)) {
            found.push(Violation {
                field: field.into(),
                kind: ViolationKind::Field,
                message: format!("must be 1 to {limit} characters without control characters"),
            });
        }
    }
}
