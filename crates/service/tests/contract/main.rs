//! The event store and the workflows over a real connection: every call, every limit, every refusal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod agents;
mod append;
mod append_stream;
mod broken_claims;
mod build;
mod causes;
mod checkpoints;
mod claims;
mod collaboration_reads;
mod collaborations;
mod consumers;
mod director;
mod event_types;
mod feedback;
mod feedback_reads;
mod garbage;
mod handoffs;
mod ids;
mod limits;
mod lists;
mod prune;
mod reads;
mod recovery;
mod session_link;
mod sessions;
mod shared_context;
mod snapshot_refusals;
mod snapshots;
mod subscribe;
mod subscription_refusals;
mod subscriptions;
mod team;
mod validate;
mod waiting_claims;
mod workflow_moves;
mod workflow_reads;
mod workflows;
