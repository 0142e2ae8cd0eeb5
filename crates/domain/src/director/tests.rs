//! What the tests of the Director share: a stage on which a task over services is played.

mod deliveries;
mod dependencies;
mod pattern_two;
mod states;
mod verbs;

use std::ops::{Deref, DerefMut};

use serde_json::{Value, json};

use super::*;
use crate::command::Author;
use crate::testing::{EventStory, MemoryLog, event};
use crate::{Appended, Refusal};

/// The task of these tests.
pub(super) const TASK: &str = "00000000-0000-4000-8000-000000000001";

/// A log with one task in it.
#[derive(Default)]
pub(super) struct Stage {
    pub log: MemoryLog,
}

pub(super) fn json(value: Value) -> JsonText {
    JsonText::of(&value).unwrap()
}

pub(super) fn director() -> Author {
    Author { principal: "director-of-engineering".into(), ..Author::server() }
}

pub(super) fn create(task: Value) -> CreateCrossServiceTask {
    CreateCrossServiceTask { author: director(), task_id: TASK.into(), task: json(task) }
}

pub(super) fn delegate(service: &str, agent: &str) -> DelegateService {
    let delegation = json!({"task_id": TASK, "service": service, "to_agent": agent});
    DelegateService { author: director(), delegation: json(delegation) }
}

pub(super) fn deliver(delegation_id: &str) -> CompleteDelegation {
    let result = json!({"artifacts": [{"path": "mise.toml", "status": "created"}], "summary": "done"});
    CompleteDelegation { author: director(), delegation_id: delegation_id.into(), result: json(result) }
}

pub(super) fn give_up(delegation_id: &str) -> FailDelegation {
    FailDelegation {
        author: director(),
        delegation_id: delegation_id.into(),
        failure_reason: "the tests cannot pass".into(),
    }
}

pub(super) fn ask_for_check() -> RequestMiseValidation {
    RequestMiseValidation { author: director(), validation: json(json!({"task_id": TASK})) }
}

pub(super) fn record_check(outcome: Value) -> RecordMiseValidation {
    let Value::Object(mut outcome) = outcome else { unreachable!("an object") };
    outcome.insert("task_id".into(), TASK.into());
    RecordMiseValidation { author: director(), validation: json(Value::Object(outcome)) }
}

pub(super) fn complete(force: bool) -> CompleteCrossServiceTask {
    CompleteCrossServiceTask { author: director(), task_id: TASK.into(), outcome: None, summary: None, force }
}

pub(super) fn fail() -> FailCrossServiceTask {
    FailCrossServiceTask { author: director(), task_id: TASK.into(), failure_reason: "out of money".into() }
}

pub(super) fn cancel() -> CancelCrossServiceTask {
    let reason = Some("not wanted".into());
    CancelCrossServiceTask { author: director(), task_id: TASK.into(), cancelled_by: None, reason }
}

impl Stage {
    /// With a task over these services, each with what it depends on.
    pub fn with(services: &[(&str, &[&str])]) -> Self {
        let mut stage = Self::default();
        let spec = |(service, depends_on): &(&str, &[&str])| json!({"service": service, "agent": format!("letta-{service}-dev"), "depends_on": depends_on});
        let services: Vec<Value> = services.iter().map(spec).collect();
        stage.good(create(json!({"goal": "standardize_mise_tasks", "services": services, "from_agent": "director"})));
        stage
    }

    /// Gives a service to an agent, and says the id of the delegation.
    pub fn delegate(&mut self, service: &str) -> String {
        self.good(delegate(service, &format!("letta-{service}-dev")));
        self.delegation_of(service)
    }

    /// Gives a service to an agent who delivers it.
    pub fn finish(&mut self, service: &str) {
        let id = self.delegate(service);
        self.good(deliver(&id));
    }

    pub fn delegation_of(&self, service: &str) -> String {
        self.work(service).delegation_id.unwrap()
    }

    pub fn task(&self) -> CrossServiceTask {
        self.log.state(TASK)
    }

    pub fn delegation(&self, id: &str) -> Delegation {
        self.log.state(id)
    }

    pub fn work(&self, service: &str) -> ServiceWork {
        self.task().work(service).unwrap().clone()
    }

    /// How the work on each service stands, in order.
    pub fn works(&self) -> String {
        let task = self.task();
        let works: Vec<String> =
            task.services.iter().map(|work| format!("{} {}", work.service, work.state.as_str())).collect();
        works.join(", ")
    }
}

impl Deref for Stage {
    type Target = MemoryLog;

    fn deref(&self) -> &MemoryLog {
        &self.log
    }
}

impl DerefMut for Stage {
    fn deref_mut(&mut self) -> &mut MemoryLog {
        &mut self.log
    }
}

/// A raw event about the task.
pub(super) fn of_task(event_type: &str) -> EventStory {
    event(event_type).saying("task_id", TASK)
}
