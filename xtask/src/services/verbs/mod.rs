//! `cargo xtask services …`: one file a verb.

mod down;
mod env;
mod rabbitmqctl;
mod status;
mod up;

pub(crate) use down::down_after_test_run;
pub(crate) use up::up_for_test_run;

use std::process::ExitCode;

use anyhow::Result;
use clap::Subcommand;

/// What can be done with the servers.
#[derive(Subcommand)]
pub(crate) enum Verb {
    /// Start the servers, unless they run already, and print how to reach them
    Up,
    /// Stop the servers and remove everything they wrote, also what killed runs left behind
    Down,
    /// Say which servers run
    Status,
    /// Print how to reach the servers as shell commands: eval "$(cargo xtask services env)"
    Env,
    /// Run RabbitMQ's own command against the private node: list_queues, close_all_connections …
    Rabbitmqctl {
        /// The arguments of rabbitmqctl
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, required = true)]
        arguments: Vec<String>,
    },
}

/// Does it.
pub(crate) fn run(verb: Verb) -> Result<ExitCode> {
    match verb {
        Verb::Up => up::up(),
        Verb::Down => down::down(),
        Verb::Status => status::status(),
        Verb::Env => env::env(),
        Verb::Rabbitmqctl { arguments } => rabbitmqctl::rabbitmqctl(&arguments),
    }
}
