//! Rows to values of the domain.

use chrono::{DateTime, Utc};
use god33_domain::ports::{CausalEdge, Outline, StoreError};
use god33_domain::{
    Belonging, BusMetadata, Digest, Envelope, EventId, EventType, InvalidLabel, JsonText, Position, RecordedEvent,
    Timestamp,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::postgres::PgRow;
use sqlx::{Decode, Postgres, Row, Type};
use uuid::Uuid;

use crate::error::Doing;
use crate::time::{from_column, from_columns};

/// The columns of an event, in the order in which [`event`] reads them, from a table called `e`.
macro_rules! event_columns {
    () => {
        "e.position, e.recorded_at, e.event_id, e.event_type, e.timestamp, e.timestamp_nanos, e.version, e.source::text, \
         e.correlation_ids, e.causation_id, e.chain_id, e.traceparent, e.agent_context::text, e.payload::text, e.custom, \
         e.extensions::text, e.workflow_id, e.session_id, e.agent, e.about::text, e.principal, e.digest, e.bus::text"
    };
}
pub(crate) use event_columns;

/// The event at the position and time of a row of `$table`, to join laterally. `offset 0` keeps the planner from turning the join
/// around and reading whole months: the time of each row leads to its one partition.
macro_rules! event_at {
    ($table:literal) => {
        concat!(
            "(select * from events where position = ",
            $table,
            ".position and recorded_at = ",
            $table,
            ".recorded_at offset 0)"
        )
    };
}
pub(crate) use event_at;

/// Reads columns one after the other.
pub(crate) struct Columns<'r> {
    row: &'r PgRow,
    next: usize,
    operation: &'static str,
}

impl<'r> Columns<'r> {
    /// From the first column on.
    pub(crate) const fn of(row: &'r PgRow, operation: &'static str) -> Self {
        Self { row, next: 0, operation }
    }

    /// The next column.
    pub(crate) fn take<T>(&mut self) -> Result<T, StoreError>
    where
        T: Decode<'r, Postgres> + Type<Postgres>,
    {
        let index = self.next;
        self.next += 1;
        self.row.try_get(index).doing(self.operation)
    }

    /// Passes over columns.
    pub(crate) const fn skip(&mut self, columns: usize) -> &mut Self {
        self.next += columns;
        self
    }

    /// A position.
    pub(crate) fn position(&mut self) -> Result<Position, StoreError> {
        self.take().map(Position::from_i64)
    }

    /// A position or none.
    pub(crate) fn optional_position(&mut self) -> Result<Option<Position>, StoreError> {
        Ok(self.take::<Option<i64>>()?.map(Position::from_i64))
    }

    /// An event's id.
    pub(crate) fn event_id(&mut self) -> Result<EventId, StoreError> {
        self.take::<Uuid>().map(EventId::new)
    }

    /// A time in whole microseconds.
    pub(crate) fn time(&mut self) -> Result<Timestamp, StoreError> {
        self.take::<DateTime<Utc>>().map(from_column)
    }

    /// A time in two columns.
    pub(crate) fn exact_time(&mut self) -> Result<Timestamp, StoreError> {
        let (time, nanos): (DateTime<Utc>, i16) = (self.take()?, self.take()?);
        Ok(from_columns(time, nanos))
    }

    /// A digest.
    pub(crate) fn digest(&mut self) -> Result<Digest, StoreError> {
        let bytes: &[u8] = self.take()?;
        Digest::from_slice(bytes).ok_or_else(|| self.corrupt(format!("a digest of {} bytes", bytes.len())))
    }

    /// JSON text.
    pub(crate) fn json(&mut self) -> Result<JsonText, StoreError> {
        self.take().map(JsonText::from_trusted)
    }

    /// JSON text or none.
    pub(crate) fn optional_json(&mut self) -> Result<Option<JsonText>, StoreError> {
        Ok(self.take::<Option<String>>()?.map(JsonText::from_trusted))
    }

