//! What is known of a family of envelopes: how to tell it, and where it keeps what.

use crate::members::{Members, read_text};

/// Names of members, the preferred first.
pub type Names = &'static [&'static str];

/// A family of envelopes. One row of the table in [`super::families`].
pub struct Family {
    /// Its letter in the description of the estate.
    pub letter: char,
    /// A body is of the family when every mark of one of these groups holds.
    pub marks: &'static [&'static [Mark]],
    /// Where the event's id stands.
    pub id: Names,
    /// Where the time stands: text or a number since the epoch. A dot leads into an object.
    pub time: Names,
    /// Where the event type stands; none when only the routing key tells it.
    pub event_type: Names,
    /// Where the version of the payload stands.
    pub version: Names,
    /// Where the list of the causes stands.
    pub parents: Names,
    /// Where the id stands that a whole chain of events shares.
    pub chain: Names,
    /// Where the one direct cause stands.
    pub causation: Names,
    /// Where the W3C trace context stands.
    pub traceparent: Names,
    /// What says who sent it.
    pub source: SourceAt,
    /// Where the agent behind the event stands.
    pub agent_context: Names,
    /// What the content is.
    pub payload: PayloadAt,
}

impl Family {
    /// True when the body shows the marks of the family.
    pub fn fits(&self, members: &Members<'_>) -> bool {
        self.marks.iter().any(|group| group.iter().all(|mark| mark.holds(members)))
    }
}

/// Something that tells a family from the others. Paths may lead into objects with a dot.
pub enum Mark {
    /// There is such a member, whatever it holds, `null` too.
    Has(&'static str),
    /// There is no such member.
    Lacks(&'static str),
    /// The member is a text that is not empty.
    Text(&'static str),
    /// The member is one of these texts.
    OneOf(&'static str, Names),
    /// The member is a text that ends with `.v` and a number.
    Versioned(&'static str),
}

impl Mark {
    fn holds(&self, members: &Members<'_>) -> bool {
        let text = |path| members.get(path).and_then(read_text);
        match self {
            Self::Has(path) => members.get(path).is_some(),
            Self::Lacks(path) => members.get(path).is_none(),
            Self::Text(path) => text(path).is_some_and(|text| !text.is_empty()),
            Self::OneOf(path, words) => text(path).is_some_and(|text| words.contains(&text.as_str())),
            Self::Versioned(path) => text(path).is_some_and(|text| is_versioned(&text)),
        }
    }
}

fn is_versioned(event_type: &str) -> bool {
    let number = event_type.rsplit_once(".v").map(|(_, number)| number);
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// What says who sent an event.
pub enum SourceAt {
    /// The first of these members that is an object or a text.
    Member(Names),
    /// These members together, as far as they are there.
    Gathered(Names),
}

/// What the content of an event is.
pub enum PayloadAt {
    /// The first of these members that is there. The envelope's other members are extensions.
    Member(Names),
    /// The whole body: the family has no envelope around its content.
    Body,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_versioned_type_ends_with_v_and_a_number() {
        assert!(is_versioned("feature.brainstorm.ready.v1"));
        assert!(is_versioned("a.v12"));
        assert!(!is_versioned("a.v"));
        assert!(!is_versioned("bloodbank.v1.system"));
        assert!(!is_versioned("v1"));
    }
}
