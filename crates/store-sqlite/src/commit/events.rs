//! The events themselves.

use std::collections::BTreeMap;

use god33_domain::plan::{LateBelonging, Recording};
use god33_domain::ports::StoreError;
use god33_domain::{About, AgentId, Belonging, JsonText, RecordedEvent, SessionId, WorkflowId};
use sqlx::sqlite::SqliteConnection;
use sqlx::types::Json;

use super::OPERATION;
use super::rows::{Insert, Query};
use crate::error::failed;
use crate::ids;

const EVENTS: Insert = Insert {
    into: "events (position, recorded_at, event_id, event_type, workflow_id, session_id, agent, timestamp, timestamp_nanos, \
        source_app, chain_id, causation_id, correlation_ids, digest, principal, version, traceparent, custom, source, \
        agent_context, extensions, payload, bus, original, about)",
    columns: 25,
    then: "",
};

const IDENTITIES: Insert =
    Insert { into: "identities (event_id, position, recorded_at, digest)", columns: 4, then: "" };

const TYPES: Insert =
    Insert { into: "event_types (event_type, first_position)", columns: 2, then: "on conflict do nothing" };

pub(super) async fn insert(connection: &mut SqliteConnection, recordings: &[Recording]) -> Result<(), StoreError> {
    EVENTS.all(connection, recordings, bind_event).await?;
    IDENTITIES.all(connection, recordings, |query, recording| bind_identity(query, &recording.event)).await?;
    insert_types(connection, recordings).await
}

fn bind_event<'q>(query: Query<'q>, recording: &'q Recording) -> Query<'q> {
    let event = &*recording.event;
    let query = bind_envelope(bind_place(query, event), event);
    query.bind(event.bus.as_ref().map(Json)).bind(recording.original.as_deref()).bind(about(&event.belonging))
}

/// What an event is about, where it is about something.
fn about(belonging: &Belonging) -> Option<Json<&About>> {
    Some(&belonging.about).filter(|about| !about.is_empty()).map(Json)
}

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

fn bind_identity<'q>(query: Query<'q>, event: &'q RecordedEvent) -> Query<'q> {
    query
        .bind(event.id().uuid())
        .bind(event.position.as_i64())
        .bind(event.recorded_at.micros())
        .bind(event.digest.as_bytes().as_slice())
}

async fn insert_types(connection: &mut SqliteConnection, recordings: &[Recording]) -> Result<(), StoreError> {
    let mut first_positions = BTreeMap::new();
    for Recording { event, .. } in recordings {
        first_positions.entry(event.envelope.event_type.as_str()).or_insert(event.position.as_i64());
    }
    let types: Vec<(&str, i64)> = first_positions.into_iter().collect();
    TYPES.all(connection, &types, |query, (event_type, position)| query.bind(*event_type).bind(*position)).await
}

/// Fills in where earlier events turned out to belong. They are few, so one statement for each will do.
pub(super) async fn fill_in(connection: &mut SqliteConnection, late: &[LateBelonging]) -> Result<(), StoreError> {
    for LateBelonging { position, belonging, .. } in late {
        sqlx::query("update events set workflow_id = ?, session_id = ?, agent = ?, about = ? where position = ?")
            .bind(belonging.workflow_id.as_ref().map(WorkflowId::as_str))
            .bind(belonging.session_id.as_ref().map(SessionId::as_str))
            .bind(belonging.agent.as_ref().map(AgentId::as_str))
            .bind(about(belonging))
            .bind(position.as_i64())
            .execute(&mut *connection)
            .await
            .map_err(failed(OPERATION))?;
    }
    Ok(())
}
