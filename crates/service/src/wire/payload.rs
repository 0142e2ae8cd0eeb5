//! What happened: typed where the contract declares a message for the event type, exact JSON text everywhere else.

use std::collections::HashMap;
use std::sync::LazyLock;

use god33_domain::command::Payload;
use god33_domain::{Envelope, JsonText};
use god33_proto::schema::{PayloadKind, payload_kind, payload_kinds};
use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{CustomPayload, ErrorReason, EventPayload};
use prost::Message as _;
use prost_reflect::ReflectMessage;

use super::json::{
    Fields, Misfit, Shape, Strictness, put_bytes, read, repeated_member, shape_of, write, write_with_lower_case_ids,
};
use super::path::Path;
use super::violations::Violations;

/// The number of `EventPayload.additional_members`; a test holds it against the contract.
const ADDITIONAL_MEMBERS: u32 = 2;

static KINDS: LazyLock<HashMap<u32, &'static PayloadKind>> =
    LazyLock::new(|| payload_kinds().iter().map(|kind| (kind.field().number(), kind)).collect());

/// A payload as it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Parsed {
    /// Its text.
    pub(crate) json: JsonText,
    /// Its sender chose free JSON although its event type has a declared message.
    pub(crate) custom: bool,
}

/// Reads the payload of an event of a type.
pub(crate) fn parse(
    event_type: &str,
    payload: Option<&EventPayload>,
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<Parsed> {
    let kind = payload.and_then(|payload| payload.kind.as_ref().map(|kind| (payload, kind)));
    match kind {
        None => {
            found.add(at, ErrorReason::PayloadMissing, missing(event_type));
            None
        }
        Some((payload, Kind::Custom(custom))) => parse_custom(event_type, payload, custom, at, found),
        Some((payload, _)) => parse_typed(event_type, payload, at, found),
    }
}

/// The text of a payload that the server sent; `None` when it has none.
pub(crate) fn text(payload: &EventPayload) -> Option<JsonText> {
    match payload.kind.as_ref()? {
        Kind::Custom(custom) => JsonText::parse(custom.json.as_str()).ok(),
        _ => {
            let bytes = payload.encode_to_vec();
            let (kind, message) = typed_kind(&bytes)?;
            let shape = shape_of(kind.message().full_name())?;
            let additional = Some(payload.additional_members.as_str());
            Some(write(shape, message, additional, &Path::Request, &mut Violations::default()))
        }
    }
}

/// The message of a command that says what its event will say, as the payload in the making. What is wrong with it is noted; members that the
/// server fills in must be there. A UUID is the same in either case, so ids get the one form under which things are found. `None` when no payload holds such a message: a command that cannot say what it means is a defect, and must
/// come to nothing.
pub(crate) fn draft<M: prost::Message + ReflectMessage>(
    message: &M,
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<Payload> {
    let descriptor = message.descriptor();
    let Some(shape) = shape_of(descriptor.full_name()) else {
        tracing::error!(message = descriptor.full_name(), "a command says what no payload holds");
        return None;
    };
    Some(Payload::of(&write_with_lower_case_ids(shape, &message.encode_to_vec(), at, found)))
}

/// Such messages as the text of a JSON array, as [`draft`] makes each.
pub(crate) fn drafts<M: prost::Message + ReflectMessage>(
    messages: &[M],
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<JsonText> {
    let texts = messages.iter().enumerate().map(|(index, message)| draft(message, &at.item(index), found));
    let texts: Option<Vec<String>> = texts.map(|draft| Some(draft?.into_json().as_str().to_owned())).collect();
    Some(JsonText::from_trusted(format!("[{}]", texts?.join(","))))
}

/// The kind of an encoded payload, and its message.
fn typed_kind(payload: &[u8]) -> Option<(&'static PayloadKind, &[u8])> {
    Fields(payload).find_map(|(number, raw)| Some((*KINDS.get(&number)?, raw.bytes())))
}

fn missing(event_type: &str) -> String {
    match payload_kind(event_type) {
        Some(declared) => format!("is required: set {}, or custom with JSON text", declared.field().name()),
        None => "is required: set custom with JSON text; for no content the text is null".into(),
    }
}

fn parse_custom(
    event_type: &str,
    payload: &EventPayload,
    custom: &CustomPayload,
    at: &Path<'_>,
    found: &mut Violations,
) -> Option<Parsed> {
    let before = found.len();
    if !payload.additional_members.is_empty() {
        let description = "must be empty beside custom: put the members into the custom text";
        found.add(&at.member("additional_members"), ErrorReason::InvalidField, description);
    }
    let at = at.member("custom");
    if !custom.untyped_reason.is_empty() {
        found.add(&at.member("untyped_reason"), ErrorReason::OutputOnlyField, "is set by the server: leave it empty");
    }
    let json = json_text(&custom.json, &at.member("json"), found)?;
    (found.len() == before).then(|| Parsed { json, custom: payload_kind(event_type).is_some() })
}

/// Reads a text that must be one JSON value without repeated members.
pub(crate) fn json_text(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<JsonText> {
    let json = found.keep(at, ErrorReason::InvalidJson, JsonText::parse(text))?;
    if let Some(member) = repeated_member(text) {
        found.add(at, ErrorReason::InvalidJson, format!("repeats the member {member}: keep one of them"));
        return None;
    }
    Some(json)
}

fn parse_typed(event_type: &str, payload: &EventPayload, at: &Path<'_>, found: &mut Violations) -> Option<Parsed> {
    let bytes = payload.encode_to_vec();
    let (kind, message) = typed_kind(&bytes)?;
    let declared = payload_kind(event_type);
    if declared.is_none_or(|declared| declared.field().number() != kind.field().number()) {
        mismatch(event_type, kind, declared, at, found);
        return None;
    }
    let shape = shape_of(kind.message().full_name())?;
    let (before, member) = (found.len(), at.member(kind.field().name()));
    let json = write(shape, message, Some(&payload.additional_members), &member, found);
    (found.len() == before).then_some(Parsed { json, custom: false })
}

fn mismatch(
    event_type: &str,
    actual: &PayloadKind,
    declared: Option<&PayloadKind>,
    at: &Path<'_>,
    found: &mut Violations,
) {
    let actual = actual.field().name();
    let expected = declared.map_or("custom", |declared| declared.field().name());
    let description = match declared {
        Some(_) => {
            format!("is {actual}, and events of type {event_type} carry {expected}: send that, or custom on purpose")
        }
        None => format!("is {actual}, and no message is declared for events of type {event_type}: send custom"),
    };
    let details =
        vec![("event_type", event_type.to_owned()), ("expected", expected.to_owned()), ("actual", actual.to_owned())];
    found.add_with(at, ErrorReason::PayloadMismatch, description, details);
}

/// The payload of an event in the form that the contract declares for its type.
pub(crate) fn to_proto(envelope: &Envelope) -> EventPayload {
    let json = envelope.payload.as_str();
    match payload_kind(envelope.event_type.as_str()) {
        Some(declared) if !envelope.custom => {
            typed(declared, json).unwrap_or_else(|misfit| custom(json, misfit.to_string()))
        }
        _ => custom(json, String::new()),
    }
}

pub(crate) fn custom(json: &str, untyped_reason: String) -> EventPayload {
    let custom = CustomPayload { json: json.to_owned(), untyped_reason };
    EventPayload { kind: Some(Kind::Custom(custom)), additional_members: String::new() }
}

pub(crate) fn typed(declared: &PayloadKind, json: &str) -> Result<EventPayload, Misfit> {
    let taken = read(shape(declared)?, json, Strictness::Strict)?;
    let mut bytes = Vec::with_capacity(taken.message.len() + taken.additional.len() + 16);
    put_bytes(declared.field().number(), &taken.message, &mut bytes);
    if !taken.additional.is_empty() {
        put_bytes(ADDITIONAL_MEMBERS, taken.additional.as_bytes(), &mut bytes);
    }
    EventPayload::decode(bytes.as_slice())
        .map_err(|error| Misfit::new(format!("cannot be read as its message: {error}")))
}

fn shape(declared: &PayloadKind) -> Result<&'static Shape, Misfit> {
    shape_of(declared.message().full_name()).ok_or_else(|| Misfit::new("has no declared shape"))
}

/// Why a JSON payload is not of the shape declared for its event type; `None` when it is, or none is declared.
pub(crate) fn misfit(event_type: &str, json: &JsonText) -> Option<Misfit> {
    typed(payload_kind(event_type)?, json.as_str()).err()
}

#[cfg(test)]
mod tests;
