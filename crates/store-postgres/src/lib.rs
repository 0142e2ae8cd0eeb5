//! The store on PostgreSQL 14 or newer: the system of record, shared by any number of nodes.
//!
//! # Why READ COMMITTED is enough
//! Every transaction that writes to the log locks the one row of the table `log` first, and reads what its decisions rest on only
//! after it has the lock. At READ COMMITTED each statement sees what was committed before it began, and nobody else can commit to
//! the log while the lock is held: so everything that [`LogTransaction::load`](god33_domain::ports::LogTransaction::load) reads
//! is the newest there is and stays so until commit. A stricter level would add nothing but serialisation failures, since its
//! snapshot would be from before the wait for the lock. Readers see a prefix of the log in every statement: positions are
//! committed in their order.
//!
//! # What holds
//! * SQL is in this crate and in `migrations/postgres` only, and rows become values of the domain in `row.rs`.
//! * Everything that a node keeps in memory (`memory.rs`) is a copy of what never changes in the database.
//! * Every operation ends within the node's patience, also when the server says nothing (`lend.rs`). Only migrating may take long.
//! * No error or log line contains a password, a payload or a bound value.
//!
//! Where to start: [`PostgresStore::migrate`], [`PostgresStore::connect`], then `transaction.rs` for writing, `list.rs` for reading.

mod causes;
mod commit;
mod config;
mod connect;
mod cursor;
mod error;
mod filter;
mod lease;
mod lend;
mod list;
mod load;
mod maintain;
mod memory;
mod migrate;
mod month;
mod partition;
mod quarantine;
mod read;
mod replays;
mod reservations;
mod row;
mod server;
mod signs;
mod snapshots;
mod states;
mod store;
mod subscriptions;
mod time;
mod transaction;
mod upkeep;
mod wake;
mod workflows;

pub use config::PostgresConfig;
pub use error::{DriverError, OpenError};
pub use store::PostgresStore;
