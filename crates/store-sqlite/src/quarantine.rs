//! Messages that could not become events.

use bytes::Bytes;
use god33_domain::ports::StoreError;
use god33_domain::{QuarantineReason, QuarantinedMessage};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use sqlx::types::Json;

use crate::SqliteStore;
use crate::error::{corrupt, failed};
use crate::row::{Columns, limit as sql_limit};

pub(crate) async fn quarantine(store: &SqliteStore, messages: &[QuarantinedMessage]) -> Result<(), StoreError> {
    const OPERATION: &str = "put messages into quarantine";
    let sql = "insert into quarantine (received_at, received_at_nanos, reason, detail, exchange, routing_key, properties, body) \
        values (?, ?, ?, ?, ?, ?, ?, ?)";
    let mut writer = store.connections.write(OPERATION).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(OPERATION))?;
    for message in messages {
        sqlx::query(sql)
            .bind(message.received_at.micros())
            .bind(message.received_at.sub_micro_nanos())
            .bind(message.reason.as_str())
            .bind(message.detail.as_str())
            .bind(message.exchange.as_str())
            .bind(message.routing_key.as_str())
            .bind(message.properties.to_string())
            .bind(&message.body[..])
            .execute(&mut *transaction)
            .await
            .map_err(failed(OPERATION))?;
    }
    transaction.commit().await.map_err(failed(OPERATION))
}

pub(crate) async fn quarantined(
    store: &SqliteStore,
    before: Option<i64>,
    limit: usize,
) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
    const OPERATION: &str = "list the quarantine";
    let sql = "select id, received_at, received_at_nanos, reason, detail, exchange, routing_key, properties, body, attempts \
        from quarantine where id < ? order by id desc limit ?";
    let mut reader = store.connections.read(OPERATION).await?;
    let rows = sqlx::query(sql)
        .bind(before.unwrap_or(i64::MAX))
        .bind(sql_limit(limit))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    rows.iter().map(|row| message(row, OPERATION)).collect()
}

pub(crate) async fn known(store: &SqliteStore, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
    const OPERATION: &str = "look for messages in quarantine";
    let mut reader = store.connections.read(OPERATION).await?;
    sqlx::query_scalar("select id from quarantine where id in (select value from json_each(?))")
        .bind(Json(ids))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))
}

pub(crate) async fn with_ids(store: &SqliteStore, ids: &[i64]) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
    const OPERATION: &str = "read messages in quarantine";
    let sql = "select id, received_at, received_at_nanos, reason, detail, exchange, routing_key, properties, body, attempts \
        from quarantine where id in (select value from json_each(?))";
    let mut reader = store.connections.read(OPERATION).await?;
    let rows = sqlx::query(sql).bind(Json(ids)).fetch_all(&mut *reader.connection).await.map_err(failed(OPERATION))?;
    rows.iter().map(|row| message(row, OPERATION)).collect()
}

/// Drops messages. Answers with how many were there.
pub(crate) async fn drop_all(connection: &mut SqliteConnection, ids: &[i64]) -> Result<u64, StoreError> {
    const OPERATION: &str = "let messages out of quarantine";
    let query = sqlx::query("delete from quarantine where id in (select value from json_each(?))").bind(Json(ids));
    Ok(query.execute(connection).await.map_err(failed(OPERATION))?.rows_affected())
}

pub(crate) async fn stay(
    store: &SqliteStore,
    id: i64,
    reason: QuarantineReason,
    detail: &str,
) -> Result<(), StoreError> {
    const OPERATION: &str = "keep a message in quarantine";
    let mut writer = store.connections.write(OPERATION).await?;
    sqlx::query("update quarantine set attempts = attempts + 1, reason = ?, detail = ? where id = ?")
        .bind(reason.as_str())
        .bind(detail)
        .bind(id)
        .execute(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))
        .map(drop)
}

pub(crate) async fn count_quarantined(store: &SqliteStore) -> Result<u64, StoreError> {
    const OPERATION: &str = "count the quarantine";
    let mut reader = store.connections.read(OPERATION).await?;
    let count: i64 = sqlx::query_scalar("select count(*) from quarantine")
        .fetch_one(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    u64::try_from(count).map_err(|error| corrupt(OPERATION, error.to_string()))
}

fn message(row: &SqliteRow, operation: &'static str) -> Result<(i64, QuarantinedMessage), StoreError> {
    let mut columns = Columns::of(row, operation);
    let id = columns.get()?;
    let message = QuarantinedMessage {
        received_at: columns.time()?,
        reason: reason(columns.get()?, operation)?,
        detail: columns.get()?,
        exchange: columns.get()?,
        routing_key: columns.get()?,
        properties: columns.json()?,
        body: Bytes::from(columns.get::<Vec<u8>>()?),
        attempts: columns.get()?,
    };
    Ok((id, message))
}

fn reason(word: &str, operation: &'static str) -> Result<QuarantineReason, StoreError> {
    QuarantineReason::from_word(word).ok_or_else(|| corrupt(operation, format!("the unknown reason {word:?}")))
}
