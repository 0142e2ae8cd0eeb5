//! The event types that are in use.

use god33_domain::EventType;
use god33_domain::ports::{StoreError, TypeInUse};
use sqlx::sqlite::SqliteConnection;

use crate::SqliteStore;
use crate::error::failed;
use crate::row::Columns;

pub(crate) async fn event_types(store: &SqliteStore) -> Result<Vec<TypeInUse>, StoreError> {
    const OPERATION: &str = "list event types";
    let mut reader = store.connections.read(OPERATION).await?;
    read(&mut reader.connection, OPERATION).await
}

pub(crate) async fn read(
    connection: &mut SqliteConnection,
    operation: &'static str,
) -> Result<Vec<TypeInUse>, StoreError> {
    let sql = "select event_type, first_position from event_types order by event_type";
    let rows = sqlx::query(sql).fetch_all(connection).await.map_err(failed(operation))?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, operation);
        Ok(TypeInUse { event_type: EventType::from_trusted(columns.get()?), first_position: columns.position()? })
    });
    read.collect()
}
