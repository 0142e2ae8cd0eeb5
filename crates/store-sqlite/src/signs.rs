//! What is heard of sessions and of the holders of handoffs, and what they acknowledge.

use god33_domain::ports::{SignOfLife, StoreError};
use god33_domain::state::StateKey;
use god33_domain::{JsonText, Timestamp};
use sqlx::Connection;

use crate::error::failed;
use crate::row::Columns;
use crate::{SqliteStore, ids, states};

pub(crate) async fn keep_signs(store: &SqliteStore, signs: &[SignOfLife]) -> Result<(), StoreError> {
    const OPERATION: &str = "note signs of life";
    let sql = "insert into signs_of_life (kind, id, at, said) values (?, ?, ?, ?) \
        on conflict (kind, id) do update set at = excluded.at, said = coalesce(excluded.said, said) where excluded.at > at";
    let mut writer = store.connections.write(OPERATION).await?;
    let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(OPERATION))?;
    let mut signs: Vec<&SignOfLife> = signs.iter().collect();
    signs.sort_by_key(|sign| sign.at);
    for sign in signs {
        sqlx::query(sql)
            .bind(sign.key.kind.as_str())
            .bind(sign.key.id.as_str())
            .bind(sign.at.micros())
            .bind(sign.said.as_ref().map(JsonText::as_str))
            .execute(&mut *transaction)
            .await
            .map_err(failed(OPERATION))?;
    }
    transaction.commit().await.map_err(failed(OPERATION))
}

pub(crate) async fn signs(store: &SqliteStore, keys: &[StateKey]) -> Result<Vec<SignOfLife>, StoreError> {
    const OPERATION: &str = "look for signs of life";
    let pairs = keys.iter().map(|key| serde_json::Value::from_iter([key.kind.as_str(), key.id.as_str()]));
    let mut reader = store.connections.read(OPERATION).await?;
    let sql = "select s.kind, s.id, s.at, s.said from (select distinct value from json_each(?)) w \
        cross join signs_of_life s on s.kind = w.value ->> 0 and s.id = w.value ->> 1";
    let rows = sqlx::query(sql)
        .bind(serde_json::Value::from_iter(pairs).to_string())
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, OPERATION);
        let (key, at) = (states::key(&mut columns, OPERATION)?, columns.server_time()?);
        Ok(SignOfLife { key, at, said: columns.get::<Option<String>>()?.map(JsonText::from_trusted) })
    });
    read.collect()
}

pub(crate) async fn acknowledge(
    store: &SqliteStore,
    session: &str,
    instructions: &[String],
    at: Timestamp,
) -> Result<(), StoreError> {
    const OPERATION: &str = "note what was received";
    let mut writer = store.connections.write(OPERATION).await?;
    let sql = "insert into acknowledgements (instruction_id, session_id, at) \
        select value, ?2, ?3 from json_each(?1) where true on conflict do nothing";
    sqlx::query(sql)
        .bind(ids::text_array(instructions.iter().map(String::as_str)))
        .bind(session)
        .bind(at.micros())
        .execute(&mut *writer.connection)
        .await
        .map_err(failed(OPERATION))
        .map(drop)
}

pub(crate) async fn acknowledged(store: &SqliteStore, instructions: &[String]) -> Result<Vec<String>, StoreError> {
    const OPERATION: &str = "look for what was received";
    let mut reader = store.connections.read(OPERATION).await?;
    let sql = "select instruction_id from acknowledgements where instruction_id in (select value from json_each(?))";
    sqlx::query_scalar(sql)
        .bind(ids::text_array(instructions.iter().map(String::as_str)))
        .fetch_all(&mut *reader.connection)
        .await
        .map_err(failed(OPERATION))
}
