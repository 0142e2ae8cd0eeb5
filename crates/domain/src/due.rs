//! What follows from silence and from the passing of time.
//!
//! The server asks for it by command, as anybody asks for anything: the decision looks at the state and the time once more, so a
//! command that comes too late or twice is refused and changes nothing.

use std::sync::Arc;

use crate::collaboration::CollaborationDue;
use crate::command::{Author, Command};
use crate::director::CrossServiceTaskDue;
use crate::feedback::QuestionDue;
use crate::handoff::{LoseLease, TickHandoff};
use crate::session::FailSilent;
use crate::state::{StateKey, StateKind};

/// The command for a state whose time has come ([`crate::state::Noun::due`]); `None` for kinds whose states are never due.
pub fn command(key: &StateKey) -> Option<Arc<dyn Command>> {
    let (author, id) = (Author::server(), key.id.clone());
    match key.kind {
        StateKind::Handoff => Some(Arc::new(TickHandoff { author, handoff_id: id })),
        StateKind::Question => Some(Arc::new(QuestionDue { author, question_id: id })),
        StateKind::Collaboration => Some(Arc::new(CollaborationDue { author, collaboration_id: id })),
        StateKind::CrossServiceTask => Some(Arc::new(CrossServiceTaskDue { author, task_id: id })),
        StateKind::Workflow
        | StateKind::Session
        | StateKind::Checkpoint
        | StateKind::Waits
        | StateKind::Delegation
        | StateKind::MisePattern
        | StateKind::AgentType
        | StateKind::Agent => None,
    }
}

/// The command for a session that was not heard of for longer than it may be silent.
pub fn silent_session(session_id: &str) -> Arc<dyn Command> {
    Arc::new(FailSilent {
        author: Author::server(),
        session_id: session_id.to_owned(),
        failure_reason: "connection_timeout".into(),
    })
}

/// The command for work whose holder was not heard of for longer than its lease.
pub fn silent_holder(handoff_id: &str, fencing_token: u64) -> Arc<dyn Command> {
    Arc::new(LoseLease {
        author: Author::server(),
        handoff_id: handoff_id.to_owned(),
        fencing_token,
        reason: "lease_expired".into(),
    })
}
