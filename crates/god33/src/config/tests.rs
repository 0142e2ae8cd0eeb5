#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

use god33_bus::{AmqpConfig, AmqpUrl};
use god33_domain::Limits;
use god33_log::{LogConfig, RelayConfig, ReplayConfig};
use god33_service::server::ServerConfig;
use god33_store_postgres::PostgresConfig;
use god33_store_sqlite::SqliteConfig;
use serde::Serialize;
use toml::Table;

use super::*;

const POSTGRES: &str = "postgres://god33:hush@db.example/god33";
const AMQP: &str = "amqp://god33:hush@mq.example:5672/%2f";

/// The defaults with these environment variables on top.
fn with(variables: &[(&str, &str)]) -> Result<Layers, ConfigError> {
    let mut layers = Layers::defaults()?;
    layers.add_environment(variables.iter().map(|(name, value)| (OsString::from(name), OsString::from(value))))?;
    Ok(layers)
}

fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::read(&with(variables)?)
}

fn with_file(text: &str) -> Result<Layers, ConfigError> {
    let mut layers = Layers::defaults()?;
    layers.set_all(file::parse(Path::new("my.toml"), text)?, &Origin::File("my.toml".into()))?;
    Ok(layers)
}

fn error(text: &str) -> String {
    with_file(text).and_then(|layers| Config::read(&layers)).unwrap_err().to_string()
}

#[test]
fn the_defaults_are_those_of_the_components() {
    let config = read(&[("GOD33_STORE__POSTGRES_URL", POSTGRES), ("GOD33_BUS__AMQP_URL", AMQP)]).unwrap();
    assert_eq!(config.server, ServerConfig::default());
    assert_eq!(config.store.postgres, Some(PostgresConfig::new(POSTGRES)));
    assert_eq!(config.store.sqlite, SqliteConfig::file(".god33/dev.db"));
    assert_eq!(config.bus.amqp, Some(AmqpConfig { url: AmqpUrl::new(AMQP), ..AmqpConfig::default() }));
    assert_eq!(config.log, LogConfig::default());
    assert_eq!(config.relay, RelayConfig::default());
    assert_eq!(config.replay, ReplayConfig::default());
    assert_eq!(config.limits, Limits::default());
    assert_eq!(config.logging, LoggingConfig::default());
}

#[test]
fn no_database_and_no_broker_are_configured_by_default() {
    let config = read(&[]).unwrap();
    assert_eq!((config.store.postgres, config.bus.amqp), (None, None));
}

fn options_of(component: impl Serialize) -> BTreeSet<String> {
    Table::try_from(component).unwrap().into_iter().map(|(option, _)| option).collect()
}

fn options_in_file(section: &str, prefix: &str) -> BTreeSet<String> {
    let options = Layers::defaults().unwrap().section(section);
    options.into_iter().filter_map(|(option, _)| Some(option.strip_prefix(prefix)?.to_owned())).collect()
}

#[test]
fn every_option_of_every_component_is_in_the_file() {
    assert_eq!(options_in_file("server", ""), options_of(ServerConfig::default()));
    assert_eq!(options_in_file("log", ""), options_of(LogConfig::default()));
    assert_eq!(options_in_file("relay", ""), options_of(RelayConfig::default()));
    assert_eq!(options_in_file("replay", ""), options_of(ReplayConfig::default()));
    assert_eq!(options_in_file("limits", ""), options_of(Limits::default()));
    assert_eq!(options_in_file("logging", ""), options_of(LoggingConfig::default()));
    assert_eq!(options_in_file("store", "sqlite_"), options_of(SqliteConfig::file("a file")));
    let of_bus = options_in_file("bus", "").into_iter().map(|option| option.trim_start_matches("amqp_").to_owned());
    assert_eq!(of_bus.collect::<BTreeSet<_>>(), options_of(AmqpConfig::default()));
    // It does not serialise, so that its secret cannot get out. A new option breaks this pattern.
    let PostgresConfig {
        url: _,
        max_connections: _,
        acquire_timeout_seconds: _,
        lock_timeout_seconds: _,
        statement_timeout_seconds: _,
        answer_timeout_seconds: _,
        idle_in_transaction_timeout_seconds: _,
    } = PostgresConfig::new(POSTGRES);
    assert_eq!(options_in_file("store", "postgres_").len(), 7);
}

#[test]
fn every_option_is_documented_above_it() {
    let mut documented = false;
    for line in DEFAULTS.lines() {
        match line.chars().next() {
            Some('#') => documented = true,
            Some('[') | None => documented = false,
            // One comment can speak of several options that follow each other.
            Some(_) => assert!(documented, "nothing is said about {line}"),
        }
    }
}

