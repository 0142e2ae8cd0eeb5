//! `god33 sessions`: runs of agents, from their start to their end or recovery.

mod attach;
mod beat;
mod complete;
mod fail;
mod get;
mod heartbeat;
mod instruct;
mod list;
mod pause;
mod recover;
mod restored;
mod resume;
mod show;
mod start;
mod step;
mod update_context;
mod watch;

use clap::Subcommand;

use super::{Failure, Target};

/// Run the sessions of agents, and recover them.
#[derive(Subcommand, Debug)]
pub enum SessionsCommand {
    /// Start a session: one run of an agent.
    Start(start::Start),
    /// Say that a session lives, and print what is wanted of it.
    Heartbeat(heartbeat::Heartbeat),
    /// Connect a session: send signs of life, print and acknowledge instructions.
    Attach(attach::Attach),
    /// Send an instruction to a session.
    Instruct(instruct::Instruct),
    /// Let a session wait.
    Pause(pause::Pause),
    /// Let a session go on.
    Resume(resume::Resume),
    /// End a session with success.
    Complete(complete::Complete),
    /// End a session without success; its work is offered again.
    Fail(fail::Fail),
    /// Record that the context of an agent changed.
    UpdateContext(update_context::UpdateContext),
    /// Start a session that takes over from one that failed.
    Recover(recover::Recover),
    /// Say that the checkpoint of a recovery was restored and the work goes on.
    Restored(restored::Restored),
    /// Show one session and its newest checkpoints.
    Get(get::Get),
    /// List sessions, the one heard of last first.
    List(list::List),
    /// Follow a session until it has ended.
    Watch(watch::Watch),
}

impl SessionsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Start(command) => command.run(target).await,
            Self::Heartbeat(command) => command.run(target).await,
            Self::Attach(command) => command.run(target).await,
            Self::Instruct(command) => command.run(target).await,
            Self::Pause(command) => command.run(target).await,
            Self::Resume(command) => command.run(target).await,
            Self::Complete(command) => command.run(target).await,
            Self::Fail(command) => command.run(target).await,
            Self::UpdateContext(command) => command.run(target).await,
            Self::Recover(command) => command.run(target).await,
            Self::Restored(command) => command.run(target).await,
            Self::Get(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Watch(command) => command.run(target).await,
        }
    }
}
