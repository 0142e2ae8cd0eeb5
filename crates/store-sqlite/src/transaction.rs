//! The one transaction that writes to the log.

use async_trait::async_trait;
use god33_domain::plan::{Head, Known, Needs, Writes};
use god33_domain::ports::{LogTransaction, StoreError};
use god33_domain::{Workflow, WorkflowId};
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

    async fn load_workflows(&mut self, ids: &[WorkflowId]) -> Result<Vec<Workflow>, StoreError> {
        load::workflows(self.held.connection(), ids).await
    }

    async fn commit(self: Box<Self>, writes: &Writes) -> Result<(), StoreError> {
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

async fn finish(mut transaction: Transaction<'_, Sqlite>, head: Head, writes: &Writes) -> Result<(), StoreError> {
    commit::write(&mut transaction, head, writes).await?;
    transaction.commit().await.map_err(failed(commit::OPERATION))
}
