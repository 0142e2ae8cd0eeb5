//! `god33 serve`

use std::io::Write as _;
use std::sync::Arc;

use god33_service::server::Server;
use god33_store_postgres::PostgresStore;

use super::migrate::postgres;
use crate::config::{Config, ConfigError, Layers, Origin};
use crate::{logging, node, signals};

#[derive(clap::Args, Debug)]
pub(super) struct Serve {
    /// Where to listen (server.address)
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<String>,

    /// Bring the tables up to date first, as `god33 migrate` does
    #[arg(long)]
    migrate: bool,
}

impl Serve {
    pub(super) async fn run(self, mut layers: Layers) -> anyhow::Result<()> {
        if let Some(address) = self.address {
            layers.set("server.address", address.into(), Origin::Flag("--address"))?;
        }
        let config = Config::read(&layers)?;
        logging::start(&config.logging);
        let postgres = postgres(config.clone())?;
        if config.bus.amqp.is_none() {
            return Err(no_broker().into());
        }
        let stop = signals::stop()?;
        let server = Server::listen(config.server.clone()).await?;
        if self.migrate {
            PostgresStore::migrate(&postgres).await?;
        }
        let store = Arc::new(PostgresStore::connect(postgres).await?);
        let welcome = format!("god33 {} serves at http://{}\n", env!("CARGO_PKG_VERSION"), server.address());
        let node = node::Node::start(&config, store, stop).await?;
        // Nobody has to listen.
        let _ = anstream::stdout().write_all(welcome.as_bytes());
        node.serve(server).await;
        Ok(())
    }
}

const fn no_broker() -> ConfigError {
    ConfigError::Missing {
        key: "bus.amqp_url",
        cure: "set it in the configuration file, or set the environment variable GOD33_BUS__AMQP_URL to \
               amqp://user:password@host:port/%2f; `god33 dev` needs no broker",
    }
}