#[test]
fn a_later_layer_wins() {
    let mut layers = with_file("[server]\naddress = \"127.0.0.1:1\"\nmin_position_wait_ms = 1").unwrap();
    layers.add_environment([("GOD33_SERVER__ADDRESS".into(), "127.0.0.1:2".into())].into_iter()).unwrap();
    let config = Config::read(&layers).unwrap();
    assert_eq!((config.server.address.as_str(), config.server.min_position_wait_ms), ("127.0.0.1:2", 1));
    layers.set("server.address", "127.0.0.1:3".into(), Origin::Flag("--address")).unwrap();
    assert_eq!(Config::read(&layers).unwrap().server.address, "127.0.0.1:3");
}

#[test]
fn the_environment_is_read_by_the_kind_of_the_option() {
    let config = read(&[
        ("GOD33_SERVER__ALLOW_ANONYMOUS", "true"),
        ("GOD33_SERVER__ALLOWED_ORIGINS", "https://a.example, https://b.example"),
        ("GOD33_LIMITS__PARENTS", "7"),
        ("GOD33_LOGGING__FORMAT", "json"),
        ("GOD33_ADDRESS", "no option"),
        ("OTHER__THING", "no option"),
    ]);
    let config = config.unwrap();
    assert!(config.server.allow_anonymous);
    assert_eq!(config.server.allowed_origins, ["https://a.example", "https://b.example"]);
    assert_eq!((config.limits.parents, config.logging.format), (7, LogFormat::Json));
}

#[test]
fn an_unknown_option_is_refused_with_its_place_and_the_one_that_was_meant() {
    assert_eq!(
        error("[server]\nadress = \"127.0.0.1:1\""),
        "my.toml sets server.adress, and there is no such option (did you mean server.address?): \
         `god33 config --defaults` lists all of them"
    );
    assert!(error("[sever]\naddress = \"127.0.0.1:1\"").contains("did you mean server.address?"));
    assert!(error("address = \"127.0.0.1:1\"").starts_with("my.toml sets address, and there is no such option"));
    let error = with(&[("GOD33_STORE__POSTGRES_ULR", POSTGRES)]).unwrap_err().to_string();
    assert!(error.starts_with("the environment variable GOD33_STORE__POSTGRES_ULR sets store.postgres_ulr"), "{error}");
    assert!(error.contains("did you mean store.postgres_url?") && !error.contains("hush"), "{error}");
}

#[test]
fn a_value_that_does_not_fit_is_refused_with_what_would() {
    let wrong = "my.toml sets limits.parents to \"many\": it must be a whole number";
    assert_eq!(error("[limits]\nparents = \"many\""), wrong);
    assert_eq!(error("[limits]\nparents = 0"), "my.toml sets limits.parents to 0: it must be at least 1");
    assert_eq!(error("[limits]\npage_size = 2000"), "my.toml sets limits.page_size to 2000: it must be at most 1000");
    assert_eq!(
        error("[log]\nkeep_requests_hours = 1"),
        "my.toml sets log.keep_requests_hours to 1: it must be at least 24"
    );
    assert!(error("[server]\nallowed_origins = [1]").ends_with("it must be a list of texts"));
    assert!(
        error("[server]\nconcurrent_streams = 5000000000")
            .starts_with("my.toml sets server.concurrent_streams to 5000000000")
    );
    assert!(error("[logging]\nformat = \"xml\"").starts_with("my.toml sets logging.format to \"xml\": it must be"));
    assert!(error("[server]\nmessage_bytes = 8388608").contains("a batch of limits.batch_bytes fits"));
    let error = with(&[("GOD33_LIMITS__PARENTS", "many")]).unwrap_err().to_string();
    assert!(error.starts_with("the environment variable GOD33_LIMITS__PARENTS sets limits.parents to"), "{error}");
}

#[test]
fn a_file_that_is_no_toml_is_refused_with_the_line_and_without_its_text() {
    let error = error("[store]\npostgres_url = \"postgres://god33:hush@db\n");
    assert!(error.starts_with("my.toml, line 2: "), "{error}");
    assert!(!error.contains("hush"), "{error}");
}

#[test]
fn a_secret_is_never_shown() {
    let layers = with(&[("GOD33_STORE__POSTGRES_URL", POSTGRES), ("GOD33_BUS__AMQP_URL", AMQP)]).unwrap();
    let shown = show(&layers);
    let place = "postgres_url = \"(set, not shown)\"  # from the environment variable GOD33_STORE__POSTGRES_URL";
    assert!(shown.contains(place), "{shown}");
    let config = Config::read(&layers).unwrap();
    assert!(!shown.contains("hush") && !format!("{config:?}").contains("hush"), "{shown}");
    for (variable, value) in [("GOD33_BUS__AMQP_URL", "http://god33:hush@mq"), ("GOD33_BUS__AMQP_URL", "hush")] {
        let error = read(&[(variable, value)]).unwrap_err().to_string();
        assert!(!error.contains("hush") && error.contains("amqp://user:password@host:port/vhost"), "{error}");
    }
}

#[test]
fn what_is_shown_can_be_used_as_a_file() {
    let shown = show(&Layers::defaults().unwrap());
    assert_eq!(Config::read(&with_file(&shown).unwrap()).unwrap(), read(&[]).unwrap());
}
