//! What only a store in a file can do, or suffer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use bytes::Bytes;
use god33_conformance::{event, proposal};
use god33_domain::ports::{Clock, Store, StoreError, SystemClock};
use god33_domain::{
    Appended, EventFilter, EventId, EventQuery, Order, Position, QuarantineReason, QuarantinedMessage, WorkflowId,
};
use god33_log::write_batch;
use god33_store_sqlite::{OpenError, SqliteConfig, SqliteStore};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{Connection, Executor};
use tempfile::TempDir;
use uuid::Uuid;

/// A folder of its own, and the file in it.
fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("god33.db");
    (folder, path)
}

async fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(&SqliteConfig::file(path)).await.unwrap()
}

/// A connection past the store, to break things.
async fn connect(path: &Path) -> SqliteConnection {
    SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await.unwrap()
}

async fn record(store: &SqliteStore, word: &str) -> Appended {
    let story = event("agent.letta.checkpoint.saved").with_id(EventId::from_foreign(word)).of_workflow("w-1");
    let batch = vec![proposal([&story]).under_request(word).build()];
    let plan = write_batch(store, &SystemClock, &batch).await.unwrap();
    plan.answers.into_iter().next().unwrap().unwrap()
}

async fn positions(store: &SqliteStore) -> Vec<u64> {
    let events = store.read_after(Position::START, 1_000).await.unwrap();
    events.iter().map(|event| event.position.get()).collect()
}

#[tokio::test]
async fn the_folder_is_made_and_a_file_gives_everything_back() {
    let (folder, _) = file();
    let path = folder.path().join("new/and newer/god33?#%.db");
    let store = open(&path).await;
    let answer = record(&store, "one").await;
    let holder = Uuid::new_v4();
    let lease = store.lease("relay", holder, std::time::Duration::from_secs(3_600)).await.unwrap().unwrap();
    assert!(store.advance_cursor("relay", Position::new(1), lease.token).await.unwrap());
    let message = QuarantinedMessage {
        received_at: SystemClock.now(),
        exchange: "bloodbank.events.v1".into(),
        routing_key: "a.b".into(),
        properties: serde_json::json!({"headers": {"x": 1}}),
        body: Bytes::from_static(b"\xff\x00not json"),
        reason: QuarantineReason::Malformed,
        detail: "expected value at line 1 column 1".into(),
        attempts: 1,
    };
    store.quarantine(std::slice::from_ref(&message)).await.unwrap();
    let before = (store.info().await.unwrap(), store.read_after(Position::START, 10).await.unwrap());
    store.close().await;
    assert!(!path.with_file_name("god33?#%.db-wal").exists(), "closing tidies the write-ahead log away");

    let store = open(&path).await;
    assert_eq!((store.info().await.unwrap(), store.read_after(Position::START, 10).await.unwrap()), before);
    assert_eq!(record(&store, "one").await, answer, "the repeated request gets the first answer");
    assert_eq!(store.lease("relay", Uuid::new_v4(), std::time::Duration::from_secs(1)).await.unwrap(), None);
    assert_eq!(store.cursor("relay").await.unwrap(), Position::new(1));
    assert_eq!(store.quarantined(None, 10).await.unwrap(), [(1, message)]);
    store.close().await;
}

#[tokio::test]
async fn what_was_answered_is_in_the_files_even_when_nobody_closes_them() {
    let (folder, path) = file();
    let store = open(&path).await;
    for word in ["one", "two", "three"] {
        record(&store, word).await;
    }
    // What a crash of the process leaves: the files as they are, with a transaction under way.
    let transaction = store.begin().await.unwrap();
    let crashed = folder.path().join("crashed.db");
    for end in ["", "-wal"] {
        std::fs::copy(format!("{}{end}", path.display()), format!("{}{end}", crashed.display())).unwrap();
    }
    drop(transaction);

    let after = open(&crashed).await;
    assert_eq!(positions(&after).await, [1, 2, 3]);
    assert_eq!(record(&after, "four").await.position(), Position::new(4));
    after.close().await;
    store.close().await;
}

