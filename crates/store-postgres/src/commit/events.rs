//! New events and their identities.

use chrono::{DateTime, Utc};
use god33_domain::plan::Recording;
use god33_domain::ports::StoreError;
use god33_domain::{AgentId, Belonging, EventId, JsonText, RecordedEvent, SessionId, WorkflowId};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::error::Doing;
use crate::time::{floor, nanos};

const OPERATION: &str = "record events";

/// Both tables in one statement, since an identity is four columns of its event. Arrays travel as one text each: `unnest` would
/// flatten arrays of arrays.
const INSERT: &str = "
with recorded as (
  insert into events (
    position, recorded_at, event_id, event_type, timestamp, timestamp_nanos, version, source, source_app, correlation_ids,
    causation_id, chain_id, traceparent, agent_context, payload, custom, extensions, workflow_id, session_id, agent,
    principal, digest, bus, original, about)
  select
    position, recorded_at, event_id, event_type, timestamp, timestamp_nanos, version, source::json, source_app,
    correlation_ids::uuid[], causation_id, chain_id, traceparent, agent_context::json, payload::json, custom,
    extensions::json, workflow_id, session_id, agent, principal, digest, bus::json, original,
    about::json
  from unnest(
    $1::bigint[], $2::timestamptz[], $3::uuid[], $4::text[], $5::timestamptz[], $6::smallint[], $7::text[], $8::text[],
    $9::text[], $10::text[], $11::uuid[], $12::text[], $13::text[], $14::text[], $15::text[], $16::boolean[], $17::text[],
    $18::text[], $19::text[], $20::text[], $21::text[], $22::bytea[], $23::text[], $24::bytea[],
    $25::text[])
  as n(
    position, recorded_at, event_id, event_type, timestamp, timestamp_nanos, version, source, source_app, correlation_ids,
    causation_id, chain_id, traceparent, agent_context, payload, custom, extensions, workflow_id, session_id, agent,
    principal, digest, bus, original, about)
  returning event_id, position, recorded_at, digest)
insert into identities (event_id, position, recorded_at, digest)
select event_id, position, recorded_at, digest from recorded";

/// Inserts new events.
pub(super) async fn insert(connection: &mut PgConnection, recordings: &[Recording]) -> Result<(), StoreError> {
    if recordings.is_empty() {
        return Ok(());
    }
    let events: Vec<&RecordedEvent> = recordings.iter().map(|recording| &*recording.event).collect();
    let originals: Vec<Option<&[u8]>> = recordings.iter().map(|recording| recording.original.as_deref()).collect();
    let bus = events.iter().map(|event| bus(event)).collect::<Result<Vec<_>, _>>()?;
    let about = events.iter().map(|event| about(&event.belonging)).collect::<Result<Vec<_>, _>>()?;
    sqlx::query(INSERT)
        .bind(column(&events, |event| event.position.as_i64()))
        .bind(column(&events, |event| floor(event.recorded_at)))
        .bind(column(&events, |event| event.id().uuid()))
        .bind(column(&events, |event| event.envelope.event_type.as_str()))
        .bind::<Vec<DateTime<Utc>>>(column(&events, |event| floor(event.envelope.timestamp)))
        .bind(column(&events, |event| nanos(event.envelope.timestamp)))
        .bind(column(&events, |event| event.envelope.version.as_str()))
        .bind(column(&events, |event| event.envelope.source.as_str()))
        .bind(column(&events, |event| event.envelope.source_app()))
        .bind(column(&events, |event| array(&event.envelope.correlation_ids)))
        .bind::<Vec<Option<Uuid>>>(column(&events, |event| event.envelope.causation_id.map(EventId::uuid)))
        .bind(column(&events, |event| event.envelope.chain_id.as_deref()))
        .bind(column(&events, |event| event.envelope.traceparent.as_deref()))
        .bind(column(&events, |event| event.envelope.agent_context.as_ref().map(JsonText::as_str)))
        .bind(column(&events, |event| event.envelope.payload.as_str()))
        .bind(column(&events, |event| event.envelope.custom))
        .bind(column(&events, |event| event.envelope.extensions.as_ref().map(JsonText::as_str)))
        .bind(column(&events, |event| event.workflow_id().map(WorkflowId::as_str)))
        .bind(column(&events, |event| event.session_id().map(SessionId::as_str)))
        .bind(column(&events, |event| event.agent().map(AgentId::as_str)))
        .bind(column(&events, |event| event.principal.as_str()))
        .bind(column(&events, |event| &event.digest.as_bytes()[..]))
        .bind(bus)
        .bind(originals)
        .bind(about)
        .execute(connection)
        .await
        .doing(OPERATION)?;
    Ok(())
}

fn column<'a, T>(events: &[&'a RecordedEvent], value: impl Fn(&'a RecordedEvent) -> T) -> Vec<T> {
    events.iter().map(|event| value(event)).collect()
}

/// `{id,id}`, as PostgreSQL reads an array out of a text.
fn array(ids: &[EventId]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!("{{{}}}", ids.join(","))
}

/// What an event is about, where it is about something.
pub(super) fn about(belonging: &Belonging) -> Result<Option<String>, StoreError> {
    let about = Some(&belonging.about).filter(|about| !about.is_empty());
    let text = about.map(serde_json::to_string).transpose();
    text.map_err(|error| StoreError::Corrupt { operation: OPERATION, detail: error.to_string() })
}

fn bus(event: &RecordedEvent) -> Result<Option<String>, StoreError> {
    let text = event.bus.as_ref().map(serde_json::to_string).transpose();
    text.map_err(|error| StoreError::Corrupt { operation: OPERATION, detail: error.to_string() })
}
