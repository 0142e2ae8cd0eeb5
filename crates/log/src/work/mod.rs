//! What keeps work moving: who lives, what is open, what has become due.
//!
//! * [`Board`]: the open handoffs and sessions, in memory on every node, kept up by the tail;
//! * [`Pulse`]: when sessions and holders of work were last heard of, in memory first and in the store from time to time;
//! * [`Overseer`]: on one node at a time, asks for what follows from silence and from the passing of time.
//!
//! *Architecture invariant:* nothing here changes a state. The overseer only proposes commands, which are decided against the states as they
//! are then; so it may be late, wrong, or two at once, and nothing comes of it but a refusal.

mod board;
mod keeper;
mod news;
mod open;
mod overseer;
mod pulse;
mod shared;

pub use board::Board;
pub use news::{Concern, Listener};
pub use overseer::{Overseer, OverseerConfig};
pub use pulse::Pulse;
