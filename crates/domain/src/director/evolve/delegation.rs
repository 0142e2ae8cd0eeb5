//! Delegations, and the works of their tasks, which follow them.

use super::task;
use crate::director::{CrossServiceTask, Delegation, ServiceWork, WorkState};
use crate::evolve::kind_of;
use crate::handoff::{Handoff, HandoffState, Origin};
use crate::members::Members;
use crate::session::Session;
use crate::state::States;
use crate::{EventId, JsonText, RecordedEvent, Timestamp};

pub(super) fn requested(states: &mut States, event: &RecordedEvent) {
    let Some(id) = event.belonging.about.handoff.clone() else { return };
    let known = states.get::<Delegation>(&id);
    let delegation = match known {
        None => new(&id, event),
        Some(known) => known.with_task_of(event),
    };
    if let Some(delegation) = delegation {
        states.change(&id, |_| Some(delegation));
        tell_task(states, &id, event);
        follow(states, &id, event);
    }
}

fn new(id: &str, event: &RecordedEvent) -> Option<Delegation> {
    let said = Members::of(&event.envelope.payload);
    Some(Delegation {
        delegation_id: id.to_owned(),
        task_id: event.belonging.about.task.clone(),
        service: said.name("service")?,
        from_agent: said.name("from_agent").or_else(|| event.agent().map(ToString::to_string)),
        to_agent: said.name("to_agent")?,
        state: WorkState::Delegated,
        pattern_reference: said.name("pattern_reference"),
        task_description: said.text("task_description"),
        context: said.read("context").filter(JsonText::is_object),
        artifacts: None,
        summary: None,
        requested_event_id: Some(event.id()),
        deadline: said.text("deadline").and_then(|text| Timestamp::parse_lenient(&text).ok()),
        position: event.position,
        began: event.position,
        version: 1,
        ended_event_id: None,
    })
}

pub(super) fn failed(states: &mut States, event: &RecordedEvent) {
    let Some(id) = event.belonging.about.handoff.clone() else { return };
    let reason = Members::of(&event.envelope.payload).text("failure_reason");
    end(states, &id, event, |delegation| {
        delegation.state = WorkState::Failed;
        delegation.summary = reason;
        delegation.ended_event_id = Some(event.id());
    });
}

/// What ends a handoff ends its delegation. The handoff moved before: what it has come to is the outcome.
pub(super) fn followed(states: &mut States, event: &RecordedEvent) {
    let event_type = event.envelope.event_type.as_str();
    let is_about_work = event_type.starts_with("agent.handoff.");
    if is_about_work || WORK_ENDS_WITH.contains(&kind_of(event_type)) {
        for id in handoffs_of(states, event) {
            follow(states, &id, event);
        }
    }
}

/// Events of agents and their sessions by which work may end.
const WORK_ENDS_WITH: [&str; 4] = ["task.completed", "task.failed", "session.failed", "session.completed"];

/// The handoffs that an event may have ended: the one that it is about, and those that its session held until now.
fn handoffs_of(states: &States, event: &RecordedEvent) -> Vec<String> {
    let session = event.session_id().and_then(|id| states.get::<Session>(id.as_str()));
    let held = session.into_iter().flat_map(|session| &session.handoff_ids);
    event.belonging.about.handoff.iter().chain(held).cloned().collect()
}

fn follow(states: &mut States, id: &str, event: &RecordedEvent) {
    let Some(handoff) = states.get::<Handoff>(id).filter(|handoff| handoff.origin == Origin::Delegation) else {
        return;
    };
    let state = match handoff.state {
        HandoffState::Offered | HandoffState::Accepted | HandoffState::Blocked => return,
        HandoffState::Completed => WorkState::Completed,
        HandoffState::Failed | HandoffState::Declined | HandoffState::Expired | HandoffState::Cancelled => {
            WorkState::Failed
        }
    };
    let (artifacts, ended_by) = (handoff.artifacts.clone(), handoff.outcome_event_id.unwrap_or_else(|| event.id()));
    let summary = handoff.summary.clone().or_else(|| handoff.reason.clone());
    end(states, id, event, |delegation| {
        delegation.state = state;
        delegation.artifacts = artifacts;
        delegation.summary = summary;
        delegation.ended_event_id = Some(ended_by);
    });
}

