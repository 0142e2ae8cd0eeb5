//! A TCP proxy that fails on command, to stand between a client and its server.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A TCP proxy on a free local port. Everything passes until it is told otherwise; dropping it cuts all connections.
#[derive(Debug)]
pub struct ChaosProxy {
    port: u16,
    weather: watch::Sender<Weather>,
    replacement: Arc<Mutex<Option<Replacement>>>,
}

/// What the proxy does to connections now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Weather {
    /// Connections made before the last cut are gone.
    cuts: u64,
    /// New connections are closed at once.
    refuses: bool,
    /// Nothing passes, though connections stay.
    stalls: bool,
}

#[derive(Clone, Debug)]
struct Replacement {
    from: Vec<u8>,
    to: Vec<u8>,
}

impl ChaosProxy {
    /// Starts a proxy for a server, `host:port`.
    pub async fn start(server: &str) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let port = listener.local_addr().expect("the port").port();
        let (weather, forecast) = watch::channel(Weather { cuts: 0, refuses: false, stalls: false });
        let replacement = Arc::new(Mutex::new(None));
        tokio::spawn(accept(listener, server.to_owned(), forecast, Arc::clone(&replacement)));
        Self { port, weather, replacement }
    }

    /// The local port to connect to.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Ends every connection; new ones pass.
    pub fn cut(&self) {
        self.weather.send_modify(|weather| weather.cuts += 1);
    }

    /// Ends every connection and lets no new one pass, as if the server were down.
    pub fn refuse(&self) {
        self.weather.send_modify(|weather| (weather.cuts, weather.refuses) = (weather.cuts + 1, true));
    }

    /// Keeps every connection but lets nothing pass, as if a cable were pulled.
    pub fn stall(&self) {
        self.weather.send_modify(|weather| weather.stalls = true);
    }

    /// Lets everything pass again. Connections that were cut stay cut.
    pub fn heal(&self) {
        self.weather.send_modify(|weather| (weather.refuses, weather.stalls) = (false, false));
    }

    /// From now on replaces these bytes by others of the same length, where they pass in one piece.
    pub fn replace(&self, from: &[u8], to: &[u8]) {
        assert_eq!(from.len(), to.len(), "the frames around the bytes keep their length");
        let replacement = Replacement { from: from.to_vec(), to: to.to_vec() };
        *self.replacement.lock().unwrap_or_else(PoisonError::into_inner) = Some(replacement);
    }
}

async fn accept(
    listener: TcpListener,
    server: String,
    forecast: watch::Receiver<Weather>,
    replacement: Arc<Mutex<Option<Replacement>>>,
) {
    let mut end = forecast.clone();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            // The proxy itself is gone.
            _ = end.wait_for(|_| false) => return,
        };
        let Ok((client, _)) = accepted else { continue };
        if !forecast.borrow().refuses {
            tokio::spawn(connect(client, server.clone(), forecast.clone(), Arc::clone(&replacement)));
        }
    }
}

async fn connect(
    client: TcpStream,
    server: String,
    forecast: watch::Receiver<Weather>,
    replacement: Arc<Mutex<Option<Replacement>>>,
) {
    let cuts = forecast.borrow().cuts;
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let mut end = forecast.clone();
    tokio::select! {
        () = pump(from_client, to_server, forecast.clone(), Arc::clone(&replacement)) => {}
        () = pump(from_server, to_client, forecast, replacement) => {}
        _ = end.wait_for(|weather| weather.cuts != cuts) => {}
    }
}

async fn pump(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut forecast: watch::Receiver<Weather>,
    replacement: Arc<Mutex<Option<Replacement>>>,
) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if forecast.wait_for(|weather| !weather.stalls).await.is_err() {
            return;
        }
        let replacement = replacement.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(replacement) = replacement {
            replacement.apply(&mut buffer[..length]);
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}

impl Replacement {
    fn apply(&self, bytes: &mut [u8]) {
        let length = self.from.len();
        for start in 0..(bytes.len() + 1).saturating_sub(length) {
            if bytes[start..start + length] == self.from {
                bytes[start..start + length].copy_from_slice(&self.to);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that sends back what it gets.
    async fn echo() -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.into_split();
                    tokio::io::copy(&mut from, &mut to).await
                });
            }
        });
        address
    }

    async fn say(stream: &mut TcpStream, text: &[u8]) -> Vec<u8> {
        stream.write_all(text).await.unwrap();
        let mut answer = vec![0; text.len()];
        stream.read_exact(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn what_passes_comes_out_and_what_is_to_be_replaced_is() {
        let proxy = ChaosProxy::start(&echo().await).await;
        let mut stream = TcpStream::connect(("127.0.0.1", proxy.port())).await.unwrap();
        assert_eq!(say(&mut stream, b"hello").await, b"hello");
        proxy.replace(b"ell", b"\xff\xff\xff");
        assert_eq!(say(&mut stream, b"hello").await, b"h\xff\xff\xffo");
    }

    #[tokio::test]
    async fn a_cut_ends_connections_and_lets_new_ones_pass() {
        let proxy = ChaosProxy::start(&echo().await).await;
        let mut stream = TcpStream::connect(("127.0.0.1", proxy.port())).await.unwrap();
        say(&mut stream, b"a").await;
        proxy.cut();
        assert!(matches!(stream.read(&mut [0; 1]).await, Ok(0) | Err(_)));
        let mut stream = TcpStream::connect(("127.0.0.1", proxy.port())).await.unwrap();
        assert_eq!(say(&mut stream, b"b").await, b"b");
    }

    #[tokio::test]
    async fn what_stalls_comes_through_when_it_heals_and_what_is_refused_does_not() {
        let proxy = ChaosProxy::start(&echo().await).await;
        let mut stream = TcpStream::connect(("127.0.0.1", proxy.port())).await.unwrap();
        say(&mut stream, b"a").await;
        proxy.stall();
        stream.write_all(b"b").await.unwrap();
        proxy.heal();
        let mut answer = [0; 1];
        stream.read_exact(&mut answer).await.unwrap();
        assert_eq!(&answer, b"b");
        proxy.refuse();
        let mut refused = TcpStream::connect(("127.0.0.1", proxy.port())).await.unwrap();
        assert!(matches!(refused.read(&mut [0; 1]).await, Ok(0) | Err(_)));
    }
}
