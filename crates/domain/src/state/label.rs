//! How states are found and put in order.

use crate::{Digest, Position, is_plain_text};

/// The longest value that stands in a label as it is, in bytes: an index takes no rows of any size.
const VALUE_BYTES: usize = 255;

/// A label: what is said about a state, and what is said. Texts that no column holds give the empty label, which nothing asks for.
pub fn label(name: &str, value: &str) -> String {
    match value {
        value if !is_plain_text(value, 255) => String::new(),
        value if value.len() > VALUE_BYTES => format!("{name}:#{}", Digest::of_bytes(value.as_bytes())),
        value => format!("{name}:{value}"),
    }
}

/// The rank that puts what began at a later position first.
pub fn newest_first(began: Position) -> String {
    format!("{:020}", Position::MAX.get() - began.get())
}
