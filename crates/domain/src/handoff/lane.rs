//! Whom work is offered to, as the lanes in which it waits for them.

use super::{Claimant, Handoff, TargetKind};
use crate::agent::AgentType;
use crate::session::Session;

/// Where work waits: with all that is offered to the same, of all workflows or of one.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Lane {
    /// What `to` names, as the request said.
    pub kind: Option<TargetKind>,
    /// Whom it is offered to.
    pub to: String,
    /// The workflow; `None` for all together, and for work of none.
    pub workflow_id: Option<String>,
}

impl Handoff {
    /// The lanes in which it waits while it is on offer: that of its target, and that of its target in its workflow.
    pub fn lanes(&self) -> impl Iterator<Item = Lane> + '_ {
        let lane = |workflow_id| Lane { kind: self.to_kind, to: self.to_agent.clone(), workflow_id };
        let own = self.workflow_id.clone().map(|id| lane(Some(id)));
        std::iter::once(lane(None)).chain(own)
    }
}

impl Claimant {
    /// The lanes in which work for it waits, each once. What it may take waits in exactly one of them.
    pub fn lanes(&self, session: &Session, agent_type: Option<&AgentType>) -> Vec<Lane> {
        let names = self.names(session, agent_type);
        let lane = |(kind, to): (_, &str)| Lane { kind, to: to.to_owned(), workflow_id: self.workflow_id.clone() };
        let mut lanes: Vec<Lane> = names.map(lane).collect();
        lanes.sort_unstable();
        lanes.dedup();
        lanes
    }
}
