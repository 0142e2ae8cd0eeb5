//! What is heard of sessions and of the holders of handoffs, and what they acknowledge.

use chrono::{DateTime, Utc};
use god33_domain::ports::{SignOfLife, StoreError};
use god33_domain::state::StateKey;
use god33_domain::{JsonText, Timestamp};
use sqlx::PgConnection;

use crate::error::Doing;
use crate::row::Columns;
use crate::states;
use crate::time::floor;

/// Notes signs, many in one statement. Rows are touched in order of their keys, so that two nodes never wait for each other. Of several signs of
/// one thing the newest counts, and of those that are newer than what is known the newest that said something.
pub(crate) async fn keep(connection: &mut PgConnection, signs: &[SignOfLife]) -> Result<(), StoreError> {
    if signs.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "insert into signs_of_life as s (kind, id, at, said)
         select n.kind, n.id, max(n.at), (array_agg(n.said order by n.at desc) filter (where n.said is not null))[1]::json
         from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[]) as n(kind, id, at, said)
         left join signs_of_life k on k.kind = n.kind and k.id = n.id
         where k.at is null or n.at > k.at
         group by n.kind, n.id
         order by n.kind, n.id
        on conflict (kind, id) do update set at = excluded.at, said = coalesce(excluded.said, s.said)
         where excluded.at > s.at",
    )
    .bind(signs.iter().map(|sign| sign.key.kind.as_str()).collect::<Vec<&str>>())
    .bind(signs.iter().map(|sign| sign.key.id.as_str()).collect::<Vec<&str>>())
    .bind(signs.iter().map(|sign| floor(sign.at)).collect::<Vec<DateTime<Utc>>>())
    .bind(signs.iter().map(|sign| sign.said.as_ref().map(JsonText::as_str)).collect::<Vec<Option<&str>>>())
    .execute(connection)
    .await
    .doing("note signs of life")?;
    Ok(())
}

/// The signs of these keys.
pub(crate) async fn get(connection: &mut PgConnection, keys: &[StateKey]) -> Result<Vec<SignOfLife>, StoreError> {
    const OPERATION: &str = "look for signs of life";
    let rows = sqlx::query(
        "select s.kind, s.id, s.at, s.said::text from (select distinct kind, id from unnest($1::text[], $2::text[]) as w(kind, id)) as w
         join signs_of_life s on s.kind = w.kind and s.id = w.id",
    )
    .bind(keys.iter().map(|key| key.kind.as_str()).collect::<Vec<&str>>())
    .bind(keys.iter().map(|key| key.id.as_str()).collect::<Vec<&str>>())
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    let read = rows.iter().map(|row| {
        let mut columns = Columns::of(row, OPERATION);
        Ok(SignOfLife { key: states::key(&mut columns)?, at: columns.time()?, said: columns.optional_json()? })
    });
    read.collect()
}

/// Notes what was received.
pub(crate) async fn acknowledge(
    connection: &mut PgConnection,
    session: &str,
    instructions: &[String],
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into acknowledgements (instruction_id, session_id, at)
         select distinct id, $2, $3 from unnest($1::text[]) as i(id) on conflict do nothing",
    )
    .bind(instructions)
    .bind(session)
    .bind(floor(at))
    .execute(connection)
    .await
    .doing("note what was received")?;
    Ok(())
}

/// Those of these instructions that were received.
pub(crate) async fn acknowledged(
    connection: &mut PgConnection,
    instructions: &[String],
) -> Result<Vec<String>, StoreError> {
    sqlx::query_scalar("select instruction_id from acknowledgements where instruction_id = any($1)")
        .bind(instructions)
        .fetch_all(connection)
        .await
        .doing("look for what was received")
}
