//! What is true and allowed in god33: the rules, the states and the ports, as values and pure functions.
//!
//! *Architecture invariant:* this crate knows no async runtime, no SQL, no protobuf and no AMQP. Every decision is a
//! pure function of what was loaded and what was asked, so the live path, a rebuild from the log and a test take the same one.
//!
//! Where to start: [`Envelope`] is what a producer sends, [`NewEvent`] is it after checks, [`plan::plan`] decides a whole batch
//! against what the store knows, [`RecordedEvent`] is the result, and [`ports`] says what a store must do.

pub mod agent;
mod belonging;
pub mod causation;
pub mod checkpoint;
pub mod collaboration;
pub mod command;
mod digest;
pub mod director;
pub mod due;
mod event;
mod event_type;
mod evolve;
pub mod feedback;
mod filter;
pub mod handoff;
mod id;
mod json;
mod ledger;
pub mod limits;
mod members;
mod new_event;
pub mod plan;
pub mod ports;
mod proposal;
mod quarantine;
pub mod rebuild;
mod refusal;
pub mod replay;
pub mod session;
pub mod state;
pub mod subscription;
pub mod summary;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod testing;
mod time;
pub mod verify;
pub mod waits;
pub mod workflow;

// Lets the builders that the tests share with other crates name this one.
#[cfg(test)]
extern crate self as god33_domain;

pub use belonging::{About, Belonging};
pub use digest::{Digest, Digesting};
pub use event::{BusMetadata, Envelope, EnvelopeFamily, RecordedEvent};
pub use event_type::{COORDINATION, EventType, InvalidEventType, InvalidTypePattern, TypePattern};
pub use filter::{EventFilter, EventPage, EventQuery, Order};
pub use id::{AgentId, EventId, InvalidLabel, Position, RequestId, SessionId, WorkflowId, is_plain_text};
pub use json::{InvalidJson, JsonText};
pub use limits::Limits;
pub use new_event::{InvalidEvent, NewEvent, Violation, ViolationKind, is_traceparent};
pub use proposal::{Appended, AppendedEvent, Change, CursorMove, Proposal, Request};
pub use quarantine::{QuarantineReason, QuarantinedMessage};
pub use refusal::Refusal;
pub use session::SessionLink;
pub use time::{InvalidTimestamp, Timestamp};
pub use workflow::Workflow;
