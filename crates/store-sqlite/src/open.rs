//! Opens the database, and makes it where it is not there.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::Connection;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use tokio::sync::{Mutex, RwLock};
use uuid::Uuid;

use crate::connections::{Connections, Memory};
use crate::error::is_busy;
use crate::{SqliteConfig, SqliteStore, migrate};

/// The database cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder of the file is not there and cannot be made.
    #[error("could not make the folder of the database file {}: name a place that can be written to", .path.display())]
    Folder {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// SQLite cannot open it: it cannot be written to, is no database, or is locked for too long.
    #[error("could not open the database {name}")]
    Connect {
        /// The file, or what stands for the memory.
        name: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// It holds another program's tables. It is left as it was.
    #[error("the database {name} is another program's: name another file")]
    Foreign {
        /// The file.
        name: String,
    },
    /// A newer release made it, or brought it to its own schema.
    #[error(
        "the database {name} has schema version {found} and this release knows versions up to {known}: use the release that wrote it, or a newer one"
    )]
    NewerSchema {
        /// The file.
        name: String,
        /// Its version.
        found: i64,
        /// The newest version that this release knows.
        known: i64,
    },
    /// Its schema cannot be brought to this release's version. The database is as it was.
    #[error("could not bring the database {name} to the schema of this release")]
    Migrate {
        /// The file.
        name: String,
        /// Why.
        #[source]
        source: MigrateError,
    },
}

impl SqliteStore {
    /// Opens the store that the settings name: makes the file's folder and the file where they are not there, and brings the
    /// schema to this release's version.
    ///
    /// # Errors
    /// [`OpenError`]; nothing was changed but that the folder and an empty file may be there now.
    pub async fn open(config: &SqliteConfig) -> Result<Self, OpenError> {
        let connections = match &config.path {
            Some(path) => open_file(path, config).await?,
            None => open_memory(config).await?,
        };
        Ok(Self { connections })
    }
}

async fn open_file(path: &Path, config: &SqliteConfig) -> Result<Connections, OpenError> {
    let path = make_folder(path).await?;
    let name = path.display().to_string();
    let options = options(config).filename(&path);
    let writer = options
        .clone()
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // An answer is given only after the write-ahead log is on the disk.
        .synchronous(SqliteSynchronous::Full)
        // A write-ahead log that a long read let grow gives its space back.
        .pragma("journal_size_limit", "67108864");
    Pools { name, config, reader: options.read_only(true), writer }.open(None).await
}

async fn make_folder(path: &Path) -> Result<PathBuf, OpenError> {
    let failed = |source| OpenError::Folder { path: path.to_owned(), source };
    // Absolute, since SQLite reads a name that begins with `file:` as a URI.
    let path = std::path::absolute(path).map_err(failed)?;
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await.map_err(failed)?;
    }
    Ok(path)
}

async fn open_memory(config: &SqliteConfig) -> Result<Connections, OpenError> {
    // With this VFS, connections of one process that use one name share one database. SQLite's other way, a shared cache, locks
    // whole tables and does not wait for them.
    let name = format!("/god33-{}", Uuid::new_v4().as_simple());
    let options = options(config).filename(&name).vfs("memdb").create_if_missing(true);
    let connect = |source| OpenError::Connect { name: "in memory".into(), source };
    let keeper = SqliteConnection::connect_with(&options).await.map_err(connect)?;
    let memory = Memory { gate: Arc::new(RwLock::new(())), keeper: Mutex::new(Some(keeper)) };
    let reader = options.clone().pragma("query_only", "on");
    Pools { name: "in memory".into(), config, reader, writer: options }.open(Some(memory)).await
}

fn options(config: &SqliteConfig) -> SqliteConnectOptions {
    SqliteConnectOptions::new().busy_timeout(config.busy_timeout()).foreign_keys(true).pragma("temp_store", "memory")
}

struct Pools<'a> {
    name: String,
    config: &'a SqliteConfig,
    reader: SqliteConnectOptions,
    writer: SqliteConnectOptions,
}

impl Pools<'_> {
    async fn open(self, memory: Option<Memory>) -> Result<Connections, OpenError> {
        let connect = |source| OpenError::Connect { name: self.name.clone(), source };
        let writer = self.open_writer().await.map_err(connect)?;
        migrate::migrate(&writer, &self.name).await?;
        let readers = pool(self.config.read_connections.max(1)).connect_with(self.reader.clone()).await;
        Ok(Connections { writer, readers: readers.map_err(connect)?, memory })
    }

    /// SQLite waits for locks by itself, but not for the one that it needs to begin a new file's write-ahead log: when two
    /// processes open a new file at the same time, one of them is refused at once.
    async fn open_writer(&self) -> Result<SqlitePool, sqlx::Error> {
        let deadline = Instant::now() + self.config.busy_timeout();
        loop {
            let pool = pool(1).after_release(|connection, _| Box::pin(is_usable(connection)));
            match pool.connect_with(self.writer.clone()).await {
                Err(error) if is_busy(&error) && Instant::now() < deadline => tokio::time::sleep(RETRY_AFTER).await,
                opened => return opened,
            }
        }
    }
}

/// How long to wait before a locked new file is tried again.
const RETRY_AFTER: Duration = Duration::from_millis(10);

/// Connections are made when first needed and then kept: to open a file costs more than to keep it open.
fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        // SQLite is in this process: there is no connection that could have gone away.
        .test_before_acquire(false)
        .acquire_timeout(Duration::from_secs(30))
}

/// On some errors, a full disk among them, SQLite ends the transaction by itself; the driver then still counts one as open and
/// would never begin another. Such a connection is closed, and the pool opens a new one.
async fn is_usable(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // The answer comes after a rollback that is still under way.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}
