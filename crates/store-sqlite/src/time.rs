//! The place of a time in the log.
//!
//! Positions have no gaps and times of recording never fall, so a place is found by halving, without an index: some twenty-five
//! rows are looked at in a log of thirty million events.

use god33_domain::ports::StoreError;
use god33_domain::{Position, Timestamp};
use sqlx::{QueryBuilder, Sqlite};

use crate::SqliteStore;
use crate::error::failed;

pub(crate) async fn position_before(store: &SqliteStore, time: Timestamp) -> Result<Position, StoreError> {
    const OPERATION: &str = "find the place of a time in the log";
    let mut reader = store.connections.read(OPERATION).await?;
    let mut sql = QueryBuilder::new("select ");
    push_position_before(&mut sql, time);
    let position: i64 = sql.build_query_scalar().fetch_one(&mut *reader.connection).await.map_err(failed(OPERATION))?;
    Ok(Position::from_i64(position))
}

/// Adds an expression: the last position recorded before a time, the one before the log's first when there is none.
pub(crate) fn push_position_before(sql: &mut QueryBuilder<Sqlite>, time: Timestamp) {
    let micros = ceil(time);
    sql.push(
        "(with recursive halving (low, high) as ( \
            select coalesce((select min(position) from events), 1) - 1, position from log \
            union all \
            select iif(m.recorded_at < ",
    );
    sql.push_bind(micros).push(", m.position, low), iif(m.recorded_at < ");
    sql.push_bind(micros).push(
        ", high, m.position - 1) \
            from halving cross join events m on m.position = (low + high + 1) / 2 where low < high \
        ) select low from halving where low = high)",
    );
}

/// The time in whole microseconds, rounded up: what is recorded before the one is recorded before the other.
pub(crate) const fn ceil(time: Timestamp) -> i64 {
    time.micros() + (time.sub_micro_nanos() > 0) as i64
}
