//! `god33 log verify`.

use clap::Args;
use god33_proto::v1::{LogFinding, VerifyLogRequest};
use tonic::Status;

use crate::cli::connection::Output;
use crate::cli::{Failure, Target, print, table};

/// Prove that the log is whole: no gap, no orphan edge, times that never decrease, contents that fit their digests.
#[derive(Args, Debug)]
pub struct Verify {
    /// Only events after this position.
    #[arg(long, default_value_t = 0, value_name = "POSITION")]
    after: u64,

    /// Also build the states anew and compare them, which takes longest.
    #[arg(long)]
    states: bool,
}

impl Verify {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = VerifyLogRequest { after_position: self.after, compare_states: self.states };
        let mut stream = target.admin().await?.verify_log(request).await?.into_inner();
        let mut found = 0;
        while let Some(told) = stream.message().await? {
            found += told.findings.len();
            table::list(target, &told.findings, print::message_json, line, "", "")?;
            if told.done {
                return end(target, told.until_position, found);
            }
        }
        Err(Status::unavailable("the check was broken off: begin again").into())
    }
}

fn line(finding: &LogFinding) -> String {
    format!("{:<14}  {:>6}  {}", print::one_line(&finding.kind), finding.position, print::one_line(&finding.message))
}

/// A log that is not whole is a failure.
fn end(target: &Target, until: u64, found: usize) -> Result<(), Failure> {
    if found > 0 {
        return Err(Failure::Found(format!("the log up to {until} is not whole: {found} findings")));
    }
    match target.output {
        Output::Json => print::json(&serde_json::json!({"until_position": until, "findings": 0}).to_string()),
        Output::Text => print::text(&format!("whole up to {until}\n")),
    }
}
