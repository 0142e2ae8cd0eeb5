//! The command line as a client of a running server.

mod again;
pub mod agents;
mod answer;
mod arguments;
pub mod audit;
pub mod checkpoints;
pub mod collaborations;
mod connection;
pub mod director;
pub mod events;
mod failure;
pub mod feedback;
mod filter;
mod follow;
pub mod handoffs;
pub mod log;
pub mod nodes;
mod print;
pub mod quarantine;
pub mod replays;
pub mod sessions;
pub mod subscriptions;
mod table;
pub mod workflows;

pub use connection::{Target, endpoint};
pub use failure::Failure;
