//! The table on PostgreSQL.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use futures::FutureExt as _;
use sqlx::PgConnection;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::row::Row;
use super::{BATCHING, TOGETHER};
use crate::load::{Client, Done};
use crate::world::Database;

/// As the design document has it. Its `INDEX` inside of `CREATE TABLE` is not PostgreSQL; these are the same indexes.
const CREATE: &str = "
create table events (
  event_id uuid primary key,
  event_type varchar(255) not null,
  timestamp timestamptz not null,
  version varchar(20) not null,
  source jsonb not null,
  correlation_ids uuid[] not null,
  agent_context jsonb,
  payload jsonb not null);
create index idx_event_type on events (event_type);
create index idx_timestamp on events (timestamp desc);
create index idx_correlation_ids on events using gin (correlation_ids);
create index idx_checkpoint on events ((agent_context->>'checkpoint_id')) where agent_context is not null";

const ONE: &str = "
insert into events (event_id, event_type, timestamp, version, source, correlation_ids, agent_context, payload)
values ($1, $2, $3, $4, $5::text::jsonb, array[$6::uuid], $7::text::jsonb, $8::text::jsonb)";

const MANY: &str = "
insert into events (event_id, event_type, timestamp, version, source, correlation_ids, agent_context, payload)
select id, type, at, version, source::jsonb, array[cause], context::jsonb, payload::jsonb
from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[])
as n(id, type, at, version, source, cause, context, payload)";

/// A database with nothing but the table.
pub(crate) struct Table {
    database: Database,
}

impl Table {
    pub(super) async fn create() -> Result<Self> {
        let database = Database::create().await?;
        let doing = "could not make the table of the yardstick";
        sqlx::raw_sql(CREATE).execute(&mut database.connect().await?).await.context(doing)?;
        Ok(Self { database })
    }

    pub(super) async fn one_by_one(&self, clients: usize) -> Result<Vec<Client>> {
        self.clients(clients, one).await
    }

    pub(super) async fn batched(&self) -> Result<Vec<Client>> {
        self.clients(BATCHING, many).await
    }

    /// Each on a connection of its own, as far as the server has that many.
    async fn clients(&self, number: usize, client: fn(PgConnection) -> Client) -> Result<Vec<Client>> {
        let mut clients = Vec::new();
        for _ in 0..number.min(self.database.free_connections().await?) {
            clients.push(client(self.database.connect().await?));
        }
        Ok(clients)
    }
}

fn one(connection: PgConnection) -> Client {
    let (connection, session) = (Arc::new(Mutex::new(connection)), Uuid::new_v4());
    Box::new(move || {
        let (connection, row) = (connection.clone(), Row::next(session));
        async move {
            sqlx::query(ONE)
                .bind(row.event_id)
                .bind(row.event_type)
                .bind(row.timestamp)
                .bind(row.version)
                .bind(row.source)
                .bind(row.correlation_id)
                .bind(row.agent_context)
                .bind(row.payload)
                .execute(&mut *connection.lock().await)
                .await?;
            Ok(Done::now(1))
        }
        .boxed()
    })
}

fn many(connection: PgConnection) -> Client {
    let (connection, session) = (Arc::new(Mutex::new(connection)), Uuid::new_v4());
    Box::new(move || {
        let connection = connection.clone();
        async move {
            let rows: Vec<Row> = (0..TOGETHER).map(|_| Row::next(session)).collect();
            sqlx::query(MANY)
                .bind(rows.iter().map(|row| row.event_id).collect::<Vec<Uuid>>())
                .bind(rows.iter().map(|row| row.event_type).collect::<Vec<&str>>())
                .bind(rows.iter().map(|row| row.timestamp).collect::<Vec<DateTime<Utc>>>())
                .bind(rows.iter().map(|row| row.version).collect::<Vec<&str>>())
                .bind(rows.iter().map(|row| row.source.as_str()).collect::<Vec<&str>>())
                .bind(rows.iter().map(|row| row.correlation_id).collect::<Vec<Uuid>>())
                .bind(rows.iter().map(|row| row.agent_context.as_str()).collect::<Vec<&str>>())
                .bind(rows.iter().map(|row| row.payload.as_str()).collect::<Vec<&str>>())
                .execute(&mut *connection.lock().await)
                .await?;
            Ok(Done::now(TOGETHER as u64))
        }
        .boxed()
    })
}
