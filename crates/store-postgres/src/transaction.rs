//! The one transaction that writes to the log.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::plan::{Head, Known, Needs, Writes};
use god33_domain::ports::{LogTransaction, StoreError};
use god33_domain::{EventId, Position, RecordedEvent};
use sqlx::PgConnection;

use crate::error::Doing;
use crate::lend::{Lender, Lent};
use crate::memory::Memory;
use crate::row::Columns;
use crate::{commit, load, read};

/// Holds the head. Dropping it rolls it back.
pub(crate) struct HeadTransaction {
    connection: Lent,
    head: Head,
    memory: Arc<Memory>,
    waits: Waits,
}

/// Which new events somebody recorded earlier waits for, as far as it was asked.
#[derive(Default)]
pub(crate) struct Waits {
    /// Events that were asked about.
    pub(crate) asked: HashSet<EventId>,
    /// Those of them that are waited for.
    pub(crate) awaited: HashSet<EventId>,
}

impl Waits {
    /// False when it is known that nobody waits for the event.
    pub(crate) fn may_wait_for(&self, id: EventId) -> bool {
        self.awaited.contains(&id) || !self.asked.contains(&id)
    }
}

/// Locks the head. Waits for other writers as long as the connection's `lock_timeout` says.
pub(crate) async fn begin(lender: &Lender, memory: &Arc<Memory>) -> Result<Box<dyn LogTransaction>, StoreError> {
    let mut connection = lender.lend().await?;
    let head = connection.begin(lock).await?;
    Ok(Box::new(HeadTransaction { connection, head, memory: Arc::clone(memory), waits: Waits::default() }))
}

async fn lock(connection: &mut PgConnection) -> Result<Head, StoreError> {
    const OPERATION: &str = "lock the head of the log";
    let row =
        sqlx::query("select position, recorded_at from log for update").fetch_one(connection).await.doing(OPERATION)?;
    let mut columns = Columns::of(&row, OPERATION);
    Ok(Head { position: columns.position()?, recorded_at: columns.time()? })
}

#[async_trait]
impl LogTransaction for HeadTransaction {
    fn head(&self) -> Head {
        self.head
    }

    async fn load(&mut self, needs: &Needs) -> Result<Known, StoreError> {
        let waits = &mut self.waits;
        self.connection.ask(async |connection| load::known(connection, needs, waits).await).await
    }

    async fn read_after(&mut self, after: Position, limit: usize) -> Result<Vec<RecordedEvent>, StoreError> {
        let memory = &self.memory;
        self.connection.ask(async |connection| read::read_after(connection, memory, after, limit).await).await
    }

    async fn commit(mut self: Box<Self>, writes: &Writes) -> Result<(), StoreError> {
        let before = commit::Before { head: self.head, memory: &self.memory, waits: &self.waits };
        self.connection.commit(async |connection| commit::write(connection, writes, &before).await).await?;
        commit::remember(writes, self.head, &self.memory);
        Ok(())
    }
}
