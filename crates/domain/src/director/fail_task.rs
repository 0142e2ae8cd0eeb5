//! Ending a task without success.

use super::CrossServiceTask;
use super::stop::stop_works;
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Ends a task without success.
#[derive(Clone, Debug)]
pub struct FailCrossServiceTask {
    /// Who ends it.
    pub author: Author,
    /// The task.
    pub task_id: String,
    /// Why.
    pub failure_reason: String,
}

impl Command for FailCrossServiceTask {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let task = view.find::<CrossServiceTask>(&self.task_id)?;
        task.must_be_open()?;
        let mut script = Script::new(&self.author, view);
        fail(&mut script, view, task, &self.failure_reason)?;
        Ok(script.about::<CrossServiceTask>(&self.task_id))
    }
}

/// Writes that a task failed, and stops what is still done for it.
pub(super) fn fail(
    script: &mut Script<'_>,
    view: &View<'_>,
    task: &CrossServiceTask,
    reason: &str,
) -> Result<(), Refusal> {
    let payload =
        task.stamp(Payload::new()).with("failure_reason", reason).with("unfinished_services", task.unfinished());
    let failed = script.record("director.cross-service.task.failed", task.created_event_id, payload)?;
    stop_works(script, view, task, failed, "the task failed")
}
