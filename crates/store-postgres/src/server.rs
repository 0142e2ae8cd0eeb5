//! What kind of server it is, and whether god33 can keep its promises on it.

use sqlx::postgres::PgConnectOptions;
use sqlx::{PgConnection, Row};

use crate::connect::unreachable;
use crate::{OpenError, PostgresConfig};

/// The oldest version that its makers still mend.
const OLDEST: i32 = 140_000;

/// A server that god33 can use.
pub(crate) struct Server {
    /// Commits are answered before they are on disk, unless a session says otherwise.
    commits_early: bool,
}

impl Server {
    /// Refuses a server that god33 cannot use, and warns of one that may lose what it confirmed.
    pub(crate) async fn check(connection: &mut PgConnection) -> Result<Self, OpenError> {
        let row = sqlx::query(
            "select current_setting('server_version_num')::int, current_setting('server_version'),
                    current_setting('server_encoding'), pg_is_in_recovery(), current_setting('synchronous_commit') = 'off',
                    current_setting('fsync') = 'off'",
        )
        .fetch_one(connection)
        .await
        .map_err(unreachable("ask PostgreSQL what it is"))?;
        let read = unreachable("read what PostgreSQL is");
        let (number, version): (i32, String) = (row.try_get(0).map_err(&read)?, row.try_get(1).map_err(&read)?);
        let (encoding, replica): (String, bool) = (row.try_get(2).map_err(&read)?, row.try_get(3).map_err(&read)?);
        let (commits_early, no_fsync): (bool, bool) = (row.try_get(4).map_err(&read)?, row.try_get(5).map_err(&read)?);
        refuse(unsuitable(number, &version, &encoding, replica))?;
        if no_fsync {
            tracing::warn!("this PostgreSQL runs with fsync = off: a crash of its machine can lose or ruin the log");
        }
        Ok(Self { commits_early })
    }

    /// The configuration's options for connections that write batches. An early commit is taken back: what an answer says is
    /// recorded must survive every crash. Stricter settings, which wait for replicas, are left as they are.
    pub(crate) fn writer_options(&self, config: &PostgresConfig) -> Result<PgConnectOptions, OpenError> {
        let options = config.writer_options()?;
        Ok(if self.commits_early { options.options([("synchronous_commit", "on")]) } else { options })
    }
}

fn refuse(complaint: Option<String>) -> Result<(), OpenError> {
    complaint.map_or(Ok(()), |complaint| Err(OpenError::Unsuitable(complaint)))
}

/// Why god33 cannot use a server, and what to do.
fn unsuitable(number: i32, version: &str, encoding: &str, replica: bool) -> Option<String> {
    if number < OLDEST {
        Some(format!("the server is PostgreSQL {version} and god33 needs 14 or newer: upgrade the server"))
    } else if encoding != "UTF8" {
        Some(format!(
            "the database's encoding is {encoding} and god33 needs UTF8: create the database with `encoding 'UTF8'`"
        ))
    } else if replica {
        Some("the server is a replica, which cannot be written to: use the URL of the primary".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_conformance::database::TestDatabase;
    use sqlx::{AssertSqlSafe, PgPool};

    use super::*;
    use crate::PostgresStore;

    async fn setting(pool: &PgPool, name: &str) -> String {
        sqlx::query_scalar("select current_setting($1)").bind(name).fetch_one(pool).await.unwrap()
    }

    async fn store_where(database: &TestDatabase, synchronous_commit: &str) -> PostgresStore {
        let name = database.url().rsplit('/').next().unwrap();
        let name = name.split('?').next().unwrap();
        let alter = format!("alter database {name} set synchronous_commit = {synchronous_commit}");
        sqlx::raw_sql(AssertSqlSafe(alter)).execute(&mut database.connect().await).await.unwrap();
        PostgresStore::connect(PostgresConfig::new(database.url())).await.unwrap()
    }

    #[tokio::test]
    async fn a_commit_is_on_disk_before_it_is_confirmed_also_where_the_database_says_otherwise() {
        let database = TestDatabase::create().await;
        PostgresStore::migrate(&PostgresConfig::new(database.url())).await.unwrap();
        for (of_database, of_writers) in [("off", "on"), ("on", "on"), ("remote_apply", "remote_apply")] {
            let store = store_where(&database, of_database).await;
            assert_eq!(setting(store.writes.pool(), "synchronous_commit").await, of_writers);
        }
    }

    #[tokio::test]
    async fn no_connection_waits_for_ever_and_writers_plan_once() {
        let database = TestDatabase::create().await;
        PostgresStore::migrate(&PostgresConfig::new(database.url())).await.unwrap();
        let store = store_where(&database, "on").await;
        for pool in [store.reads.pool(), store.writes.pool()] {
            assert_eq!(setting(pool, "lock_timeout").await, "10s");
            assert_eq!(setting(pool, "statement_timeout").await, "12s");
            assert_eq!(setting(pool, "idle_in_transaction_session_timeout").await, "5s");
            assert_eq!(setting(pool, "application_name").await, "god33");
        }
        assert_eq!(setting(store.writes.pool(), "plan_cache_mode").await, "force_generic_plan");
        assert_eq!(setting(store.reads.pool(), "plan_cache_mode").await, "auto");
    }

    #[test]
    fn what_is_wrong_with_a_server_is_said_with_its_cure() {
        assert_eq!(unsuitable(140_000, "14.0", "UTF8", false), None);
        assert!(unsuitable(130_011, "13.11", "UTF8", false).unwrap().contains("13.11"));
        assert!(unsuitable(150_018, "15.18", "LATIN1", false).unwrap().contains("encoding 'UTF8'"));
        assert!(unsuitable(150_018, "15.18", "UTF8", true).unwrap().contains("primary"));
    }
}
