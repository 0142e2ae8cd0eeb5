//! Brings the schema up to date, and says whether it is.

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{PgConnection, Row, SqlSafeStr};

use crate::OpenError;
use crate::connect::unreachable;

/// The migrations, compiled in. A file that was ever released is never changed: the database keeps its checksum.
const MIGRATIONS: [(i64, &str, &str); 10] = [
    (1, "log", include_str!("../../../migrations/postgres/0001_log.sql")),
    (2, "states", include_str!("../../../migrations/postgres/0002_states.sql")),
    (3, "keeping", include_str!("../../../migrations/postgres/0003_keeping.sql")),
    (4, "coordination", include_str!("../../../migrations/postgres/0004_coordination.sql")),
    (5, "snapshots", include_str!("../../../migrations/postgres/0005_snapshots.sql")),
    (6, "search", include_str!("../../../migrations/postgres/0006_search.sql")),
    (7, "subscriptions", include_str!("../../../migrations/postgres/0007_subscriptions.sql")),
    (8, "upkeep", include_str!("../../../migrations/postgres/0008_upkeep.sql")),
    (9, "replays", include_str!("../../../migrations/postgres/0009_replays.sql")),
    (10, "revision", include_str!("../../../migrations/postgres/0010_revision.sql")),
];

/// The version of the schema that this program needs.
const NEWEST: i64 = MIGRATIONS[MIGRATIONS.len() - 1].0;

const READ_VERSION: &str = "read the version of the database's schema";

/// Applies what is missing. Several nodes may do it at once: the migrator holds a lock in the database meanwhile.
pub(crate) async fn run(connection: &mut PgConnection) -> Result<(), OpenError> {
    refuse_newer(version(connection).await?)?;
    let migrator = Migrator::with_migrations(MIGRATIONS.map(migration).into());
    match migrator.run_direct(None, connection, false).await {
        // Somebody with a newer program was faster.
        Err(MigrateError::VersionMissing(found)) => Err(OpenError::Newer { found, known: NEWEST }),
        result => result.map_err(|error| OpenError::Migration(error.into())),
    }
}

fn migration((version, description, sql): (i64, &'static str, &'static str)) -> Migration {
    Migration::new(version, description.into(), MigrationType::Simple, sql.into_sql_str(), false)
}

/// Refuses a database that this program cannot work on.
pub(crate) async fn check(connection: &mut PgConnection) -> Result<(), OpenError> {
    let version = version(connection).await?;
    refuse_newer(version)?;
    match version {
        None => Err(OpenError::NotMigrated),
        Some(found) if found < NEWEST => Err(OpenError::Older { found, needed: NEWEST }),
        Some(_) => Ok(()),
    }
}

const fn refuse_newer(version: Option<i64>) -> Result<(), OpenError> {
    match version {
        Some(found) if found > NEWEST => Err(OpenError::Newer { found, known: NEWEST }),
        _ => Ok(()),
    }
}

async fn version(connection: &mut PgConnection) -> Result<Option<i64>, OpenError> {
    let kept: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *connection)
        .await
        .map_err(unreachable(READ_VERSION))?;
    if !kept {
        return Ok(None);
    }
    let row = sqlx::query("select max(version) from _sqlx_migrations where success")
        .fetch_one(connection)
        .await
        .map_err(unreachable(READ_VERSION))?;
    row.try_get(0).map_err(unreachable(READ_VERSION))
}
