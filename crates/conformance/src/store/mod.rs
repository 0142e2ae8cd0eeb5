//! The suite that every store passes.
//!
//! A store joins with a few lines in its own `tests/`; each case shows as a test of its own:
//!
//! ```ignore
//! struct Sqlite { /* a temporary folder, the open store */ }
//!
//! #[async_trait]
//! impl StoreUnderTest for Sqlite { /* … */ }
//!
//! async fn make_store() -> Sqlite { /* a new, empty log */ }
//!
//! god33_conformance::store_suite!(make_store, cannot: several_nodes);
//! ```
//!
//! What a store cannot do is named after `cannot:`, and its cases are left out. [`suite`] lists the cases, [`cases`] holds them by
//! subject. A defect of a store gets its case here before it is fixed.

use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::ports::Store;

pub mod cases;
mod clock;
mod suite;
mod world;

pub use clock::TestClock;
pub use world::World;

/// A store that was set up for one test.
#[async_trait]
pub trait StoreUnderTest: Send + Sync {
    /// The open store, over a log of its own that was empty at first.
    fn store(&self) -> Arc<dyn Store>;

    /// Opens the same log once more: after [`Store::close`] of the first where the log lasts, and beside the open one, as
    /// another node does, where the store has several nodes.
    async fn open_again(&self) -> Arc<dyn Store>;

    /// Takes down what was set up. Called when a case has passed.
    async fn finish(self: Box<Self>) {}
}
