//! Tasks.

use crate::director::order::{ServiceSpec, mended};
use crate::director::{CrossServiceTask, ServiceWork, TaskState, WorkState};
use crate::handoff::{Priority, priority};
use crate::members::Members;
use crate::state::States;
use crate::{JsonText, Position, RecordedEvent, Timestamp};

/// Moves the task that an event is about, where `change` finds something to change. A task of which nothing was seen begins with it.
pub(super) fn moved(states: &mut States, event: &RecordedEvent, change: impl FnOnce(&mut CrossServiceTask) -> bool) {
    if let Some(id) = event.belonging.about.task.as_deref() {
        moved_by_id(states, id, event, change);
    }
}

/// The same with a task that the event itself may not name.
pub(super) fn moved_by_id(
    states: &mut States,
    id: &str,
    event: &RecordedEvent,
    change: impl FnOnce(&mut CrossServiceTask) -> bool,
) {
    let known = states.get::<CrossServiceTask>(id).cloned();
    let mut task = known.unwrap_or_else(|| CrossServiceTask::seen(id, event));
    if change(&mut task) {
        task.note(event);
        states.change(id, |_| Some(task));
    }
}

pub(super) fn created(states: &mut States, event: &RecordedEvent) {
    moved(states, event, |task| match task.created_event_id {
        None => task.describe(event),
        Some(first) if first == event.id() => task.learn_where(event),
        Some(_) => task.does_not_fit(event),
    });
}

/// The first one that is seen stands.
pub(super) fn standardization_requested(states: &mut States, event: &RecordedEvent) {
    moved(states, event, |task| {
        let is_first = task.standardization_event_id.is_none();
        task.standardization_event_id.get_or_insert(event.id());
        is_first
    });
}

pub(super) fn validation_requested(states: &mut States, event: &RecordedEvent) {
    moved(states, event, |task| {
        let is_late = event.position <= task.position && task.validation_requested_event_id.is_some();
        if is_late || !task.state.is_open() || !task.unfinished().is_empty() {
            return task.does_not_fit(event);
        }
        task.state = TaskState::Validating;
        task.validation_requested_event_id = Some(event.id());
        (task.validation, task.validation_event_id) = (None, None);
        true
    });
}

/// A task whose check failed is active again, and the services that do not follow the pattern can be delegated again.
pub(super) fn validated(states: &mut States, event: &RecordedEvent) {
    moved(states, event, |task| {
        if task.was_checked_since(event) || !task.state.is_open() {
            return task.does_not_fit(event);
        }
        let said = Members::of(&event.envelope.payload);
        task.validation = Some(event.envelope.payload.clone()).filter(JsonText::is_object);
        task.validation_event_id = Some(event.id());
        if said.read("passed") != Some(true) {
            task.state = TaskState::Active;
            task.reopen(&said);
        }
        true
    });
}

pub(super) fn ended(states: &mut States, event: &RecordedEvent, state: TaskState) {
    moved(states, event, |task| {
        if !task.state.is_open() {
            return task.does_not_fit(event);
        }
        let said = Members::of(&event.envelope.payload);
        let outcome = if state == TaskState::Completed { "success" } else { state.as_str() };
        task.state = state;
        task.outcome = said.text("outcome").or_else(|| Some(outcome.to_owned()));
        task.summary = ["summary", "failure_reason", "reason"].into_iter().find_map(|member| said.text(member));
        task.completed_at = Some(event.envelope.timestamp);
        true
    });
}

impl CrossServiceTask {
    /// A task of which nothing is known but that an event names it.
    fn seen(id: &str, event: &RecordedEvent) -> Self {
        Self {
            task_id: id.to_owned(),
            state: TaskState::Active,
            goal: None,
            services: Vec::new(),
            workflow_id: None,
            collaboration_id: None,
            from_agent: None,
            pattern_id: None,
            validation: None,
            outcome: None,
            summary: None,
            deadline: None,
            priority: Priority::default(),
            created_at: event.envelope.timestamp,
            completed_at: None,
            version: 0,
            position: Position::START,
            began: event.position,
            updated_at: event.recorded_at,
            created_event_id: None,
            standardization_event_id: None,
            pattern_event_id: None,
            validation_requested_event_id: None,
            validation_event_id: None,
            anomalies: 0,
        }
    }

