//! Connections for the time of one operation, none of which outlasts the node's patience.
//!
//! A server that is frozen or cut off says nothing, and TCP waits for it for many minutes. Whoever asks is answered before that, and
//! the connection that the question went to is closed, since giving it back to the pool would wait for the server once more. When
//! the caller goes away first, the connection stays taken until the server is done, and no longer than the node's patience: callers
//! who give up must not put more load on the server than those who wait.

use std::time::Duration;

use god33_domain::ports::StoreError;
use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres};
use tokio::runtime::Handle;

use crate::error::{Doing, NoAnswer};

/// A pool whose connections are lent.
pub(crate) struct Lender {
    pool: PgPool,
    patience: Duration,
}

impl Lender {
    /// `patience` is how long any one operation may take.
    pub(crate) const fn new(pool: PgPool, patience: Duration) -> Self {
        Self { pool, patience }
    }

    /// The pool, to look at.
    pub(crate) const fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Waits for a connection as long as the pool's own limit says.
    pub(crate) async fn lend(&self) -> Result<Lent, StoreError> {
        let connection = self.pool.acquire().await.doing("get a connection to PostgreSQL")?;
        Ok(Lent { connection: Some(connection), rests: true, in_transaction: false, patience: self.patience })
    }

    /// Runs one operation on a connection.
    pub(crate) async fn ask<T>(
        &self,
        operation: impl AsyncFnOnce(&mut PgConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.lend().await?.ask(operation).await
    }

    /// Closes all connections. Those of a server that does not answer are left behind.
    pub(crate) async fn close(&self) {
        if tokio::time::timeout(self.patience, self.pool.close()).await.is_err() {
            tracing::debug!("connections to PostgreSQL were left behind: it does not answer");
        }
    }
}

/// A connection. When dropped it goes back to its pool, once the server has answered and what was not committed is rolled back.
pub(crate) struct Lent {
    /// None once it is closed.
    connection: Option<PoolConnection<Postgres>>,
    /// False while something is under way.
    rests: bool,
    in_transaction: bool,
    patience: Duration,
}

impl Lent {
    /// Runs one operation. When there is no answer in time, the connection is closed, and nothing more can be asked.
    pub(crate) async fn ask<T>(
        &mut self,
        operation: impl AsyncFnOnce(&mut PgConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let Some(connection) = self.connection.as_mut().filter(|_| self.rests) else {
            return Err(NoAnswer::within(self.patience));
        };
        self.rests = false;
        match tokio::time::timeout(self.patience, operation(connection)).await {
            Ok(answer) => {
                self.rests = true;
                answer
            }
            Err(_) => {
                self.close();
                Err(NoAnswer::within(self.patience))
            }
        }
    }

    /// At once, without a word to the server.
    fn close(&mut self) {
        if let Some(connection) = self.connection.take() {
            drop(connection.detach());
        }
    }

    /// The same, as the first operation of a transaction.
    pub(crate) async fn begin<T>(
        &mut self,
        operation: impl AsyncFnOnce(&mut PgConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.in_transaction = true;
        self.ask(async |connection| {
            sqlx::raw_sql("begin").execute(&mut *connection).await.doing("begin a transaction")?;
            operation(connection).await
        })
        .await
    }

    /// The same, as the last operation of a transaction.
    pub(crate) async fn commit<T>(
        &mut self,
        operation: impl AsyncFnOnce(&mut PgConnection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let answer = self
            .ask(async |connection| {
                let answer = operation(&mut *connection).await?;
                sqlx::raw_sql("commit").execute(connection).await.doing("commit to the log")?;
                Ok(answer)
            })
            .await?;
        self.in_transaction = false;
        Ok(answer)
    }

    /// Rolls back what was not committed, so that the head is free at once.
    async fn roll_back(mut self) {
        let rolled_back =
            self.ask(async |connection| sqlx::raw_sql("rollback").execute(connection).await.doing("roll back")).await;
        if rolled_back.is_err() {
            self.close();
        }
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(mut connection) = self.connection.take() else { return };
        let patience = self.patience;
        match Handle::try_current() {
            Ok(runtime) if !self.in_transaction => {
                // The pool waits for the server before it takes the connection back. One that it waits for in vain is closed.
                runtime.spawn(tokio::time::timeout(patience, connection.return_to_pool()));
            }
            Ok(runtime) if self.rests => {
                let lent = Self { connection: Some(connection), rests: true, in_transaction: false, patience };
                runtime.spawn(lent.roll_back());
            }
            _ => drop(connection.detach()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_conformance::database::TestDatabase;
    use sqlx::postgres::PgPoolOptions;

    use super::*;

    /// Of a single connection, so that one which is not given back is missed.
    async fn lender(database: &TestDatabase) -> Lender {
        let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(10));
        Lender::new(pool.connect(database.url()).await.unwrap(), Duration::from_secs(2))
    }

    async fn run(connection: &mut PgConnection, sql: &'static str) -> Result<(), StoreError> {
        sqlx::raw_sql(sql).execute(connection).await.doing("run a test's statement").map(drop)
    }

    const LONG: &str = "select pg_sleep(120)";

    #[tokio::test]
    async fn a_connection_that_does_not_answer_in_time_makes_room_for_another() {
        let database = TestDatabase::create().await;
        let lender = lender(&database).await;
        let error = lender.ask(async |connection| run(connection, LONG).await).await.unwrap_err();
        assert_eq!(error.to_string(), "the store could not get an answer from PostgreSQL");
        lender.ask(async |connection| run(connection, "select 1").await).await.unwrap();
    }

    #[tokio::test]
    async fn a_connection_whose_caller_went_away_makes_room_for_another() {
        let database = TestDatabase::create().await;
        let lender = lender(&database).await;
        let asked = lender.ask(async |connection| run(connection, LONG).await);
        tokio::time::timeout(Duration::from_millis(50), asked).await.unwrap_err();
        lender.ask(async |connection| run(connection, "select 1").await).await.unwrap();
    }

    #[tokio::test]
    async fn what_was_not_committed_is_rolled_back_before_the_connection_is_lent_again() {
        let database = TestDatabase::create().await;
        let lender = lender(&database).await;
        let mut lent = lender.lend().await.unwrap();
        lent.begin(async |connection| run(connection, "create table kept ()").await).await.unwrap();
        lent.commit(async |connection| run(connection, "create table also_kept ()").await).await.unwrap();
        drop(lent);
        let mut lent = lender.lend().await.unwrap();
        lent.begin(async |connection| run(connection, "drop table kept, also_kept").await).await.unwrap();
        drop(lent);
        // A statement that the server refuses breaks the transaction, not the connection.
        let mut lent = lender.lend().await.unwrap();
        lent.begin(async |connection| run(connection, "select * from kept, also_kept").await).await.unwrap();
        lent.commit(async |connection| run(connection, "nonsense").await).await.unwrap_err();
        drop(lent);
        lender.ask(async |connection| run(connection, "select * from kept, also_kept").await).await.unwrap();
    }
}
