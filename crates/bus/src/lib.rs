//! The bus: what RabbitMQ carries, and how to read and write it.
//!
//! Where to start: [`normalise`] makes an event of any message that the estate's producers send, [`render`] writes an event as
//! upstream's consumers expect it.
//!
//! *Architecture invariant:* this crate knows no store, no SQL and no protobuf. What it brings in goes to an
//! [`Inbox`](god33_domain::ports::Inbox), what goes out comes from whoever calls [`Bus::publish`](god33_domain::ports::Bus::publish).

mod members;
mod normalise;
mod raw_message;
mod render;

pub use normalise::normalise;
pub use raw_message::RawMessage;
pub use render::render;
