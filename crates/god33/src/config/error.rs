//! What is wrong with a configuration: where, which option, and what would be right.

use std::path::PathBuf;

use super::Origin;

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("could not read the configuration file {}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is no TOML.
    #[error("{}, line {line}: {problem}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What TOML's reader says. Never what the line holds: it may be a secret.
        problem: String,
    },
    /// There is no such option.
    #[error("{origin} sets {key}, and there is no such option{}: `god33 config --defaults` lists all of them", meant(.similar))]
    Unknown {
        /// Where it is set.
        origin: Origin,
        /// What is set.
        key: String,
        /// The option that was meant, if one is similar.
        similar: Option<String>,
    },
    /// The value does not fit.
    #[error("{origin} sets {key} to {found}: it must be {expected}")]
    Value {
        /// Where it is set.
        origin: Origin,
        /// What is set.
        key: String,
        /// To what; not for secrets.
        found: String,
        /// What would be right.
        expected: String,
    },
    /// An option that the command needs is not set.
    #[error("{key} is not set: {cure}")]
    Missing {
        /// The option.
        key: &'static str,
        /// How to set it.
        cure: &'static str,
    },
}

fn meant(similar: &Option<String>) -> String {
    similar.as_ref().map(|key| format!(" (did you mean {key}?)")).unwrap_or_default()
}
