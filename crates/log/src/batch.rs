//! One batch through the write path.

use god33_domain::Proposal;
use god33_domain::plan::{Facts, Head, Needs, Plan, plan};
use god33_domain::ports::{Clock, Commit, LogTransaction, Store, StoreError};

/// How often more is loaded for one batch. Chains of states that lead from one to the next are short; waits of agents for each other, the
/// longest, are followed for fewer steps than this.
const MAX_ROUNDS: usize = 64;

/// Decides and writes a batch in one transaction. When it answers `Ok`, what the answers say is committed.
///
/// First without a lock, which costs the fewest round trips and is enough where nobody else writes. When the head moved meanwhile, the batch is
/// decided anew under the lock, so that it waits once and no longer. A batch that moves a projector's cursor takes the lock at once: a cursor may
/// move while the head stays.
///
/// # Errors
/// Those of the store. The whole batch may be proposed again: what was committed after all is then answered as a repeat.
pub async fn write_batch(store: &dyn Store, clock: &dyn Clock, proposals: &[Proposal]) -> Result<Plan, StoreError> {
    let moves_cursor = proposals.iter().any(|proposal| proposal.change.cursor().is_some());
    if moves_cursor {
        return decide_locked(store, clock, proposals).await;
    }
    if let Some(plan) = attempt(store.begin_unlocked().await?, clock, proposals).await? {
        return Ok(plan);
    }
    tracing::debug!("another node wrote meanwhile: the batch is decided under the lock");
    decide_locked(store, clock, proposals).await
}

async fn decide_locked(store: &dyn Store, clock: &dyn Clock, proposals: &[Proposal]) -> Result<Plan, StoreError> {
    let plan = attempt(store.begin().await?, clock, proposals).await?;
    plan.ok_or_else(|| defect("the head of the log moved although it was locked".to_owned()))
}

/// `None` when the head moved.
async fn attempt(
    mut transaction: Box<dyn LogTransaction>,
    clock: &dyn Clock,
    proposals: &[Proposal],
) -> Result<Option<Plan>, StoreError> {
    let mut needs = Needs::of(proposals);
    let mut facts = Facts::default();
    let mut first: Option<Head> = None;
    for _ in 0..MAX_ROUNDS {
        let known = transaction.load(&needs).await?;
        let head = transaction.head();
        if *first.get_or_insert(head) != head {
            return Ok(None);
        }
        facts.learn(&needs, known);
        match plan(head, &facts, proposals, clock.now()) {
            Ok(plan) => return commit(transaction, plan).await,
            Err(missing) => needs = *missing,
        }
    }
    Err(defect(format!(
        "after {MAX_ROUNDS} rounds it still looks at states that were not loaded, such as {:?}",
        needs.states.first()
    )))
}

async fn commit(transaction: Box<dyn LogTransaction>, plan: Plan) -> Result<Option<Plan>, StoreError> {
    if plan.writes.is_empty() {
        return Ok(Some(plan));
    }
    match transaction.commit(&plan.writes).await? {
        Commit::Done => Ok(Some(plan)),
        Commit::HeadMoved => Ok(None),
    }
}

fn defect(detail: String) -> StoreError {
    StoreError::Corrupt { operation: "decide a batch", detail }
}
