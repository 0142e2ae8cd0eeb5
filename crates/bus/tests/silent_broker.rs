//! A broker that takes connections and never says a word. Alone in its file, since it counts the threads of its process.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use god33_bus::{AmqpBus, AmqpConfig, AmqpUrl};
use god33_conformance::bus::{RecordingInbox, eventually};
use god33_domain::Limits;
use god33_domain::ports::{Bus, BusState};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

fn connection_threads() -> usize {
    let threads = std::fs::read_dir("/proc/self/task").unwrap().flatten();
    let names = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("comm")).ok());
    names.filter(|name| name.starts_with("lapin")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_never_answers_leaves_no_threads_behind() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let connections = watch::Sender::new(0);
    let counter = connections.clone();
    tokio::spawn(async move {
        let mut open = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            open.push(stream);
            counter.send_modify(|count| *count += 1);
        }
    });
    let config = AmqpConfig {
        url: AmqpUrl::new(format!("amqp://127.0.0.1:{port}/%2f")),
        connect_timeout_ms: 50,
        retry_first_ms: 1,
        retry_most_ms: 10,
        ..AmqpConfig::default()
    };
    let shutdown = CancellationToken::new();
    let (inbox, limits) = (RecordingInbox::new(), Limits::default());
    let bus = AmqpBus::start(config, Uuid::new_v4(), inbox, limits, shutdown.clone()).unwrap();
    eventually("twenty tries", || *connections.borrow() >= 20).await;
    let BusState::CircuitOpen { reason } = bus.state() else { panic!("{:?}", bus.state()) };
    assert!(reason.contains("no answer within 50 ms"), "{reason}");
    shutdown.cancel();
    bus.stopped().await;
    eventually("every thread has ended", || connection_threads() == 0).await;
}
