//! Starting a session that takes over from a failed one.

use super::{HEARTBEAT_SECONDS, Session, agent_event, framework_of_type, require};
use crate::agent::AgentType;
use crate::checkpoint::{Checkpoint, restorable};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::feedback::Question;
use crate::handoff::Handoff;
use crate::state::StateKey;
use crate::{Refusal, SessionId};

/// Asks for a session that takes over from a failed one. The answer shows the new session, the failed one, the checkpoint to restore, the
/// work that the new one holds, and the questions that were answered, the oldest first.
#[derive(Clone, Debug)]
pub struct StartRecovery {
    /// Who asks.
    pub author: Author,
    /// Session that failed.
    pub failed_session_id: String,
    /// Session that takes over.
    pub new_session_id: SessionId,
    /// Checkpoint from which it starts; `None` for the newest.
    pub checkpoint_id: Option<String>,
    /// Type of the agent that takes over; `None` for the same.
    pub agent_type: Option<String>,
    /// Instance that takes over.
    pub agent_instance_id: Option<String>,
    /// Versions of checkpoints that it reads; those of its type when there are none.
    pub checkpoint_schema_versions: Vec<String>,
    /// How long it may be silent, in seconds; `None` for as long as the failed one.
    pub heartbeat_timeout: Option<f64>,
}

impl Command for StartRecovery {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let failed = require::failed_session(view, &self.failed_session_id)?;
        require::free(view, self.new_session_id.as_str())?;
        require::silence(self.heartbeat_timeout)?;
        let checkpoint = self.checkpoint(view, failed)?;
        self.check_schema(view, failed, checkpoint)?;
        let mut script = Script::new(&self.author, view);
        let name = checkpoint.map(|checkpoint| checkpoint.checkpoint_id.as_str());
        script.speaking_as(self.agent_type(failed), self.agent_instance_id.as_deref(), name);
        let payload = self.payload(failed, name);
        script.record(&self.event_type(view, failed), failed.failed_event_id, payload)?;
        Ok(script.showing(self.subjects(failed, checkpoint)))
    }
}

impl StartRecovery {
    fn agent_type<'a>(&'a self, failed: &'a Session) -> &'a str {
        self.agent_type.as_deref().unwrap_or(&failed.agent_type)
    }

    fn checkpoint<'a>(&self, view: &View<'a>, failed: &'a Session) -> Result<Option<&'a Checkpoint>, Refusal> {
        if let Some(name) = &self.checkpoint_id {
            return restorable(view.states(), failed, name).map(Some);
        }
        // The newest one may be known by its name alone, or be gone: then the one before it.
        let names = failed.checkpoint_id.iter().chain(failed.checkpoints.iter().rev());
        Ok(names.into_iter().find_map(|name| restorable(view.states(), failed, name).ok()))
    }

    fn check_schema(&self, view: &View<'_>, failed: &Session, checkpoint: Option<&Checkpoint>) -> Result<(), Refusal> {
        let Some(version) = checkpoint.and_then(|checkpoint| checkpoint.schema_version.as_ref()) else { return Ok(()) };
        let of_type = view.get::<AgentType>(self.agent_type(failed));
        let of_type = of_type.map(|agent_type| agent_type.checkpoint_schema_versions.as_slice()).unwrap_or_default();
        let own = self.checkpoint_schema_versions.as_slice();
        let supported = if own.is_empty() { of_type } else { own };
        if supported.is_empty() || supported.contains(version) {
            return Ok(());
        }
        let (schema_version, supported) = (version.clone(), supported.to_vec());
        Err(Refusal::CheckpointSchemaUnsupported { schema_version, supported })
    }

    fn event_type(&self, view: &View<'_>, failed: &Session) -> String {
        let kind = "session.recovery.started";
        match &self.agent_type {
            Some(other) if *other != failed.agent_type => format!("agent.{}.{kind}", framework_of_type(view, other)),
            _ => agent_event(failed, kind),
        }
    }

    fn payload(&self, failed: &Session, checkpoint: Option<&str>) -> Payload {
        Payload::new()
            .with("new_session_id", self.new_session_id.as_str())
            .with_some("recovering_from_checkpoint", checkpoint)
            .with("failed_session_id", &failed.session_id)
            .with("agent_type", self.agent_type(failed))
            .with_some("agent_instance_id", self.agent_instance_id.as_ref())
            .with("heartbeat_timeout_seconds", self.silence(failed))
    }

    /// How long the new session may be silent. A failed one that began with a plain message of the bus promised nothing.
    fn silence(&self, failed: &Session) -> f64 {
        let inherited = Some(failed.heartbeat_timeout).filter(|seconds| *seconds > 0.0);
        self.heartbeat_timeout.or(inherited).unwrap_or(HEARTBEAT_SECONDS)
    }

    fn subjects(&self, failed: &Session, checkpoint: Option<&Checkpoint>) -> Vec<StateKey> {
        let sessions = [self.new_session_id.as_str(), &failed.session_id].map(StateKey::of::<Session>);
        let checkpoint = checkpoint.map(|checkpoint| StateKey::of::<Checkpoint>(&checkpoint.key));
        let work = failed.handoff_ids.iter().map(StateKey::of::<Handoff>);
        let answers = failed.answered_questions.iter().map(StateKey::of::<Question>);
        sessions.into_iter().chain(checkpoint).chain(work).chain(answers).collect()
    }
}
