//! The one transaction that writes to the log.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::plan::{Head, Known, Needs, Writes};
use god33_domain::ports::{LogTransaction, StoreError};
use god33_domain::{EventId, Workflow, WorkflowId};
use sqlx::{PgPool, Postgres, Transaction};

use crate::error::Doing;
use crate::memory::Memory;
use crate::row::Columns;
use crate::{commit, load, workflows};

/// Holds the head. Dropping it rolls it back: the driver does so before the connection is used again.
pub(crate) struct HeadTransaction {
    transaction: Transaction<'static, Postgres>,
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
pub(crate) async fn begin(pool: &PgPool, memory: &Arc<Memory>) -> Result<Box<dyn LogTransaction>, StoreError> {
    const OPERATION: &str = "lock the head of the log";
    let mut transaction = pool.begin().await.doing(OPERATION)?;
    let row = sqlx::query("select position, recorded_at from log for update")
        .fetch_one(&mut *transaction)
        .await
        .doing(OPERATION)?;
    let mut columns = Columns::of(&row, OPERATION);
    let head = Head { position: columns.position()?, recorded_at: columns.time()? };
    Ok(Box::new(HeadTransaction { transaction, head, memory: Arc::clone(memory), waits: Waits::default() }))
}

#[async_trait]
impl LogTransaction for HeadTransaction {
    fn head(&self) -> Head {
        self.head
    }

    async fn load(&mut self, needs: &Needs) -> Result<Known, StoreError> {
        load::known(&mut self.transaction, needs, &mut self.waits).await
    }

    async fn load_workflows(&mut self, ids: &[WorkflowId]) -> Result<Vec<Workflow>, StoreError> {
        workflows::load(&mut self.transaction, ids).await
    }

    async fn commit(mut self: Box<Self>, writes: &Writes) -> Result<(), StoreError> {
        commit::write(
            &mut self.transaction,
            writes,
            &commit::Before { head: self.head, memory: &self.memory, waits: &self.waits },
        )
        .await?;
        self.transaction.commit().await.doing("commit to the log")?;
        commit::remember(writes, self.head, &self.memory);
        Ok(())
    }
}
