//! Saving a checkpoint.

use super::{Checkpoint, PRE_FEEDBACK, TYPES, key};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::feedback::Question;
use crate::handoff::Handoff;
use crate::session::{AWAITING_FEEDBACK, Session, SessionStatus, agent_event, open_question, open_session, paused};
use crate::state::{Kind, StateKey};
use crate::{EventId, JsonText, Refusal};

/// Asks to save a checkpoint.
#[derive(Clone, Debug)]
pub struct SaveCheckpoint {
    /// Who asks.
    pub author: Author,
    /// The session.
    pub session_id: String,
    /// The name of the checkpoint.
    pub checkpoint_id: String,
    /// The checkpoint as its event will say: a JSON object.
    pub checkpoint: JsonText,
    /// SHA-256 of its snapshot in lower-case hexadecimal; `None` when it has none.
    pub snapshot_digest: Option<String>,
    /// Size of its snapshot in bytes.
    pub snapshot_size: u64,
    /// How many bytes the snapshots of one session may take together; `None` for any number.
    pub snapshot_quota_bytes: Option<u64>,
    /// Keep it from retention.
    pub pin: bool,
}

impl Command for SaveCheckpoint {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = open_session(view, &self.session_id)?;
        let key = key(&self.session_id, &self.checkpoint_id);
        if view.get::<Checkpoint>(&key).is_some() {
            return Err(Refusal::Exists { kind: <Checkpoint as Kind>::KIND, id: self.checkpoint_id.clone() });
        }
        within_quota(session, self.snapshot_size, self.snapshot_quota_bytes)?;
        let payload = self.payload(session);
        let asked = open_question(view, session).filter(|_| payload.text(TYPE).as_deref() == Some(PRE_FEEDBACK));
        let causes = match asked {
            Some(question) => question.requested_event_id.into_iter().collect(),
            None => causes(view, session),
        };
        let mut script = Script::new(&self.author, view);
        script.speaking_for(session);
        let saved = script.record(&agent_event(session, "checkpoint.saved"), causes, payload)?;
        if let Some(question) = asked.filter(|_| session.status == Some(SessionStatus::Active)) {
            self.pause(&mut script, session, question)?;
        }
        if self.pin {
            let payload =
                Payload::new().with("session_id", &self.session_id).with("checkpoint_id", &self.checkpoint_id);
            script.record(&agent_event(session, "checkpoint.pinned"), [saved], payload)?;
        }
        Ok(script.showing([StateKey::of::<Checkpoint>(key), StateKey::of::<Session>(&self.session_id)]))
    }
}

/// The member that says why a checkpoint was made.
const TYPE: &str = "checkpoint_type";

impl SaveCheckpoint {
    fn payload(&self, session: &Session) -> Payload {
        let snapshot_size = self.snapshot_digest.as_ref().map(|_| self.snapshot_size);
        Payload::of(&self.checkpoint)
            .with("session_id", &self.session_id)
            .with("checkpoint_id", &self.checkpoint_id)
            .or("agent_instance_id", session.agent_instance_id.as_ref())
            .or(TYPE, Some(TYPES[0]))
            .without("snapshot_digest")
            .without("snapshot_size")
            .with_some("snapshot_digest", self.snapshot_digest.as_ref())
            .with_some("snapshot_size", snapshot_size)
    }

    /// The agent waits from now on.
    fn pause(&self, script: &mut Script<'_>, session: &Session, question: &Question) -> Result<EventId, Refusal> {
        let payload = paused(&self.session_id, AWAITING_FEEDBACK).with("checkpoint_id", &self.checkpoint_id);
        script.record(&agent_event(session, "session.paused"), question.requested_event_id, payload)
    }
}

/// Refuses a snapshot for which a session has no room any more.
///
/// # Errors
/// [`Refusal::QuotaExceeded`].
pub fn within_quota(session: &Session, snapshot_size: u64, quota_bytes: Option<u64>) -> Result<(), Refusal> {
    let actual = session.snapshot_bytes.saturating_add(snapshot_size);
    match quota_bytes.filter(|limit| snapshot_size > 0 && actual > *limit) {
        None => Ok(()),
        Some(limit) => Err(Refusal::QuotaExceeded {
            what: format!("the bytes of session {}'s snapshots", session.session_id),
            actual,
            limit,
            cure: "prune checkpoints of the session, or save this one without a snapshot",
        }),
    }
}

/// What a checkpoint comes of: the work, and the checkpoint before it.
fn causes(view: &View<'_>, session: &Session) -> Vec<EventId> {
    let previous = session.checkpoint_id.as_deref();
    let previous = previous.and_then(|name| view.get::<Checkpoint>(&key(&session.session_id, name)));
    let work = session.handoff_id.as_deref().and_then(|id| view.get::<Handoff>(id));
    let (cause, previous) = match work {
        Some(Handoff { recovery: Some(recovery), .. }) => {
            (Some(recovery.resumed_event_id.unwrap_or(recovery.started_event_id)), previous)
        }
        Some(work) => {
            let of_work = previous.filter(|previous| previous.handoff_id.as_ref() == Some(&work.handoff_id));
            (work.accepted_event_id, of_work)
        }
        None => (session.recovery_event_id, previous),
    };
    cause.into_iter().chain(previous.map(|previous| previous.event_id)).collect()
}
