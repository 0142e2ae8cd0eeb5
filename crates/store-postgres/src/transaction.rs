//! The transactions that write to the log.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use god33_domain::plan::{Head, Known, Needs, Writes};
use god33_domain::ports::{Commit, LogTransaction, StoreError};
use god33_domain::{EventId, Position, Timestamp};
use sqlx::PgConnection;

use crate::error::Doing;
use crate::lend::{Lender, Lent};
use crate::memory::Memory;
use crate::row::Columns;
use crate::{commit, load, partition};

/// May hold the head. Dropping it rolls it back.
pub(crate) struct HeadTransaction {
    connection: Lent,
    /// True when the head cannot move: the row is locked.
    locked: bool,
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
    Ok(HeadTransaction::on(connection, Some(head), memory))
}

async fn lock(connection: &mut PgConnection) -> Result<Head, StoreError> {
    const OPERATION: &str = "lock the head of the log";
    let row =
        sqlx::query("select position, recorded_at from log for update").fetch_one(connection).await.doing(OPERATION)?;
    let mut columns = Columns::of(&row, OPERATION);
    Ok(Head { position: columns.position()?, recorded_at: columns.time()? })
}

/// Locks nothing, unless other nodes are writing as well.
pub(crate) async fn begin_unlocked(
    lender: &Lender,
    memory: &Arc<Memory>,
) -> Result<Box<dyn LogTransaction>, StoreError> {
    if memory.waits_in_line() {
        return begin(lender, memory).await;
    }
    Ok(HeadTransaction::on(lender.lend().await?, None, memory))
}

impl HeadTransaction {
    fn on(connection: Lent, head: Option<Head>, memory: &Arc<Memory>) -> Box<dyn LogTransaction> {
        let (locked, memory) = (head.is_some(), Arc::clone(memory));
        let head = head.unwrap_or(Head { position: Position::START, recorded_at: Timestamp::EPOCH });
        Box::new(Self { connection, locked, head, memory, waits: Waits::default() })
    }

    /// Makes the partitions of new months, in a transaction of their own where none is open.
    async fn make_room(&mut self, writes: &Writes) -> Result<(), StoreError> {
        let missing = self.memory.unknown_months(commit::months(writes));
        if missing.is_empty() {
            return Ok(());
        }
        let ensure = async |connection: &mut PgConnection| partition::ensure(connection, &missing).await;
        if self.locked {
            return self.connection.ask(ensure).await;
        }
        self.connection.begin(ensure).await?;
        self.connection.commit(async |_| Ok(())).await
    }

    async fn write(&mut self, writes: &Writes) -> Result<bool, StoreError> {
        let before = commit::Before { head: self.head, memory: &self.memory, waits: &self.waits };
        let write = async |connection: &mut PgConnection| commit::write(connection, writes, &before).await;
        if self.locked { self.connection.commit(write).await } else { self.connection.ask(write).await }
    }
}

#[async_trait]
impl LogTransaction for HeadTransaction {
    fn head(&self) -> Head {
        self.head
    }

    async fn load(&mut self, needs: &Needs) -> Result<Known, StoreError> {
        let waits = &mut self.waits;
        let (head, known) = self.connection.ask(async |connection| load::known(connection, needs, waits).await).await?;
        self.head = head;
        Ok(known)
    }

    async fn commit(mut self: Box<Self>, writes: &Writes) -> Result<Commit, StoreError> {
        self.make_room(writes).await?;
        if !self.write(writes).await? {
            self.memory.met_another_writer();
            return Ok(Commit::HeadMoved);
        }
        commit::remember(writes, self.head, &self.memory);
        Ok(Commit::Done)
    }
}
