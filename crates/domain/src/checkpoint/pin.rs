//! Keeping a checkpoint from retention.

use super::{Checkpoint, key, not_found};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::session::{Session, agent_event};

/// Asks to keep a checkpoint from retention, or to release it.
#[derive(Clone, Debug)]
pub struct SetCheckpointPin {
    /// Who asks.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// The checkpoint.
    pub checkpoint_id: String,
    /// Keep it, or release it.
    pub pinned: bool,
    /// Why.
    pub reason: Option<String>,
}

impl Command for SetCheckpointPin {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let key = key(&self.session_id, &self.checkpoint_id);
        let session = view.get::<Session>(&self.session_id);
        let checkpoint = view.get::<Checkpoint>(&key).filter(|checkpoint| !checkpoint.deleted);
        let (Some(session), Some(checkpoint)) = (session, checkpoint) else {
            return Err(not_found(&self.checkpoint_id));
        };
        let mut script = Script::new(&self.author, view);
        if checkpoint.pinned != self.pinned {
            let kind = if self.pinned { "checkpoint.pinned" } else { "checkpoint.unpinned" };
            let payload = Payload::new()
                .with("session_id", &self.session_id)
                .with("checkpoint_id", &self.checkpoint_id)
                .with_some("reason", self.reason.as_ref());
            script.record(&agent_event(session, kind), [checkpoint.event_id], payload)?;
        }
        Ok(script.about::<Checkpoint>(&key))
    }
}