    fn note(&mut self, event: &RecordedEvent) {
        self.version += 1;
        self.position = self.position.max(event.position);
        self.updated_at = self.updated_at.max(event.recorded_at);
    }

    /// Counts an event that came when the state did not allow it: once, though it may be seen again when it turns out to belong to more.
    pub(super) fn does_not_fit(&mut self, event: &RecordedEvent) -> bool {
        let is_news = event.position > self.position;
        self.anomalies += u64::from(is_news);
        is_news
    }

    /// Takes over what its creation says. Works that were given out before that stay as they are.
    fn describe(&mut self, event: &RecordedEvent) -> bool {
        let said = Members::of(&event.envelope.payload);
        let (specs, is_good) = mended(ServiceSpec::all_in(&said));
        let mut begun = std::mem::take(&mut self.services);
        for spec in specs {
            let known = begun.iter().position(|work| work.service == spec.service);
            let mut work = ServiceWork::new(spec);
            if let Some(known) = known.map(|place| begun.remove(place)) {
                work.take_over(known);
            }
            self.services.push(work);
        }
        self.services.extend(begun);
        self.settle();
        self.goal = said.text("goal");
        self.from_agent = said.name("from_agent").or_else(|| event.agent().map(ToString::to_string));
        self.deadline = said.text("deadline").and_then(|text| Timestamp::parse_lenient(&text).ok());
        self.priority = priority(&said);
        self.created_at = event.envelope.timestamp;
        self.created_event_id = Some(event.id());
        self.anomalies += u64::from(!is_good);
        self.learn_where(event);
        true
    }

    /// Learns where it belongs, which its creation may come to know late.
    fn learn_where(&mut self, event: &RecordedEvent) -> bool {
        let before = (self.workflow_id.clone(), self.collaboration_id.clone());
        self.workflow_id = before.0.clone().or_else(|| event.workflow_id().map(ToString::to_string));
        self.collaboration_id = before.1.clone().or_else(|| event.belonging.about.collaboration.clone());
        before != (self.workflow_id.clone(), self.collaboration_id.clone())
    }

    /// True when the outcome of a check is none of the check that runs: it is seen again, or turned out late to belong here.
    fn was_checked_since(&self, event: &RecordedEvent) -> bool {
        let is_of_this =
            self.validation_requested_event_id.is_none_or(|asked| event.envelope.parents().contains(&asked));
        event.position <= self.position && (self.validation_event_id.is_some() || !is_of_this)
    }

    /// Lets the services be delegated again in which a check found something wrong.
    fn reopen(&mut self, said: &Members<'_>) {
        let findings: Vec<JsonText> = said.read("findings").unwrap_or_default();
        for finding in findings.iter().map(Members::of).filter(|finding| finding.read("passed") == Some(false)) {
            let service = finding.name("service");
            let works = self.services.iter_mut().filter(|work| Some(&work.service) == service.as_ref());
            for work in works.filter(|work| work.state == WorkState::Completed) {
                let problems: Vec<String> = finding.read("problems").unwrap_or_default();
                work.state = WorkState::Failed;
                work.summary = Some(problems.join("; ")).filter(|text| !text.is_empty()).or(work.summary.take());
            }
        }
    }
}

impl ServiceWork {
    fn take_over(&mut self, known: Self) {
        self.state = known.state;
        self.agent = known.agent.or(self.agent.take());
        self.task_description = self.task_description.take().or(known.task_description);
        self.delegation_id = known.delegation_id;
        self.artifacts = known.artifacts;
        self.summary = known.summary;
        self.completed_event_id = known.completed_event_id;
    }
}
