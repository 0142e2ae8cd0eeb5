//! Drivers: what clients do to a server.

mod closed_loop;
pub(crate) mod events;

pub(crate) use closed_loop::{Client, Done, Driven, closed_loop};
