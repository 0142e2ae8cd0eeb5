//! `god33 checkpoints unpin`.

use clap::Args;

use super::pin_change::PinArgs;
use crate::cli::{Failure, Target};

/// Release a checkpoint that was kept from retention.
#[derive(Args, Debug)]
pub struct Unpin {
    #[command(flatten)]
    checkpoint: PinArgs,
}

impl Unpin {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        self.checkpoint.set(target, false).await
    }
}
