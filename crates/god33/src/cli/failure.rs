//! Why a command failed, for a person.

use std::fmt::Write as _;

use tonic_types::StatusExt;

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
            Self::Refused(_) | Self::Io { .. } => 1,
        }
    }
}

/// The server's message, and below it each field that is wrong.
fn explain(status: &tonic::Status) -> String {
    let details = status.get_error_details();
    let mut text = status.message().to_owned();
    let violations = details.bad_request().map(|bad| bad.field_violations.as_slice()).unwrap_or_default();
    for violation in violations.iter().filter(|violation| !status.message().contains(&violation.description)) {
        let _ = write!(text, "\n  {}: {}", violation.field, violation.description);
    }
    if let Some(info) = details.error_info() {
        let _ = write!(text, "\n  reason: {}", info.reason);
    }
    text
}
