//! `god33 handoffs extend`.

use std::time::Duration;

use clap::Args;
use god33_proto::v1::{ExtendLeaseRequest, Lease};

use super::held::HeldArgs;
use super::show;
use crate::cli::again;
use crate::cli::answer::Answer;
use crate::cli::arguments::interval;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Make the lease on work as long as it was at first, once or from time to time.
#[derive(Args, Debug)]
pub struct Extend {
    #[command(flatten)]
    held: HeldArgs,

    /// Do it again after each such span of time, until you stop it or the lease is lost.
    #[arg(long, value_name = "TIME", value_parser = interval)]
    every: Option<Duration>,
}

impl Extend {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ExtendLeaseRequest { handoff_id: self.held.handoff.id(), fencing_token: self.held.token };
        again::every(self.every, async || {
            let answer = target.handoffs().await?.extend_lease(request.clone()).await?.into_inner();
            print_lease(target, &request.handoff_id, &answer.lease.unwrap_or_default())?;
            Ok(false)
        })
        .await
    }
}

fn print_lease(target: &Target, handoff_id: &str, lease: &Lease) -> Result<(), Failure> {
    if target.output == Output::Json {
        return print::json(&Answer::default().with("lease", &print::message_json(lease)).text());
    }
    print::text(&format!("{}  held {}\n", print::one_line(handoff_id), print::one_line(&show::lease(lease))))
}
