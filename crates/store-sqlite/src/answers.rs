//! First answers to requests, so that a repeat gets the same.

use god33_domain::ports::StoreError;
use god33_domain::{Digest, RequestId};
use serde::de::DeserializeOwned;

use crate::SqliteStore;
use crate::error::failed;
use crate::row::Columns;

/// An answer with the digest of what was asked; `sql` selects both by the request's id.
pub(crate) async fn first<T: DeserializeOwned + 'static>(
    store: &SqliteStore,
    sql: &'static str,
    request: RequestId,
) -> Result<Option<(Digest, T)>, StoreError> {
    const OPERATION: &str = "look for the first answer to a request";
    let mut reader = store.connections.read(OPERATION).await?;
    let row = sqlx::query(sql).bind(request.0).fetch_optional(&mut *reader.connection).await;
    let read = row.map_err(failed(OPERATION))?.map(|row| {
        let mut columns = Columns::of(&row, OPERATION);
        Ok((columns.digest()?, columns.json()?))
    });
    read.transpose()
}

/// Those that the log gave, and those about durable subscriptions.
pub(crate) const OF_THE_LOG: &str = "select digest, answer from request_results where request_id = ?";
