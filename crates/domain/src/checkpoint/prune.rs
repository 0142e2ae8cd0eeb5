//! Deleting checkpoints that nobody needs.

use std::cmp::Reverse;

use super::{Checkpoint, key};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::Handoff;
use crate::session::{Session, SessionStatus, agent_event};
use crate::state::StateKey;

/// Asks to delete the checkpoints of a session that are not among the newest, not pinned and not needed by open work. The answer shows
/// them, the newest first.
#[derive(Clone, Debug)]
pub struct PruneCheckpoints {
    /// Who asks.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// How many of the newest to keep.
    pub keep_last: usize,
    /// Only show what would be deleted.
    pub dry_run: bool,
}

impl Command for PruneCheckpoints {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session: &Session = view.find(&self.session_id)?;
        let doomed = to_delete(view, session, self.keep_last);
        let mut script = Script::new(&self.author, view);
        for checkpoint in doomed.iter().filter(|_| !self.dry_run) {
            let payload = Payload::new()
                .with("session_id", &self.session_id)
                .with("checkpoint_id", &checkpoint.checkpoint_id)
                .with("reason", "retention");
            script.record(&agent_event(session, "checkpoint.deleted"), [checkpoint.event_id], payload)?;
        }
        Ok(script.showing(doomed.iter().map(|checkpoint| StateKey::of::<Checkpoint>(&checkpoint.key))))
    }
}

/// The checkpoints of a session that may be deleted, the newest first.
pub fn to_delete<'a>(view: &View<'a>, session: &Session, keep_last: usize) -> Vec<&'a Checkpoint> {
    let keys = session.checkpoints.iter().map(|name| key(&session.session_id, name));
    let mut checkpoints: Vec<&Checkpoint> = keys.filter_map(|key| view.get(&key)).collect();
    checkpoints.sort_by_key(|checkpoint| Reverse(checkpoint.position));
    let old = checkpoints.into_iter().skip(keep_last);
    old.filter(|checkpoint| !checkpoint.pinned && !is_needed(view, session, checkpoint)).collect()
}

fn is_needed(view: &View<'_>, session: &Session, checkpoint: &Checkpoint) -> bool {
    rests_on(session, &checkpoint.checkpoint_id)
        || restores(view, session, &checkpoint.checkpoint_id)
        || checkpoint.handoff_id.iter().chain(&checkpoint.used_by).any(|id| starts_from(view, id, checkpoint))
}

/// True for the checkpoint from which a session that waits, or that failed and was not recovered, would go on.
fn rests_on(session: &Session, name: &str) -> bool {
    let checkpoint = match session.status {
        Some(SessionStatus::Paused) => session.pause_checkpoint_id.as_deref(),
        Some(SessionStatus::Failed) if session.recovered_by.is_none() => session.checkpoint_id.as_deref(),
        _ => None,
    };
    checkpoint == Some(name)
}

/// True while the session that took over restores the checkpoint, or has made none of its own to go on from.
fn restores(view: &View<'_>, session: &Session, name: &str) -> bool {
    let heir = session.recovered_by.as_deref().and_then(|heir| view.get::<Session>(heir));
    heir.is_some_and(|heir| {
        let unfinished = heir.is_open() && heir.restored_event_id.is_none();
        unfinished && heir.recovery_checkpoint_id.as_deref() == Some(name)
            || rests_on_inherited(heir) && heir.checkpoint_id.as_deref() == Some(name)
    })
}

fn rests_on_inherited(heir: &Session) -> bool {
    heir.checkpoint_count == 0 && (heir.is_open() || heir.status == Some(SessionStatus::Failed))
}

/// True while the work is open and its next holder would start from the checkpoint.
fn starts_from(view: &View<'_>, handoff_id: &str, checkpoint: &Checkpoint) -> bool {
    view.get::<Handoff>(handoff_id).is_some_and(|handoff| {
        let names_it = handoff.checkpoint_id.as_deref() == Some(checkpoint.checkpoint_id.as_str());
        let of_other = handoff.checkpoint_session.as_ref().is_some_and(|session| *session != checkpoint.session_id);
        handoff.state.is_open() && names_it && !of_other
    })
}
