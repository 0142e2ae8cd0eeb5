//! A message in quarantine, as the contract shows it.

use god33_domain::{QuarantineReason, QuarantinedMessage};
use god33_proto::v1::{self, BusMetadata, ErrorReason};
use serde_json::Value;

use crate::wire::time;

/// The most characters of a body that are shown.
const PREVIEW_CHARS: usize = 200;

/// The message without its body.
pub(super) fn summary(id: i64, message: &QuarantinedMessage) -> v1::QuarantinedMessage {
    v1::QuarantinedMessage {
        quarantine_id: id.to_string(),
        reason: reason(message.reason).into(),
        message: message.detail.clone(),
        bus: Some(bus(message)),
        body: bytes::Bytes::new(),
        body_size: message.body.len() as u64,
        preview: preview(&message.body),
        received_at: Some(time::to_proto(message.received_at)),
        attempts: message.attempts,
        dead_lettered: false,
    }
}

/// The message with its body.
pub(super) fn whole(id: i64, message: QuarantinedMessage) -> v1::QuarantinedMessage {
    v1::QuarantinedMessage { body: message.body.clone(), ..summary(id, &message) }
}

/// The reason in the contract's words.
pub(super) const fn reason(reason: QuarantineReason) -> ErrorReason {
    match reason {
        QuarantineReason::Malformed => ErrorReason::InvalidJson,
        QuarantineReason::NoEventType => ErrorReason::InvalidEventType,
        QuarantineReason::TooLarge => ErrorReason::PayloadTooLarge,
        QuarantineReason::IdConflict => ErrorReason::EventIdConflict,
        QuarantineReason::Unstorable => ErrorReason::Internal,
    }
}

fn bus(message: &QuarantinedMessage) -> BusMetadata {
    let text = |name: &str| message.properties.get(name).and_then(Value::as_str).map(str::to_owned);
    let flag = |name: &str| message.properties.get(name).and_then(Value::as_bool).unwrap_or_default();
    BusMetadata {
        exchange: message.exchange.clone(),
        routing_key: message.routing_key.clone(),
        message_id: text("message_id"),
        headers: message
            .properties
            .get("headers")
            .filter(|headers| !headers.is_null())
            .map_or(String::new(), Value::to_string),
        content_type: text("content_type"),
        envelope_family: text("envelope_family").unwrap_or_default(),
        id_synthesized: flag("id_synthesized"),
        timestamp_synthesized: flag("timestamp_synthesized"),
    }
}

/// The beginning of a body as text; what is no text in it becomes a replacement character.
fn preview(body: &[u8]) -> String {
    // A character takes at most four bytes.
    let beginning = &body[..body.len().min(PREVIEW_CHARS * 4)];
    String::from_utf8_lossy(beginning).chars().take(PREVIEW_CHARS).collect()
}
