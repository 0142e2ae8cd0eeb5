//! Servers that the caller already has: `DATABASE_URL` and `AMQP_URL`.

use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use anyhow::{Result, bail};

const LIMIT: Duration = Duration::from_secs(10);

/// The URL in `variable`, unless it is the URL of one of our own servers: somebody who says
/// `eval "$(cargo xtask services env)"` and then `up` again means the private server.
pub(crate) fn url(variable: &str, own: Option<&str>) -> Option<String> {
    let url = std::env::var(variable).ok();
    url.filter(|url| !url.is_empty() && Some(url.as_str()) != own)
}

/// Fails unless somebody listens where `url` points.
pub(crate) fn check(variable: &str, url: &str, default_port: u16) -> Result<()> {
    let Some(address) = address(url, default_port) else {
        return Ok(());
    };
    let addresses = address.to_socket_addrs().into_iter().flatten();
    if addresses.into_iter().any(|address| TcpStream::connect_timeout(&address, LIMIT).is_ok()) {
        return Ok(());
    }
    bail!(
        "{variable} is set, but nobody listens at {address}: start that server, or `unset {variable}` to get a private one"
    )
}

/// Host and port; `None` for a URL without a host, which means a Unix socket.
fn address(url: &str, default_port: u16) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?']).next()?;
    let host = authority.rsplit('@').next()?;
    if host.is_empty() {
        return None;
    }
    // Not the colons inside an IPv6 address in brackets.
    let has_port = host.rsplit(']').next().is_some_and(|end| end.contains(':'));
    Some(if has_port { host.to_owned() } else { format!("{host}:{default_port}") })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_address_of_a_url_has_a_host_and_a_port() {
        for (url, expected) in [
            ("postgres://god33:p@ss@db.example:6543/god33?sslmode=require", Some("db.example:6543")),
            ("postgresql://localhost", Some("localhost:5432")),
            ("postgres://user@[::1]/x", Some("[::1]:5432")),
            ("postgres://user@[::1]:6543/x", Some("[::1]:6543")),
            ("postgres:///god33?host=/run/postgresql", None),
            ("not a url", None),
        ] {
            assert_eq!(address(url, 5432).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn a_given_server_must_listen() {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let url = format!("amqp://guest:guest@127.0.0.1:{port}/%2f");
        check("AMQP_URL", &url, 5672).unwrap();
        drop(listener);
        let error = check("AMQP_URL", &url, 5672).unwrap_err().to_string();
        assert!(error.contains("unset AMQP_URL") && !error.contains("guest:"), "{error}");
    }
}
