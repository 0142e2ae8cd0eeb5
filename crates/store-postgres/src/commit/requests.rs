//! First answers to requests.

use chrono::{DateTime, Utc};
use god33_domain::plan::RecordedRequest;
use god33_domain::ports::StoreError;
use uuid::Uuid;

use super::statement::{Columns, Statement};
use crate::row::json;
use crate::time::floor;

/// Keeps them.
pub(super) fn insert(statement: &mut Statement, requests: &[RecordedRequest]) -> Result<(), StoreError> {
    if requests.is_empty() {
        return Ok(());
    }
    const OPERATION: &str = "keep answers to requests";
    let answers = requests.iter().map(|request| json(&request.answer, OPERATION)).collect::<Result<Vec<_>, _>>()?;
    statement.part("answered", |sql| {
        sql.push("insert into request_results (request_id, digest, answer, recorded_at) select id, digest, answer::json, recorded_at from ");
        Columns::of(sql)
            .column("uuid", requests.iter().map(|request| request.request.id.0).collect::<Vec<Uuid>>())
            .column("bytea", requests.iter().map(|request| &request.request.digest.as_bytes()[..]).collect::<Vec<_>>())
            .column("text", answers)
            .column("timestamptz", requests.iter().map(|r| floor(r.recorded_at)).collect::<Vec<DateTime<Utc>>>())
            .then(" as r(id, digest, answer, recorded_at) cross join head");
    });
    Ok(())
}
