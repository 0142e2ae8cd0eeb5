//! The table in a SQLite file, as safe as god33's: write-ahead log, synced with every commit. One connection, since there is one writer.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use futures::FutureExt as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::Mutex;
use uuid::Uuid;

use super::TOGETHER;
use super::row::Row;
use crate::load::{Client, Done};

/// As near to the design document as SQLite comes: it has no arrays to index, so one cause is a column.
const CREATE: &str = "
create table events (
  event_id blob primary key,
  event_type text not null,
  timestamp integer not null,
  version text not null,
  source text not null,
  correlation_id blob not null,
  agent_context text,
  payload text not null);
create index idx_event_type on events (event_type);
create index idx_timestamp on events (timestamp desc);
create index idx_correlation_id on events (correlation_id);
create index idx_checkpoint on events (agent_context->>'checkpoint_id') where agent_context is not null";

const INSERT: &str = "
insert into events (event_id, event_type, timestamp, version, source, correlation_id, agent_context, payload)
values (?, ?, ?, ?, ?, ?, ?, ?)";

/// A file with nothing but the table. It goes when this value does.
pub(crate) struct Table {
    folder: PathBuf,
    connection: Arc<Mutex<SqliteConnection>>,
}

impl Table {
    pub(super) async fn create(scratch: &Path) -> Result<Self> {
        let doing = "could not make the table of the yardstick";
        let folder = scratch.join(Uuid::new_v4().simple().to_string());
        std::fs::create_dir_all(&folder).context(doing)?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join("seed.db"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        let mut connection = options.connect().await.context(doing)?;
        sqlx::raw_sql(CREATE).execute(&mut connection).await.context(doing)?;
        Ok(Self { folder, connection: Arc::new(Mutex::new(connection)) })
    }

    pub(super) fn one_by_one(&self, clients: usize) -> Vec<Client> {
        (0..clients).map(|_| self.client(1)).collect()
    }

    pub(super) fn batched(&self) -> Vec<Client> {
        vec![self.client(TOGETHER)]
    }

    fn client(&self, together: usize) -> Client {
        let (connection, session) = (self.connection.clone(), Uuid::new_v4());
        Box::new(move || {
            let connection = connection.clone();
            async move {
                let rows: Vec<Row> = (0..together).map(|_| Row::next(session)).collect();
                let mut connection = connection.lock().await;
                let mut transaction = connection.begin_with("begin immediate").await?;
                for row in &rows {
                    insert(&mut transaction, row).await?;
                }
                transaction.commit().await?;
                Ok(Done::now(rows.len() as u64))
            }
            .boxed()
        })
    }
}

async fn insert(connection: &mut SqliteConnection, row: &Row) -> Result<()> {
    sqlx::query(INSERT)
        .bind(row.event_id)
        .bind(row.event_type)
        .bind(row.timestamp.timestamp_micros())
        .bind(row.version)
        .bind(&row.source)
        .bind(row.correlation_id)
        .bind(&row.agent_context)
        .bind(&row.payload)
        .execute(connection)
        .await?;
    Ok(())
}

impl Drop for Table {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("could not remove {}: {error}", self.folder.display());
        }
    }
}
