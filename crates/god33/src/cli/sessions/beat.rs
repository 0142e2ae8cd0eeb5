//! A sign of life.

use clap::Args;
use god33_proto::v1::HeartbeatRequest;

use crate::cli::arguments::SessionArg;

/// Whose sign of life, and what it says.
#[derive(Args, Debug)]
pub(super) struct BeatArgs {
    #[command(flatten)]
    session: SessionArg,

    /// Fencing token of the session, as start or recover told it; 0 is not checked.
    #[arg(long, env = "GOD33_SESSION_TOKEN", default_value_t = 0, value_name = "N")]
    fencing_token: u64,

    /// Tokens in the context window.
    #[arg(long, value_name = "N")]
    context_tokens: Option<i64>,

    /// Size of the context window in tokens.
    #[arg(long, value_name = "N")]
    context_limit: Option<i64>,

    /// What the agent does now, in a sentence.
    #[arg(long, value_name = "TEXT")]
    focus: Option<String>,
}

impl BeatArgs {
    /// The first sign of life, with all that was measured.
    pub(super) fn first(&self) -> HeartbeatRequest {
        HeartbeatRequest {
            context_tokens: self.context_tokens,
            context_limit: self.context_limit,
            current_focus: self.focus.clone().unwrap_or_default(),
            ..self.later()
        }
    }

    /// A later one: what was measured once is not measured again.
    pub(super) fn later(&self) -> HeartbeatRequest {
        HeartbeatRequest {
            session_id: self.session.id(),
            fencing_token: self.fencing_token,
            ..HeartbeatRequest::default()
        }
    }
}
