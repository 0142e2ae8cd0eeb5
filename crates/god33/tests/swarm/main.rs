//! Many agents at once, which are killed, paused and cut off as in life. Whatever happens to them, each piece of work is done once.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod agent;
#[allow(dead_code, reason = "the tests beside this folder use the rest")]
#[path = "../e2e/broker.rs"]
mod broker;
mod holds;
mod hundred_workflows;
mod killed_and_paused;
mod nodes;
mod planner;
mod process;
#[allow(dead_code, reason = "the tests beside this folder use the rest")]
#[path = "../e2e/server.rs"]
mod server;
mod shared_subscription;
mod truth;
mod two_nodes;

/// Each test wants the machine to itself: what it waits for is a matter of seconds.
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
