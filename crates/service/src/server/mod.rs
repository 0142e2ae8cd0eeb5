//! One port for everything: gRPC, gRPC-web, health, reflection and a plain page.
//!
//! A request's way, from the outside in: [`cors`], then by its content type to the plain page or to gRPC ([`routes`]); there gRPC-web is
//! translated, the page that it comes from is checked ([`origins`]), whoever asks is authenticated ([`authenticate`]), the call is
//! traced ([`trace`]), and what the transport itself refuses gets a reason ([`explain`]). On its way back an answer is followed to the connection
//! where its handler wants that ([`delivery`]).
//!
//! *Architecture invariant:* nothing here knows what a call does.

mod accept;
mod authenticate;
mod config;
mod connection;
mod cors;
mod delivery;
mod explain;
mod health;
mod listen;
mod offered;
mod origins;
mod page;
mod refusals;
mod routes;
mod survive;
mod trace;
mod vitals;

pub use config::ServerConfig;
pub(crate) use delivery::OnDelivery;
pub(crate) use explain::explanation;
pub use health::BUS_HEALTH;
pub use listen::ListenError;
pub(crate) use offered::offered_methods;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::App;
use origins::Origins;

/// A server that listens and does not answer yet.
#[derive(Debug)]
pub struct Server {
    config: ServerConfig,
    origins: Origins,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Opens the port. From here on callers can connect; they wait until [`Server::serve`].
    ///
    /// # Errors
    /// [`ListenError`], which says what to change.
    pub async fn listen(config: ServerConfig) -> Result<Self, ListenError> {
        let origins = Origins::parse(&config.allowed_origins).map_err(ListenError::Origin)?;
        let listener = listen::listen(&config).await?;
        let address = listener.local_addr().map_err(|source| listen::failed(&config, source))?;
        Ok(Self { config, origins, listener, address })
    }

    /// Where it listens, with the real port where the configuration says 0.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `app.stopping` is cancelled. Then nothing new is taken, streams end, and calls that were accepted are finished,
    /// for [`ServerConfig::shutdown_grace_ms`] at most. When this returns, nothing holds the application any more.
    pub async fn serve(self, app: Arc<App>) {
        let vitals = vitals::watch(&app, &self.config).await;
        let router = routes::router(&app, &self.config, self.origins, &vitals.signs);
        let stopping = app.stopping.clone();
        drop(app);
        tokio::join!(accept::accept(self.listener, router, &self.config, stopping), vitals.keep_watching());
    }
}
