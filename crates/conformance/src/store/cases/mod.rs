//! The cases by subject. Their names are sentences, and say all that a text above them would.
#![allow(missing_docs)]

pub mod belonging;
pub mod causation;
pub mod causes;
pub mod durability;
pub mod exactness;
pub mod housekeeping;
pub mod identity;
pub mod listing;
pub mod log;
pub mod nodes;
pub mod rebuild;
pub mod replays;
pub mod reservations;
pub mod signs;
pub mod snapshots;
pub mod states;
pub mod subscriptions;
pub mod upkeep;
pub mod workflows;
