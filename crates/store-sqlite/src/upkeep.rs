//! What people need to run the server: the quarantine's way out, the audit, kept answers, the nodes.

use async_trait::async_trait;
use bytes::Bytes;
use god33_domain::ports::{AuditEntry, AuditQuery, NodeSign, StoreError, Upkeep};
use god33_domain::{Digest, QuarantineReason, QuarantinedMessage, RequestId, Timestamp};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use uuid::Uuid;

use crate::error::failed;
use crate::row::{Columns, limit as sql_limit};
use crate::time::ceil;
use crate::{SqliteStore, lease, quarantine};

#[async_trait]
impl Upkeep for SqliteStore {
    async fn in_quarantine(&self, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
        quarantine::known(self, ids).await
    }

    async fn quarantined_with(&self, ids: &[i64]) -> Result<Vec<(i64, QuarantinedMessage)>, StoreError> {
        quarantine::with_ids(self, ids).await
    }

    async fn leave_quarantine(&self, ids: &[i64]) -> Result<(), StoreError> {
        let mut writer = self.connections.write("let messages out of quarantine").await?;
        quarantine::drop_all(&mut writer.connection, ids).await.map(drop)
    }

    async fn stay_in_quarantine(&self, id: i64, reason: QuarantineReason, detail: &str) -> Result<(), StoreError> {
        quarantine::stay(self, id, reason, detail).await
    }

    async fn discard_quarantined(&self, ids: &[i64], audit: &AuditEntry) -> Result<u64, StoreError> {
        const OPERATION: &str = "give messages in quarantine up";
        let mut writer = self.connections.write(OPERATION).await?;
        let mut transaction = writer.connection.begin_with("begin immediate").await.map_err(failed(OPERATION))?;
        let discarded = quarantine::drop_all(&mut transaction, ids).await?;
        keep_entry(&mut transaction, audit).await?;
        transaction.commit().await.map_err(failed(OPERATION))?;
        Ok(discarded)
    }

    async fn audit(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let mut writer = self.connections.write("keep who called what").await?;
        keep_entry(&mut writer.connection, entry).await
    }

    async fn audit_entries(&self, query: &AuditQuery) -> Result<Vec<(i64, AuditEntry)>, StoreError> {
        const OPERATION: &str = "read who called what";
        let sql = "select id, at, principal, method, subject, refused, peer, node_id from audit \
            where (?1 is null or principal = ?1) and (?2 is null or method = ?2) and (not ?3 or refused is not null) \
            and (?4 is null or at >= ?4) and (?5 is null or at < ?5) and id < ?6 order by id desc limit ?7";
        let mut reader = self.connections.read(OPERATION).await?;
        let rows = sqlx::query(sql)
            .bind(query.principal.as_deref())
            .bind(query.method.as_deref())
            .bind(query.refused_only)
            .bind(query.since.map(ceil))
            .bind(query.until.map(ceil))
            .bind(query.before.unwrap_or(i64::MAX))
            .bind(sql_limit(query.limit))
            .fetch_all(&mut *reader.connection)
            .await
            .map_err(failed(OPERATION))?;
        rows.iter().map(|row| entry(row, OPERATION)).collect()
    }

    async fn keep_answer(
        &self,
        request: RequestId,
        digest: Digest,
        answer: &[u8],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        const OPERATION: &str = "keep an answer";
        let sql = "insert into kept_answers (request_id, digest, answer, recorded_at) values (?, ?, ?, ?) on conflict do nothing";
        let mut writer = self.connections.write(OPERATION).await?;
        let query = sqlx::query(sql).bind(request.0).bind(digest.as_bytes().as_slice()).bind(answer).bind(at.micros());
        query.execute(&mut *writer.connection).await.map_err(failed(OPERATION)).map(drop)
    }

    async fn kept_answer(&self, request: RequestId) -> Result<Option<(Digest, Bytes)>, StoreError> {
        const OPERATION: &str = "read a kept answer";
        let mut reader = self.connections.read(OPERATION).await?;
        let row = sqlx::query("select digest, answer from kept_answers where request_id = ?")
            .bind(request.0)
            .fetch_optional(&mut *reader.connection)
            .await
            .map_err(failed(OPERATION))?;
        let Some(row) = row else { return Ok(None) };
        let mut columns = Columns::of(&row, OPERATION);
        Ok(Some((columns.digest()?, Bytes::from(columns.get::<Vec<u8>>()?))))
    }

