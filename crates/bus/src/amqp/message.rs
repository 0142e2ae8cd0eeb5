//! A message as lapin has it, and as this crate has it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use lapin::BasicProperties;
use lapin::message::Delivery;
use lapin::types::{AMQPValue, FieldTable, ShortString};
use serde_json::{Map, Number, Value, json};

use crate::RawMessage;

/// Headers that are nested deeper than this are not kept: nobody means them, and readers of JSON give up at 128.
const MAX_DEPTH: usize = 32;

/// Takes a delivery apart.
pub fn from_delivery(delivery: Delivery) -> RawMessage {
    let properties = &delivery.properties;
    let text = |value: &Option<ShortString>| value.as_ref().map(ToString::to_string);
    RawMessage {
        exchange: delivery.exchange.to_string(),
        routing_key: delivery.routing_key.to_string(),
        message_id: text(properties.message_id()),
        content_type: text(properties.content_type()),
        headers: properties.headers().as_ref().filter(|table| !table.inner().is_empty()).map(|table| object(table, 0)),
        properties: other_properties(properties),
        body: Bytes::from(delivery.data),
    }
}

fn other_properties(properties: &BasicProperties) -> Map<String, Value> {
    let text = |value: &Option<ShortString>| value.as_ref().map(|text| json!(text.as_str()));
    let all = [
        ("content_encoding", text(properties.content_encoding())),
        ("delivery_mode", properties.delivery_mode().map(Value::from)),
        ("priority", properties.priority().map(Value::from)),
        ("correlation_id", text(properties.correlation_id())),
        ("reply_to", text(properties.reply_to())),
        ("expiration", text(properties.expiration())),
        ("timestamp", properties.timestamp().map(Value::from)),
        ("type", text(properties.kind())),
        ("user_id", text(properties.user_id())),
        ("app_id", text(properties.app_id())),
    ];
    all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn object(table: &FieldTable, depth: usize) -> Value {
    table.inner().iter().map(|(name, value)| (name.to_string(), to_json(value, depth + 1))).collect()
}

fn to_json(value: &AMQPValue, depth: usize) -> Value {
    match value {
        AMQPValue::Boolean(value) => json!(value),
        AMQPValue::ShortShortInt(value) => json!(value),
        AMQPValue::ShortShortUInt(value) => json!(value),
        AMQPValue::ShortInt(value) => json!(value),
        AMQPValue::ShortUInt(value) => json!(value),
        AMQPValue::LongInt(value) => json!(value),
        AMQPValue::LongUInt(value) => json!(value),
        AMQPValue::LongLongInt(value) => json!(value),
        AMQPValue::Timestamp(value) => json!(value),
        AMQPValue::Float(value) => number(f64::from(*value)),
        AMQPValue::Double(value) => number(*value),
        AMQPValue::DecimalValue(value) => json!(format!("{}e-{}", value.value, value.scale)),
        AMQPValue::ShortString(text) => json!(text.as_str()),
        AMQPValue::LongString(bytes) => match std::str::from_utf8(bytes.as_bytes()) {
            Ok(text) => json!(text),
            Err(_) => base64(bytes.as_bytes()),
        },
        AMQPValue::ByteArray(bytes) => base64(bytes.as_slice()),
        AMQPValue::Void => Value::Null,
        AMQPValue::FieldArray(_) | AMQPValue::FieldTable(_) if depth >= MAX_DEPTH => json!("(nested too deep)"),
        AMQPValue::FieldArray(items) => items.as_slice().iter().map(|item| to_json(item, depth + 1)).collect(),
        AMQPValue::FieldTable(table) => object(table, depth),
    }
}

/// JSON has no word for what is no number.
fn number(value: f64) -> Value {
    Number::from_f64(value).map_or_else(|| json!(value.to_string()), Value::Number)
}

fn base64(bytes: &[u8]) -> Value {
    json!({ "base64": BASE64_STANDARD.encode(bytes) })
}

/// The AMQP properties of a message that goes out: persistent, and whatever the message says.
pub fn to_properties(message: &RawMessage) -> BasicProperties {
    let mut properties = BasicProperties::default().with_delivery_mode(2);
    if let Some(id) = message.message_id.as_deref().and_then(short) {
        properties = properties.with_message_id(id);
    }
    if let Some(content_type) = message.content_type.as_deref().and_then(short) {
        properties = properties.with_content_type(content_type);
    }
    if let Some(encoding) = message.properties.get("content_encoding").and_then(Value::as_str).and_then(short) {
        properties = properties.with_content_encoding(encoding);
    }
    if let Some(timestamp) = message.properties.get("timestamp").and_then(Value::as_u64) {
        properties = properties.with_timestamp(timestamp);
    }
    match message.headers.as_ref().and_then(Value::as_object) {
        Some(headers) => properties.with_headers(to_table(headers)),
        None => properties,
    }
}

/// The text as AMQP's short string, which holds 255 bytes.
pub fn short(text: &str) -> Option<ShortString> {
    ShortString::try_new(text).ok()
}

fn to_table(headers: &Map<String, Value>) -> FieldTable {
    let mut table = FieldTable::default();
    for (name, value) in headers {
        let value = match value {
            Value::Bool(value) => AMQPValue::Boolean(*value),
            Value::String(text) => AMQPValue::LongString(text.as_str().into()),
            Value::Number(number) => {
                number.as_i64().map_or_else(|| AMQPValue::LongString(number.to_string().into()), AMQPValue::LongLongInt)
            }
            other => AMQPValue::LongString(other.to_string().into()),
        };
        if let Some(name) = short(name) {
            table.insert(name, value);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_kind_of_header_becomes_json() {
        let mut table = FieldTable::default();
        let mut inner = FieldTable::default();
        inner.insert("n".into(), AMQPValue::Void);
        let values = [
            ("bool", AMQPValue::Boolean(true), json!(true)),
            ("int", AMQPValue::LongLongInt(i64::MIN), json!(i64::MIN)),
            ("float", AMQPValue::Double(f64::NAN), json!("NaN")),
            ("text", AMQPValue::LongString("a\0b".into()), json!("a\0b")),
            ("bytes", AMQPValue::LongString(vec![0xff].into()), json!({"base64": "/w=="})),
            ("list", AMQPValue::FieldArray(vec![AMQPValue::ShortInt(1)].into()), json!([1])),
            ("table", AMQPValue::FieldTable(inner), json!({"n": null})),
        ];
        for (name, value, _) in &values {
            table.insert((*name).into(), value.clone());
        }
        let json = object(&table, 0);
        for (name, _, expected) in values {
            assert_eq!(json[name], expected);
        }
    }

    #[test]
    fn headers_without_a_bottom_are_cut() {
        let mut value = AMQPValue::Void;
        for _ in 0..500 {
            value = AMQPValue::FieldArray(vec![value].into());
        }
        let text = to_json(&value, 0).to_string();
        assert!(text.contains("(nested too deep)"));
        assert!(serde_json::from_str::<Value>(&text).is_ok());
    }

    #[test]
    fn what_goes_out_is_persistent_and_carries_its_headers() {
        let message = RawMessage {
            message_id: Some("m".into()),
            content_type: Some("application/json".into()),
            headers: Some(json!({"x-god33-position": 7, "x-god33-store": "s"})),
            ..RawMessage::new("e", "k", "{}")
        };
        let properties = to_properties(&message);
        assert_eq!(properties.delivery_mode(), &Some(2));
        assert_eq!(properties.message_id().as_ref().unwrap().as_str(), "m");
        let headers = object(properties.headers().as_ref().unwrap(), 0);
        assert_eq!(headers, json!({"x-god33-position": 7, "x-god33-store": "s"}));
    }
}
