//! What god33 needs from the outside: a store, a bus and a clock.
//!
//! An implementation of [`Store`] passes the suite in `crates/conformance`; one of [`Bus`] passes the bus suite there. Errors
//! leave an adapter as [`StoreError`] or [`BusError`] and carry the driver's error as their source.

mod bus;
mod clock;
mod replays;
mod snapshots;
mod store;
mod subscriptions;
mod upkeep;

pub use bus::{
    Bus, BusError, BusReport, BusState, Exchange, Inbound, Inbox, NoExchange, OutboundMessage, ReplayedMessage,
};
pub use clock::{Clock, SystemClock};
pub use replays::{Kept, Replays};
pub use snapshots::{Chunk, Snapshot, Snapshots, Upload, unused_before};
pub use store::{
    CausalEdge, Commit, Lease, LogTransaction, Outline, Reservation, SignOfLife, Store, StoreError, StoreInfo,
    TypeInUse, WakeUps, WorkflowFilter, WorkflowPage, WorkflowQuery,
};
pub use subscriptions::Subscriptions;
pub use upkeep::{AuditEntry, AuditQuery, NodeSign, Upkeep};
