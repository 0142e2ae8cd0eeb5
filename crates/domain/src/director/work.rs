//! The works of a task: what is done, what waits for what, and what can start.

use super::order::ServiceSpec;
use super::{CrossServiceTask, ServiceWork, TaskState, WorkState};
use crate::command::Payload;
use crate::state::Kind;
use crate::{EventId, Refusal};

impl ServiceWork {
    pub(super) fn new(spec: ServiceSpec) -> Self {
        let ServiceSpec { service, agent, depends_on, task_description } = spec;
        Self {
            service,
            state: WorkState::Waiting,
            agent,
            depends_on,
            task_description,
            delegation_id: None,
            artifacts: None,
            summary: None,
            completed_event_id: None,
        }
    }
}

impl CrossServiceTask {
    /// The work on a service.
    pub fn work(&self, service: &str) -> Option<&ServiceWork> {
        self.services.iter().find(|work| work.service == service)
    }

    /// The works that nobody has yet, and that the server gives to the agent that was named when the last service that they waited for is
    /// done. What waits for nothing is given out by the Director.
    pub(super) fn startable(&self) -> impl Iterator<Item = &ServiceWork> {
        let may_start = self.state == TaskState::Active;
        self.services.iter().filter(move |work| {
            let is_free = work.state == WorkState::Ready && work.delegation_id.is_none();
            may_start && is_free && work.agent.is_some() && !work.depends_on.is_empty()
        })
    }

    /// Makes ready what waited only for services that are done.
    pub(super) fn settle(&mut self) {
        let done = self.names(|state| state == WorkState::Completed);
        let waiting = self.services.iter_mut().filter(|work| work.state == WorkState::Waiting);
        for work in waiting.filter(|work| work.depends_on.iter().all(|needed| done.contains(needed))) {
            work.state = WorkState::Ready;
        }
    }

    /// The services whose work stands so, in order.
    pub(super) fn names(&self, stands: impl Fn(WorkState) -> bool) -> Vec<String> {
        self.services.iter().filter(|work| stands(work.state)).map(|work| work.service.clone()).collect()
    }

    /// The services that are not done.
    pub(super) fn unfinished(&self) -> Vec<String> {
        self.names(|state| state != WorkState::Completed)
    }

    /// The services that a work waits for.
    pub(super) fn undone_before(&self, work: &ServiceWork) -> Vec<String> {
        let is_done = |service: &String| self.work(service).is_some_and(|work| work.state == WorkState::Completed);
        work.depends_on.iter().filter(|service| !is_done(service)).cloned().collect()
    }

    /// The events that completed these services, in the order of the task.
    pub(super) fn completions(&self, services: &[String]) -> Vec<EventId> {
        let named = self.services.iter().filter(|work| services.contains(&work.service));
        named.filter_map(|work| work.completed_event_id).collect()
    }

    /// What gives work on it to an agent follows from: the pattern, the completed services that the work depends on; else its creation.
    pub(super) fn causes_of(&self, work: Option<&ServiceWork>, pattern: Option<EventId>) -> Vec<EventId> {
        let mut causes: Vec<EventId> = pattern.into_iter().collect();
        causes.extend(work.map(|work| self.completions(&work.depends_on)).unwrap_or_default());
        if causes.is_empty() {
            causes.extend(self.created_event_id);
        }
        causes
    }

    /// A payload that says where the task belongs, also where its causes do not.
    pub(super) fn stamp(&self, payload: Payload) -> Payload {
        payload
            .or("workflow_id", self.workflow_id.as_ref())
            .or("collaboration_id", self.collaboration_id.as_ref())
            .with("task_id", &self.task_id)
    }

    /// Refuses what the state of the task does not allow.
    pub(super) fn must_be(&self, allowed: &'static [&'static str], cure: &'static str) -> Result<(), Refusal> {
        let state = self.state.as_str();
        if allowed.contains(&state) {
            return Ok(());
        }
        Err(Refusal::WrongState { kind: <Self as Kind>::KIND, id: self.task_id.clone(), state, allowed, cure })
    }

    /// Refuses to go on with a task that ended.
    pub(super) fn must_be_open(&self) -> Result<(), Refusal> {
        self.must_be(&["active", "validating"], "it has ended, create a new task for what is still to be done")
    }
}
