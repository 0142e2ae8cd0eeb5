//! `god33 quarantine redrive`.

use std::path::PathBuf;

use clap::Args;
use god33_proto::v1::redrive_result::Outcome;
use god33_proto::v1::{RedriveQuarantinedMessagesRequest, RedriveQuarantinedMessagesResponse, RedriveResult};
use uuid::Uuid;

use super::select::SelectArgs;
use crate::cli::again::answered;
use crate::cli::{Failure, Target, print, table};

/// Try to make events of messages again.
#[derive(Args, Debug)]
pub struct Redrive {
    #[command(flatten)]
    select: SelectArgs,

    /// Body to use instead of the message's own, for one message that was corrected.
    #[arg(long, value_name = "FILE", conflicts_with = "all")]
    body: Option<PathBuf>,
}

impl Redrive {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let corrected_body = match &self.body {
            Some(file) => std::fs::read(file)
                .map_err(|source| Failure::Io { what: format!("could not read {}", file.display()), source })?,
            None => Vec::new(),
        };
        let (mut recorded, mut stayed) = (0, 0);
        for quarantine_ids in self.select.parts(target).await? {
            let request = RedriveQuarantinedMessagesRequest {
                request_id: Uuid::new_v4().to_string(),
                quarantine_ids,
                corrected_body: corrected_body.clone().into(),
            };
            let answer = redrive(target, request).await?;
            table::list(target, &answer.results, print::message_json, line, "", "")?;
            let left =
                answer.results.iter().filter(|result| matches!(result.outcome, Some(Outcome::Appended(_)))).count();
            recorded += left;
            stayed += answer.results.len() - left;
        }
        print::hint(&format!("{recorded} became events, {stayed} stay in quarantine"))
    }
}

async fn redrive(
    target: &Target,
    request: RedriveQuarantinedMessagesRequest,
) -> Result<RedriveQuarantinedMessagesResponse, Failure> {
    answered(async || Ok(target.admin().await?.redrive_quarantined_messages(request.clone()).await?.into_inner())).await
}

fn line(result: &RedriveResult) -> String {
    let id = print::one_line(&result.quarantine_id);
    match &result.outcome {
        Some(Outcome::Appended(event)) => format!("{id:>6}  event {} at {}", event.event_id, event.position),
        Some(Outcome::Error(error)) => format!("{id:>6}  stays  {}", table::dim(&error.message)),
        None => format!("{id:>6}  -"),
    }
}
