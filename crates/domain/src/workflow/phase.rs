//! The phases of a workflow: their order, and which one may end.

use super::Workflow;
use crate::{EventId, Refusal};

/// The phases of a BMAD workflow, in their order.
pub const PHASES: [&str; 4] = ["analysis", "planning", "solutioning", "implementation"];

/// The place of a phase among BMAD's; `None` for one of another kind.
pub(super) fn rank(phase: &str) -> Option<usize> {
    PHASES.iter().position(|known| *known == phase)
}

/// The phase that follows.
pub(super) fn phase_after(phase: &str) -> Option<&'static str> {
    PHASES.get(rank(phase)? + 1).copied()
}

/// Refuses to end a phase that is not the current one, or that ended before.
pub(super) fn in_order(workflow: &Workflow, phase: &str) -> Result<(), Refusal> {
    let is_over =
        |name: &str| workflow.phase_history.iter().any(|known| known.phase == name && known.completed_at.is_some());
    let current_phase = workflow.current_phase.clone().filter(|current| !is_over(current));
    if current_phase.as_deref() == Some(phase) {
        return Ok(());
    }
    let workflow_id = workflow.workflow_id.to_string();
    Err(Refusal::PhaseOutOfOrder { workflow_id, phase: phase.to_owned(), current_phase })
}

/// What leads to the end of a phase: the ends of all earlier ones in their order; where there are none, the start.
pub(super) fn causes(workflow: &Workflow, phase: &str) -> Vec<EventId> {
    let earlier = PHASES.iter().take(rank(phase).unwrap_or(PHASES.len()));
    let ended = |name: &&str| workflow.phase_history.iter().find(|known| known.phase == **name)?.event_id;
    let ends: Vec<EventId> = earlier.filter_map(ended).collect();
    if ends.is_empty() { workflow.started_event_id.into_iter().collect() } else { ends }
}
