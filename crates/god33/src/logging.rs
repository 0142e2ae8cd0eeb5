//! Log output on standard error.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use crate::config::{ConfigError, LogFormat, LoggingConfig, Origin};

/// Starts it.
///
/// # Errors
/// When the level is none.
pub fn start(config: &LoggingConfig) -> Result<(), ConfigError> {
    let filter = EnvFilter::builder().parse(&config.level).map_err(|error| ConfigError::Value {
        origin: Origin::Default,
        key: "logging.level".into(),
        found: config.level.clone(),
        expected: format!("a level such as info, or levels by module such as info,god33_service=debug ({error})"),
    })?;
    let output = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.format {
        LogFormat::Human => output.with_ansi(std::io::stderr().is_terminal()).with_target(false).init(),
        LogFormat::Json => output.json().flatten_event(true).init(),
    }
    Ok(())
}
