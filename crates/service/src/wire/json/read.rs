//! JSON text to the bytes of a message.

use std::collections::HashSet;

use god33_domain::Timestamp;
use prost::Message as _;
use uuid::Uuid;

use super::bytes::{put_bytes, put_double, put_varint};
use super::cursor::{Cursor, unquote};
use super::duration::{self, Seconds};
use super::hex::unhex;
use super::misfit::{CannotSay, Misfit, NotTaken};
use super::number::{exact_double, integer, nearest_double};
use super::open;
use super::shape::{Count, Field, Kind, Shape};

/// What happens to a value that is not of the declared shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Strictness {
    /// The whole text is not of the declared shape.
    Strict,
    /// It is kept beside the fields.
    Lenient,
    /// It is left out, as is everything that the shape does not declare: the text is a state that the server wrote. Numbers and times
    /// that a field cannot say exactly are taken as the nearest that it can.
    State,
}

impl Strictness {
    /// What holds inside an object of a shape: one with a place for what it does not declare keeps all, also within a state.
    const fn within(self, shape: &Shape) -> Self {
        match (self, shape.additional) {
            (Self::State, Some(_)) => Self::Lenient,
            _ => self,
        }
    }

    /// The double that a JSON number stands for.
    pub(super) fn double(self, digits: &str) -> Option<f64> {
        if self == Self::State { nearest_double(digits) } else { exact_double(digits) }
    }
}

/// A text as a message.
#[derive(Debug)]
pub(crate) struct Taken {
    /// The encoded message, without what its fields cannot hold.
    pub(crate) message: Vec<u8>,
    /// What its fields cannot hold, as the text of a JSON object; empty when there is nothing of the kind.
    pub(crate) additional: String,
}

/// Reads the text of a JSON object as a message of a shape.
pub(crate) fn read(shape: &Shape, json: &str, strictness: Strictness) -> Result<Taken, Misfit> {
    let mut cursor = Cursor::new(json);
    let mut message = Vec::with_capacity(json.len());
    match read_object(shape, &mut cursor, strictness, &mut message) {
        Ok(additional) => Ok(Taken { message, additional }),
        Err(NotTaken::Misfit(misfit)) => Err(misfit),
        Err(NotTaken::CannotSay(_)) => Err(Misfit::new("holds what its declared message cannot say")),
    }
}

/// Reads an object; gives the members that are kept beside the fields.
fn read_object(
    shape: &Shape,
    cursor: &mut Cursor<'_>,
    strictness: Strictness,
    out: &mut Vec<u8>,
) -> Result<String, NotTaken> {
    if cursor.peek()? != b'{' {
        return Err(Misfit::new("is not an object").into());
    }
    cursor.expect(b'{')?;
    let strictness = strictness.within(shape);
    let mut additional = String::new();
    let mut present = vec![false; shape.fields.len()];
    let (mut first, mut seen) = (true, HashSet::new());
    while let Some(quoted) = cursor.next_member(&mut first)? {
        let name = unquote(quoted).unwrap_or(quoted.into());
        if !seen.insert(name.clone()) {
            return Err(Misfit::new("stands there twice").within(&name).into());
        }
        let before = *cursor;
        if let Some((index, field)) = shape.field(&name) {
            match read_field(field, cursor, strictness, out) {
                Ok(()) => {
                    present[index] = true;
                    continue;
                }
                Err(NotTaken::CannotSay(why)) => present[index] = why == CannotSay::Exactly,
                Err(misfit) if strictness == Strictness::Strict => return Err(misfit.within(&name)),
                Err(NotTaken::Misfit(_)) => {}
            }
            *cursor = before;
        }
        let value = cursor.value()?;
        if strictness != Strictness::State {
            keep(&mut additional, quoted, value);
        }
    }
    require(shape, &present, strictness)?;
    if !additional.is_empty() {
        additional.push('}');
    }
    Ok(additional)
}

