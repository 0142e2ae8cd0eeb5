//! Messages of the contract as JSON text in the spelling of the bus, for programs at the other end of the wire: the command line.

use god33_domain::{JsonText, Timestamp};
use god33_proto::schema::payload_kind;
use god33_proto::v1::{BusMetadata, CausalEvent, EventEnvelope, EventPayload, RecordedEvent};
use prost::Message;
use prost_reflect::ReflectMessage;
use prost_types::Struct;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

use crate::wire::json::{hex, read_open, shape_of, strict, write, write_open};
use crate::wire::path::Path;
use crate::wire::violations::Violations;
use crate::wire::{payload, source};

/// Reads JSON as the payload of an event of a type: as the message that the contract declares for it, else as free JSON.
///
/// # Errors
/// What is wrong with the text, to stand after a name for it: it is no JSON, or not of the declared message.
pub fn payload_of(event_type: &str, json: &str) -> Result<EventPayload, String> {
    let text = JsonText::parse(json).map_err(|error| error.to_string())?;
    match payload_kind(event_type) {
        Some(declared) => payload::typed(declared, text.as_str()).map_err(|misfit| misfit.to_string()),
        None => Ok(payload::custom(text.as_str(), String::new())),
    }
}

/// Reads JSON as a free payload, whatever is declared for its type.
///
/// # Errors
/// The text is no JSON.
pub fn custom_payload_of(json: &str) -> Result<EventPayload, String> {
    let text = JsonText::parse(json).map_err(|error| error.to_string())?;
    Ok(payload::custom(text.as_str(), String::new()))
}

/// Reads a JSON object as an open object.
///
/// # Errors
/// What is wrong with the text, to stand after a name for it: it is no JSON object, or holds what an open object cannot.
pub fn open_object_of(json: &str) -> Result<Struct, String> {
    let text = JsonText::parse(json).map_err(|error| error.to_string())?;
    read_open(text.as_str()).map_err(|misfit| misfit.why)
}

/// An open object as the text of a JSON object.
pub fn open_object_text(object: &Struct) -> String {
    write_open(object, &Path::Request, &mut Violations::default()).as_str().to_owned()
}

/// Reads JSON as a message of the contract that stands inside a request, by the rules of its fields.
///
/// # Errors
/// What is wrong with the text, to stand after a name for it: it is no JSON, or not of the message's shape.
pub fn message_of<M: Message + ReflectMessage + Default>(json: &str) -> Result<M, String> {
    let text = JsonText::parse(json).map_err(|error| error.to_string())?;
    strict(text.as_str()).map_err(|misfit| if misfit.member.is_empty() { misfit.why } else { misfit.to_string() })
}

/// A message with a JSON form, such as a workflow or a line of its timeline, as the text of a JSON object.
pub fn message_text<M: Message + ReflectMessage>(message: &M) -> String {
    let shape = shape_of(message.descriptor().full_name());
    // What the server sent needs no checking, so what is noted on the way is of no interest.
    let text =
        shape.map(|shape| write(shape, &message.encode_to_vec(), None, &Path::Request, &mut Violations::default()));
    text.map_or_else(|| "{}".to_owned(), |text| text.as_str().to_owned())
}

/// An event of the log as the text of a JSON object: what the server knows of it, and under `event` what its producer sent.
pub fn event_text(event: &RecordedEvent) -> String {
    let mut object = Object::default();
    object.add("position", event.position.into());
    object.add_time("recorded_at", event.recorded_at.as_ref());
    object.add_text("workflow_id", &event.workflow_id);
    object.add_text("session_id", &event.session_id);
    object.add_text("agent", &event.agent);
    object.add_text("principal", &event.principal);
    object.add_text("digest", &hex(&event.digest));
    if let Some(envelope) = &event.envelope {
        object.add_raw("event", &envelope_text(envelope));
        if let Some(bus) = &envelope.bus {
            object.add("bus", bus_value(bus));
        }
    }
    object.text()
}

/// An event that a walk found, with its depth and the way to it.
pub fn causal_text(found: &CausalEvent) -> String {
    let mut object = Object::default();
    object.add("depth", found.depth.into());
    object.add("path", found.path.clone().into());
    if let Some(event) = &found.event {
        object.add_raw("event", &event_text(event));
    }
    object.text()
}

fn envelope_text(envelope: &EventEnvelope) -> String {
    let mut object = Object::default();
    object.add_text("event_id", &envelope.event_id);
    object.add_text("event_type", &envelope.event_type);
    object.add_time("timestamp", envelope.timestamp.as_ref());
    object.add_text("version", &envelope.version);
    if let Some(source) = &envelope.source {
        object.add_json("source", source::to_json(source, &Path::Request, &mut Violations::default()));
    }
    object.add("correlation_ids", envelope.correlation_ids.clone().into());
    if let Some(context) = &envelope.agent_context {
        object.add_json("agent_context", source::to_json(&**context, &Path::Request, &mut Violations::default()));
    }
    object.add_json("payload", envelope.payload.as_ref().and_then(payload::text));
    object.add_text("correlation_id", &envelope.chain_id);
    object.add_text("causation_id", &envelope.causation_id);
    object.add_text("traceparent", &envelope.traceparent);
    object.add_members(&envelope.unknown_members);
    object.text()
}

