//! One connection that writes, several that read.
//!
//! In a file, SQLite's write-ahead log lets reads and a write go on side by side. In memory it has no such log: a read and a
//! write would refuse each other, so a gate, which is fair, makes them take turns for the milliseconds that each lasts.

use std::sync::Arc;

use god33_domain::ports::StoreError;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Connection, Sqlite};
use tokio::sync::{Mutex, OwnedRwLockReadGuard, OwnedRwLockWriteGuard, RwLock};

use crate::error::failed;

/// Keeps reads and writes of a database in memory apart.
pub(crate) type Gate = Arc<RwLock<()>>;

#[derive(Debug)]
pub(crate) struct Connections {
    /// Of one connection: to have it is to be the only writer of this process.
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
    /// Only for a database in memory.
    pub(crate) memory: Option<Memory>,
}

/// What only a database in memory needs.
#[derive(Debug)]
pub(crate) struct Memory {
    pub(crate) gate: Gate,
    /// A database in memory ends with its last connection; this one is never used and never lost.
    pub(crate) keeper: Mutex<Option<SqliteConnection>>,
}

/// A connection with the right to read.
pub(crate) struct Reader {
    pub(crate) connection: PoolConnection<Sqlite>,
    _turn: Option<OwnedRwLockReadGuard<()>>,
}

/// The connection that writes, with the right to.
pub(crate) struct Writer {
    pub(crate) connection: PoolConnection<Sqlite>,
    _turn: Option<OwnedRwLockWriteGuard<()>>,
}

impl Connections {
    /// The gate of a database in memory.
    pub(crate) fn gate(&self) -> Option<Gate> {
        self.memory.as_ref().map(|memory| Arc::clone(&memory.gate))
    }

    pub(crate) async fn read(&self, operation: &'static str) -> Result<Reader, StoreError> {
        let connection = self.readers.acquire().await.map_err(failed(operation))?;
        let turn = match self.gate() {
            Some(gate) => Some(gate.read_owned().await),
            None => None,
        };
        Ok(Reader { connection, _turn: turn })
    }

    pub(crate) async fn write(&self, operation: &'static str) -> Result<Writer, StoreError> {
        let connection = self.writer.acquire().await.map_err(failed(operation))?;
        let turn = match self.gate() {
            Some(gate) => Some(gate.write_owned().await),
            None => None,
        };
        Ok(Writer { connection, _turn: turn })
    }

    /// Readers go first: the last connection to a file tidies its write-ahead log away, which only the writer may do.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
        let Some(memory) = &self.memory else { return };
        if let Some(keeper) = memory.keeper.lock().await.take()
            && let Err(error) = keeper.close().await
        {
            tracing::warn!(%error, "the database in memory did not close cleanly");
        }
    }
}