fn keep(additional: &mut String, quoted_name: &str, value: &str) {
    additional.push(if additional.is_empty() { '{' } else { ',' });
    additional.push_str(quoted_name);
    additional.push(':');
    additional.push_str(value);
}

fn require(shape: &Shape, present: &[bool], strictness: Strictness) -> Result<(), NotTaken> {
    let missing = shape.fields.iter().zip(present).find(|(field, present)| field.required && !**present);
    match missing {
        Some((field, _)) if strictness == Strictness::Strict => {
            Err(Misfit::new("is required and is missing or empty").within(&field.name).into())
        }
        _ => Ok(()),
    }
}

/// Reads a member into its field: all of its values, or nothing.
pub(super) fn read_field(
    field: &Field,
    cursor: &mut Cursor<'_>,
    strictness: Strictness,
    out: &mut Vec<u8>,
) -> Result<(), NotTaken> {
    let length = out.len();
    let taken = match field.count {
        Count::One => read_one(field, cursor, strictness, out),
        Count::List => read_list(field, cursor, strictness, out),
        Count::Map => read_map(field, cursor, strictness, out),
    };
    if taken.is_err() {
        out.truncate(length);
    }
    taken
}

fn read_one(field: &Field, cursor: &mut Cursor<'_>, strictness: Strictness, out: &mut Vec<u8>) -> Result<(), NotTaken> {
    let start = out.len();
    let is_empty = read_value(field, field.number, cursor, strictness, out)?;
    // An empty value of a field without presence would not be written again; a required text or object must not be empty.
    let must_be_filled = field.required && field.kind.can_be_blank() && strictness != Strictness::State;
    if is_empty && (!field.has_presence || must_be_filled) {
        out.truncate(start);
        return Err(NotTaken::CannotSay(CannotSay::Empty));
    }
    Ok(())
}

fn read_list(
    field: &Field,
    cursor: &mut Cursor<'_>,
    strictness: Strictness,
    out: &mut Vec<u8>,
) -> Result<(), NotTaken> {
    match cursor.peek()? {
        b'[' => cursor.expect(b'[')?,
        _ => return Err(null_or_misfit(cursor, "a list")),
    }
    let (mut first, mut index) = (true, 0);
    while cursor.next_item(&mut first)? {
        let (before, length) = (*cursor, out.len());
        match read_item(field, field.number, cursor, strictness, out) {
            Ok(()) => index += 1,
            Err(_) if strictness == Strictness::State => {
                out.truncate(length);
                *cursor = before;
                cursor.value()?;
            }
            Err(error) => return Err(error.within_item(index)),
        }
    }
    if index == 0 { Err(NotTaken::CannotSay(CannotSay::Empty)) } else { Ok(()) }
}

fn read_map(field: &Field, cursor: &mut Cursor<'_>, strictness: Strictness, out: &mut Vec<u8>) -> Result<(), NotTaken> {
    match cursor.peek()? {
        b'{' => cursor.expect(b'{')?,
        _ => return Err(null_or_misfit(cursor, "an object")),
    }
    let (mut first, mut names) = (true, HashSet::new());
    while let Some(quoted) = cursor.next_member(&mut first)? {
        let name = unquote(quoted).ok_or(NotTaken::CannotSay(CannotSay::Exactly))?;
        let mut entry = Vec::new();
        put_bytes(1, name.as_bytes(), &mut entry);
        let before = *cursor;
        match read_item(field, 2, cursor, strictness, &mut entry) {
            Ok(()) => put_bytes(field.number, &entry, out),
            Err(_) if strictness == Strictness::State => {
                *cursor = before;
                cursor.value()?;
            }
            Err(error) => return Err(error.within(&name)),
        }
        if !names.insert(name) {
            return Err(NotTaken::CannotSay(CannotSay::Exactly));
        }
    }
    if names.is_empty() { Err(NotTaken::CannotSay(CannotSay::Empty)) } else { Ok(()) }
}

