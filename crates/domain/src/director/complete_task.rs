//! Ending a task with success.

use super::stop::stop_works;
use super::{CrossServiceTask, TaskState, WorkState};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{EventId, Refusal};

/// Ends a task with success.
#[derive(Clone, Debug)]
pub struct CompleteCrossServiceTask {
    /// Who ends it.
    pub author: Author,
    /// The task.
    pub task_id: String,
    /// Outcome; `None` for "success".
    pub outcome: Option<String>,
    /// What came out of it.
    pub summary: Option<String>,
    /// End it although services are not finished.
    pub force: bool,
}

impl Command for CompleteCrossServiceTask {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let task = view.find::<CrossServiceTask>(&self.task_id)?;
        task.must_be_open()?;
        let missing = task.unfinished();
        if !missing.is_empty() && !self.force {
            return Err(Refusal::ResultsMissing { missing });
        }
        let mut script = Script::new(&self.author, view);
        let ended =
            script.record("director.cross-service.task.completed", task.causes_of_success(), self.payload(task))?;
        stop_works(&mut script, view, task, ended, "the task was completed without it")?;
        Ok(script.about::<CrossServiceTask>(&self.task_id))
    }
}

impl CompleteCrossServiceTask {
    fn payload(&self, task: &CrossServiceTask) -> Payload {
        task.stamp(Payload::new())
            .with("outcome", self.outcome.as_deref().unwrap_or("success"))
            .with("services", task.names(|state| state == WorkState::Completed))
            .with_some("summary", self.summary.as_ref())
    }
}

impl CrossServiceTask {
    /// The check that was passed; without one, all that was completed; else its creation.
    fn causes_of_success(&self) -> Vec<EventId> {
        if let Some(passed) = self.validation_event_id.filter(|_| self.state == TaskState::Validating) {
            return vec![passed];
        }
        let completed = self.completions(&self.names(|state| state == WorkState::Completed));
        if completed.is_empty() { self.created_event_id.into_iter().collect() } else { completed }
    }
}
