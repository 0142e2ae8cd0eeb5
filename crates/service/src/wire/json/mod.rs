//! The one way between the JSON text that is kept and the typed messages of the contract.
//!
//! It works from tables that are read out of the contract ([`shape`]) and from the messages' own encoding ([`bytes`]), so it has no line of
//! code for any single message: a payload that is added to the contract has its JSON form at once.
//!
//! What it holds true: a text that is read and written again says the same, member for member. What a field cannot say so that it comes
//! back (null, an empty value that an absent one stands for, a number that would change) is kept beside the fields, as it was
//! written; a value of another shape than declared is a [`Misfit`].

pub(crate) mod additional;
mod bytes;
mod cursor;
mod duration;
mod hex;
mod message;
mod misfit;
mod number;
mod open;
mod read;
mod repeats;
mod schema;
mod shape;
mod write;

pub(crate) use bytes::{Fields, put_bytes};
pub(crate) use cursor::{Cursor, quote};
pub(crate) use hex::hex;
pub(crate) use message::state;
pub(crate) use message::strict;
pub(crate) use misfit::Misfit;
pub(crate) use read::{Strictness, read};
pub(crate) use repeats::repeated_member;
pub(crate) use schema::json_schema;
pub(crate) use shape::{Shape, shape_of};

use god33_domain::JsonText;
use prost::Message as _;
use prost_types::{Struct, Value};

use super::path::Path;
use super::violations::Violations;
use misfit::NotTaken;
use write::Writer;

/// Writes an encoded message as the text of a JSON object. `additional` is the text of its additional members where they do not stand in
/// the message itself. What is wrong with the message is noted, and the text is then worth nothing.
pub(crate) fn write(
    shape: &Shape,
    message: &[u8],
    additional: Option<&str>,
    at: &Path<'_>,
    found: &mut Violations,
) -> JsonText {
    let mut out = String::with_capacity(message.len() * 2);
    Writer { out: &mut out, found, lower_case_ids: false }.object(shape, message, additional, at);
    JsonText::from_trusted(out)
}

/// As [`write`], with ids in lower case: the one form under which the server finds what they name.
pub(crate) fn write_with_lower_case_ids(
    shape: &Shape,
    message: &[u8],
    at: &Path<'_>,
    found: &mut Violations,
) -> JsonText {
    let mut out = String::with_capacity(message.len() * 2);
    Writer { out: &mut out, found, lower_case_ids: true }.object(shape, message, None, at);
    JsonText::from_trusted(out)
}

/// Reads the text of a JSON object as an open object.
pub(crate) fn read_open(json: &str) -> Result<Struct, Misfit> {
    let mut cursor = Cursor::new(json);
    if cursor.peek() != Ok(b'{') {
        return Err(Misfit::new("must be a JSON object"));
    }
    let mut bytes = Vec::new();
    match open::read_object(&mut cursor, 0, Strictness::Strict, &mut bytes) {
        Ok(()) => Struct::decode(bytes.as_slice()).map_err(|error| Misfit::new(error.to_string())),
        Err(NotTaken::Misfit(misfit)) => Err(misfit),
        Err(NotTaken::CannotSay(_)) => Err(Misfit::new(open::CANNOT_SAY)),
    }
}

/// Writes an open object.
pub(crate) fn write_open(object: &Struct, at: &Path<'_>, found: &mut Violations) -> JsonText {
    let mut out = String::new();
    if let Err(why) = open::write_object(object, &mut out) {
        found.add(at, god33_proto::v1::ErrorReason::InvalidField, why);
    }
    JsonText::from_trusted(out)
}

/// Writes an open value.
pub(crate) fn write_open_value(value: &Value, at: &Path<'_>, found: &mut Violations) -> JsonText {
    let mut out = String::new();
    if let Err(why) = open::write_value(value, &mut out) {
        found.add(at, god33_proto::v1::ErrorReason::InvalidField, why);
    }
    JsonText::from_trusted(out)
}

#[cfg(test)]
mod tests;