#[tokio::test]
async fn a_dropped_transaction_frees_the_head_for_another_process() {
    let (_folder, path) = file();
    let (first, second) = (open(&path).await, open(&path).await);
    record(&first, "one").await;
    let transaction = first.begin().await.unwrap();
    assert_eq!(positions(&second).await, [1], "readers are not held up");
    drop(transaction);
    assert_eq!(record(&second, "two").await.position(), Position::new(2));
    assert_eq!(positions(&first).await, [1, 2]);
    first.close().await;
    second.close().await;
}

#[tokio::test]
async fn a_head_that_stays_locked_is_given_up_and_can_be_tried_again() {
    let (_folder, path) = file();
    let store = SqliteStore::open(&SqliteConfig { busy_timeout_ms: 20, ..SqliteConfig::file(&path) }).await.unwrap();
    let mut other = connect(&path).await;
    other.execute("begin immediate").await.unwrap();
    for _ in 0..3 {
        let Err(error) = store.begin().await else { panic!("another process holds the lock") };
        assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
        assert_eq!(error.to_string(), "the store could not lock the head of the log");
    }
    other.execute("rollback").await.unwrap();
    assert_eq!(record(&store, "one").await.position(), Position::new(1));
    store.close().await;
}

#[tokio::test]
async fn a_new_file_may_be_opened_by_many_at_once() {
    let (_folder, path) = file();
    let opening: Vec<_> =
        (0..8).map(|_| path.clone()).map(|path| tokio::spawn(async move { open(&path).await })).collect();
    let mut ids = Vec::new();
    for store in opening {
        let store = store.await.unwrap();
        ids.push(store.info().await.unwrap().store_id);
        store.close().await;
    }
    ids.dedup();
    assert_eq!(ids.len(), 1, "one log, one name");
}

#[tokio::test]
async fn a_schema_of_a_newer_release_is_refused_and_left_alone() {
    let (_folder, path) = file();
    open(&path).await.close().await;
    let mut newer = connect(&path).await;
    newer
        .execute("insert into _sqlx_migrations select 99, 'newer', installed_on, true, checksum, 0 from _sqlx_migrations where version = 1")
        .await
        .unwrap();
    newer.close().await.unwrap();

    let error = SqliteStore::open(&SqliteConfig::file(&path)).await.unwrap_err();
    assert!(matches!(error, OpenError::NewerSchema { found: 99, .. }), "{error:?}");
    let told = error.to_string();
    assert!(told.contains("schema version 99") && told.contains("use the release that wrote it"), "{told}");
}

