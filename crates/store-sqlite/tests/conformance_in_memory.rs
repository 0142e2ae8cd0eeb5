//! The suite that every store passes, on SQLite in memory.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use async_trait::async_trait;
use god33_conformance::store::StoreUnderTest;
use god33_domain::ports::Store;
use god33_store_sqlite::{SqliteConfig, SqliteStore};

struct InMemory(Arc<dyn Store>);

#[async_trait]
impl StoreUnderTest for InMemory {
    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.0)
    }

    async fn open_again(&self) -> Arc<dyn Store> {
        panic!("a log in memory does not outlive its process, so no case opens it once more")
    }
}

async fn make_store() -> InMemory {
    InMemory(Arc::new(SqliteStore::open(&SqliteConfig::in_memory()).await.unwrap()))
}

god33_conformance::store_suite!(make_store, cannot: outlive_its_process);
