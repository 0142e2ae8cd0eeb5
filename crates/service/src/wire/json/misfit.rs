//! Why a JSON text is not of a declared shape.

use std::fmt;

/// A JSON value that does not fit the message declared for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Misfit {
    /// The member, as `artifacts[2].path`; empty for the value itself.
    pub(crate) member: String,
    /// What is wrong with it, to stand after its name.
    pub(crate) why: String,
}

impl Misfit {
    pub(crate) fn new(why: impl Into<String>) -> Self {
        Self { member: String::new(), why: why.into() }
    }

    /// The same, seen from the object that holds the member.
    pub(crate) fn within(mut self, name: &str) -> Self {
        let dot = if self.member.is_empty() || self.member.starts_with('[') { "" } else { "." };
        self.member = format!("{name}{dot}{}", self.member);
        self
    }

    /// The same, seen from the list that holds the item.
    pub(crate) fn within_item(self, index: usize) -> Self {
        self.within(&format!("[{index}]"))
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.member.as_str() {
            "" => write!(f, "the value {}", self.why),
            member => write!(f, "member \"{member}\" {}", self.why),
        }
    }
}

/// Why a value is not taken into its field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum NotTaken {
    /// It is of another shape than declared.
    Misfit(Misfit),
    /// It is of the declared shape, but the field cannot say it so that it comes back the same. It is kept beside the fields.
    CannotSay(CannotSay),
}

/// Why a field cannot say a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CannotSay {
    /// An absent field says the same as this one.
    Empty,
    /// The value would change on the way, or does not fit protobuf at all.
    Exactly,
}

impl From<Misfit> for NotTaken {
    fn from(misfit: Misfit) -> Self {
        Self::Misfit(misfit)
    }
}

impl From<super::cursor::Broken> for NotTaken {
    fn from(_: super::cursor::Broken) -> Self {
        Self::Misfit(Misfit::new("is not well-formed JSON"))
    }
}

impl NotTaken {
    /// The same, seen from the object that holds the member.
    pub(crate) fn within(self, name: &str) -> Self {
        match self {
            Self::Misfit(misfit) => Self::Misfit(misfit.within(name)),
            other @ Self::CannotSay(_) => other,
        }
    }

    /// The same, seen from the list that holds the item.
    pub(crate) fn within_item(self, index: usize) -> Self {
        match self {
            Self::Misfit(misfit) => Self::Misfit(misfit.within_item(index)),
            other @ Self::CannotSay(_) => other,
        }
    }
}
