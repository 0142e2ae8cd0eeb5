//! What is special about a store in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use god33_conformance::{event, proposal};
use god33_domain::Position;
use god33_domain::ports::{Store, SystemClock};
use god33_log::write_batch;
use god33_store_sqlite::{SqliteConfig, SqliteStore};

async fn open() -> Arc<SqliteStore> {
    Arc::new(SqliteStore::open(&SqliteConfig::in_memory()).await.unwrap())
}

async fn record(store: &SqliteStore) -> Position {
    let batch = vec![proposal([&event("a.b").of_workflow("w-1")]).build()];
    let plan = write_batch(store, &SystemClock, &batch).await.unwrap();
    plan.answers.into_iter().next().unwrap().unwrap().position()
}

#[tokio::test]
async fn each_store_in_memory_has_a_log_of_its_own() {
    let (first, second) = (open().await, open().await);
    record(&first).await;
    assert_eq!(first.info().await.unwrap().head.position, Position::new(1));
    assert_eq!(second.info().await.unwrap().head.position, Position::START);
    assert_ne!(first.info().await.unwrap().store_id, second.info().await.unwrap().store_id);
}

#[tokio::test]
async fn readers_are_not_held_up_by_an_open_transaction_and_see_nothing_of_it() {
    let store = open().await;
    record(&store).await;
    let transaction = store.begin().await.unwrap();
    let read = store.read_after(Position::START, 10).await.unwrap();
    assert_eq!(read.len(), 1);
    drop(transaction);
    assert_eq!(record(&store).await, Position::new(2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_readers_and_writers_never_refuse_each_other_and_no_reader_sees_a_gap() {
    const WRITES: u64 = 60;
    let store = open().await;
    let readers: Vec<_> = (0..6)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                let mut seen = Position::START;
                while seen < Position::new(2 * WRITES) {
                    for event in store.read_after(seen, 7).await.unwrap() {
                        assert_eq!(event.position, seen.next());
                        seen = event.position;
                    }
                }
            })
        })
        .collect();
    let writers: Vec<_> = (0..2)
        .map(|_| {
            let store = Arc::clone(&store);
            tokio::spawn(async move {
                for _ in 0..WRITES {
                    record(&store).await;
                }
            })
        })
        .collect();
    for task in readers.into_iter().chain(writers) {
        task.await.unwrap();
    }
}