#[tokio::test]
async fn a_file_that_is_no_database_and_a_folder_that_cannot_be_made_are_refused_by_name() {
    let (folder, path) = file();
    std::fs::write(
        &path,
        "this is a text file, and quite a long one at that, for SQLite reads the first hundred bytes of it",
    )
    .unwrap();
    let error = SqliteStore::open(&SqliteConfig::file(&path)).await.unwrap_err();
    assert!(matches!(error, OpenError::Connect { .. }), "{error:?}");
    assert!(error.to_string().contains("god33.db"), "{error}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("this is a text file"), "it is left alone");

    let error = SqliteStore::open(&SqliteConfig::file(path.join("below/a/file.db"))).await.unwrap_err();
    assert!(matches!(error, OpenError::Folder { .. }), "{error:?}");
    let error = SqliteStore::open(&SqliteConfig::file(folder.path())).await.unwrap_err();
    assert!(matches!(error, OpenError::Connect { .. }), "a folder is no file: {error:?}");
}

#[tokio::test]
async fn another_programs_database_is_refused_and_left_alone() {
    let (_folder, path) = file();
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut theirs = SqliteConnection::connect_with(&options).await.unwrap();
    theirs.execute("create table bookmarks (url text)").await.unwrap();

    let error = SqliteStore::open(&SqliteConfig::file(&path)).await.unwrap_err();
    assert!(matches!(error, OpenError::Foreign { .. }), "{error:?}");
    let tables: Vec<String> =
        sqlx::query_scalar("select name from sqlite_schema").fetch_all(&mut theirs).await.unwrap();
    assert_eq!(tables, ["bookmarks"]);
}

#[tokio::test]
async fn a_write_ahead_log_that_a_long_read_let_grow_is_put_into_the_file() {
    let (_folder, path) = file();
    let store = open(&path).await;
    record(&store, "one").await;
    let (mut reader, mut writer) = (connect(&path).await, connect(&path).await);
    reader.execute("begin; select count(*) from events").await.unwrap();
    writer
        .execute(
            "insert into quarantine (received_at, received_at_nanos, reason, detail, exchange, routing_key, properties, body)
             values (0, 0, 'malformed', '', '', '', 'null', zeroblob(70000000))",
        )
        .await
        .unwrap();
    reader.execute("rollback").await.unwrap();

    let wal = path.with_file_name("god33.db-wal");
    assert!(wal.metadata().unwrap().len() > 64 << 20, "the read kept SQLite from using it anew");
    let now = SystemClock.now();
    store.maintain(now, now).await.unwrap();
    assert!(wal.metadata().unwrap().len() < 1 << 20, "but for what maintenance itself wrote afterwards");
    assert_eq!(store.count_quarantined().await.unwrap(), 1);
    store.close().await;
}

#[tokio::test]
async fn a_row_that_cannot_be_read_back_is_reported_as_corrupt() {
    let (_folder, path) = file();
    let store = open(&path).await;
    record(&store, "one").await;
    let mut vandal = connect(&path).await;
    vandal
        .execute("update workflow_states set state = '{}'; update events set correlation_ids = x'0102'")
        .await
        .unwrap();
    vandal.close().await.unwrap();

    let workflow = store.workflow(&WorkflowId::parse("w-1").unwrap()).await.unwrap_err();
    assert!(matches!(workflow, StoreError::Corrupt { .. }), "{workflow:?}");
    let events = store.read_after(Position::START, 10).await.unwrap_err();
    assert!(matches!(events, StoreError::Corrupt { .. }), "{events:?}");
    store.close().await;
}

#[tokio::test]
async fn tens_of_thousands_of_ids_go_into_one_call() {
    let (_folder, path) = file();
    let store = open(&path).await;
    let root = event("a.root");
    let children: Vec<_> = (0..400).map(|_| event("a.child").caused_by(&root)).collect();
    let stories = std::iter::once(&root).chain(&children);
    write_batch(&store, &SystemClock, &[proposal(stories).build()]).await.unwrap();

    let mut ids: Vec<EventId> = (0..40_000).map(|_| EventId::generate()).collect();
    ids.extend(children.iter().map(|child| child.envelope.event_id));
    ids.extend(children.iter().map(|child| child.envelope.event_id));
    assert_eq!(store.events(&ids).await.unwrap().len(), 400, "each once, however often it is asked for");
    assert_eq!(store.edges_to_parents(&ids).await.unwrap().len(), 400);
    ids.push(root.envelope.event_id);
    assert_eq!(store.edges_to_children(&ids, 300).await.unwrap().len(), 300);
    store.close().await;
}

#[tokio::test]
async fn lists_by_types_alone_agree_with_lists_by_types_and_more() {
    let (_folder, path) = file();
    let store = open(&path).await;
    let stories: Vec<_> = (0..120).map(|n| event(&format!("a.{}.{}", n % 7, n % 3)).of_workflow("w-1")).collect();
    write_batch(&store, &SystemClock, &[proposal(&stories).build()]).await.unwrap();

    let types: Vec<_> = ["a.*.1", "a.3.#"].iter().map(|text| god33_domain::TypePattern::parse(text).unwrap()).collect();
    let alone = EventFilter { types, ..EventFilter::default() };
    let more = EventFilter { workflow_id: WorkflowId::parse("w-1").ok(), ..alone.clone() };
    for order in [Order::OldestFirst, Order::NewestFirst] {
        for limit in [1, 10, 1_000] {
            let query = |filter: &EventFilter| EventQuery {
                filter: filter.clone(),
                order,
                after: Some(Position::new(60)),
                limit,
            };
            let pages =
                (store.list_events(&query(&alone)).await.unwrap(), store.list_events(&query(&more)).await.unwrap());
            assert_eq!(pages.0, pages.1);
            assert!(!pages.0.events.is_empty());
            assert!(pages.0.events.iter().all(|event| alone.matches_but_chain(event)));
        }
    }
    store.close().await;
}
