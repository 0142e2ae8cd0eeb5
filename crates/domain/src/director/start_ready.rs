//! Giving out what waited for other services, when they are done.

use super::{CrossServiceTask, ServiceWork, WorkState, delegate};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{EventId, Refusal};

/// Gives the works that waited only for services that are done by now to the agents that the task names for them. The server asks for it
/// when a work was completed by other ways than `CompleteDelegation`.
#[derive(Clone, Debug)]
pub struct StartReady {
    /// The server.
    pub author: Author,
    /// The task.
    pub task_id: String,
}

impl Command for StartReady {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let task = view.find::<CrossServiceTask>(&self.task_id)?;
        let mut script = Script::new(&self.author, view);
        start(&mut script, task)?;
        Ok(script.about::<CrossServiceTask>(&self.task_id))
    }
}

/// Writes the requests, in the order of the services. There may be nothing to start.
pub(super) fn start(script: &mut Script<'_>, task: &CrossServiceTask) -> Result<(), Refusal> {
    script.speaking_for_the_server();
    for work in task.startable() {
        let delegation = Payload::new()
            .with_some("from_agent", task.from_agent.as_ref())
            .with_some("to_agent", work.agent.as_ref())
            .with("service", &work.service)
            .with_some("task_description", work.task_description.as_ref());
        delegate::record(script, task, work, task.pattern_event_id, delegation)?;
    }
    Ok(())
}

impl CrossServiceTask {
    /// The task as it will be when an event completes the work of a delegation.
    pub(super) fn after_completion(&self, delegation_id: &str, event: EventId) -> Self {
        let mut task = self.clone();
        let is_of_it = |work: &&mut ServiceWork| work.delegation_id.as_deref() == Some(delegation_id);
        if let Some(work) = task.services.iter_mut().find(is_of_it) {
            work.state = WorkState::Completed;
            work.completed_event_id = Some(event);
        }
        task.settle();
        task
    }
}
