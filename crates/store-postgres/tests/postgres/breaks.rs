//! Connections that break, nodes that hang.

use std::time::{Duration, Instant};

use god33_conformance::database::TestDatabase;
use god33_conformance::event;
use god33_domain::Position;
use god33_domain::ports::StoreError;
use god33_store_postgres::PostgresConfig;

use crate::support::{config, open, open_with};
use crate::{ask, world};

/// Ends connections to the test's database as an administrator would.
async fn end_connections(database: &TestDatabase, which: &str) -> String {
    let sql = format!(
        "select count(pg_terminate_backend(pid))::text from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and {which}"
    );
    ask(&mut database.connect().await, &sql).await
}

#[tokio::test]
async fn a_transaction_whose_connection_dies_changes_nothing_and_frees_the_head() {
    let (world, database) = world().await;
    world.record([&event("a.b")]).await;
    let other = open(&database).await;
    let transaction = other.begin().await.unwrap();
    assert_eq!(end_connections(&database, "state = 'idle in transaction'").await, "1");
    world.record([&event("a.b")]).await;
    drop(transaction);
    assert_eq!(world.store.info().await.unwrap().head.position, Position::new(2));
    // The node whose connection died goes on with another.
    assert_eq!(other.begin().await.unwrap().head().position, Position::new(2));
}

#[tokio::test]
async fn a_node_goes_on_after_all_its_connections_were_ended() {
    let (world, database) = world().await;
    world.record([&event("a.b")]).await;
    world.store.ping().await.unwrap();
    end_connections(&database, "true").await;
    // Each pool may find out with one call for each of its connections; no call hangs, and soon all is well again.
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let story = event("a.b");
        let written = world.try_propose([god33_conformance::proposal([&story])]).await;
        let read = world.store.read_after(Position::START, 10).await;
        match (written, read) {
            (Ok(_), Ok(events)) => break assert_eq!(events.len(), 2),
            (written, read) => {
                for error in [written.err(), read.err()].into_iter().flatten() {
                    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
                }
            }
        }
        assert!(Instant::now() < deadline, "the node does not recover");
    }
}

#[tokio::test]
async fn a_node_that_hangs_loses_the_head_to_the_others() {
    let (world, database) = world().await;
    let hanging = PostgresConfig { idle_in_transaction_timeout_seconds: 1, ..config(&database) };
    let hanging = open_with(hanging).await;
    let transaction = hanging.begin().await.unwrap();
    // Waits until the server has ended the other's transaction.
    world.record([&event("a.b")]).await;
    drop(transaction);
    assert_eq!(hanging.begin().await.unwrap().head().position, Position::new(1));
}

#[tokio::test]
async fn a_writer_does_not_wait_for_the_head_for_ever() {
    let (world, database) = world().await;
    let transaction = world.store.begin().await.unwrap();
    let impatient = open_with(PostgresConfig { lock_timeout_seconds: 1, ..config(&database) }).await;
    let Err(error) = impatient.begin().await else { panic!("two transactions hold the head") };
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    assert_eq!(error.to_string(), "the store could not lock the head of the log");
    drop(transaction);
    impatient.begin().await.unwrap();
}
