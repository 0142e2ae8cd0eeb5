//! What the passing of time does to a task.

use super::{CrossServiceTask, fail_task, start_ready};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Script, View};

/// Draws what is due: a task fails at its deadline; before that, works start that waited for nothing but the server. Nothing may be due.
#[derive(Clone, Debug)]
pub struct CrossServiceTaskDue {
    /// The server.
    pub author: Author,
    /// The task.
    pub task_id: String,
}

impl Command for CrossServiceTaskDue {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let task = view.find::<CrossServiceTask>(&self.task_id)?;
        let mut script = Script::new(&self.author, view);
        if task.state.is_open() && task.deadline.is_some_and(|deadline| deadline <= view.now) {
            fail_task::fail(&mut script, view, task, "deadline")?;
        } else {
            start_ready::start(&mut script, task)?;
        }
        Ok(script.about::<CrossServiceTask>(&self.task_id))
    }
}
