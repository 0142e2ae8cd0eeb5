//! `god33 audit`.

use clap::Args;
use god33_proto::v1::{AuditEntry, ErrorReason, ListAuditEntriesRequest};

use super::arguments::PageArgs;
use super::{Failure, Target, print, table};

/// List who changed how the server runs, the newest first.
#[derive(Args, Debug)]
pub struct Audit {
    #[command(flatten)]
    target: Target,

    /// Calls by this principal.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// Of this call, such as god33.v1.AdminService/DiscardQuarantinedMessages.
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,

    /// Only calls that were refused.
    #[arg(long)]
    refused: bool,

    #[command(flatten)]
    page: PageArgs,
}

impl Audit {
    /// Runs the command.
    ///
    /// # Errors
    /// What went wrong, for a person.
    pub async fn run(self) -> Result<(), Failure> {
        let request = ListAuditEntriesRequest {
            principal: self.by.unwrap_or_default(),
            method: self.method.unwrap_or_default(),
            refused_only: self.refused,
            page_size: self.page.limit,
            page_token: self.page.page,
            ..ListAuditEntriesRequest::default()
        };
        let answer = self.target.admin().await?.list_audit_entries(request).await?.into_inner();
        let none = "no such calls";
        table::list(&self.target, &answer.entries, print::message_json, line, none, &answer.next_page_token)
    }
}

fn line(entry: &AuditEntry) -> String {
    let refused = if entry.refused() == ErrorReason::Unspecified { "" } else { entry.refused().reason() };
    format!(
        "{}  {}  {}  {}  {}",
        print::time(entry.at.as_ref()),
        table::name(&entry.principal),
        print::one_line(&entry.method),
        print::one_line(&entry.subject),
        table::dim(refused),
    )
}
