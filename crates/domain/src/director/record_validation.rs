//! Recording the outcome of a check.

use super::CrossServiceTask;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::state::StateKey;
use crate::{JsonText, Refusal};

/// Records the outcome of a check.
#[derive(Clone, Debug)]
pub struct RecordMiseValidation {
    /// Who checked.
    pub author: Author,
    /// The outcome, as its event will say: a JSON object.
    pub validation: JsonText,
}

impl Command for RecordMiseValidation {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let payload = Payload::of(&self.validation);
        let mut script = Script::new(&self.author, view);
        let Some(id) = payload.text("task_id") else {
            script.record("mise.validation.completed", None, payload)?;
            return Ok(script.showing([]));
        };
        let task = view.find::<CrossServiceTask>(&id)?;
        task.must_be(&["validating"], "ask for a check first")?;
        script.record("mise.validation.completed", task.validation_requested_event_id, task.stamp(payload))?;
        Ok(script.showing([StateKey::of::<CrossServiceTask>(id)]))
    }
}
