//! The program as a process: what it prints, how it ends, what it refuses.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod configuration;
mod dev;
mod process;
mod secrets;
mod serve;
mod signals;
