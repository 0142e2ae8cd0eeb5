//! A message as the broker brought it.

use bytes::Bytes;
use god33_domain::{QuarantineReason, QuarantinedMessage, Timestamp};
use serde_json::{Map, Value};

/// A message as the broker brought it, before anybody looked into its body.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct RawMessage {
    /// The exchange it was published to.
    pub exchange: String,
    /// Its routing key.
    pub routing_key: String,
    /// Its body.
    pub body: Bytes,
    /// AMQP's `message_id`, where the publisher set one.
    pub message_id: Option<String>,
    /// AMQP's `content_type`, where the publisher set one.
    pub content_type: Option<String>,
    /// Its headers as a JSON object; `None` when there are none.
    pub headers: Option<Value>,
    /// Every other AMQP property that the publisher set, by its AMQP name.
    pub properties: Map<String, Value>,
}

impl RawMessage {
    /// A message without any properties.
    pub fn new(exchange: impl Into<String>, routing_key: impl Into<String>, body: impl Into<Bytes>) -> Self {
        Self { exchange: exchange.into(), routing_key: routing_key.into(), body: body.into(), ..Self::default() }
    }

    /// The text of a header; `None` when it is not there or not a text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.as_ref()?.get(name)?.as_str()
    }

    pub(crate) fn quarantined(
        &self,
        received_at: Timestamp,
        reason: QuarantineReason,
        detail: String,
    ) -> QuarantinedMessage {
        let mut properties = self.properties.clone();
        let named = [("message_id", &self.message_id), ("content_type", &self.content_type)];
        for (name, value) in named {
            if let Some(value) = value {
                properties.insert(name.into(), Value::from(value.as_str()));
            }
        }
        if let Some(headers) = &self.headers {
            properties.insert("headers".into(), headers.clone());
        }
        QuarantinedMessage {
            received_at,
            exchange: readable(&self.exchange),
            routing_key: readable(&self.routing_key),
            properties: Value::Object(properties),
            body: self.body.clone(),
            reason,
            detail,
            attempts: 1,
        }
    }

    /// The message as it came, as far as the quarantine kept it.
    pub(crate) fn out_of_quarantine(message: &QuarantinedMessage) -> Self {
        let text = |name: &str| message.properties.get(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            exchange: message.exchange.clone(),
            routing_key: message.routing_key.clone(),
            body: message.body.clone(),
            message_id: text("message_id"),
            content_type: text("content_type"),
            headers: message.properties.get("headers").filter(|headers| !headers.is_null()).cloned(),
            properties: Map::new(),
        }
    }
}

/// The text with control characters written as escapes. AMQP allows them in names, a text column does not hold all of them,
/// and a message that no store can keep would block the queue for ever.
pub fn readable(text: &str) -> String {
    let escape = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_readable() {
        assert_eq!(readable("a.b"), "a.b");
        assert_eq!(readable("a\0b\n\u{85}ü"), "a\\u{0}b\\n\\u{85}ü");
    }
}
