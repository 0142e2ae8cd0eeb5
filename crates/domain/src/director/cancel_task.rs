//! Ending a task that is not wanted any more.

use super::CrossServiceTask;
use super::stop::stop_works;
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};

/// Ends a task that is not wanted any more.
#[derive(Clone, Debug)]
pub struct CancelCrossServiceTask {
    /// Who asks.
    pub author: Author,
    /// The task.
    pub task_id: String,
    /// Who cancels it; `None` for the principal.
    pub cancelled_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Command for CancelCrossServiceTask {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let task = view.find::<CrossServiceTask>(&self.task_id)?;
        task.must_be_open()?;
        let by = self.cancelled_by.as_ref().unwrap_or(&self.author.principal);
        let payload = task.stamp(Payload::new()).with("cancelled_by", by).with_some("reason", self.reason.as_ref());
        let mut script = Script::new(&self.author, view);
        let cancelled = script.record("director.cross-service.task.cancelled", task.created_event_id, payload)?;
        stop_works(&mut script, view, task, cancelled, "the task was cancelled")?;
        Ok(script.about::<CrossServiceTask>(&self.task_id))
    }
}