/// Ends a delegation that has not ended.
fn end(states: &mut States, id: &str, event: &RecordedEvent, outcome: impl FnOnce(&mut Delegation)) {
    if states.get::<Delegation>(id).is_none_or(|delegation| delegation.state != WorkState::Delegated) {
        return;
    }
    states.update(id, |delegation: &mut Delegation| {
        outcome(delegation);
        delegation.note(event);
    });
    tell_task(states, id, event);
}

/// Lets the work of the task stand as its delegation does.
fn tell_task(states: &mut States, id: &str, event: &RecordedEvent) {
    let Some(delegation) = states.get::<Delegation>(id).cloned() else { return };
    if let Some(task_id) = &delegation.task_id {
        task::moved_by_id(states, task_id, event, |task| task.follow(&delegation, event));
    }
}

impl Delegation {
    /// It with the task that its request turned out to belong to; `None` when that is nothing new.
    fn with_task_of(&self, event: &RecordedEvent) -> Option<Self> {
        let is_new = self.task_id.is_none() && event.belonging.about.task.is_some();
        if !is_new || self.requested_event_id != Some(event.id()) {
            return None;
        }
        let mut delegation = self.clone();
        delegation.task_id = event.belonging.about.task.clone();
        delegation.note(event);
        Some(delegation)
    }

    fn note(&mut self, event: &RecordedEvent) {
        self.version += 1;
        self.position = self.position.max(event.position);
    }

    fn completed_event_id(&self) -> Option<EventId> {
        self.ended_event_id.filter(|_| self.state == WorkState::Completed)
    }
}

impl CrossServiceTask {
    fn follow(&mut self, delegation: &Delegation, event: &RecordedEvent) -> bool {
        let Some(work) = self.work_for(delegation) else { return self.does_not_fit(event) };
        let before = work.clone();
        work.follow(delegation);
        if *work == before {
            return false;
        }
        self.settle();
        true
    }

    /// The work that a delegation is about. `None` when the task has no such service, or another delegation has it.
    fn work_for(&mut self, delegation: &Delegation) -> Option<&mut ServiceWork> {
        let is_known = self.services.iter().any(|work| work.service == delegation.service);
        if !is_known && self.created_event_id.is_none() {
            self.services.push(ServiceWork::found(delegation));
        }
        let work = self.services.iter_mut().find(|work| work.service == delegation.service)?;
        let is_free = match work.state {
            WorkState::Waiting | WorkState::Ready => true,
            WorkState::Failed => delegation.began > self.position,
            WorkState::Delegated | WorkState::Completed => false,
        };
        (is_free || work.delegation_id.as_ref() == Some(&delegation.delegation_id)).then_some(work)
    }
}

impl ServiceWork {
    /// The work of a service of which only the delegation was seen.
    fn found(delegation: &Delegation) -> Self {
        Self {
            service: delegation.service.clone(),
            state: WorkState::Ready,
            agent: None,
            depends_on: Vec::new(),
            task_description: delegation.task_description.clone(),
            delegation_id: None,
            artifacts: None,
            summary: None,
            completed_event_id: None,
        }
    }

    fn follow(&mut self, delegation: &Delegation) {
        self.state = delegation.state;
        self.agent = Some(delegation.to_agent.clone());
        self.delegation_id = Some(delegation.delegation_id.clone());
        self.artifacts = delegation.artifacts.clone();
        self.summary = delegation.summary.clone();
        self.completed_event_id = delegation.completed_event_id();
    }
}
