//! The payload of an event in the making.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::JsonText;

/// A JSON object to which members are added. What a client sent stays as it was written.
#[derive(Clone, Debug, Default)]
pub struct Payload(Vec<(String, Box<RawValue>)>);

impl Payload {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// The members of an object that a client sent; none when the text is no object.
    pub fn of(json: &JsonText) -> Self {
        // Order does not matter to anybody who reads it, and a map cannot repeat a member.
        let members: BTreeMap<String, Box<RawValue>> = json.read().unwrap_or_default();
        Self(members.into_iter().collect())
    }

    /// With a member, instead of one of the same name.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        // Texts, numbers and JSON that was read: there is nothing among what is written here that JSON could not hold.
        let Ok(value) = to_raw_value(&value) else { return self };
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value));
        self
    }

    /// With a member, where there is something to say.
    #[must_use]
    pub fn with_some(self, name: &str, value: Option<impl Serialize>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a member, unless the client set it.
    #[must_use]
    pub fn or(self, name: &str, value: Option<impl Serialize>) -> Self {
        if self.has(name) { self } else { self.with_some(name, value) }
    }

    /// Without a member.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    /// True when the member is there and says something.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, value)| known == name && !matches!(value.get(), "null" | "\"\"" | "{}" | "[]"))
    }

    /// A member that is a text of at least one character.
    pub fn text(&self, name: &str) -> Option<String> {
        self.read(name).filter(|text: &String| !text.is_empty())
    }

    /// A member as a value of a type; `None` when it is not there or of another type.
    pub fn read<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        serde_json::from_str(value.get()).ok()
    }

    /// The object as text.
    pub fn into_json(self) -> JsonText {
        let members: Vec<String> = self
            .0
            .iter()
            .map(|(name, value)| format!("{}:{}", serde_json::Value::from(name.as_str()), value.get()))
            .collect();
        JsonText::from_trusted(format!("{{{}}}", members.join(",")))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn members_are_set_once_and_what_a_client_sent_stays_as_it_was_written() {
        let sent = JsonText::parse(r#"{"n":9007199254740993,"to_agent":"a","empty":""}"#).unwrap();
        let payload =
            Payload::of(&sent).with("to_agent", "b").or("n", Some(1)).or("empty", Some("c")).with_some("x", None::<u8>);
        assert_eq!(payload.text("to_agent").as_deref(), Some("b"));
        let text = payload.into_json();
        assert!(text.as_str().contains("9007199254740993"), "{text:?}");
        assert!(text.as_str().contains(r#""empty":"c""#), "{text:?}");
        assert!(JsonText::parse(text.as_str()).is_ok());
    }
}
