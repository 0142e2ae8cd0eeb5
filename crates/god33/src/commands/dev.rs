//! `god33 dev`

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use god33_service::server::Server;
use god33_store_sqlite::{SqliteConfig, SqliteStore};

use crate::config::{Config, ConfigError, Layers, Origin};
use crate::{logging, node, signals};

#[derive(clap::Args, Debug)]
pub(super) struct Dev {
    /// Keep the log in memory: it is gone when the server stops
    #[arg(long, conflicts_with = "data")]
    in_memory: bool,

    /// Keep the log in this file (store.sqlite_path)
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,

    /// Where to listen (server.address); port 0 takes any that is free
    #[arg(long, value_name = "HOST:PORT")]
    address: Option<String>,
}

impl Dev {
    pub(super) async fn run(self, mut layers: Layers) -> anyhow::Result<()> {
        self.add_flags(&mut layers)?;
        let mut config = Config::read(&layers)?;
        logging::start(&config.logging);
        // On a broker it would take messages away from the servers that share its queue, into a file of one's own.
        let broker_is_named = config.bus.amqp.take().is_some();
        let stop = signals::stop()?;
        let server = Server::listen(config.server.clone()).await?;
        let sqlite = if self.in_memory {
            SqliteConfig { path: None, ..config.store.sqlite.clone() }
        } else {
            config.store.sqlite.clone()
        };
        let store = Arc::new(SqliteStore::open(&sqlite).await?);
        let welcome = welcome(server.address(), sqlite.path.as_deref(), broker_is_named);
        let node = node::Node::start(&config, store, stop).await?;
        // Nobody has to listen.
        let _ = anstream::stdout().write_all(welcome.as_bytes());
        node.serve(server).await;
        Ok(())
    }

    fn add_flags(&self, layers: &mut Layers) -> Result<(), ConfigError> {
        if let Some(address) = &self.address {
            layers.set("server.address", address.as_str().into(), Origin::Flag("--address"))?;
        }
        if let Some(data) = &self.data {
            layers.set("store.sqlite_path", data.to_string_lossy().as_ref().into(), Origin::Flag("--data"))?;
        }
        Ok(())
    }
}

/// What a person sees first: where everything is, and what to try.
fn welcome(address: SocketAddr, data: Option<&Path>, broker_is_named: bool) -> String {
    let program = program();
    let keeps = match data {
        Some(path) => std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).display().to_string(),
        None => "memory: gone when it stops".to_owned(),
    };
    let unused = if broker_is_named { "; bus.amqp_url is for `god33 serve` and not used here" } else { "" };
    let server = if address.port() == 50051 { String::new() } else { format!(" --server http://{address}") };
    format!(
        "god33 {} is up\n\
         \x20 gRPC  http://{address}  (gRPC-web too, with reflection)\n\
         \x20 log   {keeps}\n\
         \x20 bus   inside this process{unused}\n\
         Try next, in another terminal:\n\
         \x20 {program} events publish demo.hello.said --payload '{{\"text\":\"hello\"}}'{server}\n\
         \x20 {program} events list{server}\n\
         Ctrl-C stops it.\n",
        env!("CARGO_PKG_VERSION"),
    )
}

/// This program as it was called, so that what is shown can be pasted.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "god33".to_owned())
}
