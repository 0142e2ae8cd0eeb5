//! What the kinds of values alone do not say.

use toml::Value;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;

use super::layers::wrong;
use super::{ConfigError, Layers};

/// Numbers that must not be smaller than this. All that are not named must be at least 1.
const AT_LEAST: [(&str, i64); 8] = [
    ("bus.batch_wait_ms", 0),
    ("log.keep_requests_hours", 24),
    ("log.queue_wait_ms", 0),
    ("server.connection_age_ms", 0),
    ("server.min_position_wait_ms", 0),
    ("server.shutdown_grace_ms", 0),
    ("store.postgres_max_connections", 3),
    ("store.sqlite_busy_timeout_ms", 0),
];

/// Numbers that must not be greater than this.
const AT_MOST: [(&str, i64); 4] = [
    ("bus.prefetch", 65_535),
    ("limits.chunk_bytes", 1 << 20),
    ("limits.event_type_chars", 255),
    ("limits.page_size", 1_000),
];

/// What surrounds the payloads of a batch in its message: envelopes of some hundred bytes for each of the events.
const AROUND_A_BATCH: i64 = 1 << 20;

/// Checks every number, what has to fit together, and the levels of the log output.
pub(super) fn check(layers: &Layers) -> Result<(), ConfigError> {
    for (key, value, origin) in layers.iter() {
        if let Value::Integer(number) = value
            && let Some(expected) = out_of_range(key, *number)
        {
            return Err(wrong(key, value, origin.clone(), expected));
        }
    }
    messages_hold_batches(layers)?;
    levels_are_known(layers)
}

fn out_of_range(key: &str, number: i64) -> Option<String> {
    let named = |limits: &[(&str, i64)]| limits.iter().find(|(name, _)| *name == key).map(|(_, limit)| *limit);
    let least = named(&AT_LEAST).unwrap_or(1);
    let most = named(&AT_MOST).unwrap_or(i64::MAX);
    if number < least {
        Some(format!("at least {least}"))
    } else if number > most {
        Some(format!("at most {most}"))
    } else {
        None
    }
}

fn messages_hold_batches(layers: &Layers) -> Result<(), ConfigError> {
    let number = |key| layers.get(key).and_then(|(value, _)| value.as_integer()).unwrap_or_default();
    let needed = number("limits.batch_bytes").saturating_add(AROUND_A_BATCH);
    match layers.get("server.message_bytes") {
        Some((value, origin)) if number("server.message_bytes") < needed => {
            let expected = format!("at least {needed}, so that a batch of limits.batch_bytes fits into a message");
            Err(wrong("server.message_bytes", value, origin.clone(), expected))
        }
        _ => Ok(()),
    }
}

/// A word alone would be taken for the name of a module, and nothing would be logged.
fn levels_are_known(layers: &Layers) -> Result<(), ConfigError> {
    let Some((value, origin)) = layers.get("logging.level") else { return Ok(()) };
    let levels = value.as_str().unwrap_or_default();
    let each_is_one = levels.split(',').all(|level| level.contains('=') || is_level(level));
    if each_is_one && EnvFilter::builder().parse(levels).is_ok() {
        return Ok(());
    }
    let expected = "error, warn, info, debug or trace, or levels by module such as info,god33_service=debug";
    Err(wrong("logging.level", value, origin.clone(), expected))
}

fn is_level(word: &str) -> bool {
    // An empty text is read as `error`.
    !word.trim().is_empty() && word.trim().parse::<LevelFilter>().is_ok()
}
