//! Creating a task over several services.

use super::order::{self, ServiceSpec};
use super::{CrossServiceTask, MAX_SERVICES};
use crate::collaboration::Collaboration;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::members::Members;
use crate::refusal::in_future;
use crate::state::Kind;
use crate::{JsonText, Refusal};

/// Asks for a new task over several services.
#[derive(Clone, Debug)]
pub struct CreateCrossServiceTask {
    /// Who asks.
    pub author: Author,
    /// Its id.
    pub task_id: String,
    /// The task, as its event will say: a JSON object.
    pub task: JsonText,
}

impl Command for CreateCrossServiceTask {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let id = &self.task_id;
        if view.get::<CrossServiceTask>(id).is_some_and(|task| task.created_event_id.is_some()) {
            return Err(Refusal::Exists { kind: <CrossServiceTask as Kind>::KIND, id: id.clone() });
        }
        check_services(&Members::of(&self.task))?;
        let task = Payload::of(&self.task).with("task_id", id);
        in_future("task.deadline", task.read("deadline"), view.now)?;
        let collaboration = task.text("collaboration_id").and_then(|id| view.get::<Collaboration>(&id));
        let causes = collaboration.and_then(|collaboration| collaboration.started_event_id);
        let mut script = Script::new(&self.author, view);
        script.record("director.cross-service.task.created", causes, task)?;
        Ok(script.about::<CrossServiceTask>(id))
    }
}

fn check_services(said: &Members<'_>) -> Result<(), Refusal> {
    let (named, specs) = (said.read("services").map_or(0, |all: Vec<JsonText>| all.len()), ServiceSpec::all_in(said));
    let why = if named == 0 {
        "are missing: name at least one".to_owned()
    } else if named > MAX_SERVICES {
        format!("are {named}, and a task may have {MAX_SERVICES}: split it into several")
    } else if specs.len() < named {
        "hold one without a name: give each 1 to 255 characters without control characters".to_owned()
    } else {
        return order::check(&specs);
    };
    Err(Refusal::InvalidField { field: "task.services", why })
}
