//! Giving the work on one service to an agent.

use super::{CrossServiceTask, Delegation, MisePattern, ServiceWork, WorkState};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::handoff::Handoff;
use crate::refusal::in_future;
use crate::state::{Kind, Noun};
use crate::{EventId, JsonText, Refusal};

/// Gives the work on one service to an agent.
#[derive(Clone, Debug)]
pub struct DelegateService {
    /// Who delegates.
    pub author: Author,
    /// The delegation, as its event will say: a JSON object.
    pub delegation: JsonText,
}

impl Command for DelegateService {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let delegation = Payload::of(&self.delegation);
        check(view, &delegation)?;
        let mut script = Script::new(&self.author, view);
        let id = match delegation.text("task_id") {
            Some(id) => self.in_task(view, view.find(&id)?, &mut script, delegation)?,
            None => alone(view, &mut script, delegation)?,
        };
        Ok(script.about::<Delegation>(&id))
    }
}

impl DelegateService {
    fn in_task(
        &self,
        view: &View<'_>,
        task: &CrossServiceTask,
        script: &mut Script<'_>,
        delegation: Payload,
    ) -> Result<String, Refusal> {
        task.must_be(
            &["active"],
            "while it is validating, record the outcome of the check first; when it has ended, create a new task",
        )?;
        let work = work_for(task, &delegation.text("service").unwrap_or_default())?;
        let pattern = match delegation.text("pattern_reference") {
            Some(reference) => Some(pattern_event(view, &reference)?),
            None => task.pattern_event_id,
        };
        let delegation = delegation.or("task_description", work.task_description.as_ref());
        record(script, task, work, pattern, delegation)
    }
}

/// Without a task there is nothing that it waits for.
fn alone(view: &View<'_>, script: &mut Script<'_>, delegation: Payload) -> Result<String, Refusal> {
    let reference = delegation.text("pattern_reference");
    let pattern = reference.map(|reference| pattern_event(view, &reference)).transpose()?;
    write(script, pattern, pattern, delegation)
}

fn check(view: &View<'_>, delegation: &Payload) -> Result<(), Refusal> {
    in_future("delegation.deadline", delegation.read("deadline"), view.now)?;
    match delegation.text("delegation_id") {
        Some(id) if exists::<Delegation>(view, &id) || exists::<Handoff>(view, &id) => {
            Err(Refusal::Exists { kind: <Delegation as Kind>::KIND, id })
        }
        _ => Ok(()),
    }
}

fn exists<N: Noun>(view: &View<'_>, id: &str) -> bool {
    view.get::<N>(id).is_some()
}

/// The work on a service that can be delegated now.
fn work_for<'t>(task: &'t CrossServiceTask, service: &str) -> Result<&'t ServiceWork, Refusal> {
    let work = task.work(service).ok_or_else(|| Refusal::InvalidField {
        field: "delegation.service",
        why: format!("\"{service}\" is no service of the task: use one of {}", task.names(|_| true).join(", ")),
    })?;
    match work.state {
        WorkState::Waiting => {
            let services = task.undone_before(work);
            Err(Refusal::DependencyNotDone { service: service.to_owned(), services })
        }
        WorkState::Ready | WorkState::Failed => Ok(work),
        WorkState::Delegated | WorkState::Completed => Err(Refusal::WrongState {
            kind: <Delegation as Kind>::KIND,
            id: work.delegation_id.clone().unwrap_or_else(|| service.to_owned()),
            state: work.state.as_str(),
            allowed: &["ready", "failed"],
            cure: "one agent at a time works on a service, fail its delegation first to give it to another",
        }),
    }
}

/// The event that a reference to a pattern names: a pattern stands for the event that defined it.
fn pattern_event(view: &View<'_>, reference: &str) -> Result<EventId, Refusal> {
    if let Some(pattern) = view.get::<MisePattern>(reference) {
        return Ok(pattern.event_id);
    }
    let event: Option<EventId> = reference.parse().ok();
    event
        .filter(|event| view.is_recorded(*event))
        .ok_or_else(|| Refusal::NotFound { kind: <MisePattern as Kind>::KIND, id: reference.to_owned() })
}

/// Writes the request for the work on a service of a task. Gives the id of the delegation.
pub(super) fn record(
    script: &mut Script<'_>,
    task: &CrossServiceTask,
    work: &ServiceWork,
    pattern: Option<EventId>,
    delegation: Payload,
) -> Result<String, Refusal> {
    write(script, task.causes_of(Some(work), pattern), pattern, task.stamp(delegation))
}

fn write(
    script: &mut Script<'_>,
    causes: impl IntoIterator<Item = EventId>,
    pattern: Option<EventId>,
    delegation: Payload,
) -> Result<String, Refusal> {
    let id = delegation.text("delegation_id").unwrap_or_else(|| script.next_event_id().to_string());
    let delegation = delegation.with("delegation_id", &id).with_some("pattern_reference", pattern);
    script.record("director.service.delegation.requested", causes, delegation)?;
    Ok(id)
}
