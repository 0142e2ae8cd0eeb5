//! The cases by subject. Their names are sentences, and say all that a text above them would.
#![allow(missing_docs)]

pub mod log;
pub mod nodes;
