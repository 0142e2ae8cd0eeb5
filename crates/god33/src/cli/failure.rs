//! Why a command failed, for a person.

use std::fmt::Write as _;

use tonic_types::StatusExt;

use super::print;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line itself is wrong.
    #[error("{0}")]
    Usage(String),
    /// Nobody answers.
    #[error("no god33 server answers at {server}: start one with `god33 dev`, or name another with --server")]
    Unreachable {
        /// The address tried.
        server: String,
        /// What happened.
        #[source]
        source: tonic::transport::Error,
    },
    /// The server answers that it cannot serve.
    #[error("{server} does not serve: its store is gone, or it is stopping. Its log says which")]
    NotServing {
        /// Its address.
        server: String,
    },
    /// The server refused. The status is no source of its own: the text says all of it.
    #[error("{}", explain(.0))]
    Refused(Box<tonic::Status>),
    /// What was checked is not in order.
    #[error("{0}")]
    Found(String),
    /// Nothing came within the time that it was waited for.
    #[error("{0}")]
    NothingCame(String),
    /// A file or standard input could not be read, or output not written.
    #[error("{what}")]
    Io {
        /// What was tried.
        what: String,
        /// What happened.
        #[source]
        source: std::io::Error,
    },
}

impl From<tonic::Status> for Failure {
    fn from(status: tonic::Status) -> Self {
        Self::Refused(Box::new(status))
    }
}

impl Failure {
    /// The exit code: 2 for a wrong command line, 3 when the server cannot be reached, 4 when nothing came, 1 for everything else.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Unreachable { .. } | Self::NotServing { .. } => 3,
            Self::Refused(status) if status.code() == tonic::Code::Unavailable => 3,
            Self::NothingCame(_) => 4,
            Self::Refused(_) | Self::Found(_) | Self::Io { .. } => 1,
        }
    }
}

/// The server's message, and below it each field that is wrong, the reason, and what else the server knows about it.
fn explain(status: &tonic::Status) -> String {
    let details = status.get_error_details();
    let mut text = status.message().to_owned();
    let violations = details.bad_request().map(|bad| bad.field_violations.as_slice()).unwrap_or_default();
    for violation in violations.iter().filter(|violation| !status.message().contains(&violation.description)) {
        let _ = write!(text, "\n  {}: {}", violation.field, violation.description);
    }
    if let Some(info) = details.error_info() {
        let _ = write!(text, "\n  reason: {}", info.reason);
        let mut facts: Vec<_> = info.metadata.iter().filter(|(_, value)| !status.message().contains(*value)).collect();
        facts.sort_unstable();
        for (name, value) in facts {
            let _ = write!(text, "\n  {name}: {}", print::one_line(value));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use tonic_types::{ErrorDetails, StatusExt as _};

    use super::*;

    #[test]
    fn a_refusal_is_told_with_its_reason_and_what_the_message_leaves_out() {
        let facts = [("holder".into(), "letta-2".into()), ("id".into(), "h-1".into())];
        let details = ErrorDetails::with_error_info("LEASE_LOST", "god33.v1", facts);
        let status = tonic::Status::with_error_details(
            tonic::Code::FailedPrecondition,
            "handoff h-1 is held by somebody else",
            details,
        );
        let told = Failure::from(status).to_string();
        assert_eq!(told, "handoff h-1 is held by somebody else\n  reason: LEASE_LOST\n  holder: letta-2");
    }
}
