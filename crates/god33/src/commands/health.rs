//! `god33 health`

use std::io::Write as _;
use std::time::Duration;

use anyhow::Context as _;
use god33_service::server::BUS_HEALTH;
use tonic::transport::Channel;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::cli::{Failure, endpoint};

/// How long a server may take to answer. Whoever watches over it has a patience of their own.
const PATIENCE: Duration = Duration::from_secs(4);

#[derive(clap::Args, Debug)]
pub(super) struct Health {
    /// Address of the server
    #[arg(long, env = "GOD33_ADDRESS", value_name = "URL", default_value = "http://127.0.0.1:50051")]
    server: String,
}

impl Health {
    pub(super) async fn run(self) -> anyhow::Result<()> {
        let server = &self.server;
        let channel = connect(server).await?;
        let answered = || format!("{server} answers, but not as a god33 server");
        match ask(&channel, "").await.with_context(answered)? {
            ServingStatus::Serving => {}
            _ => return Err(Failure::NotServing { server: server.clone() }.into()),
        }
        // The bus may be away: events are kept and go out when it is back.
        let bus = match ask(&channel, BUS_HEALTH).await.with_context(answered)? {
            ServingStatus::Serving => "the bus is up",
            _ => "the bus is down, and what is recorded meanwhile goes out when it is back",
        };
        writeln!(anstream::stdout(), "{server} serves; {bus}").context("could not write to standard output")
    }
}

async fn connect(server: &str) -> anyhow::Result<Channel> {
    let connecting = endpoint(server)?.connect_timeout(PATIENCE).timeout(PATIENCE).connect().await;
    Ok(connecting.map_err(|source| Failure::Unreachable { server: server.to_owned(), source })?)
}

async fn ask(channel: &Channel, service: &str) -> Result<ServingStatus, tonic::Status> {
    let request = HealthCheckRequest { service: service.to_owned() };
    Ok(HealthClient::new(channel.clone()).check(request).await?.into_inner().status())
}