/// Reads one item of a list, or the value under a name.
fn read_item(
    field: &Field,
    number: u32,
    cursor: &mut Cursor<'_>,
    strictness: Strictness,
    out: &mut Vec<u8>,
) -> Result<(), NotTaken> {
    if is_null(cursor) && !matches!(field.kind, Kind::OpenValue) {
        return Err(Misfit::new("must not be null").into());
    }
    read_value(field, number, cursor, strictness, out).map(drop)
}

fn is_null(cursor: &Cursor<'_>) -> bool {
    matches!({ *cursor }.bare(), Ok("null"))
}

/// Reads one value and writes it under a number. True when it is empty.
fn read_value(
    field: &Field,
    number: u32,
    cursor: &mut Cursor<'_>,
    strictness: Strictness,
    out: &mut Vec<u8>,
) -> Result<bool, NotTaken> {
    match field.kind {
        Kind::Text => read_text(field, number, cursor, out),
        Kind::Timestamp => read_timestamp(number, &text(cursor, "a time as text")?, strictness, out),
        Kind::Duration => read_duration(number, bare(cursor, "a number of seconds")?, strictness, out),
        Kind::Bytes => {
            let bytes = unhex(&text(cursor, "a text")?);
            let bytes = bytes.ok_or_else(|| Misfit::new("must be bytes in lower-case hexadecimal"))?;
            put_bytes(number, &bytes, out);
            Ok(bytes.is_empty())
        }
        Kind::Enum(words) => {
            let word = text(cursor, "a text")?;
            let value = words.number(&word).ok_or_else(|| unknown_word(&word, &words.listed()))?;
            put_varint(number, value as u64, out);
            Ok(false)
        }
        Kind::Bool => match bare(cursor, "true or false")? {
            "true" => {
                put_varint(number, 1, out);
                Ok(false)
            }
            "false" => {
                put_varint(number, 0, out);
                Ok(true)
            }
            _ => Err(Misfit::new("must be true or false").into()),
        },
        Kind::Double => {
            let digits = bare(cursor, "a number")?;
            must_be_number(digits)?;
            let double = strictness.double(digits).ok_or(NotTaken::CannotSay(CannotSay::Exactly))?;
            put_double(number, double, out);
            Ok(double == 0.0)
        }
        Kind::Integer(range) => {
            let digits = bare(cursor, "a whole number")?;
            must_be_number(digits)?;
            let value = integer(digits).filter(|value| (range.least..=range.greatest).contains(value));
            let value = value.ok_or_else(|| out_of_range(range.least, range.greatest))?;
            put_varint(number, value as u64, out);
            Ok(value == 0)
        }
        Kind::OpenValue => {
            let mut inner = Vec::new();
            open::read_value(cursor, 0, strictness, &mut inner)?;
            put_bytes(number, &inner, out);
            Ok(false)
        }
        Kind::OpenObject => {
            must_be_object(cursor)?;
            let mut inner = Vec::new();
            open::read_object(cursor, 0, strictness, &mut inner)?;
            put_bytes(number, &inner, out);
            Ok(inner.is_empty())
        }
        Kind::Message(id) => {
            must_be_object(cursor)?;
            let shape = id.shape();
            let mut inner = Vec::new();
            let additional = read_object(shape, cursor, strictness, &mut inner)?;
            put_additional(shape, &additional, &mut inner)?;
            put_bytes(number, &inner, out);
            Ok(inner.is_empty())
        }
    }
}

/// What an object inside a message cannot hold stands in a field of its own.
fn put_additional(shape: &Shape, additional: &str, out: &mut Vec<u8>) -> Result<(), NotTaken> {
    match shape.additional {
        _ if additional.is_empty() => Ok(()),
        Some(number) => {
            put_bytes(number, additional.as_bytes(), out);
            Ok(())
        }
        None => Err(NotTaken::CannotSay(CannotSay::Exactly)),
    }
}

