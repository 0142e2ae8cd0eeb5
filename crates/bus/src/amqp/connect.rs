//! One connection to the broker, from the first byte to the last.

use std::net::Shutdown;
use std::sync::{Arc, OnceLock, Weak};
use std::time::Duration;

use async_compat::Compat;
use lapin::tcp::{AsyncTcpStream, OwnedTLSConfig};
use lapin::uri::{AMQPScheme, AMQPUri};
use lapin::{Channel, Connection, ConnectionProperties, ConnectionStatus};

use super::AmqpConfig;
use super::error::{AmqpError, within};

/// A connection that ends when this value does: in good order with [`Broker::close`], else by cutting its socket. lapin alone
/// would keep a thread for every connection whose other side never answers.
pub struct Broker {
    connection: Arc<Connection>,
    operation_timeout: Duration,
    _socket: CutOnDrop,
}

impl Broker {
    /// Connects and authenticates.
    pub async fn connect(config: &AmqpConfig) -> Result<Self, AmqpError> {
        let mut uri = config.url.parse()?;
        uri.query.heartbeat = Some(config.heartbeat_s);
        let socket = Socket::default();
        let cut_on_drop = CutOnDrop(socket.clone());
        let connection = within("connect to the broker", config.connect_timeout(), open(uri, socket)).await?;
        let connection = Arc::new(connection);
        Ok(Self { connection, operation_timeout: config.operation_timeout(), _socket: cut_on_drop })
    }

    /// Opens a channel.
    pub async fn channel(&self) -> Result<Channel, AmqpError> {
        within("open a channel", self.operation_timeout, self.connection.create_channel()).await
    }

    /// Opens more channels over the same connection, as long as it lasts.
    pub fn channels(&self) -> Channels {
        Channels { connection: Arc::downgrade(&self.connection), operation_timeout: self.operation_timeout }
    }

    /// What lapin knows of the connection.
    pub fn status(&self) -> ConnectionStatus {
        self.connection.status().clone()
    }

    /// Ends the connection: politely when it still works, and in any case.
    pub async fn close(self) {
        if self.connection.status().connected() {
            let closing = self.connection.close(200, "closed by god33".into());
            if let Err(error) = within("close the connection", self.operation_timeout.min(POLITE), closing).await {
                tracing::debug!(error = &error as &dyn std::error::Error, "the connection is cut");
            }
        }
    }
}

/// A way to more channels of a connection that somebody else owns.
pub struct Channels {
    connection: Weak<Connection>,
    operation_timeout: Duration,
}

impl Channels {
    /// Opens a channel.
    pub async fn open(&self) -> Result<Channel, AmqpError> {
        let gone = || AmqpError::NotConnected { reason: "the connection has just ended".into() };
        let connection = self.connection.upgrade().ok_or_else(gone)?;
        within("open a channel", self.operation_timeout, connection.create_channel()).await
    }
}

/// How long the broker may take to answer a farewell.
const POLITE: Duration = Duration::from_secs(2);

async fn open(uri: AMQPUri, socket: Socket) -> lapin::Result<Connection> {
    let properties = ConnectionProperties::default().with_connection_name("god33".into());
    let connect = async move |uri: AMQPUri, _| {
        let stream = tokio::net::TcpStream::connect((uri.authority.host.as_str(), uri.authority.port)).await?;
        stream.set_nodelay(true)?;
        let stream = AsyncTcpStream::Plain(Compat::new(socket.watch(stream)?));
        Ok(match uri.scheme {
            AMQPScheme::AMQP => stream,
            AMQPScheme::AMQPS => stream.into_tls(&uri.authority.host, OwnedTLSConfig::default().as_ref()).await?,
        })
    };
    Connection::connector(uri, lapin::runtime::default_runtime()?, connect, properties).await
}

/// A second handle of a connection's socket.
#[derive(Clone, Default)]
struct Socket(Arc<OnceLock<std::net::TcpStream>>);

impl Socket {
    fn watch(&self, stream: tokio::net::TcpStream) -> std::io::Result<tokio::net::TcpStream> {
        let stream = stream.into_std()?;
        // lapin connects once, since it is not told to try again.
        let _ = self.0.set(stream.try_clone()?);
        tokio::net::TcpStream::from_std(stream)
    }
}

struct CutOnDrop(Socket);

impl Drop for CutOnDrop {
    fn drop(&mut self) {
        if let Some(socket) = self.0.0.get() {
            // It fails when the socket is gone already.
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}
