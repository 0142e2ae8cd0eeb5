//! The command line as a client of a running server.

mod connection;
pub mod events;
mod failure;
mod filter;
mod print;
mod tables;
pub mod workflows;

pub use connection::{Target, endpoint};
pub use failure::Failure;
