//! What follows from silence and from the passing of time.
//!
//! The server asks for it by command, as anybody asks for anything: the decision looks at the state and the time once more, so a
//! command that comes too late or twice is refused and changes nothing.

use std::sync::Arc;

use crate::command::Command;
use crate::state::{StateKey, StateKind};

/// The command for a state whose time has come ([`crate::state::Noun::due`]); `None` for kinds whose states are never due.
pub fn command(key: &StateKey) -> Option<Arc<dyn Command>> {
    match key.kind {
        StateKind::Workflow
        | StateKind::Session
        | StateKind::Checkpoint
        | StateKind::Waits
        | StateKind::Delegation
        | StateKind::MisePattern
        | StateKind::AgentType
        | StateKind::Agent
        | StateKind::Handoff
        | StateKind::Question
        | StateKind::Collaboration
        | StateKind::CrossServiceTask => None,
    }
}

/// The command for a session that was not heard of for longer than it may be silent.
pub fn silent_session(_session_id: &str) -> Option<Arc<dyn Command>> {
    None
}

/// The command for work whose holder was not heard of for longer than its lease.
pub fn silent_holder(_handoff_id: &str, _fencing_token: u64) -> Option<Arc<dyn Command>> {
    None
}
