//! What only PostgreSQL has: a schema that is brought up to date, months of events, several nodes, connections that break or stall.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../support/mod.rs"]
mod support;

mod breaks;
mod exactness;
mod months;
mod schema;
mod stalls;
mod wake_ups;

use std::sync::Arc;

use god33_conformance::database::TestDatabase;
use god33_conformance::store::World;
use sqlx::{AssertSqlSafe, PgConnection};

/// A world on PostgreSQL, and its database to look behind the store's back.
async fn world() -> (World, Arc<TestDatabase>) {
    let under_test = support::make_store().await;
    let database = Arc::clone(&under_test.database);
    (World::of(under_test), database)
}

/// Runs statements behind the store's back.
async fn run(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(connection).await.unwrap();
}

/// The one text that a query answers with.
async fn ask(connection: &mut PgConnection, sql: &str) -> String {
    sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(connection).await.unwrap()
}