    async fn keep_node(&self, node: &NodeSign) -> Result<(), StoreError> {
        const OPERATION: &str = "note a node's sign of life";
        let sql = "insert into nodes (node_id, version, started_at, last_seen_at, ingests, tail) values (?, ?, ?, ?, ?, ?) \
            on conflict (node_id) do update set last_seen_at = excluded.last_seen_at, ingests = excluded.ingests, \
            tail = excluded.tail";
        let mut writer = self.connections.write(OPERATION).await?;
        sqlx::query(sql)
            .bind(node.node_id)
            .bind(node.version.as_str())
            .bind(node.started_at.micros())
            .bind(node.last_seen_at.micros())
            .bind(node.ingests)
            .bind(node.tail.as_i64())
            .execute(&mut *writer.connection)
            .await
            .map_err(failed(OPERATION))
            .map(drop)
    }

    async fn forget_node(&self, node: Uuid) -> Result<(), StoreError> {
        const OPERATION: &str = "forget a node";
        let mut writer = self.connections.write(OPERATION).await?;
        let query = sqlx::query("delete from nodes where node_id = ?").bind(node);
        query.execute(&mut *writer.connection).await.map_err(failed(OPERATION)).map(drop)
    }

    async fn nodes(&self, seen_since: Timestamp) -> Result<Vec<NodeSign>, StoreError> {
        const OPERATION: &str = "list the nodes";
        let sql = "select node_id, version, started_at, last_seen_at, ingests, tail from nodes \
            where last_seen_at >= ? order by node_id";
        let mut reader = self.connections.read(OPERATION).await?;
        let query = sqlx::query(sql).bind(ceil(seen_since));
        let rows = query.fetch_all(&mut *reader.connection).await.map_err(failed(OPERATION))?;
        rows.iter().map(|row| node(row, OPERATION)).collect()
    }

    async fn lease_holder(&self, name: &str) -> Result<Option<Uuid>, StoreError> {
        lease::holder(self, name).await
    }
}

async fn keep_entry(connection: &mut SqliteConnection, entry: &AuditEntry) -> Result<(), StoreError> {
    let sql = "insert into audit (at, principal, method, subject, refused, peer, node_id) values (?, ?, ?, ?, ?, ?, ?)";
    sqlx::query(sql)
        .bind(entry.at.micros())
        .bind(entry.principal.as_str())
        .bind(entry.method.as_str())
        .bind(entry.subject.as_str())
        .bind(entry.refused.as_deref())
        .bind(entry.peer.as_str())
        .bind(entry.node_id)
        .execute(connection)
        .await
        .map_err(failed("keep who called what"))
        .map(drop)
}

fn entry(row: &SqliteRow, operation: &'static str) -> Result<(i64, AuditEntry), StoreError> {
    let mut columns = Columns::of(row, operation);
    let id = columns.get()?;
    let entry = AuditEntry {
        at: columns.server_time()?,
        principal: columns.get()?,
        method: columns.get()?,
        subject: columns.get()?,
        refused: columns.get()?,
        peer: columns.get()?,
        node_id: columns.get()?,
    };
    Ok((id, entry))
}

fn node(row: &SqliteRow, operation: &'static str) -> Result<NodeSign, StoreError> {
    let mut columns = Columns::of(row, operation);
    Ok(NodeSign {
        node_id: columns.get()?,
        version: columns.get()?,
        started_at: columns.server_time()?,
        last_seen_at: columns.server_time()?,
        ingests: columns.get()?,
        tail: columns.position()?,
    })
}

/// Forgets nodes that were not seen for long.
pub(crate) async fn forget_nodes(store: &SqliteStore, before: Timestamp) -> Result<(), StoreError> {
    const OPERATION: &str = "forget nodes that are gone";
    let mut writer = store.connections.write(OPERATION).await?;
    let query = sqlx::query("delete from nodes where last_seen_at < ?").bind(ceil(before));
    query.execute(&mut *writer.connection).await.map_err(failed(OPERATION)).map(drop)
}
