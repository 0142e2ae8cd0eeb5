//! Brings the schema to this release's version.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Connection, SqlSafeStr};
use uuid::Uuid;

use crate::OpenError;

/// The files of `migrations/sqlite`, in order. A file that was released never changes; a new one is added here.
const MIGRATIONS: [(i64, &str, &str); 3] = [
    (1, "log", include_str!("../../../migrations/sqlite/0001_log.sql")),
    (2, "states", include_str!("../../../migrations/sqlite/0002_states.sql")),
    (3, "keeping", include_str!("../../../migrations/sqlite/0003_keeping.sql")),
];

pub(crate) async fn migrate(writer: &SqlitePool, name: &str) -> Result<(), OpenError> {
    let connect = |source| OpenError::Connect { name: name.to_owned(), source };
    let mut connection = writer.acquire().await.map_err(connect)?;
    run(&mut connection).await.map_err(|error| match error {
        MigrateError::VersionMissing(found) if found > newest() => {
            OpenError::NewerSchema { name: name.to_owned(), found, known: newest() }
        }
        MigrateError::Execute(source) => connect(source),
        source => OpenError::Migrate { name: name.to_owned(), source },
    })
}

fn newest() -> i64 {
    MIGRATIONS.iter().map(|(version, ..)| *version).max().unwrap_or_default()
}

/// All of it in one transaction that holds the write lock: two processes may open a new file at the same time.
async fn run(connection: &mut SqliteConnection) -> Result<(), MigrateError> {
    let mut transaction = connection.begin_with("begin immediate").await?;
    migrator().run_direct(None, &mut *transaction, false).await?;
    // A log is named once, when it is made.
    sqlx::query("insert or ignore into log (only_row, store_id, position, recorded_at) values (1, ?, 0, 0)")
        .bind(Uuid::new_v4())
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.map(|(version, description, sql)| {
        Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.into())
}
