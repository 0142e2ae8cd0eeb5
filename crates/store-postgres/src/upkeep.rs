//! What people need to run the server: the quarantine's way out, the audit, kept answers, the nodes.

use async_trait::async_trait;
use bytes::Bytes;
use god33_domain::ports::{AuditEntry, AuditQuery, NodeSign, StoreError, Upkeep};
use god33_domain::{Digest, QuarantineReason, QuarantinedMessage, RequestId, Timestamp};
use sqlx::{Connection, PgConnection};
use uuid::Uuid;

use crate::error::Doing;
use crate::read::as_limit;
use crate::row::Columns;
use crate::time::{ceil, floor};
use crate::{PostgresStore, lease, quarantine};

#[async_trait]
impl Upkeep for PostgresStore {
    async fn in_quarantine(&self, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        self.reads.ask(async |c| quarantine::known(c, ids).await).await
    }

    async fn quarantined_with(&self, ids: &[i64]) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
        self.reads.ask(async |c| quarantine::with_ids(c, ids).await).await
    }

    async fn leave_quarantine(&self, ids: &[i64]) -> Result<(), StoreError> {
        self.reads.ask(async |c| quarantine::drop_all(c, ids).await.map(drop)).await
    }

    async fn stay_in_quarantine(&self, id: i64, reason: QuarantineReason, detail: &str) -> Result<(), StoreError> {
        self.reads.ask(async |c| quarantine::stay(c, id, reason, detail).await).await
    }

    async fn discard_quarantined(&self, ids: &[i64], audit: &AuditEntry) -> Result<u64, StoreError> {
        self.reads.ask(async |c| discard(c, ids, audit).await).await
    }

    async fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        self.reads.ask(async |c| keep_entry(c, entry).await).await
    }

    async fn audit_entries(&self, query: &AuditQuery) -> Result<Vec<(i64, AuditEntry)>, StoreError> {
        self.reads.ask(async |c| entries(c, query).await).await
    }

    async fn keep_answer(
        &self,
        request: RequestId,
        digest: Digest,
        answer: &[u8],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.reads.ask(async |c| keep_answer(c, request, digest, answer, at).await).await
    }

    async fn kept_answer(&self, request: RequestId) -> Result<Option<(Digest, Bytes)>, StoreError> {
        self.reads.ask(async |c| kept_answer(c, request).await).await
    }

    async fn keep_node(&self, node: &NodeSign) -> Result<(), StoreError> {
        self.reads.ask(async |c| keep_node(c, node).await).await
    }

    async fn forget_node(&self, node: Uuid) -> Result<(), StoreError> {
        self.reads.ask(async |c| forget_node(c, node).await).await
    }

    async fn nodes(&self, seen_since: Timestamp) -> Result<Vec<NodeSign>, StoreError> {
        self.reads.ask(async |c| nodes(c, seen_since).await).await
    }

    async fn lease_holder(&self, name: &str) -> Result<Option<Uuid>, StoreError> {
        self.reads.ask(async |c| lease::holder(c, name).await).await
    }
}

async fn discard(connection: &mut PgConnection, ids: &[i64], audit: &AuditEntry) -> Result<u64, StoreError> {
    const OPERATION: &str = "give messages in quarantine up";
    let mut transaction = connection.begin().await.doing(OPERATION)?;
    let discarded = quarantine::drop_all(&mut transaction, ids).await?;
    keep_entry(&mut transaction, audit).await?;
    transaction.commit().await.doing(OPERATION)?;
    Ok(discarded)
}

