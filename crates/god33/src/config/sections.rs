//! The sections as the components want them.

use god33_bus::{AmqpConfig, InvalidAmqpConfig};
use god33_domain::Limits;
use god33_log::{LogConfig, OverseerConfig, RelayConfig, ReplayConfig};
use god33_service::server::ServerConfig;
use god33_store_postgres::PostgresConfig;
use god33_store_sqlite::SqliteConfig;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

use super::layers::wrong;
use super::{ConfigError, Layers, LoggingConfig, Origin, check};

/// The whole configuration, checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Config {
    /// `[server]`
    pub server: ServerConfig,
    /// `[store]`
    pub store: StoreConfig,
    /// `[bus]`
    pub bus: BusConfig,
    /// `[log]`
    pub log: LogConfig,
    /// `[relay]`
    pub relay: RelayConfig,
    /// `[replay]`
    pub replay: ReplayConfig,
    /// `[overseer]`
    pub overseer: OverseerConfig,
    /// `[limits]`
    pub limits: Limits,
    /// `[logging]`
    pub logging: LoggingConfig,
}

/// Where the log is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoreConfig {
    /// The database, where one is named.
    pub postgres: Option<PostgresConfig>,
    /// The file of the embedded store.
    pub sqlite: SqliteConfig,
}

/// What carries events to and from those who do not speak gRPC.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BusConfig {
    /// The broker, where one is named.
    pub amqp: Option<AmqpConfig>,
}

impl Config {
    /// Reads and checks all sections.
    ///
    /// # Errors
    /// The first option whose value cannot be used.
    pub fn read(layers: &Layers) -> Result<Self, ConfigError> {
        check::check(layers)?;
        Ok(Self {
            server: Section { name: "server", rename: same }.read(layers)?,
            store: StoreConfig {
                postgres: Section { name: "store", rename: of_postgres }.read_if_set(layers, "store.postgres_url")?,
                sqlite: Section { name: "store", rename: of_sqlite }.read(layers)?,
            },
            bus: BusConfig { amqp: read_amqp(layers)? },
            log: Section { name: "log", rename: same }.read(layers)?,
            relay: Section { name: "relay", rename: same }.read(layers)?,
            replay: Section { name: "replay", rename: same }.read(layers)?,
            overseer: Section { name: "overseer", rename: same }.read(layers)?,
            limits: Section { name: "limits", rename: same }.read(layers)?,
            logging: Section { name: "logging", rename: same }.read(layers)?,
        })
    }
}

fn read_amqp(layers: &Layers) -> Result<Option<AmqpConfig>, ConfigError> {
    let amqp: Option<AmqpConfig> = Section { name: "bus", rename: of_amqp }.read_if_set(layers, "bus.amqp_url")?;
    if let Some(InvalidAmqpConfig { setting, problem }) = amqp.as_ref().and_then(|amqp| amqp.check().err()) {
        let key = if setting == "url" { "bus.amqp_url".to_owned() } else { format!("bus.{setting}") };
        return Err(match layers.get(&key) {
            Some((value, origin)) => wrong(&key, value, origin.clone(), problem.trim_start_matches("must be ")),
            None => wrong(&key, &Value::from(""), Origin::Default, problem),
        });
    }
    Ok(amqp)
}

/// A section, or the part of one that a component takes, with the component's name for each option; `None` for options of others.
struct Section {
    name: &'static str,
    rename: fn(&str) -> Option<&str>,
}

fn same(option: &str) -> Option<&str> {
    Some(option)
}

fn of_postgres(option: &str) -> Option<&str> {
    option.strip_prefix("postgres_")
}

fn of_sqlite(option: &str) -> Option<&str> {
    option.strip_prefix("sqlite_")
}

fn of_amqp(option: &str) -> Option<&str> {
    Some(option.strip_prefix("amqp_").unwrap_or(option))
}

impl Section {
    fn read_if_set<T: DeserializeOwned>(&self, layers: &Layers, key: &str) -> Result<Option<T>, ConfigError> {
        let is_set = layers.get(key).is_some_and(|(value, _)| value.as_str() != Some(""));
        if is_set { self.read(layers).map(Some) } else { Ok(None) }
    }

    fn read<T: DeserializeOwned>(&self, layers: &Layers) -> Result<T, ConfigError> {
        let options = layers.section(self.name);
        self.parse(&options).map_err(|error| self.blame::<T>(layers, &error))
    }

    fn parse<T: DeserializeOwned>(&self, options: &Table) -> Result<T, toml::de::Error> {
        let renamed =
            options.iter().filter_map(|(option, value)| Some(((self.rename)(option)?.to_owned(), value.clone())));
        renamed.collect::<Table>().try_into()
    }

    /// The reader does not say which option it refuses, so each one that somebody set is tried alone on top of the defaults.
    fn blame<T: DeserializeOwned>(&self, layers: &Layers, error: &toml::de::Error) -> ConfigError {
        let defaults = Layers::defaults().map(|defaults| defaults.section(self.name)).unwrap_or_default();
        for (option, value) in layers.section(self.name) {
            let mut alone = defaults.clone();
            alone.insert(option.clone(), value.clone());
            if let Err(error) = self.parse::<T>(&alone) {
                let key = format!("{}.{option}", self.name);
                let origin = layers.get(&key).map_or(Origin::Default, |(_, origin)| origin.clone());
                return wrong(&key, &value, origin, error.message());
            }
        }
        let whole = Value::from("this section");
        wrong(self.name, &whole, Origin::Default, error.message())
    }
}
