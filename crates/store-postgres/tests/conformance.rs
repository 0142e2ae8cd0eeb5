//! The suite that every store passes, on PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use async_trait::async_trait;
use god33_conformance::database::TestDatabase;
use god33_conformance::store::StoreUnderTest;
use god33_domain::ports::Store;
use god33_store_postgres::{PostgresConfig, PostgresStore};

struct Postgres {
    store: Arc<dyn Store>,
    database: TestDatabase,
}

#[async_trait]
impl StoreUnderTest for Postgres {
    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    async fn open_again(&self) -> Arc<dyn Store> {
        open(&self.database).await
    }
}

async fn open(database: &TestDatabase) -> Arc<dyn Store> {
    Arc::new(PostgresStore::connect(PostgresConfig::new(database.url())).await.unwrap())
}

async fn make_store() -> Postgres {
    let database = TestDatabase::create().await;
    PostgresStore::migrate(&PostgresConfig::new(database.url())).await.unwrap();
    Postgres { store: open(&database).await, database }
}

god33_conformance::store_suite!(make_store);
