//! What is written to a store, as the store itself counts it.

use std::time::Instant;

use anyhow::Result;
use sqlx::PgConnection;

/// What was written to a PostgreSQL database until a moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    at: Instant,
    commits: i64,
    rows: i64,
}

impl Written {
    /// Asks PostgreSQL. It counts with a delay of up to a second: measure for longer than that.
    pub(crate) async fn to(connection: &mut PgConnection) -> Result<Self> {
        let (commits, rows) = sqlx::query_as(
            "select xact_commit, tup_inserted + tup_updated + tup_deleted from pg_stat_database
             where datname = current_database()",
        )
        .fetch_one(connection)
        .await?;
        Ok(Self { at: Instant::now(), commits, rows })
    }

    /// Transactions a second since an earlier moment, readers among them.
    pub(crate) fn commits_since(&self, before: &Self) -> f64 {
        (self.commits - before.commits) as f64 / self.seconds_since(before)
    }

    /// Rows a second that were inserted, changed or deleted since an earlier moment.
    pub(crate) fn rows_since(&self, before: &Self) -> f64 {
        (self.rows - before.rows) as f64 / self.seconds_since(before)
    }

    fn seconds_since(&self, before: &Self) -> f64 {
        self.at.duration_since(before.at).as_secs_f64()
    }
}
