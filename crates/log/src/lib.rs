//! The machinery between the ports: the log writer, the tail, subscriptions, the consumers of durable ones, the relay, replays and the inbox.
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
mod consumers;
mod duty;
mod inbox;
mod presence;
mod rebuild;
mod redrive;
mod relay;
mod replay;
mod ring;
mod start;
mod subscription;
mod tail;
mod verify;
mod work;
mod writer;

pub use batch::write_batch;
pub use config::LogConfig;
pub use consumers::{ConsumeError, ConsumerStream, Consumers, Delivered, Settled};
pub use inbox::LogInbox;
pub use presence::{Presence, alive_since};
pub use rebuild::{Differences, RebuildProgress, rebuild_states};
pub use redrive::{Redriven, redrive};
pub use relay::{RELAY, Relay, RelayConfig};
pub use replay::{Desk, NoTarget, ReplayConfig, ReplayError, ReplayStream, Replayer, StreamEnd, Streamed};
pub use start::Log;
pub use subscription::{ChainMembers, Delivery, Start, SubscribeError, SubscribeRequest, Subscription};
pub use tail::{Tail, TailError};
pub use verify::{VerifyProgress, verify_log};
pub use work::{Board, Concern, Listener, Overseer, OverseerConfig, Pulse};
pub use writer::{LogWriter, ProposeError};
