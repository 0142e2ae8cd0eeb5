//! The machinery between the ports: the log writer, the tail, the relay and the inbox.
//!
//! *Architecture invariant:* it knows tokio and the domain; it knows no SQL, no protobuf and no AMQP, and it decides nothing about events.

mod batch;

pub use batch::write_batch;
