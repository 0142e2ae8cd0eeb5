//! The suite that every store passes, on SQLite in a file.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use god33_conformance::store::StoreUnderTest;
use god33_domain::ports::Store;
use god33_store_sqlite::{SqliteConfig, SqliteStore};
use tempfile::TempDir;

struct InAFile {
    store: Arc<dyn Store>,
    folder: TempDir,
}

impl InAFile {
    fn path(folder: &TempDir) -> PathBuf {
        folder.path().join("god33.db")
    }
}

async fn open(folder: &TempDir) -> Arc<dyn Store> {
    Arc::new(SqliteStore::open(&SqliteConfig::file(InAFile::path(folder))).await.unwrap())
}

#[async_trait]
impl StoreUnderTest for InAFile {
    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    async fn open_again(&self) -> Arc<dyn Store> {
        open(&self.folder).await
    }
}

async fn make_store() -> InAFile {
    let folder = tempfile::tempdir().unwrap();
    InAFile { store: open(&folder).await, folder }
}

god33_conformance::store_suite!(make_store, cannot: several_nodes);

// Several processes may use one file; they only do not wake each other.
god33_conformance::store_tests! { make_store,
    nodes: [
        two_nodes_that_write_at_once_leave_no_gap_and_no_repeat
        a_reader_on_either_node_never_sees_a_gap_while_both_write
        a_repeat_on_the_other_node_is_a_repeat
        one_of_two_nodes_has_a_lease
        of_two_nodes_that_change_a_group_each_change_stands_once
        a_node_that_dies_in_a_transaction_stops_nobody
    ]
}
