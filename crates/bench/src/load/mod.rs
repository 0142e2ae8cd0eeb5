//! Drivers: what clients do to a server.

mod closed_loop;
pub(crate) mod events;

pub(crate) use closed_loop::{Driven, closed_loop};
