//! How to reach the broker, and how to behave towards it.

use std::fmt;
use std::time::Duration;

use lapin::types::ShortString;
use lapin::uri::AMQPUri;
use serde::{Deserialize, Serialize, Serializer};

/// How to reach the broker, and how to behave towards it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AmqpConfig {
    /// Where the broker is, with user, password and virtual host. Default `amqp://guest:guest@127.0.0.1:5672/%2f`.
    pub url: AmqpUrl,
    /// The topic exchange that events are published to and taken from. Declared durable. Default `bloodbank.events.v1`.
    pub exchange: String,
    /// The durable quorum queue that takes everything from the exchange. All nodes of one store share it. Default `god33.ingest`.
    pub queue: String,
    /// The exchange and the queue for messages that broke the connection four times. Default `god33.dead-letter`.
    pub dead_letter: String,
    /// More topic exchanges to take everything from, for example `amq.topic`. Declared durable, unless their name begins with
    /// `amq.`. Default none.
    pub also_from: Vec<String>,
    /// The most messages that the broker sends ahead of their acknowledgement. Default 500.
    pub prefetch: u16,
    /// The most messages that are brought to the log at once. Default 200.
    pub batch_messages: usize,
    /// How long a batch that is not full waits for more, in milliseconds. Default 5.
    pub batch_wait_ms: u64,
    /// How long connecting may take, in milliseconds. Default 5,000.
    pub connect_timeout_ms: u64,
    /// How long the broker may take for any other answer, in milliseconds. Default 10,000.
    pub operation_timeout_ms: u64,
    /// How often both sides say that they are alive, in seconds; a side that is silent for twice as long counts as gone.
    /// Default 10.
    pub heartbeat_s: u16,
    /// The pause before the first new try, in milliseconds; it doubles from try to try. Default 100.
    pub retry_first_ms: u64,
    /// The longest pause between two tries, in milliseconds. Default 5,000.
    pub retry_most_ms: u64,
    /// After how many failures in a row the circuit opens: from then on every pause is the longest. Default 5.
    pub circuit_failures: u32,
}

impl Default for AmqpConfig {
    fn default() -> Self {
        Self {
            url: AmqpUrl::new("amqp://guest:guest@127.0.0.1:5672/%2f"),
            exchange: "bloodbank.events.v1".into(),
            queue: "god33.ingest".into(),
            dead_letter: "god33.dead-letter".into(),
            also_from: Vec::new(),
            prefetch: 500,
            batch_messages: 200,
            batch_wait_ms: 5,
            connect_timeout_ms: 5_000,
            operation_timeout_ms: 10_000,
            heartbeat_s: 10,
            retry_first_ms: 100,
            retry_most_ms: 5_000,
            circuit_failures: 5,
        }
    }
}

/// A setting that cannot work. The text names the setting and never holds the URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{setting} {problem}")]
pub struct InvalidAmqpConfig {
    /// The setting's name.
    pub setting: &'static str,
    /// What is wrong and what would be right, to stand after the name.
    pub problem: &'static str,
}

impl AmqpConfig {
    /// Checks every setting.
    ///
    /// # Errors
    /// The first one that cannot work.
    pub fn check(&self) -> Result<(), InvalidAmqpConfig> {
        self.url.parse()?;
        let names = [("exchange", &self.exchange), ("queue", &self.queue), ("dead_letter", &self.dead_letter)];
        let names = names.into_iter().chain(self.also_from.iter().map(|name| ("also_from", name)));
        for (setting, name) in names {
            if name.is_empty() || ShortString::try_new(name.as_str()).is_err() {
                return Err(InvalidAmqpConfig { setting, problem: "must be a name of 1 to 255 bytes" });
            }
        }
        let numbers = [
            ("prefetch", u64::from(self.prefetch)),
            ("batch_messages", self.batch_messages as u64),
            ("connect_timeout_ms", self.connect_timeout_ms),
            ("operation_timeout_ms", self.operation_timeout_ms),
            ("heartbeat_s", u64::from(self.heartbeat_s)),
            ("retry_first_ms", self.retry_first_ms),
            ("retry_most_ms", self.retry_most_ms),
            ("circuit_failures", u64::from(self.circuit_failures)),
        ];
        match numbers.into_iter().find(|(_, number)| *number == 0) {
            Some((setting, _)) => Err(InvalidAmqpConfig { setting, problem: "must be at least 1" }),
            None => Ok(()),
        }
    }