async fn keep_entry(connection: &mut PgConnection, entry: &AuditEntry) -> Result<(), StoreError> {
    sqlx::query(
        "insert into audit (at, principal, method, subject, refused, peer, node_id) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(floor(entry.at))
    .bind(&entry.principal)
    .bind(&entry.method)
    .bind(&entry.subject)
    .bind(&entry.refused)
    .bind(&entry.peer)
    .bind(entry.node_id)
    .execute(connection)
    .await
    .doing("keep who called what")?;
    Ok(())
}

async fn entries(connection: &mut PgConnection, query: &AuditQuery) -> Result<Vec<(i64, AuditEntry)>, StoreError> {
    const OPERATION: &str = "read who called what";
    let rows = sqlx::query(
        "select id, at, principal, method, subject, refused, peer, node_id from audit
         where ($1::text is null or principal = $1) and ($2::text is null or method = $2)
           and (not $3 or refused is not null) and ($4::timestamptz is null or at >= $4)
           and ($5::timestamptz is null or at < $5) and id < $6
         order by id desc limit $7",
    )
    .bind(&query.principal)
    .bind(&query.method)
    .bind(query.refused_only)
    .bind(query.since.map(ceil))
    .bind(query.until.map(ceil))
    .bind(query.before.unwrap_or(i64::MAX))
    .bind(as_limit(query.limit))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    let entry = |columns: &mut Columns<'_>| {
        let id = columns.take()?;
        let entry = AuditEntry {
            at: columns.time()?,
            principal: columns.take()?,
            method: columns.take()?,
            subject: columns.take()?,
            refused: columns.take()?,
            peer: columns.take()?,
            node_id: columns.take()?,
        };
        Ok((id, entry))
    };
    rows.iter().map(|row| entry(&mut Columns::of(row, OPERATION))).collect()
}

async fn keep_answer(
    connection: &mut PgConnection,
    request: RequestId,
    digest: Digest,
    answer: &[u8],
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "insert into kept_answers (request_id, digest, answer, recorded_at) values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(request.0)
    .bind(digest.as_bytes().as_slice())
    .bind(answer)
    .bind(floor(at))
    .execute(connection)
    .await
    .doing("keep an answer")?;
    Ok(())
}

async fn kept_answer(connection: &mut PgConnection, request: RequestId) -> Result<Option<(Digest, Bytes)>, StoreError> {
    const OPERATION: &str = "read a kept answer";
    let row = sqlx::query("select digest, answer from kept_answers where request_id = $1")
        .bind(request.0)
        .fetch_optional(connection)
        .await
        .doing(OPERATION)?;
    let Some(row) = row else { return Ok(None) };
    let mut columns = Columns::of(&row, OPERATION);
    Ok(Some((columns.digest()?, Bytes::from(columns.take::<Vec<u8>>()?))))
}

async fn keep_node(connection: &mut PgConnection, node: &NodeSign) -> Result<(), StoreError> {
    sqlx::query(
        "insert into nodes (node_id, version, started_at, last_seen_at, ingests, tail) values ($1, $2, $3, $4, $5, $6)
         on conflict (node_id) do update
         set last_seen_at = excluded.last_seen_at, ingests = excluded.ingests, tail = excluded.tail",
    )
    .bind(node.node_id)
    .bind(&node.version)
    .bind(floor(node.started_at))
    .bind(floor(node.last_seen_at))
    .bind(node.ingests)
    .bind(node.tail.as_i64())
    .execute(connection)
    .await
    .doing("note a node's sign of life")?;
    Ok(())
}

async fn forget_node(connection: &mut PgConnection, node: Uuid) -> Result<(), StoreError> {
    let forgotten = sqlx::query("delete from nodes where node_id = $1").bind(node).execute(connection).await;
    forgotten.doing("forget a node").map(drop)
}

async fn nodes(connection: &mut PgConnection, seen_since: Timestamp) -> Result<Vec<NodeSign>, StoreError> {
    const OPERATION: &str = "list the nodes";
    let rows = sqlx::query(
        "select node_id, version, started_at, last_seen_at, ingests, tail from nodes
         where last_seen_at >= $1 order by node_id",
    )
    .bind(ceil(seen_since))
    .fetch_all(connection)
    .await
    .doing(OPERATION)?;
    let sign = |columns: &mut Columns<'_>| {
        Ok(NodeSign {
            node_id: columns.take()?,
            version: columns.take()?,
            started_at: columns.time()?,
            last_seen_at: columns.time()?,
            ingests: columns.take()?,
            tail: columns.position()?,
        })
    };
    rows.iter().map(|row| sign(&mut Columns::of(row, OPERATION))).collect()
}

/// Forgets nodes that were not seen for long.
pub(crate) async fn forget_nodes(connection: &mut PgConnection, before: Timestamp) -> Result<(), StoreError> {
    let query = sqlx::query("delete from nodes where last_seen_at < $1").bind(ceil(before));
    query.execute(connection).await.doing("forget nodes that are gone").map(drop)
}