    /// A value that is kept as JSON.
    pub(crate) fn document<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text: &str = self.take()?;
        serde_json::from_str(text).map_err(|error| self.corrupt(error.to_string()))
    }

    /// A value that is kept as JSON, or none.
    pub(crate) fn optional_document<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        let text: Option<&str> = self.take()?;
        text.map(serde_json::from_str).transpose().map_err(|error| self.corrupt(error.to_string()))
    }

    /// A name or none.
    pub(crate) fn label<T>(&mut self, parse: fn(&str) -> Result<T, InvalidLabel>) -> Result<Option<T>, StoreError> {
        let text: Option<&str> = self.take()?;
        text.map(parse).transpose().map_err(|error| self.corrupt(format!("a name that {error}")))
    }

    /// Where something belongs.
    pub(crate) fn belonging(&mut self) -> Result<Belonging, StoreError> {
        Ok(Belonging {
            workflow_id: self.label(god33_domain::WorkflowId::parse)?,
            session_id: self.label(god33_domain::SessionId::parse)?,
            agent: self.label(god33_domain::AgentId::parse)?,
            about: self.optional_document()?.unwrap_or_default(),
        })
    }

    /// The error for a column that cannot be read.
    pub(crate) fn corrupt(&self, detail: impl Into<String>) -> StoreError {
        StoreError::Corrupt { operation: self.operation, detail: detail.into() }
    }
}

/// A value as the JSON in which it is kept.
pub(crate) fn json(value: &impl Serialize, operation: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt { operation, detail: error.to_string() })
}

/// A number as its column keeps it.
pub(crate) fn number(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// An event out of the columns of [`event_columns`].
pub(crate) fn event(row: &PgRow, operation: &'static str) -> Result<RecordedEvent, StoreError> {
    let mut columns = Columns::of(row, operation);
    let (position, recorded_at) = (columns.position()?, columns.time()?);
    let envelope = envelope(&mut columns)?;
    Ok(RecordedEvent {
        envelope,
        position,
        recorded_at,
        belonging: columns.belonging()?,
        principal: columns.take()?,
        digest: columns.digest()?,
        bus: columns.optional_document::<BusMetadata>()?,
    })
}

fn envelope(columns: &mut Columns<'_>) -> Result<Envelope, StoreError> {
    Ok(Envelope {
        event_id: columns.event_id()?,
        event_type: EventType::from_trusted(columns.take()?),
        timestamp: columns.exact_time()?,
        version: columns.take()?,
        source: columns.json()?,
        correlation_ids: columns.take::<Vec<Uuid>>()?.into_iter().map(EventId::new).collect(),
        causation_id: columns.take::<Option<Uuid>>()?.map(EventId::new),
        chain_id: columns.take()?,
        traceparent: columns.take()?,
        agent_context: columns.optional_json()?,
        payload: columns.json()?,
        custom: columns.take()?,
        extensions: columns.optional_json()?,
    })
}

/// Events out of many rows.
pub(crate) fn events(rows: &[PgRow], operation: &'static str) -> Result<Vec<RecordedEvent>, StoreError> {
    rows.iter().map(|row| event(row, operation)).collect()
}

/// An edge out of `child_id, child_position, ordinal, parent_id, parent_position`.
pub(crate) fn edge(row: &PgRow, operation: &'static str) -> Result<CausalEdge, StoreError> {
    let mut columns = Columns::of(row, operation);
    Ok(CausalEdge {
        child_id: columns.event_id()?,
        child: columns.position()?,
        ordinal: columns.take::<i32>()?.unsigned_abs(),
        parent_id: columns.event_id()?,
        parent: columns.optional_position()?,
    })
}

/// An outline out of `event_id, position, recorded_at, event_type, agent, payload`.
pub(crate) fn outline(row: &PgRow, operation: &'static str) -> Result<Outline, StoreError> {
    let mut columns = Columns::of(row, operation);
    Ok(Outline {
        event_id: columns.event_id()?,
        position: columns.position()?,
        recorded_at: columns.time()?,
        event_type: EventType::from_trusted(columns.take()?),
        agent: columns.label(god33_domain::AgentId::parse)?,
        payload: columns.optional_json()?,
    })
}
