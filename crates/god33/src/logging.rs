//! Log output on standard error.

use std::io::IsTerminal;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{LogFormat, LoggingConfig};

/// Starts it.
pub fn start(config: &LoggingConfig) {
    // The configuration was checked: nothing is lost.
    let levels = EnvFilter::builder().parse_lossy(&config.level);
    let output = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let output = match config.format {
        LogFormat::Human => output.with_ansi(std::io::stderr().is_terminal()).with_target(false).boxed(),
        LogFormat::Json => output.json().flatten_event(true).boxed(),
    };
    tracing_subscriber::registry().with(output.with_filter(levels.and(filter_fn(keeps_secrets)))).init();
}

/// Below `info`, libraries log what they send: the AMQP client writes the password of its login. God33 itself never does.
fn keeps_secrets(event: &Metadata<'_>) -> bool {
    *event.level() <= Level::INFO || event.target().starts_with("god33")
}
