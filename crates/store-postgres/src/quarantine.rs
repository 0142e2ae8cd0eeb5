//! Messages that could not become events.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use god33_domain::ports::StoreError;
use god33_domain::{QuarantineReason, QuarantinedMessage};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::postgres::PgRow;

use crate::error::Doing;
use crate::read::as_limit;
use crate::row::{Columns, json};
use crate::time::{floor, nanos};

/// What is kept as JSON, since any of it may contain characters that no text column can hold.
#[derive(Serialize, Deserialize)]
struct Message {
    exchange: String,
    routing_key: String,
    properties: serde_json::Value,
    detail: String,
}

/// Keeps messages.
pub(crate) async fn keep(connection: &mut PgConnection, messages: &[QuarantinedMessage]) -> Result<(), StoreError> {
    const OPERATION: &str = "keep messages in quarantine";
    if messages.is_empty() {
        return Ok(());
    }
    let times: Vec<DateTime<Utc>> = messages.iter().map(|message| floor(message.received_at)).collect();
    let nanos: Vec<i16> = messages.iter().map(|message| nanos(message.received_at)).collect();
    let reasons: Vec<&str> = messages.iter().map(|message| message.reason.as_str()).collect();
    let documents: Vec<String> = messages.iter().map(document).collect::<Result<_, _>>()?;
    let bodies: Vec<&[u8]> = messages.iter().map(|message| &message.body[..]).collect();
    sqlx::query(
        "insert into quarantine (received_at, received_at_nanos, reason, message, body)
         select received_at, nanos, reason, message::json, body
         from unnest($1::timestamptz[], $2::smallint[], $3::text[], $4::text[], $5::bytea[]) with ordinality
              as m(received_at, nanos, reason, message, body, place)
         order by place",
    )
    .bind(times)
    .bind(nanos)
    .bind(reasons)
    .bind(documents)
    .bind(bodies)
    .execute(connection)
    .await
    .doing(OPERATION)?;
    Ok(())
}

fn document(message: &QuarantinedMessage) -> Result<String, StoreError> {
    let document = Message {
        exchange: message.exchange.clone(),
        routing_key: message.routing_key.clone(),
        properties: message.properties.clone(),
        detail: message.detail.clone(),
    };
    json(&document, "write a message for quarantine")
}

/// Messages by falling id.
pub(crate) async fn list(
    connection: &mut PgConnection,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
    let rows = sqlx::query(
        "select id, received_at, received_at_nanos, reason, message::text, body, attempts from quarantine
         where id < $1 order by id desc limit $2",
    )
    .bind(before.unwrap_or(i64::MAX))
    .bind(as_limit(limit))
    .fetch_all(connection)
    .await
    .doing(LIST)?;
    rows.iter().map(message).collect()
}

/// Those of these ids that are there.
pub(crate) async fn known(connection: &mut PgConnection, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
    let query = sqlx::query_scalar("select id from quarantine where id = any($1)").bind(ids);
    query.fetch_all(connection).await.doing(LIST)
}

/// Messages by their ids.
pub(crate) async fn with_ids(
    connection: &mut PgConnection,
    ids: &[i64],
) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
    let rows = sqlx::query(
        "select id, received_at, received_at_nanos, reason, message::text, body, attempts from quarantine where id = any($1)",
    )
    .bind(ids)
    .fetch_all(connection)
    .await
    .doing(LIST)?;
    rows.iter().map(message).collect()
}

/// Drops messages. Answers with how many were there.
pub(crate) async fn drop_all(connection: &mut PgConnection, ids: &[i64]) -> Result<u64, StoreError> {
    let dropped = sqlx::query("delete from quarantine where id = any($1)").bind(ids).execute(connection).await;
    Ok(dropped.doing("let messages out of quarantine")?.rows_affected())
}

/// Notes one more try, and why it failed. What was kept beside the complaint stays.
pub(crate) async fn stay(
    connection: &mut PgConnection,
    id: i64,
    reason: QuarantineReason,
    detail: &str,
) -> Result<(), StoreError> {
    const OPERATION: &str = "keep a message in quarantine";
    let Some((_, message)) = with_ids(&mut *connection, &[id]).await?.pop() else { return Ok(()) };
    let message = QuarantinedMessage { detail: detail.to_owned(), ..message };
    sqlx::query("update quarantine set attempts = attempts + 1, reason = $2, message = $3::json where id = $1")
        .bind(id)
        .bind(reason.as_str())
        .bind(document(&message)?)
        .execute(connection)
        .await
        .doing(OPERATION)?;
    Ok(())
}

/// How many there are.
pub(crate) async fn count(connection: &mut PgConnection) -> Result<u64, StoreError> {
    let count: i64 = sqlx::query_scalar("select count(*) from quarantine")
        .fetch_one(connection)
        .await
        .doing("count the messages in quarantine")?;
    Ok(count.unsigned_abs())
}

const LIST: &str = "list the messages in quarantine";

fn message(row: &PgRow) -> Result<(i64, QuarantinedMessage), StoreError> {
    let mut columns = Columns::of(row, LIST);
    let (id, received_at, word) = (columns.take()?, columns.exact_time()?, columns.take::<&str>()?);
    let reason = QuarantineReason::from_word(word)
        .ok_or_else(|| columns.corrupt(format!("a message in quarantine for the unknown reason {word:?}")))?;
    let Message { exchange, routing_key, properties, detail } = columns.document()?;
    let body = Bytes::from(columns.take::<Vec<u8>>()?);
    let attempts = columns.take::<i32>()?.unsigned_abs();
    Ok((id, QuarantinedMessage { received_at, exchange, routing_key, properties, body, reason, detail, attempts }))
}
