//! What every command takes that records something.

use clap::Args;
use god33_proto::v1::{EventContext, Source};
use uuid::Uuid;

/// How a call is made and what its events say besides.
#[derive(Args, Clone, Debug)]
pub struct CallArgs {
    /// Print the id that the next command needs, and nothing else.
    #[arg(long, short)]
    quiet: bool,

    /// Id of the call; without it a new one is made. A call that is repeated with its id is done once.
    #[arg(long, value_name = "UUID", help_heading = "Events")]
    request_id: Option<Uuid>,

    /// An event that caused this, beside those that the server knows; may be repeated.
    #[arg(long = "parent", value_name = "UUID", help_heading = "Events")]
    parents: Vec<Uuid>,

    /// Id that the whole chain of events shares.
    #[arg(long, default_value = "", value_name = "ID", hide_default_value = true, help_heading = "Events")]
    chain_id: String,

    /// Program that calls (source.app).
    #[arg(long, default_value = "god33-cli", value_name = "APP", help_heading = "Events")]
    app: String,
}

impl CallArgs {
    /// Only the id is to be printed.
    pub(in crate::cli) const fn quiet(&self) -> bool {
        self.quiet
    }

    /// The id of this call.
    pub(in crate::cli) fn request_id(&self) -> String {
        self.request_id.unwrap_or_else(Uuid::new_v4).to_string()
    }

    /// What the events say besides.
    pub(in crate::cli) fn context(&self) -> Option<EventContext> {
        Some(EventContext {
            correlation_ids: self.parents.iter().map(ToString::to_string).collect(),
            source: Some(source(&self.app)),
            chain_id: self.chain_id.clone(),
            ..EventContext::default()
        })
    }
}

/// How what was begun is named for the commands that follow.
#[derive(Args, Clone, Copy, Debug)]
pub struct ExportArgs {
    /// Print a line that sets the environment for the commands that follow, and nothing else: eval "$(god33 … --export)".
    #[arg(long, conflicts_with = "quiet")]
    export: bool,
}

impl ExportArgs {
    /// The variables, where they alone are to be printed.
    pub(in crate::cli) fn only(self, variables: &str) -> Option<String> {
        self.export.then(|| variables.to_owned())
    }
}

/// This machine and a program on it as the source of events.
pub(in crate::cli) fn source(app: &str) -> Source {
    let host = gethostname::gethostname().to_string_lossy().into_owned();
    Source { host, r#type: "manual".into(), app: Some(app.to_owned()), ..Source::default() }
}
