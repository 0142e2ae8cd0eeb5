//! A PostgreSQL store over a database of its own.

use std::sync::Arc;

use async_trait::async_trait;
use god33_conformance::database::TestDatabase;
use god33_conformance::store::StoreUnderTest;
use god33_domain::ports::Store;
use god33_store_postgres::{PostgresConfig, PostgresStore};

/// A store under test. The database goes when the last of those who hold it has gone.
pub struct Postgres {
    pub store: Arc<dyn Store>,
    pub database: Arc<TestDatabase>,
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

/// One more node on a database.
pub async fn open(database: &TestDatabase) -> Arc<dyn Store> {
    open_with(config(database)).await
}

/// One more node with settings of its own.
pub async fn open_with(config: PostgresConfig) -> Arc<dyn Store> {
    Arc::new(PostgresStore::connect(config).await.expect("the store opens"))
}

/// Few connections: many tests run at once on one server.
pub fn config(database: &TestDatabase) -> PostgresConfig {
    PostgresConfig { max_connections: 4, ..PostgresConfig::new(database.url()) }
}

/// A store over a new, empty log.
pub async fn make_store() -> Postgres {
    let database = Arc::new(TestDatabase::create().await);
    PostgresStore::migrate(&config(&database)).await.expect("the schema is created");
    Postgres { store: open(&database).await, database }
}
