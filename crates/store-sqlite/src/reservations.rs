//! Work that is held out to one session.

use god33_domain::Timestamp;
use god33_domain::ports::{Reservation, StoreError};

use crate::SqliteStore;
use crate::error::failed;
use crate::row::Columns;

pub(crate) async fn reserve(
    store: &SqliteStore,
    handoff: &str,
    session: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Reservation, StoreError> {
    const OPERATION: &str = "hold work out";
    // One statement, so that of two that ask at once one gets it. A row that is somebody else's is written as it is, to be given back.
    let sql = "insert into reservations (handoff_id, session_id, until) values (?1, ?2, ?4) on conflict (handoff_id) do update set \
        session_id = iif(until <= ?3 or session_id = ?2, excluded.session_id, session_id), \
        until = iif(until <= ?3 or session_id = ?2, excluded.until, until) \
        returning session_id, until";
    let mut writer = store.connections.write(OPERATION).await?;
    let row = sqlx::query(sql)
        .bind(handoff)
        .bind(session)
        .bind(now.micros())
        .bind(until.micros())
        .fetch_one(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))?;
    let mut columns = Columns::of(&row, OPERATION);
    Ok(Reservation { session_id: columns.get()?, until: columns.server_time()? })
}

pub(crate) async fn reservation(
    store: &SqliteStore,
    handoff: &str,
    now: Timestamp,
) -> Result<Option<Reservation>, StoreError> {
    const OPERATION: &str = "look to whom work is held out";
    let mut reader = store.connections.read(OPERATION).await?;
    let row = sqlx::query("select session_id, until from reservations where handoff_id = ? and until > ?")
        .bind(handoff)
        .bind(now.micros())
        .fetch_optional(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    let read = row.map(|row| {
        let mut columns = Columns::of(&row, OPERATION);
        Ok(Reservation { session_id: columns.get()?, until: columns.server_time()? })
    });
    read.transpose()
}

pub(crate) async fn unreserve(store: &SqliteStore, handoff: &str, session: &str) -> Result<(), StoreError> {
    const OPERATION: &str = "hold work out no more";
    let mut writer = store.connections.write(OPERATION).await?;
    sqlx::query("delete from reservations where handoff_id = ? and session_id = ?")
        .bind(handoff)
        .bind(session)
        .execute(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))
        .map(drop)
}
