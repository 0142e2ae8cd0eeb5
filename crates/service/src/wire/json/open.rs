//! Open objects: `google.protobuf.Struct` and `Value`, which hold any JSON but numbers that a double cannot.

use std::borrow::Cow;

use prost_types::{Struct, Value, value};

use super::bytes::{put_bytes, put_double, put_varint};
use super::cursor::{Cursor, quote, unquote};
use super::misfit::{CannotSay, NotTaken};
use super::number::write_double;
use super::read::Strictness;

/// How deep an open value may nest. Each level costs protobuf three, and its readers stop at 100.
const MAX_DEPTH: usize = 24;

/// What an open object cannot hold, to stand after a name for it.
pub(super) const CANNOT_SAY: &str =
    "holds a number that a double cannot say exactly, a member twice, or more than 24 levels of nesting";

/// Reads an object as an encoded `Struct`. The cursor stands before its brace.
pub(super) fn read_object(
    cursor: &mut Cursor<'_>,
    depth: usize,
    strictness: Strictness,
    out: &mut Vec<u8>,
) -> Result<(), NotTaken> {
    if depth >= MAX_DEPTH {
        return Err(NotTaken::CannotSay(CannotSay::Exactly));
    }
    cursor.expect(b'{')?;
    let (mut first, mut names) = (true, Vec::new());
    while let Some(quoted) = cursor.next_member(&mut first)? {
        let name = unquote(quoted).ok_or(NotTaken::CannotSay(CannotSay::Exactly))?;
        let mut entry = Vec::new();
        put_bytes(1, name.as_bytes(), &mut entry);
        let mut value = Vec::new();
        read_value(cursor, depth + 1, strictness, &mut value)?;
        put_bytes(2, &value, &mut entry);
        put_bytes(1, &entry, out);
        names.push(name);
    }
    if has_repeats(names) { Err(NotTaken::CannotSay(CannotSay::Exactly)) } else { Ok(()) }
}

fn has_repeats(mut names: Vec<Cow<'_, str>>) -> bool {
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

/// Reads any value as an encoded `Value`.
pub(super) fn read_value(
    cursor: &mut Cursor<'_>,
    depth: usize,
    strictness: Strictness,
    out: &mut Vec<u8>,
) -> Result<(), NotTaken> {
    match cursor.peek()? {
        b'{' => nested(5, out, |inner| read_object(cursor, depth, strictness, inner)),
        b'[' => nested(6, out, |inner| read_list(cursor, depth, strictness, inner)),
        b'"' => {
            let text = unquote(cursor.quoted()?).ok_or(NotTaken::CannotSay(CannotSay::Exactly))?;
            put_bytes(3, text.as_bytes(), out);
            Ok(())
        }
        _ => {
            match cursor.bare()? {
                "null" => put_varint(1, 0, out),
                "true" => put_varint(4, 1, out),
                "false" => put_varint(4, 0, out),
                number => {
                    let double = strictness.double(number).ok_or(NotTaken::CannotSay(CannotSay::Exactly))?;
                    put_double(2, double, out);
                }
            }
            Ok(())
        }
    }
}

fn read_list(cursor: &mut Cursor<'_>, depth: usize, strictness: Strictness, out: &mut Vec<u8>) -> Result<(), NotTaken> {
    if depth >= MAX_DEPTH {
        return Err(NotTaken::CannotSay(CannotSay::Exactly));
    }
    cursor.expect(b'[')?;
    let mut first = true;
    while cursor.next_item(&mut first)? {
        nested(1, out, |inner| read_value(cursor, depth + 1, strictness, inner))?;
    }
    Ok(())
}

fn nested(
    number: u32,
    out: &mut Vec<u8>,
    write: impl FnOnce(&mut Vec<u8>) -> Result<(), NotTaken>,
) -> Result<(), NotTaken> {
    let mut inner = Vec::new();
    write(&mut inner)?;
    put_bytes(number, &inner, out);
    Ok(())
}

/// A value that JSON does not have: what it is, to stand after the field's name.
pub(super) type NotJson = &'static str;

/// Writes an object.
pub(super) fn write_object(object: &Struct, out: &mut String) -> Result<(), NotJson> {
    out.push('{');
    for (index, (name, value)) in object.fields.iter().enumerate() {
        separate(index, out);
        quote(name, out);
        out.push(':');
        write_value(value, out)?;
    }
    out.push('}');
    Ok(())
}

/// Writes any value.
pub(super) fn write_value(value: &Value, out: &mut String) -> Result<(), NotJson> {
    match value.kind.as_ref() {
        None => return Err("holds a value of no kind: set one, JSON null is null_value"),
        Some(value::Kind::NullValue(_)) => out.push_str("null"),
        Some(value::Kind::BoolValue(truth)) => out.push_str(if *truth { "true" } else { "false" }),
        Some(value::Kind::StringValue(text)) => quote(text, out),
        Some(value::Kind::NumberValue(number)) if number.is_finite() => write_double(*number, out),
        Some(value::Kind::NumberValue(_)) => return Err("holds a number that is not finite, which JSON does not have"),
        Some(value::Kind::StructValue(object)) => write_object(object, out)?,
        Some(value::Kind::ListValue(list)) => {
            out.push('[');
            for (index, item) in list.values.iter().enumerate() {
                separate(index, out);
                write_value(item, out)?;
            }
            out.push(']');
        }
    }
    Ok(())
}

/// Writes the comma before every member or item but the first.
pub(super) fn separate(index: usize, out: &mut String) {
    if index > 0 {
        out.push(',');
    }
}
