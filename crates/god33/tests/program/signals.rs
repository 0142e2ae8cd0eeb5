//! How it ends.

use std::io::Write as _;
use std::net::TcpStream;

use rustix::process::Signal;

use crate::process::{God33, Running};

#[test]
fn both_signals_stop_it_in_an_orderly_way() {
    for signal in [Signal::TERM, Signal::INT] {
        let mut server = God33::new(&["dev", "--in-memory"]).serve();
        server.signal(signal);
        assert_eq!(server.ended().code(), Some(0), "{}", server.said());
        assert!(server.errors.whole().contains("stopped"));
    }
}

/// A call whose body never comes to its end, which a stopping server waits for.
fn endless_call(server: &Running) -> TcpStream {
    let mut socket = TcpStream::connect(server.address().trim_start_matches("http://")).unwrap();
    let head = "POST /god33.v1.AdminService/GetServerInfo HTTP/1.1\r\nhost: here\r\n\
                content-type: application/grpc-web+proto\r\ncontent-length: 100\r\n\r\n";
    socket.write_all(head.as_bytes()).unwrap();
    socket
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let server = God33::new(&["dev", "--in-memory"]).env("GOD33_SERVER__SHUTDOWN_GRACE_MS", "600000");
    let mut server = server.env("GOD33_LOGGING__LEVEL", "info,god33_service=debug").serve();
    let call = endless_call(&server);
    server.signal(Signal::TERM);
    server.until("it is stopping", |server| server.errors.get().contains("a second signal stops at once"));
    server.signal(Signal::TERM);
    assert_eq!(server.ended().code(), Some(130), "{}", server.said());
    drop(call);
}

#[test]
fn a_call_that_never_ends_is_cut_after_the_grace() {
    let mut server = God33::new(&["dev", "--in-memory"]).env("GOD33_SERVER__SHUTDOWN_GRACE_MS", "100").serve();
    let call = endless_call(&server);
    server.signal(Signal::TERM);
    assert_eq!(server.ended().code(), Some(0), "{}", server.said());
    drop(call);
}
