//! Log output on standard error.

use std::io::IsTerminal;

use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
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
    // The filters stand before the output, not within it: a filter of one output remembers what it was last asked, and libraries that ask
    // without logging then make it swallow somebody else's line.
    tracing_subscriber::registry().with(levels).with(filter_fn(is_wanted)).with(output).init();
}

/// god33's own events, and what libraries warn of. Below that they tell of their own works, and the AMQP client even the password of its
/// login. What that client calls an error is part of ending a connection; the bus says itself how it fares.
fn is_wanted(event: &Metadata<'_>) -> bool {
    let target = event.target();
    target.starts_with("god33") || (*event.level() <= Level::WARN && !target.starts_with("lapin"))
}
