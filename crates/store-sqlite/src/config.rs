//! Where the database is.

use std::path::PathBuf;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The settings of the embedded store.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SqliteConfig {
    /// The database file; it and its folder are made when they are not there. It must be on a local disk, in UTF-8. `None`, the
    /// default, keeps everything in memory: at most 1 GiB, gone when the store is closed or dropped.
    pub path: Option<PathBuf>,
    /// How many reads run at the same time, at least 1. Default 4.
    pub read_connections: u32,
    /// How long to wait for another process that writes to the same file before giving up, in milliseconds. Default 5,000.
    pub busy_timeout_ms: u32,
}

impl Default for SqliteConfig {
    fn default() -> Self {
        Self { path: None, read_connections: 4, busy_timeout_ms: 5_000 }
    }
}

impl SqliteConfig {
    /// A store in this file, all else as by default.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { path: Some(path.into()), ..Self::default() }
    }

    /// A store in memory.
    pub fn in_memory() -> Self {
        Self::default()
    }

    pub(crate) const fn busy_timeout(&self) -> Duration {
        // SQLite counts in signed 32-bit milliseconds.
        let millis = if self.busy_timeout_ms > i32::MAX as u32 { i32::MAX as u32 } else { self.busy_timeout_ms };
        Duration::from_millis(millis as u64)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn nothing_said_is_a_store_in_memory_and_a_misspelt_setting_is_refused() {
        assert_eq!(serde_json::from_str::<SqliteConfig>("{}").unwrap(), SqliteConfig::in_memory());
        let file = serde_json::from_str::<SqliteConfig>(r#"{"path": "/var/lib/god33/god33.db"}"#).unwrap();
        assert_eq!(file, SqliteConfig::file("/var/lib/god33/god33.db"));
        assert!(serde_json::from_str::<SqliteConfig>(r#"{"file": "god33.db"}"#).is_err());
    }

    #[test]
    fn no_time_to_wait_is_longer_than_sqlite_can_count() {
        let config = SqliteConfig { busy_timeout_ms: u32::MAX, ..SqliteConfig::default() };
        assert_eq!(config.busy_timeout(), Duration::from_millis(2_147_483_647));
    }
}
