//! `god33 collaborations`: several agents, one goal.

mod complete;
mod fail;
mod get;
mod history;
mod join;
mod leave;
mod list;
mod pairs;
mod participant;
mod propose;
mod set;
mod show;
mod start;
mod update;
mod vote;
mod waits;
mod watch;

use clap::Subcommand;

use super::{Failure, Target};

/// Let several agents work on one goal.
#[derive(Subcommand, Debug)]
pub enum CollaborationsCommand {
    /// Start a collaboration.
    Start(start::Start),
    /// Take part.
    Join(join::Join),
    /// Take part no more.
    Leave(leave::Leave),
    /// Report how far a participant is, or deliver.
    Update(update::Update),
    /// Set keys of what the participants share, all or none.
    Set(set::Set),
    /// List the values that a key had, the newest first.
    History(history::History),
    /// Propose something to vote on.
    Propose(propose::Propose),
    /// Vote on a proposal.
    Vote(vote::Vote),
    /// End a collaboration with success.
    Complete(complete::Complete),
    /// End a collaboration without success.
    Fail(fail::Fail),
    /// Show one collaboration.
    Get(get::Get),
    /// List collaborations, the newest first.
    List(list::List),
    /// Follow a collaboration until it ends.
    Watch(watch::Watch),
    /// List which agent waits for which, and the cycles among them.
    Waits(waits::Waits),
}

impl CollaborationsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Start(command) => command.run(target).await,
            Self::Join(command) => command.run(target).await,
            Self::Leave(command) => command.run(target).await,
            Self::Update(command) => command.run(target).await,
            Self::Set(command) => command.run(target).await,
            Self::History(command) => command.run(target).await,
            Self::Propose(command) => command.run(target).await,
            Self::Vote(command) => command.run(target).await,
            Self::Complete(command) => command.run(target).await,
            Self::Fail(command) => command.run(target).await,
            Self::Get(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Watch(command) => command.run(target).await,
            Self::Waits(command) => command.run(target).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, Subcommand as _};

    use super::*;

    fn parses(line: &str) -> bool {
        let command = CollaborationsCommand::augment_subcommands(Command::new("collaborations"));
        command.try_get_matches_from(std::iter::once("collaborations").chain(line.split(' '))).is_ok()
    }

    #[test]
    fn the_commands_are_sound() {
        CollaborationsCommand::augment_subcommands(Command::new("collaborations")).debug_assert();
    }

    #[test]
    fn an_update_reports_something() {
        assert!(parses("update c-1 --agent a --progress 50"));
        assert!(parses("update c-1 --agent a --delivered --artifact code:src/a.rs --summary done"));
        assert!(!parses("update c-1 --agent a"));
    }

    #[test]
    fn a_start_takes_participants_and_words_of_the_contract() {
        let start = "start --goal g --participant a:orchestrator --participant b::tests";
        assert!(parses(&format!("{start} --strategy pipeline --deadlock-policy release-youngest --deadline 2h")));
        assert!(!parses(&format!("{start} --strategy anarchy")));
        assert!(!parses("start --participant a"));
    }
}
