//! How states are found and put in order.

use crate::{Digest, Position, is_plain_text};

/// The longest text that stands in a label as it is, in bytes. PostgreSQL takes no key of more than 2,704 bytes, and in that of labels a
/// rank and an id follow, which are two or three names of up to 1,020 bytes.
const LONGEST: usize = 200;

/// A label: what is said about a state, and what is said, or its digest when it is long. Texts that no column holds give the empty label, which
/// nothing asks for.
pub fn label(name: &str, value: &str) -> String {
    if !is_plain_text(value, 255) {
        String::new()
    } else if value.len() > LONGEST {
        format!("{name}#{}", Digest::of_bytes(value.as_bytes()))
    } else {
        format!("{name}:{value}")
    }
}

/// The rank that puts what began at a later position first.
pub fn newest_first(began: Position) -> String {
    format!("{:020}", Position::MAX.get() - began.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_what_is_said_and_stays_short() {
        assert_eq!(label("to", "letta-python-dev"), "to:letta-python-dev");
        assert_eq!(label("to", &"x".repeat(200)).len(), 203);
        let [long, longer] = [200, 255].map(|length| label("to", &"😀".repeat(length)));
        assert!(long.starts_with("to#") && longer.starts_with("to#") && long != longer);
        assert!(longer.len() < 203, "{longer}");
        assert_eq!(long, label("to", &"😀".repeat(200)), "always the same");
    }

    #[test]
    fn what_no_column_holds_has_the_empty_label() {
        for text in ["", "a\u{0}b", "line\nbreak", &"x".repeat(256)] {
            assert_eq!(label("to", text), "", "{text:?}");
        }
    }

    #[test]
    fn what_began_later_comes_first() {
        let ranks = [0, 1, 9, 10, Position::MAX.get()].map(|position| newest_first(Position::new(position)));
        assert!(ranks.is_sorted_by(|one, next| one > next), "{ranks:?}");
    }
}
