//! What god33 needs from the outside: a store, a bus and a clock.
//!
//! An implementation of [`Store`] passes the suite in `crates/conformance`; one of [`Bus`] passes the bus suite there. Errors
//! leave an adapter as [`StoreError`] or [`BusError`] and carry the driver's error as their source.

mod bus;
mod clock;
mod snapshots;
mod store;
mod subscriptions;

pub use bus::{Bus, BusError, BusReport, BusState, Inbound, Inbox, OutboundMessage};
pub use clock::{Clock, SystemClock};
pub use snapshots::{Chunk, Snapshot, Snapshots, Upload, unused_before};
pub use store::{
    CausalEdge, Commit, Lease, LogTransaction, Reservation, SignOfLife, Store, StoreError, StoreInfo, TypeInUse,
    WakeUps, WorkflowFilter, WorkflowPage, WorkflowQuery,
};
pub use subscriptions::Subscriptions;
