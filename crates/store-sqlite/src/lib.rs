//! The embedded store: SQLite, in a file or in memory. The same behaviour as the PostgreSQL store, with no server.
//!
//! *Architecture invariant:* SQL and rows stay in this crate; what leaves it is the domain's. Nothing is decided here: the
//! domain plans a batch, this crate loads what the plan needs and writes what it says.
//!
//! One connection writes, several read. In a file, SQLite's own write lock is taken before the head of the log is read, so the
//! log stays gapless even when two processes open one file; each sees what the other wrote when it reads next. A file must be
//! on a local disk: SQLite's locks and its shared memory do not work over a network.
//!
//! Where to start: [`SqliteStore::open`], then `transaction.rs` for the write path and `list.rs` for the reads.

mod answers;
mod causes;
mod commit;
mod config;
mod connections;
mod cursor;
mod error;
mod event_types;
mod events;
mod filter;
mod ids;
mod info;
mod lease;
mod list;
mod load;
mod maintain;
mod migrate;
mod narrowest;
mod open;
mod quarantine;
mod replays;
mod reservations;
mod row;
mod sessions;
mod signs;
mod snapshots;
mod states;
mod store;
mod subscriptions;
mod time;
mod transaction;
mod upkeep;
mod workflows;

pub use config::SqliteConfig;
pub use open::OpenError;

use connections::Connections;

/// The log in one SQLite database. Cheap calls share its connections; [`god33_domain::ports::Store::close`] ends them.
#[derive(Debug)]
pub struct SqliteStore {
    connections: Connections,
}
