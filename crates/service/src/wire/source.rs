//! Where an event comes from, and the agent behind it: objects whose every member is open, so that nothing that a producer wrote is
//! refused or lost.

use god33_domain::JsonText;
use god33_proto::v1::{AgentContext, Source};
use prost::Message;
use prost_reflect::ReflectMessage;
use serde_json::json;

use super::json::{Strictness, put_bytes, read, shape_of, write};
use super::path::Path;
use super::violations::Violations;
use crate::Principal;

/// The number of `additional_members` is asked of the table; this stands in where the contract has none, which a test rules out.
const NO_FIELD: u32 = 0;

/// A message whose JSON form is an object of its own, kept as text.
pub(crate) trait OpenMessage: Message + ReflectMessage + Default {}

impl OpenMessage for Source {}
impl OpenMessage for AgentContext {}

/// Writes one as JSON.
pub(crate) fn to_json<M: OpenMessage>(message: &M, at: &Path<'_>, found: &mut Violations) -> Option<JsonText> {
    let shape = shape_of(message.descriptor().full_name())?;
    Some(write(shape, &message.encode_to_vec(), None, at, found))
}

/// Reads one from JSON. What its fields cannot hold is among its additional members; `None` when the text is no object.
pub(crate) fn from_json<M: OpenMessage>(json: &JsonText) -> Option<M> {
    if !json.is_object() {
        return None;
    }
    let shape = shape_of(M::default().descriptor().full_name())?;
    let (mut bytes, additional) = match read(shape, json.as_str(), Strictness::Lenient) {
        Ok(taken) => (taken.message, taken.additional),
        // Two members of one name: the text as a whole is the only truth.
        Err(_) => (Vec::new(), json.as_str().to_owned()),
    };
    if !additional.is_empty() {
        put_bytes(shape.additional.unwrap_or(NO_FIELD), additional.as_bytes(), &mut bytes);
    }
    M::decode(bytes.as_slice()).ok()
}

/// The source of an event whose sender named none: a service, and who it is where that is known. It holds nothing that differs from one
/// attempt to the next (no address, no time), since a repeat must have the same digest.
pub(crate) fn of_caller(principal: &Principal) -> JsonText {
    let host = "unknown";
    let source = if *principal == Principal::anonymous() {
        json!({"host": host, "type": "service"})
    } else {
        json!({"host": host, "type": "service", "app": principal.name})
    };
    JsonText::from_trusted(source.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(json: &str) -> JsonText {
        JsonText::parse(json).unwrap()
    }

    #[test]
    fn what_a_source_does_not_declare_is_kept_beside_its_fields() {
        let json = text(r#"{"host":"h","type":7,"app":null,"meta":{"n":9007199254740993},"trigger":[1]}"#);
        let source: Source = from_json(&json).unwrap();
        assert_eq!(source.host, "h");
        assert_eq!(source.r#type, "");
        assert_eq!(source.additional_members, r#"{"type":7,"app":null,"meta":{"n":9007199254740993},"trigger":[1]}"#);
    }

    #[test]
    fn a_source_with_repeated_members_is_kept_whole() {
        let json = text(r#"{"host":"a","host":"b"}"#);
        let source: Source = from_json(&json).unwrap();
        assert_eq!(source.additional_members, json.as_str());
    }

    #[test]
    fn an_agent_context_comes_back_as_it_was() {
        let json = text(
            r#"{"type":"claude-code","name":"","mcp_servers":["a","b"],"code_state":{"branch":"main","dirty":true},"meta":{"x":1}}"#,
        );
        let context: AgentContext = from_json(&json).unwrap();
        assert_eq!(context.name.as_deref(), Some(""));
        assert_eq!(context.code_state.as_ref().unwrap().additional_members, r#"{"dirty":true}"#);
        let mut found = Violations::default();
        assert_eq!(to_json(&context, &Path::Request, &mut found).unwrap().canonical(), json.canonical());
        assert_eq!(found.len(), 0);
    }

    #[test]
    fn what_is_no_object_is_no_source() {
        assert!(from_json::<Source>(&text("\"fireflies\"")).is_none());
    }

    #[test]
    fn the_source_of_a_caller_is_the_same_for_every_attempt() {
        let builder = Principal { name: "builder".into() };
        assert_eq!(of_caller(&builder), of_caller(&builder));
        assert_eq!(of_caller(&builder).canonical(), r#"{"app":"builder","host":"unknown","type":"service"}"#);
        assert_eq!(of_caller(&Principal::anonymous()).canonical(), r#"{"host":"unknown","type":"service"}"#);
    }
}
