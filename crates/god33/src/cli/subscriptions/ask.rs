//! What the commands about a durable subscription share.

use clap::Args;
use uuid::Uuid;

/// The durable subscription that a command is about.
#[derive(Args, Clone, Debug)]
pub(super) struct NameArg {
    /// Its name.
    #[arg(value_name = "NAME")]
    pub(super) name: String,
}

/// How a change is asked for.
#[derive(Args, Clone, Debug)]
pub(super) struct AskArgs {
    /// Id of the call; without it a new one is made. A call that is repeated with its id is done once.
    #[arg(long, value_name = "UUID")]
    request_id: Option<Uuid>,
}

impl AskArgs {
    /// The id of this call.
    pub(super) fn request_id(&self) -> String {
        self.request_id.unwrap_or_else(Uuid::new_v4).to_string()
    }
}
