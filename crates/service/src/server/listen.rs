//! Opens the port, where that is safe.

use std::io;
use std::net::SocketAddr;

use tokio::net::TcpListener;

use super::ServerConfig;
use super::origins::InvalidOrigin;

/// The server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// The address is open to other machines, and anybody there could do everything.
    #[error(
        "{address} can be reached from other machines, and this server does not ask who calls: listen on 127.0.0.1, or set \
         server.allow_anonymous = true if everybody who can reach it may do everything"
    )]
    Exposed {
        /// The address.
        address: SocketAddr,
    },
    /// The address names no place to listen on.
    #[error("server.address = \"{address}\" is no address to listen on: write host:port, for example 127.0.0.1:50051")]
    Address {
        /// What is configured.
        address: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Somebody else listens there.
    #[error(
        "{address} is taken: another program listens there, maybe another god33. Stop it, or choose another port with --address \
         or server.address (port 0 takes any that is free)"
    )]
    Taken {
        /// What is configured.
        address: String,
    },
    /// The system refuses.
    #[error("could not listen on {address}")]
    Refused {
        /// What is configured.
        address: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// An allowed origin is none.
    #[error(transparent)]
    Origin(InvalidOrigin),
}

pub(super) async fn listen(config: &ServerConfig) -> Result<TcpListener, ListenError> {
    let resolved = tokio::net::lookup_host(&config.address).await;
    let addresses: Vec<SocketAddr> =
        resolved.map_err(|source| ListenError::Address { address: config.address.clone(), source })?.collect();
    if !config.allow_anonymous
        && let Some(&address) = addresses.iter().find(|address| !address.ip().to_canonical().is_loopback())
    {
        return Err(ListenError::Exposed { address });
    }
    TcpListener::bind(&*addresses).await.map_err(|source| failed(config, source))
}

pub(super) fn failed(config: &ServerConfig, source: io::Error) -> ListenError {
    let address = config.address.clone();
    match source.kind() {
        io::ErrorKind::AddrInUse => ListenError::Taken { address },
        _ => ListenError::Refused { address, source },
    }
}
