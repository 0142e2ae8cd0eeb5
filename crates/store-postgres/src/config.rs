//! How to reach the database.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::Deserialize;
use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;

use crate::OpenError;

/// Settings of the PostgreSQL store.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PostgresConfig {
    /// `postgres://user:password@host:port/database?sslmode=…`. The role must own god33's tables, since it adds a partition every
    /// month. Without `sslmode` the connection is encrypted where the server offers it. The connection must not go through a
    /// pooler that hands out transactions, which loses wake-ups.
    pub url: String,
    /// The most connections of this node, at least 3: two for writing, the rest for reading. One more is held for each
    /// listener to wake-ups. Default 10.
    #[serde(default = "default_max_connections")]
    pub max_connections: u32,
    /// How long a call waits for a free connection, and for the server to take a new one, in seconds. Default 5.
    #[serde(default = "default_acquire_timeout")]
    pub acquire_timeout_seconds: u32,
    /// How long a writer waits for the head of the log while another node holds it, in seconds. Default 10.
    #[serde(default = "default_lock_timeout")]
    pub lock_timeout_seconds: u32,
    /// The longest that one statement may take, in seconds: then the server ends it. Longer than the wait for the head, which is
    /// part of a statement. Default 12.
    #[serde(default = "default_statement_timeout")]
    pub statement_timeout_seconds: u32,
    /// How long a call waits for the answers of a server that may be frozen or cut off, in seconds; then it fails, and its
    /// connection is closed. Longer than a statement may take, so that a slow server can say itself what is wrong. The wait for a
    /// connection comes before. Default 15.
    #[serde(default = "default_answer_timeout")]
    pub answer_timeout_seconds: u32,
    /// After how many seconds the server ends a transaction whose node does nothing, so that a node which hangs does not keep the
    /// head of the log from the others. Shorter than the others' wait for the head, so that they get it. Default 5.
    #[serde(default = "default_idle_in_transaction_timeout")]
    pub idle_in_transaction_timeout_seconds: u32,
}

const fn default_max_connections() -> u32 {
    10
}

const fn default_acquire_timeout() -> u32 {
    5
}

const fn default_lock_timeout() -> u32 {
    10
}

const fn default_statement_timeout() -> u32 {
    12
}

const fn default_answer_timeout() -> u32 {
    15
}

const fn default_idle_in_transaction_timeout() -> u32 {
    5
}

/// Of all connections. Compiling a query costs more than any query of this store runs for.
const SETTINGS: [(&str, &str); 1] = [("jit", "off")];

/// Of those that write. Every statement of theirs is a look-up by keys, for a batch of unknown size, while the whole cluster waits
/// for the head: so the plan is made once, not for each batch, and does not depend on the statistics of that moment (a plan from
/// when the log was empty, or one that scans a month to find a thousand parents). A batch of 8 MiB passes without a temporary file.
const WRITER_SETTINGS: [(&str, &str); 5] = [
    ("plan_cache_mode", "force_generic_plan"),
    ("enable_seqscan", "off"),
    ("enable_hashjoin", "off"),
    ("enable_mergejoin", "off"),
    ("work_mem", "32MB"),
];

impl PostgresConfig {
    /// The defaults with this URL.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            max_connections: default_max_connections(),
            acquire_timeout_seconds: default_acquire_timeout(),
            lock_timeout_seconds: default_lock_timeout(),
            statement_timeout_seconds: default_statement_timeout(),
            answer_timeout_seconds: default_answer_timeout(),
            idle_in_transaction_timeout_seconds: default_idle_in_transaction_timeout(),
        }
    }

    pub(crate) fn acquire_timeout(&self) -> Duration {
        Duration::from_secs(self.acquire_timeout_seconds.into())
    }

    pub(crate) fn answer_timeout(&self) -> Duration {
        Duration::from_secs(self.answer_timeout_seconds.into())
    }

    /// The URL's options without limits of time, for migrations and listeners. Under god33's name unless the URL has another. The
    /// driver logs no statements: what is slow is said by who asked, in fewer words.
    pub(crate) fn options(&self) -> Result<PgConnectOptions, OpenError> {
        if !self.url.starts_with("postgres://") && !self.url.starts_with("postgresql://") {
            return Err(OpenError::Url("it does not begin with postgres:// or postgresql://".into()));
        }
        let options = PgConnectOptions::from_str(&self.url).map_err(|error| OpenError::Url(error.to_string()))?;
        let options = options.disable_statement_logging();
        let named = options.get_application_name().is_some();
        Ok(if named { options } else { options.application_name("god33") })
    }

    /// The same with the limits that keep one node or one statement from stopping the others.
    pub(crate) fn limited_options(&self) -> Result<PgConnectOptions, OpenError> {
        let seconds = |seconds: u32| format!("{seconds}s");
        Ok(self.options()?.options(SETTINGS).options([
            ("lock_timeout", seconds(self.lock_timeout_seconds)),
            ("statement_timeout", seconds(self.statement_timeout_seconds)),
            ("idle_in_transaction_session_timeout", seconds(self.idle_in_transaction_timeout_seconds)),
        ]))
    }

    /// The same for connections that write batches.
    pub(crate) fn writer_options(&self) -> Result<PgConnectOptions, OpenError> {
        Ok(self.limited_options()?.options(WRITER_SETTINGS))
    }

    fn destination(&self) -> String {
        self.options().map_or_else(
            |_| "not a PostgreSQL URL".to_owned(),
            |o| {
                format!("{}:{}/{}", o.get_host(), o.get_port(), o.get_database().unwrap_or("(the role's own database)"))
            },
        )
    }
}

impl fmt::Debug for PostgresConfig {
    /// Of the URL only where it leads: anything else in it may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresConfig")
            .field("url", &self.destination())
            .field("max_connections", &self.max_connections)
            .field("acquire_timeout_seconds", &self.acquire_timeout_seconds)
            .field("lock_timeout_seconds", &self.lock_timeout_seconds)
            .field("statement_timeout_seconds", &self.statement_timeout_seconds)
            .field("answer_timeout_seconds", &self.answer_timeout_seconds)
            .field("idle_in_transaction_timeout_seconds", &self.idle_in_transaction_timeout_seconds)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn no_part_of_a_secret_is_shown() {
        for url in [
            "postgres://u:hush@db.example:5433/god33",
            "postgres://u@db.example:5433/god33?password=hush",
            "postgres://u:hu@hush@db.example:5433/god33?password=a@hush",
            "postgres://u:hush/hush@db.example:5433/god33",
            "mysql://u:hush@db.example/god33",
        ] {
            let shown = format!("{:?}", PostgresConfig::new(url));
            assert!(!shown.contains("hush"), "{shown}");
        }
        let shown = format!("{:?}", PostgresConfig::new("postgres://u:hush@db.example:5433/god33"));
        assert!(shown.contains("db.example:5433/god33"), "{shown}");
    }

    #[test]
    fn a_url_alone_is_a_whole_configuration() {
        let config: PostgresConfig = serde_json::from_str(r#"{"url":"postgres://h/d"}"#).unwrap();
        assert_eq!(config, PostgresConfig::new("postgres://h/d"));
        assert!(serde_json::from_str::<PostgresConfig>(r#"{"url":"postgres://h/d","max_conections":3}"#).is_err());
    }

    #[test]
    fn another_kind_of_url_is_refused_in_plain_words() {
        let error = PostgresConfig::new("mysql://u:hush@h/d").options().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the database URL cannot be used: it does not begin with postgres:// or postgresql://"
        );
    }
}
