//! How states are found and put in order.

use crate::{Position, is_plain_text};

/// A label: what is said about a state, and what is said. Texts that no column holds give the empty label, which nothing asks for.
pub fn label(name: &str, value: &str) -> String {
    if is_plain_text(value, 255) { format!("{name}:{value}") } else { String::new() }
}

/// The rank that puts what began at a later position first.
pub fn newest_first(began: Position) -> String {
    format!("{:020}", Position::MAX.get() - began.get())
}