    pub(super) const fn connect_timeout(&self) -> Duration {
        Duration::from_millis(self.connect_timeout_ms)
    }

    pub(super) const fn operation_timeout(&self) -> Duration {
        Duration::from_millis(self.operation_timeout_ms)
    }
}

/// A broker's URL. Its user and password never show: not in `Debug`, not when serialised, not in an error.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct AmqpUrl(String);

impl AmqpUrl {
    /// Wraps a URL, `amqp://user:password@host:port/vhost` or `amqps://…`. [`AmqpConfig::check`] says whether it is one.
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    pub(super) fn parse(&self) -> Result<AMQPUri, InvalidAmqpConfig> {
        let problem = "must be amqp://user:password@host:port/vhost, or amqps:// for TLS";
        // lapin's reader would silently take the local host instead.
        if self.0.contains("://[") || self.0.contains("@[") {
            let problem = "must name its host, or give an IPv4 address: IPv6 addresses are not understood";
            return Err(InvalidAmqpConfig { setting: "url", problem });
        }
        let uri: AMQPUri = self.0.parse().map_err(|_| InvalidAmqpConfig { setting: "url", problem })?;
        let vhost_fits = ShortString::try_new(uri.vhost.as_str()).is_ok();
        if vhost_fits { Ok(uri) } else { Err(InvalidAmqpConfig { setting: "url", problem }) }
    }
}

impl fmt::Display for AmqpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parse() {
            Ok(uri) => write!(f, "{}://{}:{}", uri.scheme, uri.authority.host, uri.authority.port),
            Err(_) => f.write_str("(not an AMQP URL)"),
        }
    }
}

impl fmt::Debug for AmqpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for AmqpUrl {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_defaults_work_and_unknown_settings_do_not() {
        AmqpConfig::default().check().unwrap();
        let config: AmqpConfig = serde_json::from_str(r#"{"prefetch":7}"#).unwrap();
        assert_eq!((config.prefetch, config.batch_messages), (7, 200));
        assert!(serde_json::from_str::<AmqpConfig>(r#"{"prefetsch":7}"#).is_err());
    }

    #[test]
    fn a_setting_that_cannot_work_is_named() {
        let check = |change: &dyn Fn(&mut AmqpConfig)| {
            let mut config = AmqpConfig::default();
            change(&mut config);
            config.check().unwrap_err().setting
        };
        assert_eq!(check(&|config| config.url = AmqpUrl::new("http://user:secret@host")), "url");
        assert_eq!(check(&|config| config.url = AmqpUrl::new(format!("amqp://h/{}", "v".repeat(256)))), "url");
        assert_eq!(check(&|config| config.url = AmqpUrl::new("amqp://user:secret@[2001:db8::1]:5672/%2f")), "url");
        assert_eq!(check(&|config| config.queue = String::new()), "queue");
        assert_eq!(check(&|config| config.also_from = vec!["x".repeat(256)]), "also_from");
        assert_eq!(check(&|config| config.prefetch = 0), "prefetch");
    }

    #[test]
    fn the_secret_of_the_url_never_shows() {
        for url in ["amqp://user:secret@host:5672/%2f", "amqp://user:secret@[bad", "secret"] {
            let config = AmqpConfig { url: AmqpUrl::new(url), ..AmqpConfig::default() };
            let shown = format!("{config:?} {} {:?}", serde_json::to_string(&config).unwrap(), config.check());
            assert!(!shown.contains("secret"), "{shown}");
        }
    }
}
