//! The one transaction that writes to the log.

use async_trait::async_trait;
use god33_domain::plan::{Head, Known, Needs, Writes};
use god33_domain::ports::{Commit, LogTransaction, StoreError};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqliteConnection;
use sqlx::{Connection, Sqlite, Transaction};

use crate::connections::Gate;
use crate::error::failed;
use crate::{SqliteStore, commit, info, load};

const BEGIN: &str = "lock the head of the log";

/// Holds this process's only writing connection, and so the head of the log.
pub(crate) struct SqliteTransaction {
    held: Held,
    head: Head,
}

/// How the head is held against others.
enum Held {
    /// In a file: by SQLite's write lock, which other processes respect. Readers are not held up.
    File(Transaction<'static, Sqlite>),
    /// In memory: nobody but this process can write, so the connection alone will do. SQLite's lock would hold up every reader;
    /// it is taken behind the gate when the writes are known.
    Memory(PoolConnection<Sqlite>, Gate),
}

pub(crate) async fn begin(store: &SqliteStore) -> Result<SqliteTransaction, StoreError> {
    let writer = &store.connections.writer;
    let mut held = match store.connections.gate() {
        None => Held::File(writer.begin_with("begin immediate").await.map_err(failed(BEGIN))?),
        Some(gate) => Held::Memory(writer.acquire().await.map_err(failed(BEGIN))?, gate),
    };
    let head = info::head(held.connection(), BEGIN).await?;
    Ok(SqliteTransaction { held, head })
}

impl Held {
    fn connection(&mut self) -> &mut SqliteConnection {
        match self {
            Self::File(transaction) => transaction,
            Self::Memory(connection, _) => connection,
        }
    }
}

#[async_trait]
impl LogTransaction for SqliteTransaction {
    fn head(&self) -> Head {
        self.head
    }

    async fn load(&mut self, needs: &Needs) -> Result<Known, StoreError> {
        load::load(self.held.connection(), needs).await
    }

    async fn commit(self: Box<Self>, writes: &Writes) -> Result<Commit, StoreError> {
        match self.held {
            Held::File(transaction) => finish(transaction, self.head, writes).await,
            Held::Memory(mut connection, gate) => {
                let _turn = gate.write().await;
                let transaction = connection.begin_with("begin immediate").await.map_err(failed(commit::OPERATION))?;
                finish(transaction, self.head, writes).await
            }
        }
    }
}

async fn finish(mut transaction: Transaction<'_, Sqlite>, head: Head, writes: &Writes) -> Result<Commit, StoreError> {
    commit::write(&mut transaction, head, writes).await?;
    transaction.commit().await.map_err(failed(commit::OPERATION))?;
    Ok(Commit::Done)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use god33_conformance::{event, proposal};
    use god33_domain::Position;
    use god33_domain::ports::{Store as _, SystemClock};
    use god33_log::write_batch;
    use sqlx::AssertSqlSafe;

    use super::*;
    use crate::SqliteConfig;

    /// Lets the database grow to so many pages more and no further, as a full disk does.
    async fn leave_room(store: &SqliteStore, pages: i64) {
        let mut writer = store.connections.write("set the room").await.unwrap();
        let used: i64 = sqlx::query_scalar("pragma page_count").fetch_one(&mut *writer.connection).await.unwrap();
        let sql = AssertSqlSafe(format!("pragma max_page_count = {}", used + pages));
        sqlx::query(sql).execute(&mut *writer.connection).await.unwrap();
    }

    async fn record(store: &SqliteStore, kilobytes: usize) -> Result<Position, StoreError> {
        let story = event("a.b").of_workflow("w-1").saying("text", "x".repeat(kilobytes * 1_024));
        let plan = write_batch(store, &SystemClock, &[proposal([&story]).build()]).await?;
        Ok(plan.answers.into_iter().next().unwrap().unwrap().position())
    }

    #[tokio::test]
    async fn a_full_disk_is_unavailable_changes_nothing_and_is_over_when_there_is_room() {
        let folder = tempfile::tempdir().unwrap();
        for config in [SqliteConfig::file(folder.path().join("god33.db")), SqliteConfig::in_memory()] {
            let store = SqliteStore::open(&config).await.unwrap();
            assert_eq!(record(&store, 1).await.unwrap(), Position::new(1));
            let before = store.info().await.unwrap();

            for pages in [0, 1, 3, 10, 30] {
                leave_room(&store, pages).await;
                let error = record(&store, 500).await.unwrap_err();
                let StoreError::Unavailable { operation, source } = &error else { panic!("{error:?}") };
                assert_eq!(*operation, "write a batch to the log");
                assert!(source.to_string().contains("full"), "{source}");
                assert_eq!(store.info().await.unwrap(), before);
                assert_eq!(store.read_after(Position::START, 10).await.unwrap().len(), 1);
            }
            leave_room(&store, 1_000_000).await;
            assert_eq!(record(&store, 500).await.unwrap(), Position::new(2));
            store.close().await;
        }
    }
}
