//! Where in a request something stands.

use std::fmt;

/// The way to a field, as `events[3].payload.custom.json`. Costs nothing until somebody writes it down.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path<'a> {
    /// The request itself.
    Request,
    /// A member of an object.
    Member(&'a Path<'a>, &'a str),
    /// An item of a list.
    Item(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    /// The way to a member.
    pub(crate) const fn member(&'a self, name: &'a str) -> Self {
        Self::Member(self, name)
    }

    /// The way to an item, counted from 0.
    pub(crate) const fn item(&'a self, index: usize) -> Self {
        Self::Item(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request => Ok(()),
            Self::Member(Path::Request, name) => f.write_str(name),
            Self::Member(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_is_written_from_the_request_down() {
        let events = Path::Request.member("events");
        let event = events.item(3);
        let payload = event.member("payload");
        assert_eq!(payload.member("custom").to_string(), "events[3].payload.custom");
        assert_eq!(Path::Request.to_string(), "");
    }
}
