//! Writes groups and deliveries.

use god33_domain::ports::StoreError;
use god33_domain::subscription::{Changes, FirstAnswer, Group, Stage, Unsettled};
use sqlx::sqlite::SqliteConnection;
use sqlx::types::Json;
use sqlx::{Connection, Sqlite, Transaction};

use crate::SqliteStore;
use crate::commit::rows::{Insert, Query};
use crate::error::failed;
use crate::row::number;

const CREATE: &str = "create a durable subscription";
const CHANGE: &str = "change a durable subscription";
const DELETE: &str = "delete a durable subscription";

const DELIVERIES: Insert = Insert {
    into: "deliveries (subscription, id, position, parked, order_key, delivery)",
    columns: 6,
    then: "on conflict (subscription, id) do update set parked = excluded.parked, delivery = excluded.delivery",
};

pub(super) async fn create(
    store: &SqliteStore,
    group: &Group,
    answer: Option<&FirstAnswer>,
) -> Result<bool, StoreError> {
    let mut writer = store.connections.write(CREATE).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(CREATE))?;
    let created = sqlx::query("insert or ignore into subscriptions (name, revision, state) values (?, ?, ?)")
        .bind(&group.name)
        .bind(number(group.first_revision()))
        .bind(Json(group))
        .execute(&mut *transaction)
        .await
        .map_err(failed(CREATE))?;
    if created.rows_affected() == 0 {
        return Ok(false);
    }
    finish(transaction, answer, CREATE).await
}

pub(super) async fn change(store: &SqliteStore, changes: &Changes) -> Result<bool, StoreError> {
    let name = changes.group.name.as_str();
    let mut writer = store.connections.write(CHANGE).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(CHANGE))?;
    let moved = sqlx::query("update subscriptions set revision = ?3, state = ?4 where name = ?1 and revision = ?2")
        .bind(name)
        .bind(number(changes.read_at))
        .bind(number(changes.revision()))
        .bind(Json(&changes.group))
        .execute(&mut *transaction)
        .await
        .map_err(failed(CHANGE))?;
    if moved.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(after) = changes.drop_parked_after {
        sqlx::query("delete from deliveries where subscription = ? and parked and position > ?")
            .bind(name)
            .bind(after.as_i64())
            .execute(&mut *transaction)
            .await
            .map_err(failed(CHANGE))?;
    }
    settle(&mut transaction, name, &changes.settled).await?;
    put(&mut transaction, name, &changes.put).await?;
    finish(transaction, changes.answer.as_ref(), CHANGE).await
}

async fn settle(connection: &mut SqliteConnection, name: &str, settled: &[u64]) -> Result<(), StoreError> {
    if settled.is_empty() {
        return Ok(());
    }
    sqlx::query("delete from deliveries where subscription = ? and id in (select value from json_each(?))")
        .bind(name)
        .bind(serde_json::Value::from(settled).to_string())
        .execute(connection)
        .await
        .map_err(failed(CHANGE))
        .map(drop)
}

async fn put(connection: &mut SqliteConnection, name: &str, deliveries: &[Unsettled]) -> Result<(), StoreError> {
    let rows: Vec<(&str, &Unsettled)> = deliveries.iter().map(|delivery| (name, delivery)).collect();
    DELIVERIES.all(connection, &rows, bind).await
}

fn bind<'q>(query: Query<'q>, (name, delivery): &'q (&str, &Unsettled)) -> Query<'q> {
    query
        .bind(*name)
        .bind(number(delivery.id))
        .bind(delivery.position.as_i64())
        .bind(delivery.stage == Stage::Parked)
        .bind(delivery.key.as_deref())
        .bind(Json(*delivery))
}

pub(super) async fn delete(
    store: &SqliteStore,
    name: &str,
    revision: u64,
    answer: Option<&FirstAnswer>,
) -> Result<bool, StoreError> {
    let mut writer = store.connections.write(DELETE).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(DELETE))?;
    let deleted = sqlx::query("delete from subscriptions where name = ? and revision = ?")
        .bind(name)
        .bind(number(revision))
        .execute(&mut *transaction)
        .await
        .map_err(failed(DELETE))?;
    if deleted.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("delete from deliveries where subscription = ?")
        .bind(name)
        .execute(&mut *transaction)
        .await
        .map_err(failed(DELETE))?;
    finish(transaction, answer, DELETE).await
}

/// Keeps the answer and commits. False, and nothing written, when the request was answered before.
async fn finish(
    mut transaction: Transaction<'_, Sqlite>,
    answer: Option<&FirstAnswer>,
    operation: &'static str,
) -> Result<bool, StoreError> {
    let is_first = match answer {
        Some(answer) => keep(&mut transaction, answer, operation).await?,
        None => true,
    };
    // A transaction that is dropped is undone.
    if is_first {
        transaction.commit().await.map_err(failed(operation))?;
    }
    Ok(is_first)
}

/// Keeps the first answer to a request among those of the log, in their form: an id that is used for both is known to either.
async fn keep(
    connection: &mut SqliteConnection,
    FirstAnswer { request, answer, at }: &FirstAnswer,
    operation: &'static str,
) -> Result<bool, StoreError> {
    let answer = serde_json::json!({ "events": [], "group": answer.group, "count": answer.count });
    let sql = "insert or ignore into request_results (request_id, digest, answer, recorded_at) values (?, ?, ?, ?)";
    let kept = sqlx::query(sql)
        .bind(request.id.0)
        .bind(&request.digest.as_bytes()[..])
        .bind(answer.to_string())
        .bind(at.micros())
        .execute(connection)
        .await
        .map_err(failed(operation))?;
    Ok(kept.rows_affected() == 1)
}
