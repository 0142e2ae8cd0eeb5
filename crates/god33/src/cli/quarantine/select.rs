//! Which messages a command is about.

use clap::Args;
use god33_proto::v1::{ErrorReason, ListQuarantinedMessagesRequest, QuarantinedMessage};

use crate::cli::{Failure, Target};

/// The cause and the routing key of messages.
#[derive(Args, Clone, Debug)]
pub(super) struct FilterArgs {
    /// For this cause, such as INVALID_JSON.
    #[arg(long, value_name = "WORD", value_parser = cause)]
    pub(super) cause: Option<ErrorReason>,

    /// With this routing key.
    #[arg(long, value_name = "KEY")]
    pub(super) routing_key: Option<String>,
}

impl FilterArgs {
    /// A request for messages like these.
    pub(super) fn request(&self, page_size: u32, page_token: String) -> ListQuarantinedMessagesRequest {
        ListQuarantinedMessagesRequest {
            reason: self.cause.unwrap_or_default().into(),
            routing_key: self.routing_key.clone().unwrap_or_default(),
            page_size,
            page_token,
            include_total: false,
        }
    }
}

fn cause(text: &str) -> Result<ErrorReason, String> {
    let known = ErrorReason::from_reason(&text.to_ascii_uppercase().replace('-', "_"));
    known.ok_or_else(|| "must be a cause that `god33 quarantine list` shows, such as INVALID_JSON".to_owned())
}

/// Messages by their ids, or all that a filter chooses.
#[derive(Args, Clone, Debug)]
pub(super) struct SelectArgs {
    /// Ids of messages.
    #[arg(value_name = "ID", required_unless_present = "all")]
    ids: Vec<String>,

    /// All messages, or all with this cause and routing key.
    #[arg(long, conflicts_with = "ids")]
    all: bool,

    #[command(flatten)]
    filter: FilterArgs,
}

/// How many messages one call is about.
const AT_ONCE: usize = 1_000;

impl SelectArgs {
    /// The ids, in parts for one call each. All of them are read first: what is dealt with leaves the list.
    pub(super) async fn parts(self, target: &Target) -> Result<Vec<Vec<String>>, Failure> {
        let is_filtered = self.filter.cause.is_some() || self.filter.routing_key.is_some();
        if is_filtered && !self.all {
            return Err(Failure::Usage("--cause and --routing-key choose among all messages: add --all".into()));
        }
        let ids = if self.all { self.find(target).await? } else { self.ids };
        Ok(ids.chunks(AT_ONCE).map(<[String]>::to_vec).collect())
    }

    async fn find(&self, target: &Target) -> Result<Vec<String>, Failure> {
        let mut client = target.admin().await?;
        let (mut ids, mut page) = (Vec::new(), String::new());
        loop {
            let answer = client.list_quarantined_messages(self.filter.request(1_000, page)).await?.into_inner();
            ids.extend(answer.messages.into_iter().map(|message: QuarantinedMessage| message.quarantine_id));
            page = answer.next_page_token;
            if page.is_empty() {
                // The oldest first, as they came.
                ids.reverse();
                return Ok(ids);
            }
        }
    }
}
