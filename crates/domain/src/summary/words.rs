//! What the rules read out of a payload.

use serde_json::Number;

use crate::RecordedEvent;
use crate::members::Members;

/// Members that say why, the first that does counts.
const REASONS: [&str; 3] = ["failure_reason", "reason", "summary"];

/// The payload's own words, each read leniently: what is missing or of another type is left out of the line.
pub(super) struct Words<'a> {
    payload: Members<'a>,
    agent: Option<&'a str>,
}

impl<'a> Words<'a> {
    pub(super) fn of(event: &'a RecordedEvent) -> Self {
        let agent = event.agent().map(|agent| agent.as_str());
        Self { payload: Members::of(&event.envelope.payload), agent }
    }

    /// The first of these members that is a text.
    pub(super) fn text(&self, members: &[&str]) -> Option<String> {
        members.iter().find_map(|member| self.payload.text(member).filter(|text| !text.trim().is_empty()))
    }

    /// Who acts: the first of these members that is a text, else the agent that the event is attributed to.
    pub(super) fn actor(&self, members: &[&str]) -> Option<String> {
        self.text(members).or_else(|| self.agent.map(str::to_owned))
    }

    pub(super) fn flag(&self, member: &str) -> Option<bool> {
        self.payload.read(member)
    }

    pub(super) fn number(&self, member: &str) -> Option<Number> {
        self.payload.read(member)
    }

    /// A member that is a whole number.
    pub(super) fn count(&self, member: &str) -> Option<u64> {
        self.number(member)?.as_u64()
    }

    /// A member that is a list of texts, or of objects that each have a text under `name`.
    pub(super) fn list(&self, member: &str, name: &str) -> Option<String> {
        let items: Vec<serde_json::Value> = self.payload.read(member)?;
        let texts: Vec<&str> =
            items.iter().filter_map(|item| item.as_str().or_else(|| item.get(name)?.as_str())).collect();
        (!texts.is_empty()).then(|| texts.join(", "))
    }

    /// "Lead: detail", with the first of these members that is a text as the detail.
    pub(super) fn with(&self, lead: &str, details: &[&str]) -> String {
        explained(lead, self.text(details))
    }

    /// "Lead: reason".
    pub(super) fn because(&self, lead: &str) -> String {
        explained(lead, self.text(&REASONS).map(spoken))
    }

    /// "Lead by somebody: reason".
    pub(super) fn by_because(&self, lead: &str, who: &[&str]) -> String {
        self.because(&joined(lead, "by", self.actor(who)))
    }

    /// "Lead to something: reason".
    pub(super) fn linked_because(&self, lead: &str, link: &str, what: &[&str]) -> String {
        self.because(&joined(lead, link, self.text(what)))
    }

    /// "Lead by somebody: detail".
    pub(super) fn by(&self, lead: &str, who: &[&str], details: &[&str]) -> String {
        self.with(&joined(lead, "by", self.actor(who)), details)
    }

    /// "Lead to something: detail", where `link` is the word between.
    pub(super) fn linked(&self, lead: &str, link: &str, what: &[&str], details: &[&str]) -> String {
        self.with(&joined(lead, link, self.text(what)), details)
    }
}

fn explained(lead: &str, detail: Option<String>) -> String {
    detail.map_or_else(|| lead.to_owned(), |detail| format!("{lead}: {detail}"))
}

fn joined(lead: &str, link: &str, what: Option<String>) -> String {
    what.map_or_else(|| lead.to_owned(), |what| format!("{lead} {link} {what}"))
}

/// A word of a program as a person says it: `connection_timeout` is "connection timeout". Names and sentences stay as they are.
fn spoken(text: String) -> String {
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    if text.split('_').all(is_word) { text.replace('_', " ") } else { text }
}

/// The text with its first letter as a capital.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
