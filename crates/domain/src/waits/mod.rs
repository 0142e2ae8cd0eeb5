//! Who waits for whom: open handoffs, questions and blocked tasks as edges between agents.
//!
//! The state is kept for each waiting agent, so a cycle is found by following the states from agent to agent when an edge is added.
//! `edges.rs` says which waits a handoff and a question make, `evolve.rs` keeps them as events move those, `made.rs` says which one a
//! command is about to make, `cycle.rs` and `cycles.rs` follow them, `deadlock.rs` says what follows when the new one closes a cycle, and
//! `dissolved.rs` notices when a cycle that people were asked about is none any more.

mod cycle;
mod cycles;
mod deadlock;
mod dissolved;
mod edges;
pub(crate) mod evolve;
mod made;

use serde::{Deserialize, Serialize};

use crate::state::{Noun, label};
use crate::{EventId, Position, Timestamp};

pub use cycle::cycle_closed_by;
pub use cycles::cycles_among;
pub(crate) use deadlock::resolve;
pub(crate) use edges::of_question;
pub(crate) use made::{Made, for_answer, for_help, for_work};

/// How many waits of one agent are kept. Further ones are not noted while there are as many.
pub const WAITS_KEPT: usize = 256;

/// Kind of a wait: a peer asked for work, and waits for its outcome.
pub(crate) const HANDOFF: &str = "handoff";

/// Kind of a wait: a question must be answered first.
pub(crate) const QUESTION: &str = "question";

/// Kind of a wait: work is blocked, and needs somebody's help.
pub(crate) const TASK: &str = "task";

/// What one agent waits for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Waits {
    /// The agent: an instance where one is known, else the name that it goes by.
    pub agent_id: String,
    /// What it waits for, the oldest first.
    pub waits: Vec<Wait>,
    /// Position of its newest event.
    pub position: Position,
    /// Number of changes.
    pub version: u64,
}

/// One agent waits for another. Fields are named as in the contract's WaitsFor; what that does not have stands last.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Wait {
    /// Agent that waits.
    pub agent_id: String,
    /// Agent or person that it waits for.
    pub waits_for: String,
    /// What it waits with: `handoff`, `question` or `task`.
    pub kind: String,
    /// Id of that handoff or question; for a task that of the handoff by which it was given.
    pub id: String,
    /// Since when.
    pub since: Timestamp,

    /// Event that made it wait.
    pub event_id: EventId,
    /// Collaboration in which it waits.
    pub collaboration_id: Option<String>,
    /// Questions to people that name it as part of a cycle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked_about: Vec<String>,
}

impl Noun for Waits {
    fn id(&self) -> &str {
        &self.agent_id
    }

    fn labels(&self) -> Vec<String> {
        if self.waits.is_empty() { Vec::new() } else { vec![label("open", "true")] }
    }

    /// By name, which is the id.
    fn rank(&self) -> String {
        String::new()
    }
}

#[cfg(test)]
mod tests;
