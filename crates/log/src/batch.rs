//! One batch through the write path.

use god33_domain::Proposal;
use god33_domain::plan::{Known, Needs, Plan, plan};
use god33_domain::ports::{Clock, Store, StoreError};

/// Decides and writes a batch in one transaction that holds the log's head. When it answers `Ok`, what the answers say is committed.
///
/// # Errors
/// Those of the store. The whole batch may be proposed again: what was committed after all is then answered as a repeat.
pub async fn write_batch(store: &dyn Store, clock: &dyn Clock, proposals: Vec<Proposal>) -> Result<Plan, StoreError> {
    let needs = Needs::of(&proposals);
    let mut transaction = store.begin().await?;
    let known: Known = transaction.load(&needs).await?;
    let workflows = transaction.load_workflows(&known.workflows_needed(&proposals)).await?;
    let plan = plan(transaction.head(), known, workflows, proposals, clock.now());
    if !plan.writes.is_empty() {
        transaction.commit(&plan.writes).await?;
    }
    Ok(plan)
}
