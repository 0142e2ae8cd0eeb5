//! One suite for every store, one for every bus, and the builders that tests tell their stories with.
//!
//! Development only: nothing that is shipped depends on this crate. [`store`] says how a store joins the suite.

// A failed expectation is what this crate is for.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod bus;
pub mod chaos_proxy;
pub mod coordination;
pub mod database;
pub mod history;
pub mod store;
mod story;

pub use story::{EventStory, Named, ProposalStory, event, from_bus, proposal};
