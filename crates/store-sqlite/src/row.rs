//! Rows of events to the domain's events. The one place that knows the columns' order.

use god33_domain::ports::{Outline, StoreError};
use god33_domain::{
    About, AgentId, Belonging, BusMetadata, Digest, Envelope, EventId, EventType, JsonText, Position, RecordedEvent,
    SessionId, Timestamp, WorkflowId,
};
use serde::de::DeserializeOwned;
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::types::Json;
use sqlx::{Decode, Row as _, Type};
use uuid::Uuid;

use crate::error::{corrupt, failed};
use crate::ids;

/// What [`event`] reads, of a table `events` that goes by the name of `e`.
pub(crate) const EVENT_COLUMNS: &str = "e.position, e.recorded_at, e.event_id, e.event_type, e.workflow_id, e.session_id, e.agent, e.about, \
    e.timestamp, e.timestamp_nanos, e.chain_id, e.causation_id, e.correlation_ids, e.digest, e.principal, e.version, \
    e.traceparent, e.custom, e.source, e.agent_context, e.extensions, e.payload, e.bus";

/// Reads the columns of one row from left to right.
pub(crate) struct Columns<'r> {
    row: &'r SqliteRow,
    next: usize,
    operation: &'static str,
}

impl<'r> Columns<'r> {
    pub(crate) const fn of(row: &'r SqliteRow, operation: &'static str) -> Self {
        Self { row, next: 0, operation }
    }

    /// The next column as it is.
    pub(crate) fn get<T: Decode<'r, Sqlite> + Type<Sqlite>>(&mut self) -> Result<T, StoreError> {
        let value = self.row.try_get(self.next).map_err(failed(self.operation))?;
        self.next += 1;
        Ok(value)
    }

    pub(crate) fn position(&mut self) -> Result<Position, StoreError> {
        self.get().map(Position::from_i64)
    }

    pub(crate) fn event_id(&mut self) -> Result<EventId, StoreError> {
        self.get::<Uuid>().map(EventId::new)
    }

    pub(crate) fn digest(&mut self) -> Result<Digest, StoreError> {
        let bytes: &[u8] = self.get()?;
        Digest::from_slice(bytes).ok_or_else(|| corrupt(self.operation, "a digest that is not 32 bytes"))
    }

    /// A time of the server, which has no more than microseconds.
    pub(crate) fn server_time(&mut self) -> Result<Timestamp, StoreError> {
        self.get().map(Timestamp::from_micros)
    }

    /// A time of a producer: microseconds and the nanoseconds that are left.
    pub(crate) fn time(&mut self) -> Result<Timestamp, StoreError> {
        let (micros, nanos) = (self.get()?, self.get::<u32>()?);
        Ok(Timestamp::from_micros_and_nanos(micros, nanos))
    }

    pub(crate) fn belonging(&mut self) -> Result<Belonging, StoreError> {
        Ok(Belonging {
            workflow_id: self.label(WorkflowId::parse)?,
            session_id: self.label(SessionId::parse)?,
            agent: self.label(AgentId::parse)?,
            about: self.get::<Option<Json<About>>>()?.map(|Json(about)| about).unwrap_or_default(),
        })
    }

    /// A name that may be absent.
    pub(crate) fn label<T, E: std::fmt::Display>(
        &mut self,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, StoreError> {
        let text: Option<&str> = self.get()?;
        let read = text.map(|text| parse(text).map_err(|error| corrupt(self.operation, format!("{text:?} {error}"))));
        read.transpose()
    }

    /// JSON that this crate wrote.
    pub(crate) fn json<T: DeserializeOwned + 'static>(&mut self) -> Result<T, StoreError> {
        self.get().map(|Json(value)| value)
    }
}

/// Reads a row of [`EVENT_COLUMNS`].
pub(crate) fn event(row: &SqliteRow, operation: &'static str) -> Result<RecordedEvent, StoreError> {
    let mut columns = Columns::of(row, operation);
    let columns = &mut columns;
    let (position, recorded_at) = (columns.position()?, columns.server_time()?);
    let (event_id, event_type) = (columns.event_id()?, EventType::from_trusted(columns.get()?));
    let belonging = columns.belonging()?;
    let (timestamp, chain_id) = (columns.time()?, columns.get()?);
    let causation_id = columns.get::<Option<Uuid>>()?.map(EventId::new);
    let correlation_ids = correlation_ids(columns)?;
    let (digest, principal) = (columns.digest()?, columns.get()?);
    let envelope = Envelope {
        event_id,
        event_type,
        timestamp,
        chain_id,
        causation_id,
        correlation_ids,
        version: columns.get()?,
        traceparent: columns.get()?,
        custom: columns.get()?,
        source: JsonText::from_trusted(columns.get()?),
        agent_context: columns.get::<Option<String>>()?.map(JsonText::from_trusted),
        extensions: columns.get::<Option<String>>()?.map(JsonText::from_trusted),
        payload: JsonText::from_trusted(columns.get()?),
    };
    let bus = columns.get::<Option<Json<BusMetadata>>>()?.map(|Json(bus)| bus);
    Ok(RecordedEvent { envelope, position, recorded_at, belonging, digest, principal, bus })
}

/// Reads rows of [`EVENT_COLUMNS`].
pub(crate) fn events(rows: &[SqliteRow], operation: &'static str) -> Result<Vec<RecordedEvent>, StoreError> {
    rows.iter().map(|row| event(row, operation)).collect()
}

/// Reads a row of `event_id, position, recorded_at, event_type, agent, payload`.
pub(crate) fn outline(row: &SqliteRow, operation: &'static str) -> Result<Outline, StoreError> {
    let mut columns = Columns::of(row, operation);
    Ok(Outline {
        event_id: columns.event_id()?,
        position: columns.position()?,
        recorded_at: columns.server_time()?,
        event_type: EventType::from_trusted(columns.get()?),
        agent: columns.label(AgentId::parse)?,
        payload: columns.get::<Option<String>>()?.map(JsonText::from_trusted),
    })
}

fn correlation_ids(columns: &mut Columns<'_>) -> Result<Vec<EventId>, StoreError> {
    let bytes: &[u8] = columns.get()?;
    ids::split(bytes).ok_or_else(|| corrupt(columns.operation, "correlation ids that are not 16 bytes each"))
}

/// A limit as SQLite takes it.
pub(crate) fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// A number as its column keeps it.
pub(crate) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
