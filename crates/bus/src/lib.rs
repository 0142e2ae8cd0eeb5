//! The bus: what RabbitMQ carries, and how to read and write it.
//!
//! Where to start: [`normalise`] makes an event of any message that the estate's producers send, [`render`] writes an event as
//! upstream's consumers expect it; [`AmqpBus`] carries both ways over RabbitMQ, [`InProcessBus`] within the process.
//!
//! *Architecture invariant:* this crate knows no store, no SQL and no protobuf. What it brings in goes to an
//! [`Inbox`](god33_domain::ports::Inbox), what goes out comes from whoever calls [`Bus::publish`](god33_domain::ports::Bus::publish).

mod amqp;
mod counters;
mod in_process;
mod members;
mod normalise;
mod raw_message;
mod render;
mod topic;
mod wire;

pub use amqp::{AmqpBus, AmqpConfig, AmqpError, AmqpUrl, InvalidAmqpConfig};
pub use in_process::{InProcessBus, Interruption, Subscription};
pub use normalise::normalise;
pub use raw_message::RawMessage;
pub use render::render;
pub use topic::TopicPattern;
pub use wire::{POSITION_HEADER, REPLAY_HEADER, STORE_HEADER};
