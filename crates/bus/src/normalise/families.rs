//! The families of envelopes that travel on the estate's exchange, A to O: the table that says how to tell each, and where it
//! keeps what.
//!
//! The first row that fits wins, so rows with rare marks stand before rows with common ones, and the last row fits everything.
//! A new family is a new row.

use super::family::Mark::{Has, Lacks, OneOf, Text, Versioned};
use super::family::{Family, PayloadAt, SourceAt};

/// The families, the most particular first.
pub const FAMILIES: [Family; 15] = [
    Family {
        letter: 'O', // CloudEvents 1.0 with the estate's extensions
        marks: &[&[Has("specversion"), Text("type")]],
        id: &["id"],
        time: &["time"],
        event_type: &["type"],
        chain: &["correlationid", "correlation_id", "trace_id"],
        causation: &["causationid", "causation_id"],
        agent_context: &["actor"],
        payload: PayloadAt::Member(&["data", "data_base64"]),
        ..COMMON
    },
    Family {
        letter: 'I', // hookd's flat tool mutations
        marks: &[&[Has("hook_type"), Has("raw_payload")]],
        source: SourceAt::Gathered(&["agent_id", "repo", "source_pid"]),
        payload: PayloadAt::Body,
        ..COMMON
    },
    Family {
        letter: 'L', // Holocene's flat camelCase
        marks: &[&[Text("eventType"), Lacks("event_type")]],
        event_type: &["eventType"],
        payload: PayloadAt::Body,
        ..COMMON
    },
    Family {
        letter: 'J', // GOD-14's "non-negotiable" envelope
        marks: &[&[Has("occurred_at"), Has("type")], &[Text("type"), Has("payload"), Lacks("event_type")]],
        time: &["occurred_at", "timestamp"],
        event_type: &["type"],
        chain: &["trace_id", "correlation_id"],
        source: SourceAt::Member(&["source", "producer"]),
        ..COMMON
    },
    Family {
        letter: 'G', // a command
        marks: &[&[OneOf("event_type", &["command.envelope"]), Has("payload")]],
        ..COMMON
    },
    Family {
        letter: 'H', // the answer to a command
        marks: &[&[OneOf("event_type", &["command.ack", "command.result", "command.error"]), Has("payload")]],
        ..COMMON
    },
    Family {
        letter: 'B', // the first envelope of 2025-10-06
        marks: &[&[Has("ts"), Has("data"), Has("event_type")]],
        id: &["id", "event_id"],
        time: &["ts"],
        payload: PayloadAt::Member(&["data"]),
        ..COMMON
    },
    Family {
        letter: 'C', // the OpenAPI document's hybrid
        marks: &[&[Has("event_type"), Has("data"), Lacks("payload")]],
        id: &["id", "event_id"],
        payload: PayloadAt::Member(&["data"]),
        ..COMMON
    },
    Family {
        letter: 'D', // the component envelope of 2025-10-12
        marks: &[&[Has("source.component"), Has("payload")]],
        ..COMMON
    },
    Family {
        letter: 'E', // Holyfields' base event
        marks: &[&[Has("source.trigger_type"), Lacks("source.type"), Has("payload")]],
        ..COMMON
    },
    Family {
        letter: 'N', // the Convergence report's canonical envelope
        marks: &[&[Versioned("event_type"), Has("trace_context"), Has("payload")]],
        ..COMMON
    },
    Family {
        letter: 'M', // candybar
        marks: &[&[OneOf("source.type", &["webhook", "api", "internal"]), Has("payload")]],
        ..COMMON
    },
    Family {
        letter: 'A', // Bloodbank 1.0.0, which is what god33 itself sends
        marks: &[
            &[Has("payload"), Has("event_id")],
            &[Has("payload"), Has("event_type")],
            &[Has("payload"), Has("correlation_ids")],
        ],
        ..COMMON
    },
    Family {
        letter: 'F', // Holyfields' flat events
        marks: &[&[Text("event_type")]],
        payload: PayloadAt::Body,
        ..COMMON
    },
    Family {
        letter: 'K', // anything else: webhooks as they came
        marks: &[&[]],
        time: &["timestamp", "date", "data.date", "metadata.timestamp"],
        event_type: &[],
        payload: PayloadAt::Body,
        ..COMMON
    },
];

/// What a body is read as that is JSON but no object with readable names.
pub const WITHOUT_ENVELOPE: &Family = &FAMILIES[FAMILIES.len() - 1];

/// Where most families keep what.
const COMMON: Family = Family {
    letter: 'A',
    marks: &[],
    id: &["event_id"],
    time: &["timestamp"],
    event_type: &["event_type"],
    version: &["version"],
    parents: &["correlation_ids"],
    chain: &["correlation_id", "trace_id"],
    causation: &["causation_id"],
    traceparent: &["traceparent"],
    source: SourceAt::Member(&["source"]),
    agent_context: &["agent_context"],
    payload: PayloadAt::Member(&["payload"]),
};
