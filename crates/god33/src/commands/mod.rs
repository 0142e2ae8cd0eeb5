//! The command line: one file a command.

mod config;
mod dev;
mod failure;
mod health;
mod migrate;
mod serve;
mod version;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::cli::Target;
use crate::cli::agents::AgentsCommand;
use crate::cli::audit::Audit;
use crate::cli::checkpoints::CheckpointsCommand;
use crate::cli::collaborations::CollaborationsCommand;
use crate::cli::director::DirectorCommand;
use crate::cli::events::EventsCommand;
use crate::cli::feedback::FeedbackCommand;
use crate::cli::handoffs::HandoffsCommand;
use crate::cli::log::LogCommand;
use crate::cli::nodes::Nodes;
use crate::cli::quarantine::QuarantineCommand;
use crate::cli::replays::ReplaysCommand;
use crate::cli::sessions::SessionsCommand;
use crate::cli::subscriptions::SubscriptionsCommand;
use crate::cli::workflows::WorkflowsCommand;
use crate::config::Layers;

const EXIT_CODES: &str = "\
Exit codes:
  0    done; a server that was told to stop has finished what it accepted
  1    failed; the reason is on standard error
  2    the command line or the configuration is wrong
  3    no server answers, or it cannot serve at the moment
  4    nothing came within the time that it was waited for
  130  a server was told a second time to stop, and stopped at once";

/// A control plane for teams of AI agents: one ordered log of events, and the events that caused each of them.
#[derive(clap::Parser, Debug)]
#[command(name = "god33", version, after_help = EXIT_CODES)]
pub struct Arguments {
    /// Configuration file; without it god33.toml in the current folder, where there is one
    #[arg(long, env = "GOD33_CONFIG", value_name = "FILE", global = true)]
    config: Option<PathBuf>,

    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Runs a server for yourself: a file or memory for the log, nothing else needed
    Dev(dev::Dev),
    /// Runs a server on PostgreSQL and RabbitMQ
    Serve(serve::Serve),
    /// Makes the tables in PostgreSQL, or brings them up to date
    Migrate(migrate::Migrate),
    /// Publishes, reads and follows events
    Events(Client<EventsCommand>),
    /// Starts, moves and shows workflows
    Workflows(Client<WorkflowsCommand>),
    /// Offers work to agents, takes it and delivers it
    Handoffs(Client<HandoffsCommand>),
    /// Runs the sessions of agents, and recovers them
    Sessions(Client<SessionsCommand>),
    /// Saves where agents stand, and brings it back
    Checkpoints(Client<CheckpointsCommand>),
    /// Asks people, and answers agents
    Feedback(Client<FeedbackCommand>),
    /// Lets agents work together
    Collaborations(Client<CollaborationsCommand>),
    /// Directs work over several services
    Director(Client<DirectorCommand>),
    /// Registers agents and their types
    Agents(Client<AgentsCommand>),
    /// Shares the work on a stream of events among consumers
    Subscriptions(Client<SubscriptionsCommand>),
    /// Delivers a range of the log once more
    Replays(Client<ReplaysCommand>),
    /// Deals with messages of the bus that could not become events
    Quarantine(Client<QuarantineCommand>),
    /// Checks the log, and what is derived from it
    Log(Client<LogCommand>),
    /// Lists the nodes that share the store
    Nodes(Nodes),
    /// Lists who changed how the server runs
    Audit(Audit),
    /// Asks a server whether it is well; the exit code tells
    Health(health::Health),
    /// Prints the configuration in effect, secrets hidden
    Config(config::Config),
    /// Prints the version
    Version,
}

/// A command to a running server.
#[derive(clap::Args, Debug)]
struct Client<C: clap::Subcommand> {
    #[command(flatten)]
    target: Target,
    #[command(subcommand)]
    command: C,
}

impl Arguments {
    /// Does what the command line says.
    pub fn run(self) -> ExitCode {
        match self.try_run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failure::report(&error),
        }
    }

    fn try_run(self) -> anyhow::Result<()> {
        let config = self.config;
        match self.command {
            Command::Version => version::run(),
            Command::Config(command) => command.run(layers(config)?),
            Command::Events(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Workflows(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Handoffs(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Sessions(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Checkpoints(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Feedback(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Collaborations(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Director(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Agents(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Subscriptions(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Replays(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Quarantine(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Log(Client { target, command }) => block_on(async { Ok(command.run(&target).await?) }),
            Command::Nodes(command) => block_on(async { Ok(command.run().await?) }),
            Command::Audit(command) => block_on(async { Ok(command.run().await?) }),
            Command::Health(command) => block_on(command.run()),
            Command::Migrate(command) => block_on(command.run(layers(config)?)),
            Command::Dev(command) => block_on(command.run(layers(config)?)),
            Command::Serve(command) => block_on(command.run(layers(config)?)),
        }
    }
}

/// The configuration before the flags of the command.
fn layers(file: Option<PathBuf>) -> anyhow::Result<Layers> {
    let mut layers = Layers::defaults()?;
    layers.add_file(file.as_deref())?;
    layers.add_environment(std::env::vars_os())?;
    Ok(layers)
}

fn block_on(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("could not start")?;
    let result = runtime.block_on(command);
    // Whatever still runs has had its time.
    runtime.shutdown_background();
    result
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use clap::{CommandFactory as _, Parser as _};

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_says_what_it_is_for() {
        let mut all = vec![Arguments::command()];
        while let Some(command) = all.pop() {
            for below in command.get_subcommands() {
                assert!(below.get_about().is_some(), "{} {}", command.get_name(), below.get_name());
                all.push(below.clone());
            }
            for argument in command.get_arguments().filter(|argument| argument.get_id() != "command") {
                assert!(argument.get_help().is_some(), "{} {}", command.get_name(), argument.get_id());
            }
        }
    }

    #[test]
    fn a_command_is_about_what_stands_in_its_place_or_in_an_option() {
        for line in [
            "god33 handoffs get h-1",
            "god33 handoffs get --handoff h-1",
            "god33 workflows complete-phase w-1 --phase analysis --artifact docs:brief.md:created",
            "god33 sessions pause --session s-1 --reason awaiting_feedback --request-id 3c4d5e6f-7a8b-4c9d-8e1f-2a3b4c5d6e7f",
            "god33 checkpoints save s-1 --type pre-handoff --tokens 45000 --duration 20m",
            "god33 replays start --type agent.* --after 3 --exchange elsewhere --speed 10",
            "god33 feedback ask OK? --option yes --option no --deadline 2h -q",
        ] {
            let parsed = Arguments::try_parse_from(line.split(' '));
            assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
        }
    }

    #[test]
    fn a_word_that_the_contract_does_not_know_is_refused_with_those_that_it_knows() {
        let line = "god33 workflows complete-phase w-1 --phase testing";
        let refused = Arguments::try_parse_from(line.split(' ')).unwrap_err().to_string();
        assert!(refused.contains("analysis, planning, solutioning, implementation"), "{refused}");
    }
}
