//! JSON as the producer wrote it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A text that is well-formed JSON, kept byte for byte. Big integers, member order, repeated members and `\u0000` survive,
/// none of which a parsed value would keep.
#[derive(Clone, PartialEq, Eq)]
pub struct JsonText(Box<str>);

/// A text that is not JSON, or is nested more than 127 levels deep.
#[derive(Debug, thiserror::Error)]
pub enum InvalidJson {
    /// The text breaks JSON's grammar, or does not hold what was to be read from it.
    #[error("is not well-formed JSON: {0}")]
    Malformed(#[from] serde_json::Error),
    /// Reading it would cost an unbounded stack.
    #[error("is nested more than 127 levels deep")]
    TooDeep,
}

/// What serde_json reads into values; its checker for raw text has no limit.
const MAX_DEPTH: usize = 127;

impl JsonText {
    /// Accepts any well-formed JSON value, nested at most 127 levels deep.
    pub fn parse(text: impl Into<Box<str>>) -> Result<Self, InvalidJson> {
        let text = text.into();
        let raw: &RawValue = serde_json::from_str(&text)?;
        if is_too_deep(raw.get()) {
            return Err(InvalidJson::TooDeep);
        }
        Ok(Self(text))
    }

    /// The empty object.
    pub fn empty_object() -> Self {
        Self("{}".into())
    }

    /// Writes a value that is serialisable by construction.
    pub fn of<T: Serialize>(value: &T) -> Result<Self, InvalidJson> {
        Ok(Self(serde_json::to_string(value)?.into_boxed_str()))
    }

    /// A text that a store gave back, which was checked before it was stored.
    pub fn from_trusted(text: String) -> Self {
        Self(text.into_boxed_str())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Reads the text as `T`.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, InvalidJson> {
        Ok(serde_json::from_str(&self.0)?)
    }

    /// The text as a raw value, to stand inside another JSON value.
    pub fn as_raw(&self) -> Result<&RawValue, InvalidJson> {
        Ok(serde_json::from_str(&self.0)?)
    }

    /// True for a JSON object.
    pub fn is_object(&self) -> bool {
        self.0.trim_start().starts_with('{')
    }

    /// The same value in one spelling: members sorted by name (the last of repeated ones wins), no white space, strings in
    /// serde's spelling, numbers as they were written. Two texts that mean the same but for the spelling of numbers agree.
    pub fn canonical(&self) -> String {
        let mut out = String::with_capacity(self.0.len());
        // Infallible for a checked text; should it ever fail, the text itself stands for the value.
        if write_canonical(&self.0, &mut out).is_err() {
            return self.0.to_string();
        }
        out
    }
}

/// Stands in a JSON value as it was written. Only serde_json can do that.
impl Serialize for JsonText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_raw().map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::<RawValue>::deserialize(deserializer).map(|raw| Self(raw.into()))
    }
}

impl fmt::Debug for JsonText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Counts brackets outside strings; the text is known to be well-formed.
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth -= 1,
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

fn write_canonical(text: &str, out: &mut String) -> Result<(), serde_json::Error> {
    match text.trim_start().as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text)?;
            write_list(out, ['{', '}'], members, |out, (name, value)| {
                out.push_str(&serde_json::to_string(&name)?);
                out.push(':');
                write_canonical(value.get(), out)
            })
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text)?;
            write_list(out, ['[', ']'], items, |out, item| write_canonical(item.get(), out))
        }
        Some(b'"') => match String::deserialize(&mut serde_json::Deserializer::from_str(text)) {
            Ok(string) => {
                out.push_str(&serde_json::to_string(&string)?);
                Ok(())
            }
            // A lone surrogate has no Rust string: its escape is kept as written.
            Err(_) => {
                out.push_str(text.trim());
                Ok(())
            }
        },
        _ => {
            out.push_str(text.trim());
            Ok(())
        }
    }
}

fn write_list<T>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut String, T) -> Result<(), serde_json::Error>,
) -> Result<(), serde_json::Error> {
    out.push(open);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(out, item)?;
    }
    out.push(close);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text(json: &str) -> JsonText {
        JsonText::parse(json).unwrap()
    }

    #[test]
    fn the_text_comes_back_byte_for_byte() {
        for json in
            ["{\"b\": 1,\"a\":9007199254740993 }", "\"a\\u0000b\"", "[1.0, 1e5, -0]", " null", "{\"a\":1,\"a\":2}"]
        {
            assert_eq!(text(json).as_str(), json);
        }
    }

    #[test]
    fn canonical_form_ignores_order_and_white_space_but_not_values() {
        assert_eq!(
            text("{ \"b\":[1, 2],\"a\":{\"y\":null,\"x\":\"\\u0041\"}}").canonical(),
            r#"{"a":{"x":"A","y":null},"b":[1,2]}"#
        );
        assert_ne!(text("9007199254740993").canonical(), text("9007199254740992").canonical());
        assert_ne!(text("[1,2]").canonical(), text("[2,1]").canonical());
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for bad in ["", "{", "{\"a\":}", "nul", "1 2", "{'a':1}", "\u{0}"] {
            assert!(JsonText::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn nesting_that_would_overflow_a_stack_is_refused() {
        assert!(JsonText::parse("[".repeat(100_000) + &"]".repeat(100_000)).is_err());
        assert!(JsonText::parse("[".repeat(128) + &"]".repeat(128)).is_err());
        let deepest = text(&("[".repeat(127) + &"]".repeat(127)));
        assert!(deepest.read::<serde_json::Value>().is_ok(), "what is taken can be read");
    }
}
