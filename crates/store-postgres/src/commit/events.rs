//! New events and their identities.

use god33_domain::plan::Recording;
use god33_domain::ports::StoreError;
use god33_domain::{AgentId, Belonging, EventId, JsonText, RecordedEvent, SessionId, WorkflowId};

use super::statement::{Columns, Statement};
use crate::row::json;
use crate::time::{floor, nanos};

const OPERATION: &str = "record events";

/// Texts become what the columns are: `unnest` would flatten arrays of arrays, so even lists of ids travel as text.
const INTO: &str = "insert into events (
    position, recorded_at, event_id, event_type, timestamp, timestamp_nanos, version, source, source_app, correlation_ids,
    causation_id, chain_id, traceparent, agent_context, payload, custom, extensions, workflow_id, session_id, agent,
    principal, digest, bus, original, about)
  select
    position, recorded_at, event_id, event_type, timestamp, timestamp_nanos, version, source::json, source_app,
    correlation_ids::uuid[], causation_id, chain_id, traceparent, agent_context::json, payload::json, custom,
    extensions::json, workflow_id, session_id, agent, principal, digest, bus::json, original,
    about::json
  from ";

const AS: &str = " as n(
    position, recorded_at, event_id, event_type, timestamp, timestamp_nanos, version, source, source_app, correlation_ids,
    causation_id, chain_id, traceparent, agent_context, payload, custom, extensions, workflow_id, session_id, agent,
    principal, digest, bus, original, about)
  cross join head returning event_id, position, recorded_at, digest";

/// Inserts new events, and their identities, which are four columns of them.
pub(super) fn insert(statement: &mut Statement, recordings: &[Recording]) -> Result<(), StoreError> {
    if recordings.is_empty() {
        return Ok(());
    }
    let events: Vec<&RecordedEvent> = recordings.iter().map(|recording| &*recording.event).collect();
    let originals: Vec<Option<&[u8]>> = recordings.iter().map(|recording| recording.original.as_deref()).collect();
    let bus = events.iter().map(|event| bus(event)).collect::<Result<Vec<_>, _>>()?;
    let about = events.iter().map(|event| about(&event.belonging)).collect::<Result<Vec<_>, _>>()?;
    statement.part("recorded", |sql| {
        sql.push(INTO);
        Columns::of(sql)
            .column("bigint", column(&events, |event| event.position.as_i64()))
            .column("timestamptz", column(&events, |event| floor(event.recorded_at)))
            .column("uuid", column(&events, |event| event.id().uuid()))
            .column("text", column(&events, |event| event.envelope.event_type.as_str()))
            .column("timestamptz", column(&events, |event| floor(event.envelope.timestamp)))
            .column("smallint", column(&events, |event| nanos(event.envelope.timestamp)))
            .column("text", column(&events, |event| event.envelope.version.as_str()))
            .column("text", column(&events, |event| event.envelope.source.as_str()))
            .column("text", column(&events, |event| event.envelope.source_app()))
            .column("text", column(&events, |event| array(&event.envelope.correlation_ids)))
            .column("uuid", column(&events, |event| event.envelope.causation_id.map(EventId::uuid)))
            .column("text", column(&events, |event| event.envelope.chain_id.as_deref()))
            .column("text", column(&events, |event| event.envelope.traceparent.as_deref()))
            .column("text", column(&events, |event| event.envelope.agent_context.as_ref().map(JsonText::as_str)))
            .column("text", column(&events, |event| event.envelope.payload.as_str()))
            .column("boolean", column(&events, |event| event.envelope.custom))
            .column("text", column(&events, |event| event.envelope.extensions.as_ref().map(JsonText::as_str)))
            .column("text", column(&events, |event| event.workflow_id().map(WorkflowId::as_str)))
            .column("text", column(&events, |event| event.session_id().map(SessionId::as_str)))
            .column("text", column(&events, |event| event.agent().map(AgentId::as_str)))
            .column("text", column(&events, |event| event.principal.as_str()))
            .column("bytea", column(&events, |event| &event.digest.as_bytes()[..]))
            .column("text", bus)
            .column("bytea", originals)
            .column("text", about)
            .then(AS);
    });
    statement.part("identified", |sql| {
        sql.push(
            "insert into identities (event_id, position, recorded_at, digest)
             select event_id, position, recorded_at, digest from recorded",
        );
    });
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
    about.map(|about| json(about, OPERATION)).transpose()
}

fn bus(event: &RecordedEvent) -> Result<Option<String>, StoreError> {
    event.bus.as_ref().map(|bus| json(bus, OPERATION)).transpose()
}
