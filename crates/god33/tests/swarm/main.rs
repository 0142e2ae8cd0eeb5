//! Many agents at once, which are killed, paused and cut off as in life. Whatever happens to them, each piece of work is done once.
//!
//! It has a `main` of its own, since agents are processes of this very program: see [`process`].

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

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use tokio::runtime::Builder;

/// The tests by their names. One that is missing here is dead code to the compiler.
macro_rules! tests {
    ($($file:ident::$name:ident),* $(,)?) => {
        vec![$(test(concat!(stringify!($file), "::", stringify!($name)), $file::$name)),*]
    };
}

fn main() -> ExitCode {
    if process::is_agent() {
        process::live();
        return ExitCode::SUCCESS;
    }
    // Each test wants the machine to itself: what it waits for is a matter of seconds.
    let arguments = Arguments { test_threads: Some(1), ..Arguments::from_args() };
    let tests = tests![
        hundred_workflows::a_hundred_workflows_with_four_agents_each_run_to_completion_on_postgresql,
        hundred_workflows::a_hundred_workflows_with_four_agents_each_run_to_completion_on_the_embedded_default,
        killed_and_paused::a_thousand_handoffs_are_each_done_once_while_agents_are_killed_and_paused,
        shared_subscription::two_nodes_share_a_group_and_what_was_out_with_a_killed_one_goes_to_the_other,
        two_nodes::two_nodes_share_the_work_and_a_killed_node_s_agents_go_on_with_the_other,
    ];
    libtest_mimic::run(&arguments, tests).exit_code()
}

fn test<F: Future<Output = ()>>(name: &str, story: impl FnOnce() -> F + Send + 'static) -> Trial {
    Trial::test(name, || {
        Builder::new_multi_thread().enable_all().build()?.block_on(story());
        Ok(())
    })
}
