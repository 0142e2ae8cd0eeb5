//! Connections that are let go.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use common::{Setup, within};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_connection_that_says_nothing_is_closed() {
    let mut setup = Setup::in_memory().await;
    setup.config.header_timeout_ms = 50;
    let server = setup.start().await;
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    assert_eq!(within(silent.read(&mut [0; 1])).await.unwrap(), 0);
    let mut slow = TcpStream::connect(server.address).await.unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nhost").await.unwrap();
    // An answer or none, but an end.
    within(slow.read_to_end(&mut Vec::new())).await.unwrap();
    server.stop().await;
}

#[tokio::test]
async fn an_old_connection_is_asked_to_go() {
    let mut setup = Setup::in_memory().await;
    setup.config.connection_age_ms = 50;
    let server = setup.start().await;
    let mut old = TcpStream::connect(server.address).await.unwrap();
    old.write_all(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    within(old.read_to_end(&mut answer)).await.unwrap();
    assert!(answer.starts_with(b"HTTP/1.1 200"));
    server.stop().await;
}
