//! `god33 director`: work over several services.

mod cancel_task;
mod complete_delegation;
mod complete_task;
mod create_task;
mod define_pattern;
mod delegate;
mod delegations;
mod fail_delegation;
mod fail_task;
mod get_delegation;
mod get_pattern;
mod get_task;
mod list_tasks;
mod parts;
mod patterns;
mod record_validation;
mod request_validation;
mod show;
mod standardize;
mod watch_task;

use clap::Subcommand;

use super::{Failure, Target};

/// Direct work over several services, and define the patterns of tasks that they share.
#[derive(Subcommand, Debug)]
pub enum DirectorCommand {
    /// Create a task over several services.
    CreateTask(create_task::CreateTask),
    /// Ask an agent to define a pattern for services.
    Standardize(standardize::Standardize),
    /// Define a pattern of tasks.
    DefinePattern(define_pattern::DefinePattern),
    /// Give the work on one service to an agent.
    Delegate(delegate::Delegate),
    /// Deliver the work on one service.
    CompleteDelegation(complete_delegation::CompleteDelegation),
    /// Give the work on one service up; it can be delegated again.
    FailDelegation(fail_delegation::FailDelegation),
    /// Ask for a check of the services.
    RequestValidation(request_validation::RequestValidation),
    /// Record the outcome of a check.
    RecordValidation(record_validation::RecordValidation),
    /// End a task with success.
    CompleteTask(complete_task::CompleteTask),
    /// End a task without success.
    FailTask(fail_task::FailTask),
    /// End a task that is not wanted any more.
    CancelTask(cancel_task::CancelTask),
    /// Show one task.
    GetTask(get_task::GetTask),
    /// List tasks, the newest first.
    ListTasks(list_tasks::ListTasks),
    /// Follow a task until it ends.
    WatchTask(watch_task::WatchTask),
    /// Show one delegation.
    GetDelegation(get_delegation::GetDelegation),
    /// List delegations, the newest first.
    Delegations(delegations::Delegations),
    /// Show one pattern.
    GetPattern(get_pattern::GetPattern),
    /// List patterns, the newest first.
    Patterns(patterns::Patterns),
}

impl DirectorCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::CreateTask(command) => command.run(target).await,
            Self::Standardize(command) => command.run(target).await,
            Self::DefinePattern(command) => command.run(target).await,
            Self::Delegate(command) => command.run(target).await,
            Self::CompleteDelegation(command) => command.run(target).await,
            Self::FailDelegation(command) => command.run(target).await,
            Self::RequestValidation(command) => command.run(target).await,
            Self::RecordValidation(command) => command.run(target).await,
            Self::CompleteTask(command) => command.run(target).await,
            Self::FailTask(command) => command.run(target).await,
            Self::CancelTask(command) => command.run(target).await,
            Self::GetTask(command) => command.run(target).await,
            Self::ListTasks(command) => command.run(target).await,
            Self::WatchTask(command) => command.run(target).await,
            Self::GetDelegation(command) => command.run(target).await,
            Self::Delegations(command) => command.run(target).await,
            Self::GetPattern(command) => command.run(target).await,
            Self::Patterns(command) => command.run(target).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::{Command, Subcommand as _};

    use super::*;

    fn parses(line: &str) -> bool {
        let command = DirectorCommand::augment_subcommands(Command::new("director"));
        command.try_get_matches_from(std::iter::once("director").chain(line.split(' '))).is_ok()
    }

    #[test]
    fn the_commands_are_sound() {
        DirectorCommand::augment_subcommands(Command::new("director")).debug_assert();
    }

    #[test]
    fn a_task_has_services() {
        assert!(parses(
            "create-task --goal g --service api --service web:letta-ts-dev:api --describe web=new --priority high"
        ));
        assert!(!parses("create-task --goal g"));
    }

    #[test]
    fn a_check_ends_one_way() {
        assert!(parses("record-validation --task t-1 --passed --finding api"));
        assert!(parses("record-validation --failed --finding api:late"));
        assert!(!parses("record-validation --passed --failed"));
        assert!(!parses("record-validation --task t-1"));
    }
}
