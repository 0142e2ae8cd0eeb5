//! Asking for a check of the services.

use super::{CrossServiceTask, MisePattern};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::state::StateKey;
use crate::{EventId, JsonText, Refusal};

/// What a check is of when nobody says what.
pub const ALL_SERVICES: &str = "all_service_implementations";

/// Asks for a check of the services.
#[derive(Clone, Debug)]
pub struct RequestMiseValidation {
    /// Who asks.
    pub author: Author,
    /// The request, as its event will say: a JSON object.
    pub validation: JsonText,
}

impl Command for RequestMiseValidation {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let payload = Payload::of(&self.validation).or("validates", Some(ALL_SERVICES));
        let pattern = payload.text("pattern_id").map(|id| view.find::<MisePattern>(&id)).transpose()?;
        let mut script = Script::new(&self.author, view);
        let Some(id) = payload.text("task_id") else {
            script.record("mise.validation.requested", pattern.map(|pattern| pattern.event_id), payload)?;
            return Ok(script.showing([]));
        };
        let task = view.find::<CrossServiceTask>(&id)?;
        let causes = completed(task, &payload)?;
        let payload = task.stamp(payload).or("pattern_id", task.pattern_id.as_ref());
        script.record("mise.validation.requested", causes, payload)?;
        Ok(script.showing([StateKey::of::<CrossServiceTask>(id)]))
    }
}

/// The events that completed the services that are to be checked. All services must be done, since a task that is being checked starts
/// nothing more.
fn completed(task: &CrossServiceTask, payload: &Payload) -> Result<Vec<EventId>, Refusal> {
    task.must_be_open()?;
    let all = task.names(|_| true);
    let named: Vec<String> = payload.read("services").unwrap_or_default();
    if let Some(unknown) = named.iter().find(|service| !all.contains(service)) {
        let why = format!("name \"{unknown}\", which is no service of the task: use {}", all.join(", "));
        return Err(Refusal::InvalidField { field: "validation.services", why });
    }
    let missing = task.unfinished();
    if !missing.is_empty() {
        return Err(Refusal::ResultsMissing { missing });
    }
    Ok(task.completions(if named.is_empty() { &all } else { &named }))
}
