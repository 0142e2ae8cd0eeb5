//! Saying that a checkpoint was restored and the work goes on.

use super::{Session, active_session, agent_event};
use crate::checkpoint::{Checkpoint, restorable};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::Handoff;
use crate::state::{Kind, StateKey};
use crate::{EventId, JsonText, Refusal};

/// Says that a session that took over has restored the checkpoint and goes on with the work.
#[derive(Clone, Debug)]
pub struct CompleteRecovery {
    /// Who says so.
    pub author: Author,
    /// The new session.
    pub session_id: String,
    /// Checkpoint that was restored; `None` for the one with which the recovery started.
    pub checkpoint_id: Option<String>,
    /// What changed since the checkpoint: a JSON object.
    pub context_delta: Option<JsonText>,
}

impl Command for CompleteRecovery {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let session = active_session(view, &self.session_id)?;
        let started = started(session)?;
        let checkpoint = self.checkpoint(view, session)?;
        let mut script = Script::new(&self.author, view);
        script.speaking_for(session);
        let cause = match checkpoint {
            Some(checkpoint) => {
                let payload = self.restored(checkpoint);
                script.record(&agent_event(session, "context.restored"), [started], payload)?
            }
            // None was made: the work goes on from its beginning.
            None => started,
        };
        let resumed = agent_event(session, "task.resumed");
        let name = checkpoint.map(|checkpoint| checkpoint.checkpoint_id.as_str());
        for payload in self.resumed(view, session, name) {
            script.record(&resumed, [cause], payload)?;
        }
        let work = session.handoff_ids.iter().map(StateKey::of::<Handoff>);
        Ok(script.showing([StateKey::of::<Session>(&self.session_id)].into_iter().chain(work)))
    }
}

impl CompleteRecovery {
    fn checkpoint<'a>(&self, view: &View<'a>, session: &'a Session) -> Result<Option<&'a Checkpoint>, Refusal> {
        let name = self.checkpoint_id.as_ref().or(session.recovery_checkpoint_id.as_ref());
        name.map(|name| restorable(view.states(), session, name)).transpose()
    }

    fn restored(&self, checkpoint: &Checkpoint) -> Payload {
        Payload::new()
            .with("session_id", &self.session_id)
            .with("checkpoint_id", &checkpoint.checkpoint_id)
            .with_some("context_delta", self.context_delta.as_ref())
            .with("checkpoint_position", checkpoint.position)
    }

    /// One for each piece of work that was taken over; one without work when there is none.
    fn resumed(&self, view: &View<'_>, session: &Session, checkpoint: Option<&str>) -> Vec<Payload> {
        let payload = Payload::new()
            .with("session_id", &self.session_id)
            .with_some("resuming_from", checkpoint)
            .with_some("workflow_id", session.workflow_id.as_ref());
        let held = session.handoff_ids.iter().filter_map(|id| view.get::<Handoff>(id));
        let taken_over = held.filter(|work| work.recovery.as_ref().is_some_and(|how| how.resumed_event_id.is_none()));
        let payloads: Vec<Payload> = taken_over
            .map(|work| payload.clone().with("task_id", &work.task_id).with("handoff_id", &work.handoff_id))
            .collect();
        if payloads.is_empty() { vec![payload] } else { payloads }
    }
}

/// The event that started the recovery, which is not complete.
fn started(session: &Session) -> Result<EventId, Refusal> {
    let (state, cure) = match (session.recovery_event_id, session.restored_event_id) {
        (Some(started), None) => return Ok(started),
        (Some(_), Some(_)) => ("recovered", "it was said before, so go on with the work"),
        (None, _) => ("active", "it took over from nobody, so start a recovery with StartRecovery"),
    };
    let (kind, id) = (<Session as Kind>::KIND, session.session_id.clone());
    Err(Refusal::WrongState { kind, id, state, allowed: &["recovering"], cure })
}
