//! Brings the schema to this release's version.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{SqliteConnection, SqlitePool};
use sqlx::{Connection, SqlSafeStr};
use uuid::Uuid;

use crate::OpenError;

/// The files of `migrations/sqlite`, in order. A file that was released never changes; a new one is added here.
const MIGRATIONS: [(i64, &str, &str); 9] = [
    (1, "log", include_str!("../../../migrations/sqlite/0001_log.sql")),
    (2, "states", include_str!("../../../migrations/sqlite/0002_states.sql")),
    (3, "keeping", include_str!("../../../migrations/sqlite/0003_keeping.sql")),
    (4, "coordination", include_str!("../../../migrations/sqlite/0004_coordination.sql")),
    (5, "snapshots", include_str!("../../../migrations/sqlite/0005_snapshots.sql")),
    (6, "search", include_str!("../../../migrations/sqlite/0006_search.sql")),
    (7, "subscriptions", include_str!("../../../migrations/sqlite/0007_subscriptions.sql")),
    (8, "upkeep", include_str!("../../../migrations/sqlite/0008_upkeep.sql")),
    (9, "replays", include_str!("../../../migrations/sqlite/0009_replays.sql")),
];

/// The mark that the first migration sets in the file's header: `g33s`.
const APPLICATION_ID: i64 = 0x6733_3373;

/// All of it in one transaction that holds the write lock: two processes may open a new file at the same time.
pub(crate) async fn migrate(writer: &SqlitePool, name: &str) -> Result<(), OpenError> {
    let connect = |source| OpenError::Connect { name: name.to_owned(), source };
    let mut connection = writer.acquire().await.map_err(connect)?;
    let mut transaction = connection.begin_with("begin immediate").await.map_err(connect)?;
    if is_foreign(&mut transaction).await.map_err(connect)? {
        return Err(OpenError::Foreign { name: name.to_owned() });
    }
    migrator().run_direct(None, &mut *transaction, false).await.map_err(|error| refused(name, error))?;
    name_log(&mut transaction).await.map_err(connect)?;
    transaction.commit().await.map_err(connect)
}

async fn is_foreign(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    let sql = "select exists (select 1 from sqlite_schema) and application_id <> ? from pragma_application_id";
    sqlx::query_scalar(sql).bind(APPLICATION_ID).fetch_one(connection).await
}

fn migrator() -> Migrator {
    let migrations = MIGRATIONS.map(|(version, description, sql)| {
        Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.into())
}

fn refused(name: &str, error: MigrateError) -> OpenError {
    let (name, known) = (name.to_owned(), newest());
    match error {
        MigrateError::VersionMissing(found) if found > known => OpenError::NewerSchema { name, found, known },
        source => OpenError::Migrate { name, source },
    }
}

fn newest() -> i64 {
    MIGRATIONS.iter().map(|(version, ..)| *version).max().unwrap_or_default()
}

/// A log is named once, when it is made.
async fn name_log(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query("insert or ignore into log (only_row, store_id, position, recorded_at) values (1, ?, 0, 0)")
        .bind(Uuid::new_v4())
        .execute(connection)
        .await
        .map(drop)
}
