//! `god33 handoffs`: work that is offered, taken by one agent, and done or offered again.

mod accept;
mod block;
mod cancel;
mod claim;
mod claimant;
mod complete;
mod create;
mod decline;
mod extend;
mod fail;
mod get;
mod held;
mod list;
mod offers;
mod progress;
mod release;
pub(in crate::cli) mod show;
mod unblock;
mod watch;
mod work;

use clap::Subcommand;

use super::{Failure, Target};
pub(in crate::cli) use held::variables;
pub(in crate::cli) use work::WorkArgs;

/// Offer work, take it, and deliver it.
#[derive(Subcommand, Debug)]
pub enum HandoffsCommand {
    /// Ask another agent to take over work.
    Create(create::Create),
    /// Wait for work and have it held out for a few seconds; --accept takes it at once.
    Claim(claim::Claim),
    /// Follow the work that is held out to an agent.
    Offers(offers::Offers),
    /// Take work under a lease.
    Accept(accept::Accept),
    /// Turn work down; it is offered to the next.
    Decline(decline::Decline),
    /// Make the lease on work as long as it was at first.
    Extend(extend::Extend),
    /// Report how far work is, and extend its lease.
    Progress(progress::Progress),
    /// Say that work needs help; it stays with its holder.
    Block(block::Block),
    /// Say that help came.
    Unblock(unblock::Unblock),
    /// Deliver work.
    Complete(complete::Complete),
    /// Give work up; it is offered again while attempts remain.
    Fail(fail::Fail),
    /// Give work back unharmed; it is offered again and the attempt does not count.
    Release(release::Release),
    /// Withdraw work.
    Cancel(cancel::Cancel),
    /// Show one handoff.
    Get(get::Get),
    /// List handoffs, the newest first.
    List(list::List),
    /// Follow a handoff until it has ended.
    Watch(watch::Watch),
}

impl HandoffsCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self, target: &Target) -> Result<(), Failure> {
        match self {
            Self::Create(command) => command.run(target).await,
            Self::Claim(command) => command.run(target).await,
            Self::Offers(command) => command.run(target).await,
            Self::Accept(command) => command.run(target).await,
            Self::Decline(command) => command.run(target).await,
            Self::Extend(command) => command.run(target).await,
            Self::Progress(command) => command.run(target).await,
            Self::Block(command) => command.run(target).await,
            Self::Unblock(command) => command.run(target).await,
            Self::Complete(command) => command.run(target).await,
            Self::Fail(command) => command.run(target).await,
            Self::Release(command) => command.run(target).await,
            Self::Cancel(command) => command.run(target).await,
            Self::Get(command) => command.run(target).await,
            Self::List(command) => command.run(target).await,
            Self::Watch(command) => command.run(target).await,
        }
    }
}
