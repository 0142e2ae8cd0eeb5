//! One batch through the write path.

use god33_domain::Proposal;
use god33_domain::plan::{Facts, Needs, Plan, plan};
use god33_domain::ports::{Clock, Store, StoreError};

/// How often more is loaded for one batch. Chains of states that lead from one to the next are short; waits of agents for each other, the
/// longest, are followed for fewer steps than this.
const MAX_ROUNDS: usize = 64;

/// Decides and writes a batch in one transaction that holds the log's head. When it answers `Ok`, what the answers say is committed.
///
/// # Errors
/// Those of the store. The whole batch may be proposed again: what was committed after all is then answered as a repeat.
pub async fn write_batch(store: &dyn Store, clock: &dyn Clock, proposals: &[Proposal]) -> Result<Plan, StoreError> {
    let mut needs = Needs::of(proposals);
    let mut facts = Facts::default();
    let mut transaction = store.begin().await?;
    for _ in 0..MAX_ROUNDS {
        let known = transaction.load(&needs).await?;
        facts.learn(&needs, known);
        match plan(transaction.head(), &facts, proposals, clock.now()) {
            Ok(plan) => {
                if !plan.writes.is_empty() {
                    transaction.commit(&plan.writes).await?;
                }
                return Ok(plan);
            }
            Err(missing) => needs = missing,
        }
    }
    Err(StoreError::Corrupt {
        operation: "decide a batch",
        detail: format!(
            "after {MAX_ROUNDS} rounds it still looks at states that were not loaded, such as {:?}",
            needs.states.first()
        ),
    })
}
