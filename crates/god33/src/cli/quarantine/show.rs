//! `god33 quarantine show`.

use clap::Args;
use god33_proto::v1::{GetQuarantinedMessageRequest, QuarantinedMessage};

use crate::cli::connection::Output;
use crate::cli::table::Sheet;
use crate::cli::{Failure, Target, print};

/// Show one message with its body.
#[derive(Args, Debug)]
pub struct Show {
    /// Id of the message.
    id: String,

    /// Print the body and nothing else, byte for byte, for instance into a file to correct it.
    #[arg(long)]
    body: bool,
}

impl Show {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = GetQuarantinedMessageRequest { quarantine_id: self.id };
        let answer = target.admin().await?.get_quarantined_message(request).await?.into_inner();
        let message = answer.message.unwrap_or_default();
        if self.body {
            return print::bytes(&message.body);
        }
        if target.output == Output::Json {
            return print::json(&print::message_json(&message));
        }
        print::text(&sheet(&message))?;
        let id = print::shell_word(&message.quarantine_id);
        print::hint(&format!(
            "its body: god33 quarantine show {id} --body\ntry again: god33 quarantine redrive {id}\ngive up: god33 quarantine discard {id} --reason TEXT"
        ))
    }
}

fn sheet(message: &QuarantinedMessage) -> String {
    let bus = message.bus.clone().unwrap_or_default();
    Sheet::new(&message.message, &message.quarantine_id)
        .text("cause", message.reason().reason())
        .text("exchange", &bus.exchange)
        .text("routing", &bus.routing_key)
        .text("message", bus.message_id.as_deref().unwrap_or_default())
        .text("headers", &bus.headers)
        .time("came", message.received_at.as_ref())
        .text("attempts", &message.attempts.to_string())
        .text("size", &format!("{} bytes", message.body_size))
        .text("begins", &message.preview)
        .finish()
}
