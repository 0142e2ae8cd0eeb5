//! First answers to requests.

use chrono::{DateTime, Utc};
use god33_domain::plan::RecordedRequest;
use god33_domain::ports::StoreError;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Doing;
use crate::time::floor;

const OPERATION: &str = "keep answers to requests";

/// Keeps them.
pub(super) async fn insert(connection: &mut PgConnection, requests: &[RecordedRequest]) -> Result<(), StoreError> {
    if requests.is_empty() {
        return Ok(());
    }
    let answers = requests.iter().map(|request| serde_json::to_string(&request.answer)).collect::<Result<Vec<_>, _>>();
    let answers = answers.map_err(|error| StoreError::Corrupt { operation: OPERATION, detail: error.to_string() })?;
    sqlx::query(
        "insert into request_results (request_id, digest, answer, recorded_at)
         select id, digest, answer::json, recorded_at
         from unnest($1::uuid[], $2::bytea[], $3::text[], $4::timestamptz[]) as r(id, digest, answer, recorded_at)",
    )
    .bind(requests.iter().map(|request| request.request.id.0).collect::<Vec<Uuid>>())
    .bind(requests.iter().map(|request| &request.request.digest.as_bytes()[..]).collect::<Vec<&[u8]>>())
    .bind(answers)
    .bind(requests.iter().map(|request| floor(request.recorded_at)).collect::<Vec<DateTime<Utc>>>())
    .execute(connection)
    .await
    .doing(OPERATION)?;
    Ok(())
}
