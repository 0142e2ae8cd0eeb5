//! The events themselves.

use std::collections::BTreeMap;

use god33_domain::plan::{LateBelonging, Recording};
use god33_domain::ports::StoreError;
use god33_domain::{AgentId, JsonText, RecordedEvent, SessionId, WorkflowId};
use sqlx::sqlite::{Sqlite, SqliteArguments, SqliteConnection};

use super::OPERATION;
use crate::error::{corrupt, failed};
use crate::ids;

pub(super) async fn insert(connection: &mut SqliteConnection, recordings: &[Recording]) -> Result<(), StoreError> {
    for recording in recordings {
        insert_event(connection, recording).await?;
        insert_identity(connection, &recording.event).await?;
    }
    insert_types(connection, recordings).await
}

async fn insert_event(connection: &mut SqliteConnection, recording: &Recording) -> Result<(), StoreError> {
    let sql = "insert into events (position, recorded_at, event_id, event_type, workflow_id, session_id, agent, timestamp, \
        timestamp_nanos, source_app, chain_id, causation_id, correlation_ids, digest, principal, version, traceparent, \
        custom, source, agent_context, extensions, payload, bus, original) \
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let event = &*recording.event;
    let bus = event.bus.as_ref().map(serde_json::to_string).transpose();
    let bus = bus.map_err(|error| corrupt(OPERATION, error.to_string()))?;
    let query = sqlx::query(sql);
    let query = bind_place(query, event);
    let query = bind_envelope(query, event);
    let query = query.bind(bus).bind(recording.original.as_deref());
    query.execute(connection).await.map_err(failed(OPERATION)).map(drop)
}

type Query<'q> = sqlx::query::Query<'q, Sqlite, SqliteArguments>;

fn bind_place<'q>(query: Query<'q>, event: &'q RecordedEvent) -> Query<'q> {
    query
        .bind(event.position.as_i64())
        .bind(event.recorded_at.micros())
        .bind(event.id().uuid())
        .bind(event.envelope.event_type.as_str())
        .bind(event.workflow_id().map(WorkflowId::as_str))
        .bind(event.session_id().map(SessionId::as_str))
        .bind(event.agent().map(AgentId::as_str))
}

fn bind_envelope<'q>(query: Query<'q>, event: &'q RecordedEvent) -> Query<'q> {
    let envelope = &event.envelope;
    query
        .bind(envelope.timestamp.micros())
        .bind(envelope.timestamp.sub_micro_nanos())
        .bind(envelope.source_app())
        .bind(envelope.chain_id.as_deref())
        .bind(envelope.causation_id.map(|id| id.uuid()))
        .bind(ids::joined(&envelope.correlation_ids))
        .bind(event.digest.as_bytes().as_slice())
        .bind(event.principal.as_str())
        .bind(envelope.version.as_str())
        .bind(envelope.traceparent.as_deref())
        .bind(envelope.custom)
        .bind(envelope.source.as_str())
        .bind(envelope.agent_context.as_ref().map(JsonText::as_str))
        .bind(envelope.extensions.as_ref().map(JsonText::as_str))
        .bind(envelope.payload.as_str())
}

async fn insert_identity(connection: &mut SqliteConnection, event: &RecordedEvent) -> Result<(), StoreError> {
    sqlx::query("insert into identities (event_id, position, recorded_at, digest) values (?, ?, ?, ?)")
        .bind(event.id().uuid())
        .bind(event.position.as_i64())
        .bind(event.recorded_at.micros())
        .bind(event.digest.as_bytes().as_slice())
        .execute(connection)
        .await
        .map_err(failed(OPERATION))
        .map(drop)
}

async fn insert_types(connection: &mut SqliteConnection, recordings: &[Recording]) -> Result<(), StoreError> {
    let mut first_positions = BTreeMap::new();
    for Recording { event, .. } in recordings {
        first_positions.entry(event.envelope.event_type.as_str()).or_insert(event.position);
    }
    for (event_type, position) in first_positions {
        sqlx::query("insert into event_types (event_type, first_position) values (?, ?) on conflict do nothing")
            .bind(event_type)
            .bind(position.as_i64())
            .execute(&mut *connection)
            .await
            .map_err(failed(OPERATION))?;
    }
    Ok(())
}

/// Fills in where earlier events turned out to belong.
pub(super) async fn fill_in(connection: &mut SqliteConnection, late: &[LateBelonging]) -> Result<(), StoreError> {
    for LateBelonging { position, belonging, .. } in late {
        sqlx::query("update events set workflow_id = ?, session_id = ?, agent = ? where position = ?")
            .bind(belonging.workflow_id.as_ref().map(WorkflowId::as_str))
            .bind(belonging.session_id.as_ref().map(SessionId::as_str))
            .bind(belonging.agent.as_ref().map(AgentId::as_str))
            .bind(position.as_i64())
            .execute(&mut *connection)
            .await
            .map_err(failed(OPERATION))?;
    }
    Ok(())
}
