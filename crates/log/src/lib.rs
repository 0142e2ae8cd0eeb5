//! The machinery between the ports: the log writer, the tail, subscriptions, the relay and the inbox.
//!
//! ```text
//! proposals ─► LogWriter ─► store (one transaction a batch) ─► Tail ─► subscriptions, relay ─► bus
//! bus ─► LogInbox ─┘                    other nodes ─ wake-up, poll ─┘
//! ```
//!
//! *Architecture invariant:* it knows tokio and the domain; it knows no SQL, no protobuf and no AMQP, and it decides nothing about
//! events. Every queue and buffer in it is bounded.

mod batch;
mod config;
mod inbox;
mod relay;
mod ring;
mod start;
mod subscription;
mod tail;
mod work;
mod writer;

pub use batch::write_batch;
pub use config::LogConfig;
pub use inbox::LogInbox;
pub use relay::{RELAY, Relay, RelayConfig};
pub use start::Log;
pub use subscription::{Delivery, Start, SubscribeError, SubscribeRequest, Subscription};
pub use tail::{Tail, TailError};
pub use work::{Board, Overseer, OverseerConfig, Pulse, SessionChanges};
pub use writer::{LogWriter, ProposeError};
