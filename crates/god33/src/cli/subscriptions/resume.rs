//! `god33 subscriptions resume`.

use clap::Args;

use super::ask::{AskArgs, NameArg};
use super::pause;
use crate::cli::{Failure, Target};

/// Let deliveries go on.
#[derive(Args, Debug)]
pub struct Resume {
    #[command(flatten)]
    name: NameArg,

    #[command(flatten)]
    ask: AskArgs,
}

impl Resume {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        pause::set(target, self.name, &self.ask, false).await
    }
}
