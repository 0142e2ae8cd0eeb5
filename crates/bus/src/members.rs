//! The members of a JSON object, each with the exact text of its value.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

/// An object's members in the order in which they were written, repeats included. Remembers which of them were read, so that
/// the rest can be kept.
#[derive(Debug)]
pub struct Members<'a>(Vec<Member<'a>>);

#[derive(Debug)]
struct Member<'a> {
    name: String,
    value: &'a str,
    taken: bool,
}

impl<'a> Members<'a> {
    /// Reads an object. `None` when the text is no JSON object.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut json = serde_json::Deserializer::from_str(text);
        let members = json.deserialize_map(InOrder).ok()?;
        json.end().ok()?;
        Some(Self(members))
    }

    /// An object without members.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// The text of a member's value. Of repeated members the last counts, as for every JSON reader of the estate. A dot in the
    /// path leads into an object.
    pub fn get(&self, path: &str) -> Option<&'a str> {
        if let Some(index) = self.find(path) {
            return Some(self.0[index].value);
        }
        let (first, rest) = path.split_once('.')?;
        Members::parse(self.0[self.find(first)?].value)?.get(rest)
    }

    /// Reads the first of these members that `read` understands, and marks it as taken. A `null` counts as absent, and is taken
    /// as well: it says nothing.
    pub fn take<T>(&mut self, names: &[&str], read: impl Fn(&'a str) -> Option<T>) -> Option<T> {
        for name in names {
            let Some(index) = self.find(name) else { continue };
            let member = &mut self.0[index];
            if member.value == "null" {
                member.taken = true;
            } else if let Some(value) = read(member.value) {
                member.taken = true;
                return Some(value);
            }
        }
        None
    }

    /// Marks a member as taken.
    pub fn mark_taken(&mut self, name: &str) {
        if let Some(index) = self.find(name) {
            self.0[index].taken = true;
        }
    }

    /// The members that nobody took, by name and value.
    pub fn rest(&self) -> impl Iterator<Item = (&str, &'a str)> {
        self.0.iter().filter(|member| !member.taken).map(|member| (member.name.as_str(), member.value))
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().rposition(|member| member.name == name)
    }
}

/// The text of a JSON string; `None` for anything else.
pub fn read_text(json: &str) -> Option<String> {
    json.starts_with('"').then(|| serde_json::from_str(json).ok()).flatten()
}

/// A text as a JSON string.
pub fn quote(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// An object out of names and the JSON texts of their values.
pub fn object<'n, 'v>(members: impl IntoIterator<Item = (&'n str, &'v str)>) -> String {
    let members: Vec<String> = members.into_iter().map(|(name, value)| format!("{}:{value}", quote(name))).collect();
    format!("{{{}}}", members.join(","))
}

struct InOrder;

impl<'a> Visitor<'a> for InOrder {
    type Value = Vec<Member<'a>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key_seed(Name)? {
            let value: &'a RawValue = map.next_value()?;
            members.push(Member { name, value: value.get(), taken: false });
        }
        Ok(members)
    }
}

/// A member's name. Read as bytes, since only so a lone surrogate passes, which is JSON though no text: its place is taken by
/// the replacement character.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl Visitor<'_> for Name {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        Ok(String::from_utf8_lossy(name).into_owned())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn values_keep_their_text_and_the_last_of_repeated_members_counts() {
        let mut members =
            Members::parse(r#"{"n": 9007199254740993.10, "a":1, "a": {"b" : [ 1 ]}, "gone":null}"#).unwrap();
        assert_eq!(members.get("n"), Some("9007199254740993.10"));
        assert_eq!(members.get("a"), Some(r#"{"b" : [ 1 ]}"#));
        assert_eq!(members.get("a.b"), Some("[ 1 ]"));
        assert_eq!(members.take(&["gone", "a"], |value| Some(value.len())), Some(13));
        assert_eq!(members.rest().collect::<Vec<_>>(), [("n", "9007199254740993.10"), ("a", "1")]);
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for text in ["[1]", "1", "\"a\"", "null", "{} {}"] {
            assert!(Members::parse(text).is_none(), "{text}");
        }
        assert_eq!(read_text("5"), None);
        assert_eq!(read_text(r#""\ud800""#), None);
        assert_eq!(read_text(r#""a\u0000""#).unwrap(), "a\0");
    }

    #[test]
    fn a_name_that_is_no_text_spoils_no_other_member() {
        let members = Members::parse(r#"{"\ud800":1,"a":2}"#).unwrap();
        assert_eq!(members.get("a"), Some("2"));
        assert_eq!(members.rest().next().map(|(_, value)| value), Some("1"));
    }

    #[test]
    fn an_object_written_is_read_back() {
        let text = object([("a\"b", "1.0"), ("c", "{ }")]);
        assert_eq!(text, r#"{"a\"b":1.0,"c":{ }}"#);
        assert_eq!(object([]), "{}");
    }
}
