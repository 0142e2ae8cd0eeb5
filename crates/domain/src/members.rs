//! The members of a JSON object, read one by one.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::JsonText;
use crate::id::is_plain_text;

/// What producers write is read member by member: one that is missing, of another type, or that no Rust value can hold (a lone
/// surrogate, a number past every float) counts as absent and spoils no other. Of repeated members the last counts.
#[derive(Default)]
pub(crate) struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The members of a JSON object; none when the text holds another value.
    pub(crate) fn of(json: &'a JsonText) -> Self {
        serde_json::Deserializer::from_str(json.as_str()).deserialize_any(AllMembers).unwrap_or_default()
    }

    fn raw(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().rev().find(|(known, _)| known == name).map(|(_, value)| *value)
    }

    /// A member as `T`.
    pub(crate) fn read<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        serde_json::from_str(self.raw(name)?.get()).ok()
    }

    /// A member that is a text of at least one character.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.read(name).filter(|text: &String| !text.is_empty())
    }

    /// A member that is a name: 1 to 255 characters that a column can hold and a person can read.
    pub(crate) fn name(&self, name: &str) -> Option<String> {
        self.read(name).filter(|text: &String| is_plain_text(text, 255))
    }
}

struct AllMembers;

impl<'de> Visitor<'de> for AllMembers {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key_seed(Name)? {
            members.push((name, map.next_value()?));
        }
        Ok(Members(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Members::default())
    }
}

/// A member's name. Read as bytes, since only so serde_json lets a lone surrogate pass.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_bytes(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_bytes<E: Error>(self, name: &'de [u8]) -> Result<Self::Value, E> {
        Ok(String::from_utf8_lossy(name))
    }

    fn visit_bytes<E: Error>(self, name: &[u8]) -> Result<Self::Value, E> {
        Ok(Cow::Owned(String::from_utf8_lossy(name).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn text_of(json: &str, name: &str) -> Option<String> {
        Members::of(&JsonText::parse(json).unwrap()).text(name)
    }

    #[test]
    fn one_member_that_cannot_be_read_spoils_no_other() {
        for strange in [r#""\ud800""#, "1e400", "null", "{\"a\":\"\\udfff\"}", "[1e999]", "\"\""] {
            let json = format!(r#"{{"strange":{strange},"phase":"analysis"}}"#);
            assert_eq!(text_of(&json, "phase").as_deref(), Some("analysis"), "{json}");
            assert_eq!(text_of(&json, "strange"), None, "{json}");
        }
        assert_eq!(text_of(r#"{"\ud800":1,"phase":"analysis"}"#, "phase").as_deref(), Some("analysis"));
        assert_eq!(text_of(r#"{"ph\u0061se":"analysis"}"#, "phase").as_deref(), Some("analysis"));
    }

    #[test]
    fn of_repeated_members_the_last_counts() {
        assert_eq!(text_of(r#"{"a":"1","a":"2"}"#, "a").as_deref(), Some("2"));
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for json in ["null", "[\"a\",{\"a\":\"b\"}]", "\"a\"", "1e400", "\"\\ud800\"", "true"] {
            assert_eq!(text_of(json, "a"), None, "{json}");
        }
    }

    #[test]
    fn a_name_is_what_a_column_can_hold() {
        let json = JsonText::parse(r#"{"nul":"a\u0000b","good":"ä b"}"#).unwrap();
        let members = Members::of(&json);
        assert_eq!(members.name("nul"), None);
        assert_eq!(members.name("good").as_deref(), Some("ä b"));
    }
}
