//! `god33 checkpoints pin`.

use clap::Args;

use super::pin_change::PinArgs;
use crate::cli::{Failure, Target};

/// Keep a checkpoint from retention.
#[derive(Args, Debug)]
pub struct Pin {
    #[command(flatten)]
    checkpoint: PinArgs,
}

impl Pin {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        self.checkpoint.set(target, true).await
    }
}
