//! Replays: a range of the log is delivered once more.
//!
//! ```text
//! start, pause, … (any node) ─► desk ─► store ◄─ looks, saves ─ run ─► target: exchange | stream
//!                                                   ▲
//!                               runner (one node, under a lease) or whoever streams
//! ```
//! A [`run`] reads pages of the range, waits until each event is due, and hands it to a [`target`]. It saves how far it has come every
//! second and looks just as often, and more, whether somebody has paused or cancelled it, on whichever node. What was delivered after the
//! last save is delivered again when its node dies: at least once. To replay to something else, implement
//! [`Target`](target::Target), and name it in [`target::check`] and `runner`.

mod config;
mod desk;
mod exchange;
mod run;
mod runner;
mod stream;
mod target;

pub use config::ReplayConfig;
pub use desk::{Desk, ReplayError};
pub use runner::Replayer;
pub use stream::{ReplayStream, StreamEnd, Streamed};
pub use target::NoTarget;
