//! Event types, and patterns over them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What happened: dotted segments such as `agent.letta.checkpoint.saved`, which is also the routing key on the bus.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventType(Box<str>);

/// A text that is no event type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to {limit} characters: lower-case segments of a-z, 0-9, '-' and '_', separated by single dots")]
pub struct InvalidEventType {
    /// The greatest length allowed.
    pub limit: usize,
}

/// How the types of events begin that move more than a workflow.
pub const COORDINATION: [&str; 3] = ["agent.", "director.", "mise."];

impl EventType {
    /// True for an event of agents that work together: see [`COORDINATION`].
    pub fn is_coordination(&self) -> bool {
        COORDINATION.iter().any(|prefix| self.as_str().starts_with(prefix))
    }

    /// Accepts dotted lower-case segments, at most `limit` characters in all.
    pub fn parse(text: &str, limit: usize) -> Result<Self, InvalidEventType> {
        let good = text.len() <= limit && text.split('.').all(is_plain_segment);
        if good { Ok(Self(text.into())) } else { Err(InvalidEventType { limit }) }
    }

    /// Accepts what producers on the bus use: any text that a column can hold. `None` for an empty text or one with control characters.
    pub fn from_bus(text: &str) -> Option<Self> {
        let good = !text.is_empty() && text.len() <= 1_024 && !text.chars().any(char::is_control);
        good.then(|| Self(text.into()))
    }

    /// From a store's column.
    pub fn from_trusted(text: String) -> Self {
        Self(text.into_boxed_str())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The segments from left to right.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('.')
    }
}

fn is_plain_segment(segment: &str) -> bool {
    !segment.is_empty() && segment.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

impl fmt::Display for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for EventType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A filter over event types. Segments are compared one by one; `*` stands for exactly one segment, `#` for any number of
/// them, none included, as on an AMQP topic exchange. One addition: a `*` that ends a longer pattern stands for one *or more*
/// segments, since `agent.letta.*` is how people ask for everything that Letta does.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TypePattern {
    text: String,
    segments: Vec<Segment>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
enum Segment {
    Literal(String),
    One,
    Rest,
    OneOrMore,
}

/// A text that is no pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 255 characters of segments separated by single dots, where a segment is a text, '*' or '#'")]
pub struct InvalidTypePattern;

impl TypePattern {
    /// Reads a pattern. A text without wildcards matches the event type that is the same text.
    pub fn parse(text: &str) -> Result<Self, InvalidTypePattern> {
        if text.is_empty() || text.chars().count() > 255 || text.chars().any(char::is_control) {
            return Err(InvalidTypePattern);
        }
        let parts: Vec<&str> = text.split('.').collect();
        let last = parts.len() - 1;
        let segments = parts.iter().enumerate().map(|(index, part)| match *part {
            "*" if index == last && index > 0 => Ok(Segment::OneOrMore),
            "*" => Ok(Segment::One),
            "#" => Ok(Segment::Rest),
            // Upstream's camelCase types are literals too, and the bus may bring an empty segment.
            part if part.contains(['*', '#']) => Err(InvalidTypePattern),
            part => Ok(Segment::Literal(part.to_owned())),
        });
        Ok(Self { segments: segments.collect::<Result<_, _>>()?, text: text.to_owned() })
    }

    /// True when the type matches.
    pub fn matches(&self, event_type: &EventType) -> bool {
        let parts: Vec<&str> = event_type.segments().collect();
        matches_from(&self.segments, &parts)
    }

    /// The event type itself, for a pattern without wildcards.
    pub fn exact(&self) -> Option<&str> {
        self.segments.iter().all(|s| matches!(s, Segment::Literal(_))).then_some(self.text.as_str())
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl TryFrom<String> for TypePattern {
    type Error = InvalidTypePattern;

    fn try_from(text: String) -> Result<Self, InvalidTypePattern> {
        Self::parse(&text)
    }
}

impl From<TypePattern> for String {
    fn from(pattern: TypePattern) -> Self {
        pattern.text
    }
}

/// A row of the classic wildcard table: which prefixes of `parts` the pattern so far can match. Time is pattern × type, however
/// many `#` a pattern has.
fn matches_from(pattern: &[Segment], parts: &[&str]) -> bool {
    let mut reachable = vec![false; parts.len() + 1];
    reachable[0] = true;
    for segment in pattern {
        reachable = step(segment, parts, &reachable);
    }
    reachable[parts.len()]
}

fn step(segment: &Segment, parts: &[&str], before: &[bool]) -> Vec<bool> {
    let mut after = vec![false; before.len()];
    if matches!(segment, Segment::Rest) {
        after[0] = before[0];
    }
    for end in 1..before.len() {
        after[end] = match segment {
            Segment::Literal(text) => before[end - 1] && parts[end - 1] == text,
            Segment::One => before[end - 1],
            Segment::Rest => before[end] || after[end - 1],
            Segment::OneOrMore => before[end - 1] || after[end - 1],
        };
    }
    after
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn matches(pattern: &str, event_type: &str) -> bool {
        TypePattern::parse(pattern).unwrap().matches(&EventType::from_bus(event_type).unwrap())
    }

    #[test]
    fn a_star_is_one_segment_and_at_the_end_of_a_longer_pattern_one_or_more() {
        assert!(matches("agent.*.checkpoint.saved", "agent.agno.checkpoint.saved"));
        assert!(!matches("agent.*.saved", "agent.agno.checkpoint.saved"));
        assert!(matches("agent.letta.*", "agent.letta.checkpoint.saved"));
        assert!(matches("bmad.workflow.*", "bmad.workflow.started"));
        assert!(!matches("bmad.workflow.*", "bmad.workflow"));
        assert!(matches("*", "heartbeat"));
        assert!(!matches("*", "system.heartbeat"));
    }

    #[test]
    fn a_hash_is_any_number_of_segments() {
        assert!(matches("#", "a.b.c"));
        assert!(matches("agent.#", "agent"));
        assert!(matches("agent.#.saved", "agent.letta.checkpoint.saved"));
        assert!(matches("#.saved", "saved"));
        assert!(!matches("agent.#.saved", "agent.letta.checkpoint"));
        assert!(matches("#.#.#.#", "a"));
    }

    #[test]
    fn many_wildcards_cost_no_more_than_pattern_times_type() {
        let pattern = vec!["#.a"; 60].join(".");
        assert!(!matches(&pattern, &vec!["a"; 59].join(".")));
        assert!(matches(&pattern, &vec!["a"; 200].join(".")));
    }

    #[test]
    fn patterns_that_mean_nothing_are_refused() {
        for bad in ["", "a.b*", "**", "#a", "a\u{0}"] {
            assert_eq!(TypePattern::parse(bad), Err(InvalidTypePattern), "{bad:?}");
        }
        assert_eq!(TypePattern::parse(&"a".repeat(256)), Err(InvalidTypePattern));
    }

    #[test]
    fn clients_send_dotted_lower_case_and_the_bus_brings_anything_readable() {
        assert!(EventType::parse("director.cross-service.task.created", 255).is_ok());
        for bad in ["", ".", "a..b", "A.b", "a b", "a.", "agent.*", "ä.b"] {
            assert!(EventType::parse(bad, 255).is_err(), "{bad:?}");
        }
        assert!(EventType::parse(&"a".repeat(256), 255).is_err());
        assert!(EventType::from_bus("fireflies.transcriptReady").is_some());
        assert!(EventType::from_bus("a\u{0}").is_none());
    }
}
