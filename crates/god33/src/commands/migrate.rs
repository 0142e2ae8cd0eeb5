//! `god33 migrate`

use std::io::Write as _;

use anyhow::Context as _;
use god33_domain::ports::Store as _;
use god33_store_postgres::{PostgresConfig, PostgresStore};

use crate::config::{Config, ConfigError, Layers};

/// Not for `god33 dev`: its file is brought up to date whenever it is opened.
#[derive(clap::Args, Debug)]
pub(super) struct Migrate {
    /// Only say whether the tables are up to date; exit code 1 when they are not
    #[arg(long)]
    check: bool,
}

impl Migrate {
    pub(super) async fn run(self, layers: Layers) -> anyhow::Result<()> {
        let config = Config::read(&layers)?;
        crate::logging::start(&config.logging);
        let postgres = postgres(config)?;
        if self.check {
            PostgresStore::connect(postgres).await?.close().await;
        } else {
            PostgresStore::migrate(&postgres).await?;
        }
        writeln!(anstream::stdout(), "the database is up to date").context("could not write to standard output")
    }
}

/// The database of the configuration, for commands that need one.
pub(super) fn postgres(config: Config) -> Result<PostgresConfig, ConfigError> {
    config.store.postgres.ok_or(ConfigError::Missing {
        key: "store.postgres_url",
        cure: "set it in the configuration file, or set the environment variable GOD33_STORE__POSTGRES_URL to \
               postgres://user:password@host:port/database; `god33 dev` needs no database",
    })
}