fn bus_value(bus: &BusMetadata) -> Value {
    let mut members = Map::new();
    let mut add = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
    add("exchange", bus.exchange.clone().into());
    add("routing_key", bus.routing_key.clone().into());
    add("family", bus.envelope_family.clone().into());
    if let Some(id) = &bus.message_id {
        add("message_id", id.clone().into());
    }
    if let Ok(headers @ Value::Object(_)) = serde_json::from_str(&bus.headers) {
        add("headers", headers);
    }
    add("id_synthesized", bus.id_synthesized.into());
    add("timestamp_synthesized", bus.timestamp_synthesized.into());
    Value::Object(members)
}

/// An object under construction, whose members keep their order and their text.
#[derive(Default)]
struct Object(Vec<(String, Box<RawValue>)>);

impl Object {
    fn add(&mut self, name: &str, value: Value) {
        if let Ok(raw) = to_raw_value(&value) {
            self.0.push((name.to_owned(), raw));
        }
    }

    fn add_text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.add(name, text.into());
        }
    }

    fn add_time(&mut self, name: &str, time: Option<&prost_types::Timestamp>) {
        let time = time.and_then(|time| Timestamp::new(time.seconds, u32::try_from(time.nanos).ok()?).ok());
        if let Some(time) = time {
            self.add(name, time.to_string().into());
        }
    }

    fn add_json(&mut self, name: &str, json: Option<JsonText>) {
        if let Some(json) = json {
            self.add_raw(name, json.as_str());
        }
    }

    fn add_raw(&mut self, name: &str, json: &str) {
        if let Ok(raw) = RawValue::from_string(json.to_owned()) {
            self.0.push((name.to_owned(), raw));
        }
    }

    /// Adds the members of another object but those that are there already.
    fn add_members(&mut self, json: &str) {
        let members: Result<std::collections::BTreeMap<String, Box<RawValue>>, _> = serde_json::from_str(json);
        for (name, value) in members.unwrap_or_default() {
            if !self.0.iter().any(|(known, _)| *known == name) {
                self.0.push((name, value));
            }
        }
    }

    fn text(self) -> String {
        let members: Vec<String> =
            self.0.into_iter().map(|(name, value)| format!("{}:{}", Value::from(name), value.get())).collect();
        format!("{{{}}}", members.join(","))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_proto::v1::event_payload::Kind;
    use god33_proto::v1::{ContextSnapshot, ServiceSpec, TaskContext};

    use super::*;

    #[test]
    fn a_payload_becomes_the_declared_message_or_says_why_not() {
        let typed = payload_of("agent.agno.checkpoint.saved", r#"{"session_id":"s-1","checkpoint_id":"c-1"}"#);
        assert!(matches!(typed.unwrap().kind, Some(Kind::CheckpointSaved(_))));
        let missing = payload_of("agent.agno.checkpoint.saved", r#"{"session_id":"s-1"}"#).unwrap_err();
        assert!(missing.contains("checkpoint_id"), "{missing}");
        assert!(payload_of("some.thing", "{").is_err());
    }

    #[test]
    fn an_event_is_written_with_its_payload_as_it_was_sent() {
        let json = r#"{"big":9007199254740993,"b":1,"a":2}"#;
        let event = RecordedEvent {
            position: 7,
            envelope: Some(EventEnvelope {
                event_type: "some.thing".into(),
                payload: Some(custom_payload_of(json).unwrap()),
                unknown_members: r#"{"trace_id":"t"}"#.into(),
                ..EventEnvelope::default()
            }),
            ..RecordedEvent::default()
        };
        let text = event_text(&event);
        assert!(text.starts_with(r#"{"position":7"#), "{text}");
        assert!(text.contains(json) && text.contains(r#""trace_id":"t""#), "{text}");
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{text}");
    }

    #[test]
    fn an_open_object_is_read_or_says_why_not() {
        let object = open_object_of(r#" {"a":[1,null,{"b":"c"}]} "#).unwrap();
        assert_eq!(object.fields.len(), 1);
        assert_eq!(open_object_text(&object), r#"{"a":[1,null,{"b":"c"}]}"#);
        assert_eq!(open_object_of("[1]").unwrap_err(), "must be a JSON object");
        assert!(open_object_of("{").unwrap_err().starts_with("is not well-formed JSON"));
        for exact in [r#"{"n":9007199254740993}"#, r#"{"a":1,"a":2}"#] {
            assert!(open_object_of(exact).unwrap_err().starts_with("holds a number"), "{exact}");
        }
    }

    #[test]
    fn a_message_is_read_by_the_rules_of_its_fields_or_says_why_not() {
        let context: TaskContext = message_of(r#"{"file_references":["a.rs"],"more":1}"#).unwrap();
        assert_eq!(context.file_references, ["a.rs"]);
        assert_eq!(context.additional_members, r#"{"more":1}"#);
        assert_eq!(message_of::<ContextSnapshot>("7").unwrap_err(), "is not an object");
        let wrong = message_of::<ServiceSpec>(r#"{"service":"billing","depends_on":"users"}"#).unwrap_err();
        assert_eq!(wrong, r#"member "depends_on" must be a list"#);
        let missing = message_of::<ServiceSpec>("{}").unwrap_err();
        assert_eq!(missing, r#"member "service" is required and is missing or empty"#);
    }
}
