//! One line for a person.
