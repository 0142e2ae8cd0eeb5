//! `god33 log reconcile`.

use clap::Args;
use god33_proto::v1::{ReconcileBusRequest, ReconcileBusResponse};
use uuid::Uuid;

use crate::cli::again::answered;
use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print};

/// Prove for a range of the log that the broker confirmed each event, and publish again what it did not.
#[derive(Args, Debug)]
pub struct Reconcile {
    /// Only events after this position.
    #[arg(long, default_value_t = 0, value_name = "POSITION")]
    after: u64,

    /// Only events up to this position; without it up to the head.
    #[arg(long, default_value_t = 0, value_name = "POSITION", hide_default_value = true)]
    until: u64,

    /// Publish again what was not confirmed.
    #[arg(long)]
    resend: bool,
}

impl Reconcile {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ReconcileBusRequest {
            request_id: Uuid::new_v4().to_string(),
            after_position: self.after,
            until_position: self.until,
            resend: self.resend,
        };
        let answer =
            answered(async || Ok(target.admin().await?.reconcile_bus(request.clone()).await?.into_inner())).await?;
        if target.output == Output::Json {
            return print::json(&json(&answer));
        }
        print::text(&format!(
            "{} of {} confirmed, {} published again\n",
            answer.confirmed, answer.total, answer.resent
        ))?;
        let open: Vec<String> = answer.unconfirmed_positions.iter().map(u64::to_string).collect();
        if open.is_empty() {
            return Ok(());
        }
        let more = if answer.truncated { " and more" } else { "" };
        print::text(&format!("not confirmed: {}{more}\n", open.join(" ")))?;
        let cure = "the relay publishes them in order when the bus works; --resend does it now";
        if self.resend { Ok(()) } else { print::hint(cure) }
    }
}

fn json(answer: &ReconcileBusResponse) -> String {
    let value = serde_json::json!({
        "total": answer.total,
        "confirmed": answer.confirmed,
        "unconfirmed_positions": answer.unconfirmed_positions,
        "resent": answer.resent,
        "truncated": answer.truncated,
    });
    value.to_string()
}
