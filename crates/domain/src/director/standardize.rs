//! Asking for a pattern that services shall follow.

use super::CrossServiceTask;
use crate::collaboration::Collaboration;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::state::StateKey;
use crate::{JsonText, Refusal};

/// Asks an agent to define a pattern for services.
#[derive(Clone, Debug)]
pub struct RequestMiseStandardization {
    /// Who asks.
    pub author: Author,
    /// The request, as its event will say: a JSON object.
    pub standardization: JsonText,
}

impl Command for RequestMiseStandardization {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let mut payload = Payload::of(&self.standardization);
        let task = payload.text("task_id").map(|id| view.find::<CrossServiceTask>(&id)).transpose()?;
        if let Some(task) = task {
            task.must_be_open()?;
            payload = task.stamp(payload);
        }
        let collaboration = payload.text("collaboration_id").and_then(|id| view.get::<Collaboration>(&id));
        let started = collaboration.and_then(|collaboration| collaboration.started_event_id);
        let cause = started.or(task.and_then(|task| task.created_event_id));
        let mut script = Script::new(&self.author, view);
        script.record("director.mise.standardization.requested", cause, payload)?;
        Ok(script.showing(task.map(|task| StateKey::of::<CrossServiceTask>(&task.task_id))))
    }
}
