//! What is logged, and how.

use serde::{Deserialize, Serialize};

/// The settings of the log output on standard error.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LoggingConfig {
    /// A level, or levels by module. Default `info`.
    pub level: String,
    /// For people or for programs. Default for people.
    pub format: LogFormat,
}

/// The form of the log output.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people; coloured on a terminal.
    Human,
    /// One JSON object a line.
    Json,
}

impl Default for LoggingConfig {
    fn default() -> Self {
        Self { level: "info".into(), format: LogFormat::Human }
    }
}
