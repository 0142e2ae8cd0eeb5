//! Writes groups and deliveries.

use god33_domain::ports::StoreError;
use god33_domain::subscription::{Changes, FirstAnswer, Group, Stage, Unsettled};
use sqlx::{Connection, PgConnection, Postgres, Transaction};

use crate::error::Doing;
use crate::row::{json, number};
use crate::time::floor;

const CREATE: &str = "create a durable subscription";
const CHANGE: &str = "change a durable subscription";
const DELETE: &str = "delete a durable subscription";

pub(super) async fn create(
    connection: &mut PgConnection,
    group: &Group,
    answer: Option<&FirstAnswer>,
) -> Result<bool, StoreError> {
    let mut transaction = connection.begin().await.doing(CREATE)?;
    let created = sqlx::query(
        "insert into subscriptions (name, revision, state) values ($1, $2, $3::json) on conflict (name) do nothing",
    )
    .bind(&group.name)
    .bind(number(group.first_revision()))
    .bind(json(group, CREATE)?)
    .execute(&mut *transaction)
    .await
    .doing(CREATE)?;
    if created.rows_affected() == 0 {
        return Ok(false);
    }
    finish(transaction, answer, CREATE).await
}

/// The group's row comes first: it keeps two who change the same group at once apart.
pub(super) async fn change(connection: &mut PgConnection, changes: &Changes) -> Result<bool, StoreError> {
    let mut transaction = connection.begin().await.doing(CHANGE)?;
    let moved =
        sqlx::query("update subscriptions set revision = $3, state = $4::json where name = $1 and revision = $2")
            .bind(&changes.group.name)
            .bind(number(changes.read_at))
            .bind(number(changes.revision()))
            .bind(json(&changes.group, CHANGE)?)
            .execute(&mut *transaction)
            .await
            .doing(CHANGE)?;
    if moved.rows_affected() == 0 {
        return Ok(false);
    }
    let name = &changes.group.name;
    if let Some(after) = changes.drop_parked_after {
        sqlx::query("delete from deliveries where subscription = $1 and parked and position > $2")
            .bind(name)
            .bind(after.as_i64())
            .execute(&mut *transaction)
            .await
            .doing(CHANGE)?;
    }
    if !changes.settled.is_empty() {
        sqlx::query("delete from deliveries where subscription = $1 and id = any($2)")
            .bind(name)
            .bind(changes.settled.iter().copied().map(number).collect::<Vec<i64>>())
            .execute(&mut *transaction)
            .await
            .doing(CHANGE)?;
    }
    put(&mut transaction, name, &changes.put).await?;
    finish(transaction, changes.answer.as_ref(), CHANGE).await
}

async fn put(connection: &mut PgConnection, name: &str, deliveries: &[Unsettled]) -> Result<(), StoreError> {
    if deliveries.is_empty() {
        return Ok(());
    }
    let documents = deliveries.iter().map(|delivery| json(delivery, CHANGE)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query(
        "insert into deliveries (subscription, id, position, parked, order_key, delivery)
         select $1, id, position, parked, order_key, delivery::json
         from unnest($2::bigint[], $3::bigint[], $4::boolean[], $5::text[], $6::text[]) as d(id, position, parked, order_key, delivery)
         on conflict (subscription, id) do update set parked = excluded.parked, delivery = excluded.delivery",
    )
    .bind(name)
    .bind(deliveries.iter().map(|delivery| number(delivery.id)).collect::<Vec<i64>>())
    .bind(deliveries.iter().map(|delivery| delivery.position.as_i64()).collect::<Vec<i64>>())
    .bind(deliveries.iter().map(|delivery| delivery.stage == Stage::Parked).collect::<Vec<bool>>())
    .bind(deliveries.iter().map(|delivery| delivery.key.as_deref()).collect::<Vec<Option<&str>>>())
    .bind(documents)
    .execute(connection)
    .await
    .doing(CHANGE)?;
    Ok(())
}

pub(super) async fn delete(
    connection: &mut PgConnection,
    name: &str,
    revision: u64,
    answer: Option<&FirstAnswer>,
) -> Result<bool, StoreError> {
    let mut transaction = connection.begin().await.doing(DELETE)?;
    let deleted = sqlx::query("delete from subscriptions where name = $1 and revision = $2")
        .bind(name)
        .bind(number(revision))
        .execute(&mut *transaction)
        .await
        .doing(DELETE)?;
    if deleted.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("delete from deliveries where subscription = $1")
        .bind(name)
        .execute(&mut *transaction)
        .await
        .doing(DELETE)?;
    finish(transaction, answer, DELETE).await
}

/// Keeps the answer and commits. False, and nothing written, when the request was answered before.
async fn finish(
    mut transaction: Transaction<'_, Postgres>,
    answer: Option<&FirstAnswer>,
    operation: &'static str,
) -> Result<bool, StoreError> {
    let is_first = match answer {
        Some(answer) => keep(&mut transaction, answer, operation).await?,
        None => true,
    };
    // A transaction that is dropped is undone.
    if is_first {
        transaction.commit().await.doing(operation)?;
    }
    Ok(is_first)
}

/// Keeps the first answer to a request among those of the log, in their form: an id that is used for both is known to either. The log's
/// revision is moved first, so that no batch is written that was decided without knowing of this answer.
async fn keep(
    connection: &mut PgConnection,
    FirstAnswer { request, answer, at }: &FirstAnswer,
    operation: &'static str,
) -> Result<bool, StoreError> {
    sqlx::query("update log set revision = revision + 1").execute(&mut *connection).await.doing(operation)?;
    let answer = serde_json::json!({ "events": [], "group": answer.group, "count": answer.count });
    let kept = sqlx::query(
        "insert into request_results (request_id, digest, answer, recorded_at) values ($1, $2, $3::json, $4)
         on conflict (request_id) do nothing",
    )
    .bind(request.id.0)
    .bind(&request.digest.as_bytes()[..])
    .bind(answer.to_string())
    .bind(floor(*at))
    .execute(connection)
    .await
    .doing(operation)?;
    Ok(kept.rows_affected() == 1)
}
