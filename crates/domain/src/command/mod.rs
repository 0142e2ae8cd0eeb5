//! Commands: what can be asked of the states, and how a decision is written down.
//!
//! A command is decided inside the one transaction that holds the log's head. It looks at states through a [`View`], and answers with a
//! [`Decision`], which a [`Script`] writes event by event, or with a [`Refusal`]. It changes nothing itself: what its events do to the states is said
//! by `evolve`, once, for commands as for events from anywhere.
//!
//! The smallest example is `workflow/start.rs`.

mod author;
mod payload;
mod script;
mod view;

use std::fmt;

pub use author::{Author, SERVER};
pub use payload::Payload;
pub use script::{Decision, Script};
pub use view::View;

use crate::Refusal;

/// Something that can be asked.
pub trait Command: fmt::Debug + Send + Sync + 'static {
    /// Who asks, and what they say about the events that come of it.
    fn author(&self) -> &Author;

    /// The events that it comes to, or why not. May look at any state: one that was not loaded makes the batch be decided again, so
    /// nothing may be kept from one call to the next.
    ///
    /// # Errors
    /// When the states do not allow it. Nothing is then recorded.
    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal>;
}
