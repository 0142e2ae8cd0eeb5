//! `god33 agents`: the registry of agents.

mod assign;
mod checkpoint;
mod create;
mod get;
mod list;
mod pools;
mod register_type;
mod set_state;
mod show;
mod subject;
mod r#type;
mod types;
mod watch_pools;

use clap::Subcommand;

use super::{Failure, Target};

/// Register agents and their types, and see how many there are.
#[derive(Subcommand, Debug)]
pub enum AgentsCommand {
    /// Make a type of agent known, or describe it anew.
    RegisterType(register_type::RegisterType),
    /// List types, by name.
    Types(types::Types),
    /// Show one type.
    Type(r#type::Type),
    /// Create an agent with its session and an initial checkpoint.
    Create(create::Create),
    /// Say what an agent does now.
    SetState(set_state::SetState),
    /// Give a task to one agent.
    Assign(assign::Assign),
    /// Show a checkpoint of an agent, with its memory.
    Checkpoint(checkpoint::Checkpoint),
    /// Show one agent.
    Get(get::Get),
    /// List agents, the newest first.
    List(list::List),
    /// List the pools, by type.
    Pools(pools::Pools),
    /// Follow the pools: first as they are, then each that changes.
    WatchPools(watch_pools::WatchPools),
}

impl AgentsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::RegisterType(command) => command.run(target).await,
            Self::Types(command) => command.run(target).await,
            Self::Type(command) => command.run(target).await,
            Self::Create(command) => command.run(target).await,
            Self::SetState(command) => command.run(target).await,
            Self::Assign(command) => command.run(target).await,
            Self::Checkpoint(command) => command.run(target).await,
            Self::Get(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Pools(command) => command.run(target).await,
            Self::WatchPools(command) => command.run(target).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, Subcommand as _};

    use super::*;

    fn parses(line: &str) -> bool {
        let command = AgentsCommand::augment_subcommands(Command::new("agents"));
        command.try_get_matches_from(std::iter::once("agents").chain(line.split(' '))).is_ok()
    }

    #[test]
    fn the_commands_are_sound() {
        AgentsCommand::augment_subcommands(Command::new("agents")).debug_assert();
    }

    #[test]
    fn a_state_is_a_word_of_the_contract() {
        assert!(parses("set-state letta-1 --state draining --reason night"));
        assert!(parses("list --state idle --state busy"));
        assert!(!parses("set-state letta-1 --state asleep"));
        assert!(!parses("set-state letta-1"));
    }
}
