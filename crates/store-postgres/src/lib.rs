//! The store on PostgreSQL 14 or newer: the system of record, shared by any number of nodes.
//!
//! # Why READ COMMITTED is enough
//! A batch is written by one statement that moves the one row of the table `log`, whose `revision` counts the commits, and it does so only from
//! the revision at which the batch was first loaded. Everything that
//! [`LogTransaction::load`](god33_domain::ports::LogTransaction::load) reads comes with the revision in one statement, which at READ COMMITTED sees
//! what was committed before it began: so what was read is still the newest when the batch is written, or nothing is written. A transaction that
//! locks the row first finds the same revision to the end, since nobody else can move it meanwhile. A stricter level would add nothing but
//! serialisation failures, since its snapshot would be from before the wait for the row. Readers see a prefix of the log in every statement: positions are
//! committed in their order.
//!
//! # What holds
//! * SQL is in this crate and in `migrations/postgres` only, and rows become values of the domain in `row.rs`.
//! * Everything that a node keeps in memory (`memory.rs`) is a copy of what never changes in the database, but for one guess: whether other nodes write.
//! * Every operation ends within the node's patience, also when the server says nothing (`lend.rs`). Only migrating may take long.
//! * No error or log line contains a password, a payload or a bound value.
//!
//! Where to start: [`PostgresStore::migrate`], [`PostgresStore::connect`], then `transaction.rs` for writing, `list.rs` for reading.

mod answers;
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
