//! What log this is, and where it begins and ends.

use god33_domain::plan::Head;
use god33_domain::ports::{StoreError, StoreInfo};
use sqlx::sqlite::SqliteConnection;

use crate::SqliteStore;
use crate::error::failed;
use crate::row::Columns;

pub(crate) async fn info(store: &SqliteStore) -> Result<StoreInfo, StoreError> {
    const OPERATION: &str = "tell what log it keeps";
    let mut reader = store.connections.read(OPERATION).await?;
    let sql =
        "select store_id, position, recorded_at, coalesce((select min(position) from events), position + 1) from log";
    let row = sqlx::query(sql).fetch_one(&mut *reader.connection).await.map_err(failed(OPERATION))?;
    let mut columns = Columns::of(&row, OPERATION);
    Ok(StoreInfo {
        store_id: columns.get()?,
        kind: "sqlite",
        head: Head { position: columns.position()?, recorded_at: columns.server_time()? },
        earliest: columns.position()?,
    })
}

pub(crate) async fn head(connection: &mut SqliteConnection, operation: &'static str) -> Result<Head, StoreError> {
    let row = sqlx::query("select position, recorded_at from log").fetch_one(connection).await;
    let row = row.map_err(failed(operation))?;
    let mut columns = Columns::of(&row, operation);
    Ok(Head { position: columns.position()?, recorded_at: columns.server_time()? })
}

pub(crate) async fn ping(store: &SqliteStore) -> Result<(), StoreError> {
    const OPERATION: &str = "answer a ping";
    let mut reader = store.connections.read(OPERATION).await?;
    head(&mut reader.connection, OPERATION).await.map(drop)
}
