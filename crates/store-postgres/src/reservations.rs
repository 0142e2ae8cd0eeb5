//! Work that is held out to one session.

use god33_domain::Timestamp;
use god33_domain::ports::{Reservation, StoreError};
use sqlx::PgConnection;

use crate::error::Doing;
use crate::row::Columns;
use crate::time::floor;

/// Holds work out, unless it is held out to another session.
pub(crate) async fn reserve(
    connection: &mut PgConnection,
    handoff: &str,
    session: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Reservation, StoreError> {
    const OPERATION: &str = "hold work out";
    // One statement, so that of two that ask at once one gets it. A row that is somebody else's is written as it is, to be given back.
    let row = sqlx::query(
        "insert into reservations as r (handoff_id, session_id, until) values ($1, $2, $4)
         on conflict (handoff_id) do update set
           session_id = case when r.until <= $3 or r.session_id = $2 then excluded.session_id else r.session_id end,
           until = case when r.until <= $3 or r.session_id = $2 then excluded.until else r.until end
         returning session_id, until",
    )
    .bind(handoff)
    .bind(session)
    .bind(floor(now))
    .bind(floor(until))
    .fetch_one(connection)
    .await
    .doing(OPERATION)?;
    let mut columns = Columns::of(&row, OPERATION);
    Ok(Reservation { session_id: columns.take()?, until: columns.time()? })
}

/// To whom work is held out.
pub(crate) async fn get(
    connection: &mut PgConnection,
    handoff: &str,
    now: Timestamp,
) -> Result<Option<Reservation>, StoreError> {
    const OPERATION: &str = "look to whom work is held out";
    let row = sqlx::query("select session_id, until from reservations where handoff_id = $1 and until > $2")
        .bind(handoff)
        .bind(floor(now))
        .fetch_optional(connection)
        .await
        .doing(OPERATION)?;
    let read = row.map(|row| {
        let mut columns = Columns::of(&row, OPERATION);
        Ok(Reservation { session_id: columns.take()?, until: columns.time()? })
    });
    read.transpose()
}

/// Holds work out no more.
pub(crate) async fn release(connection: &mut PgConnection, handoff: &str, session: &str) -> Result<(), StoreError> {
    sqlx::query("delete from reservations where handoff_id = $1 and session_id = $2")
        .bind(handoff)
        .bind(session)
        .execute(connection)
        .await
        .doing("hold work out no more")?;
    Ok(())
}
