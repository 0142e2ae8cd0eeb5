//! By which index to go.
//!
//! SQLite knows how many values a column has on average, not how often the ones asked for occur. Of an agent with a million
//! events and a type with ten it could take the million. So the entries of each index are counted, up to a limit.

use god33_domain::ports::StoreError;
use sqlx::QueryBuilder;
use sqlx::sqlite::SqliteConnection;

use crate::error::failed;
use crate::filter::Condition;
use crate::row::Columns;

/// Beyond this many entries it is no longer told which of two has more.
const MANY: u32 = 10_000;

/// Which of the conditions fewest events fulfil.
pub(crate) async fn narrowest(
    connection: &mut SqliteConnection,
    conditions: &[Condition],
    operation: &'static str,
) -> Result<usize, StoreError> {
    let mut sql = QueryBuilder::new("select ");
    for (index, condition) in conditions.iter().enumerate() {
        sql.push(if index == 0 { "" } else { ", " }).push("(select count(*) from (select 1 from events e where ");
        condition.push(&mut sql, true);
        sql.push(format!(" limit {MANY}))"));
    }
    let row = sql.build().fetch_one(connection).await.map_err(failed(operation))?;
    let mut columns = Columns::of(&row, operation);
    let mut least = (i64::MAX, 0);
    for index in 0..conditions.len() {
        least = least.min((columns.get()?, index));
    }
    Ok(least.1)
}
