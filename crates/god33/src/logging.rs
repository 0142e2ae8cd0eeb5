//! Log output on standard error.

use std::io::IsTerminal;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{ConfigError, LogFormat, LoggingConfig};

/// Starts it.
///
/// # Errors
/// When the level is none.
pub fn start(config: &LoggingConfig) -> Result<(), ConfigError> {
    let levels = EnvFilter::builder()
        .parse(&config.level)
        .map_err(|error| ConfigError::Level { found: config.level.clone(), problem: error.to_string() })?;
    let output = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let output = match config.format {
        LogFormat::Human => output.with_ansi(std::io::stderr().is_terminal()).with_target(false).boxed(),
        LogFormat::Json => output.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(output.with_filter(levels.and(filter_fn(is_wanted)))).init();
    Ok(())
}

/// god33's own events, and what libraries warn of. Below that they tell of their own works, and the AMQP client even the password of its
/// login. What that client calls an error is part of ending a connection; the bus says itself how it fares.
fn is_wanted(event: &Metadata<'_>) -> bool {
    let target = event.target();
    target.starts_with("god33") || (*event.level() <= Level::WARN && !target.starts_with("lapin"))
}
