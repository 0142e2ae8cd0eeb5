//! Inserts many rows with few statements.
//!
//! Measured on the whole write of a batch of 100 events: one statement a row takes about 1.8 times as long as rows together in
//! one `values` list (each statement is a trip to the connection's thread), and `json_each` over one array as long as one
//! statement a row (every text is escaped and unescaped once more). So lists of values, in a few fixed lengths: then the same
//! few statements come again and again and are prepared once.

use god33_domain::ports::StoreError;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection};

use super::OPERATION;
use crate::error::failed;

pub(crate) type Query<'q> = sqlx::query::Query<'q, Sqlite, SqliteArguments>;

/// A statement that inserts rows.
pub(crate) struct Insert {
    /// The table with the names of its columns.
    pub(crate) into: &'static str,
    /// How many columns there are.
    pub(crate) columns: usize,
    /// What follows the values: what to do about rows that are there.
    pub(crate) then: &'static str,
}

/// How many rows go together, greatest first. The widest table has 25 columns, and SQLite takes 32,766 parameters.
const LENGTHS: [usize; 4] = [64, 16, 4, 1];

impl Insert {
    /// Inserts a row for each item; `bind` binds its columns in their order.
    pub(crate) async fn all<T>(
        &self,
        connection: &mut SqliteConnection,
        items: &[T],
        bind: impl for<'q> Fn(Query<'q>, &'q T) -> Query<'q>,
    ) -> Result<(), StoreError> {
        let mut rest = items;
        while let Some(length) = LENGTHS.into_iter().find(|length| *length <= rest.len()) {
            let (together, after) = rest.split_at(length);
            let query = sqlx::query(AssertSqlSafe(self.sql(length)));
            let query = together.iter().fold(query, &bind);
            query.execute(&mut *connection).await.map_err(failed(OPERATION))?;
            rest = after;
        }
        Ok(())
    }

    fn sql(&self, rows: usize) -> String {
        let Self { into, columns, then } = self;
        let row = format!("({})", vec!["?"; *columns].join(", "));
        format!("insert into {into} values {} {then}", vec![row.as_str(); rows].join(", "))
    }
}