fn read_text(field: &Field, number: u32, cursor: &mut Cursor<'_>, out: &mut Vec<u8>) -> Result<bool, NotTaken> {
    let text = text(cursor, "a text")?;
    if field.is_uuid && !text.is_empty() && !is_uuid(&text) {
        return Err(Misfit::new("must be a UUID in its hyphenated form").into());
    }
    put_bytes(number, text.as_bytes(), out);
    Ok(text.is_empty())
}

/// True for the hyphenated form of a UUID.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}

fn read_timestamp(number: u32, text: &str, strictness: Strictness, out: &mut Vec<u8>) -> Result<bool, NotTaken> {
    let time = Timestamp::parse(text).map_err(|error| Misfit::new(error.to_string()))?;
    // A leap second and more digits than nine would come back as another time.
    let is_leap_second = text.get(17..19) == Some("60");
    let digits = text.split_once('.').map_or(0, |(_, rest)| rest.bytes().take_while(u8::is_ascii_digit).count());
    if strictness != Strictness::State && (is_leap_second || digits > 9) {
        return Err(NotTaken::CannotSay(CannotSay::Exactly));
    }
    let time = prost_types::Timestamp { seconds: time.seconds(), nanos: time.nanos() as i32 };
    put_bytes(number, &time.encode_to_vec(), out);
    Ok(false)
}

fn read_duration(number: u32, digits: &str, strictness: Strictness, out: &mut Vec<u8>) -> Result<bool, NotTaken> {
    must_be_number(digits)?;
    let length = match duration::read(digits) {
        Seconds::Exactly(length) => length,
        Seconds::Nearly(length) if strictness == Strictness::State => length,
        Seconds::Nearly(_) => return Err(NotTaken::CannotSay(CannotSay::Exactly)),
        Seconds::OutOfRange => return Err(Misfit::new(duration::OUT_OF_RANGE).into()),
    };
    put_bytes(number, &length.encode_to_vec(), out);
    Ok(false)
}

/// A text, or why there is none: null says the same as an absent member.
fn text<'a>(cursor: &mut Cursor<'a>, wanted: &str) -> Result<std::borrow::Cow<'a, str>, NotTaken> {
    match cursor.peek()? {
        b'"' => unquote(cursor.quoted()?).ok_or(NotTaken::CannotSay(CannotSay::Exactly)),
        _ => Err(null_or_misfit(cursor, wanted)),
    }
}

fn bare<'a>(cursor: &mut Cursor<'a>, wanted: &str) -> Result<&'a str, NotTaken> {
    match cursor.peek()? {
        b'"' | b'{' | b'[' => Err(Misfit::new(format!("must be {wanted}")).into()),
        _ if is_null(cursor) => Err(NotTaken::CannotSay(CannotSay::Empty)),
        _ => Ok(cursor.bare()?),
    }
}

/// Another kind of value than declared; null says the same as an absent member.
fn null_or_misfit(cursor: &Cursor<'_>, wanted: &str) -> NotTaken {
    if is_null(cursor) {
        NotTaken::CannotSay(CannotSay::Empty)
    } else {
        Misfit::new(format!("must be {wanted}")).into()
    }
}

fn must_be_object(cursor: &mut Cursor<'_>) -> Result<(), NotTaken> {
    if cursor.peek()? == b'{' { Ok(()) } else { Err(null_or_misfit(cursor, "an object")) }
}

fn must_be_number(digits: &str) -> Result<(), NotTaken> {
    let is_number = digits.starts_with(|c: char| c == '-' || c.is_ascii_digit());
    if is_number { Ok(()) } else { Err(Misfit::new("must be a number").into()) }
}

fn unknown_word(word: &str, known: &str) -> Misfit {
    let shown: String = word.chars().take(40).collect();
    Misfit::new(format!("is \"{shown}\" and must be one of {known}"))
}

fn out_of_range(least: i128, greatest: i128) -> Misfit {
    Misfit::new(format!("must be a whole number from {least} to {greatest}"))
}
