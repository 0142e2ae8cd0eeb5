//! `god33 handoffs claim`.

use std::time::Duration;

use clap::Args;
use god33_proto::v1::{ClaimHandoffRequest, ClaimHandoffResponse, Handoff};
use uuid::Uuid;

use super::claimant::{ClaimantArgs, WantedArgs};
use super::{held, show};
use crate::cli::again;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, duration, lasting};
use crate::cli::{Failure, Target, print};

/// Wait for work and have it held out for a few seconds, to accept or decline it. The exit code is 4 when none came.
#[derive(Args, Debug)]
pub struct Claim {
    #[command(flatten)]
    claimant: ClaimantArgs,

    #[command(flatten)]
    wanted: WantedArgs,

    /// How long to wait for work.
    #[arg(long, default_value = "30s", value_name = "TIME", value_parser = duration)]
    wait: Duration,

    /// Accept the work at once.
    #[arg(long)]
    accept: bool,

    /// Print a line that sets the environment for the commands that follow, and nothing else: eval "$(god33 … --export)".
    #[arg(long, requires = "accept", conflicts_with = "quiet")]
    export: bool,

    #[command(flatten)]
    call: CallArgs,
}

impl Claim {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let mut request_id = self.call.request_id();
        // A call whose answer was lost is made again as it was, so that work which it took is not lost with the answer.
        let mut open: Option<ClaimHandoffRequest> = None;
        let claimed = again::until(Some(self.wait), async |wait| {
            let request = open.get_or_insert_with(|| self.request(request_id.clone(), wait)).clone();
            let answer = target.handoffs().await?.claim_handoff(request).await?.into_inner();
            open = None;
            request_id = Uuid::new_v4().to_string();
            Ok(answer.handoff.is_some().then_some(answer))
        });
        match claimed.await? {
            Some(answer) => self.tell(target, answer),
            None => Err(Failure::NothingCame("no work came within the wait: claim again, or raise --wait".into())),
        }
    }

    fn request(&self, request_id: String, wait: Duration) -> ClaimHandoffRequest {
        ClaimHandoffRequest {
            request_id,
            claimant: Some(self.claimant.claimant_of(&self.wanted)),
            wait: Some(lasting(wait)),
            accept: self.accept,
            context: self.call.context(),
        }
    }

    fn tell(&self, target: &Target, answer: ClaimHandoffResponse) -> Result<(), Failure> {
        let handoff = answer.handoff.unwrap_or_default();
        let told = held::answer(&handoff, &answer.event_ids, answer.position).value("reserved_ms", answer.reserved_ms);
        let is_held = handoff.lease.is_some() && answer.reserved_ms == 0;
        let done = Done {
            word: if is_held { "accepted" } else { "held out to you" },
            id: &handoff.handoff_id,
            sheet: show::whole(&handoff),
            export: self.export.then(|| held::variables(&handoff)),
            next: if is_held { held::what_to_do(&handoff) } else { how_to_take(&handoff, answer.reserved_ms) },
            ..Done::default()
        };
        done.tell(target, &self.call, &told)
    }
}

fn how_to_take(handoff: &Handoff, reserved_ms: u64) -> String {
    let id = print::shell_word(&handoff.handoff_id);
    format!(
        "within {} s, take it: god33 handoffs accept {id}\n\
         or leave it to others: god33 handoffs decline {id} --reason TEXT",
        reserved_ms / 1_000
    )
}
