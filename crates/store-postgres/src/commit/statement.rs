//! One statement out of many parts: every part is a common table expression that writes one table, and all of them write only when the head of
//! the log stands where the batch was decided. Empty parts are left out, so that there are a few dozen different statements, which stay prepared.

use god33_domain::plan::Head;
use god33_domain::ports::StoreError;
use sqlx::{Encode, PgConnection, Postgres, QueryBuilder, Type};

use crate::error::Doing;
use crate::time::floor;
use crate::wake::CHANNEL;

const OPERATION: &str = "write a batch to the log";

/// The statement as far as it is written.
pub(super) struct Statement {
    sql: QueryBuilder<Postgres>,
    moves: bool,
}

impl Statement {
    /// Moves the head. The row that it moves is called `head`, and there is none when somebody else moved it first.
    pub(super) fn moving(from: Head, to: Head) -> Self {
        let mut sql = QueryBuilder::new("with head as (");
        let moves = from != to;
        if moves {
            sql.push("update log set position = ").push_bind(to.position.as_i64());
            sql.push(", recorded_at = ").push_bind(floor(to.recorded_at));
            sql.push(" where position = ").push_bind(from.position.as_i64()).push(" returning position as reached)");
        } else {
            sql.push("select position as reached from log where position = ").push_bind(from.position.as_i64());
            sql.push(" for update)");
        }
        Self { sql, moves }
    }

    /// Adds a part: `name` is nobody else's, and `write` writes one statement that joins `head`.
    pub(super) fn part(&mut self, name: &'static str, write: impl FnOnce(&mut QueryBuilder<Postgres>)) {
        self.sql.push(", ").push(name).push(" as (");
        write(&mut self.sql);
        self.sql.push(")");
    }

    /// Runs it; false when the head had moved, and nothing is written. Other nodes are woken when and only when this commits.
    pub(super) async fn run(mut self, connection: &mut PgConnection) -> Result<bool, StoreError> {
        if self.moves {
            self.sql.push(" select pg_notify(").push_bind(CHANNEL).push(", reached::text) from head");
        } else {
            self.sql.push(" select reached from head");
        }
        let row = self.sql.build().fetch_optional(connection).await.doing(OPERATION)?;
        Ok(row.is_some())
    }
}

/// `unnest` of columns that travel as one array each.
pub(super) struct Columns<'s> {
    sql: &'s mut QueryBuilder<Postgres>,
    first: bool,
}

impl<'s> Columns<'s> {
    /// Opens it.
    pub(super) fn of(sql: &'s mut QueryBuilder<Postgres>) -> Self {
        sql.push("unnest(");
        Self { sql, first: true }
    }

    /// The next column: an array of this type.
    pub(super) fn column<'t, T>(&mut self, sql_type: &'static str, values: T) -> &mut Self
    where
        T: Encode<'t, Postgres> + Type<Postgres>,
    {
        if !self.first {
            self.sql.push(", ");
        }
        self.first = false;
        self.sql.push_bind(values).push("::").push(sql_type).push("[]");
        self
    }

    /// Closes it, and goes on with the statement.
    pub(super) fn then(&mut self, rest: &'static str) {
        self.sql.push(")").push(rest);
    }
}
