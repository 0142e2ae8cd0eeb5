//! Real servers, and what they cost.

mod broker;
mod database;
mod node;
mod process;
mod store;

pub(crate) use database::Database;
pub(crate) use node::{Node, Place};
pub(crate) use process::Usage;
pub(crate) use store::Written;
