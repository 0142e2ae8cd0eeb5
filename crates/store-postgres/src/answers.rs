//! First answers to requests, so that a repeat gets the same.

use god33_domain::ports::StoreError;
use god33_domain::{Digest, RequestId};
use serde::de::DeserializeOwned;
use sqlx::PgConnection;

use crate::error::Doing;
use crate::row::Columns;

/// An answer with the digest of what was asked; `sql` selects both by the request's id.
pub(crate) async fn first<T: DeserializeOwned>(
    connection: &mut PgConnection,
    sql: &'static str,
    request: RequestId,
) -> Result<Option<(Digest, T)>, StoreError> {
    const OPERATION: &str = "look for the first answer to a request";
    let row = sqlx::query(sql).bind(request.0).fetch_optional(connection).await.doing(OPERATION)?;
    let read = row.map(|row| {
        let mut columns = Columns::of(&row, OPERATION);
        Ok((columns.digest()?, columns.document()?))
    });
    read.transpose()
}

/// Those that the log gave, and those about durable subscriptions.
pub(crate) const OF_THE_LOG: &str = "select digest, answer::text from request_results where request_id = $1";
