//! What running a server needs of the store beside the log: the quarantine's way out, the audit, the nodes.

use async_trait::async_trait;
use bytes::Bytes;
use uuid::Uuid;

use super::StoreError;
use crate::{Digest, Position, QuarantineReason, QuarantinedMessage, RequestId, Timestamp};

/// Keeps what people need to run the server.
#[async_trait]
pub trait Upkeep: Send + Sync {
    /// Those of these ids that are in quarantine, in any order.
    async fn in_quarantine(&self, ids: &[i64]) -> Result<Vec<i64>, StoreError>;

    /// These messages in quarantine, as far as they are there, in any order.
    async fn quarantined_with(&self, ids: &[i64]) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError>;

    /// Lets messages that became events out of quarantine.
    async fn leave_quarantine(&self, ids: &[i64]) -> Result<(), StoreError>;

    /// Notes that a message in quarantine was tried once more and why it stays.
    async fn stay_in_quarantine(&self, id: i64, reason: QuarantineReason, detail: &str) -> Result<(), StoreError>;

    /// Gives messages in quarantine up and keeps who did, both or nothing. Answers with how many were there.
    async fn discard_quarantined(&self, ids: &[i64], audit: &AuditEntry) -> Result<u64, StoreError>;

    /// Keeps who called what.
    async fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Who called what, the newest first, each with its id.
    async fn audit_entries(&self, query: &AuditQuery) -> Result<Vec<(i64, AuditEntry)>, StoreError>;

    /// Keeps the answer to a request, so that a repeat gets it again. The first one stands.
    async fn keep_answer(
        &self,
        request: RequestId,
        digest: Digest,
        answer: &[u8],
        at: Timestamp,
    ) -> Result<(), StoreError>;

    /// The answer that was kept for a request, with the digest of what it asked.
    async fn kept_answer(&self, request: RequestId) -> Result<Option<(Digest, Bytes)>, StoreError>;

    /// Notes a node's sign of life.
    async fn keep_node(&self, node: &NodeSign) -> Result<(), StoreError>;

    /// Forgets a node, which stopped.
    async fn forget_node(&self, node: Uuid) -> Result<(), StoreError>;

    /// The nodes that were seen at this time or later, by id.
    async fn nodes(&self, seen_since: Timestamp) -> Result<Vec<NodeSign>, StoreError>;

    /// Who holds the lease of a name; `None` when nobody does.
    async fn lease_holder(&self, name: &str) -> Result<Option<Uuid>, StoreError>;
}

/// One call that changes how the server runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditEntry {
    /// When, in whole microseconds.
    pub at: Timestamp,
    /// Who called.
    pub principal: String,
    /// The full name of the call.
    pub method: String,
    /// What it was about.
    pub subject: String,
    /// The contract's word for why it was refused; `None` when it was not.
    pub refused: Option<String>,
    /// The address of the caller; empty when it is not known.
    pub peer: String,
    /// The node that answered.
    pub node_id: Uuid,
}

/// A choice of audit entries. Every part that is set must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AuditQuery {
    /// By this principal.
    pub principal: Option<String>,
    /// Of this call.
    pub method: Option<String>,
    /// Only those that were refused.
    pub refused_only: bool,
    /// At this time or later.
    pub since: Option<Timestamp>,
    /// Before this time.
    pub until: Option<Timestamp>,
    /// Only those before this id.
    pub before: Option<i64>,
    /// At most this many.
    pub limit: usize,
}

/// A node's sign of life.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeSign {
    /// The run of the server.
    pub node_id: Uuid,
    /// Its version.
    pub version: String,
    /// When it started, in whole microseconds.
    pub started_at: Timestamp,
    /// When it gave the sign, in whole microseconds.
    pub last_seen_at: Timestamp,
    /// It takes messages from the bus.
    pub ingests: bool,
    /// How far its tail has come.
    pub tail: Position,
}
