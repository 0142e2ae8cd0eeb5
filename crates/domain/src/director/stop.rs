//! Stopping what is still done for a task that has ended.

use super::{CrossServiceTask, WorkState};
use crate::command::{Payload, Script, View};
use crate::handoff::Handoff;
use crate::{EventId, Refusal};

/// Cancels the handoffs of the works that run, so that the agents that hold them are told.
pub(super) fn stop_works(
    script: &mut Script<'_>,
    view: &View<'_>,
    task: &CrossServiceTask,
    ended: EventId,
    reason: &str,
) -> Result<(), Refusal> {
    let running = task.services.iter().filter(|work| work.state == WorkState::Delegated);
    for id in running.filter_map(|work| work.delegation_id.as_ref()) {
        if view.get::<Handoff>(id).is_some_and(|handoff| handoff.state.is_open()) {
            let payload = Payload::new()
                .with("handoff_id", id)
                .with_some("cancelled_by", task.from_agent.as_ref())
                .with("reason", reason);
            script.record("agent.handoff.cancelled", [ended], payload)?;
        }
    }
    Ok(())
}
