//! What is open in a workflow, and what came of it: what commands need to name causes, and to know whether it may end.

use super::{moved_last, push, push_within};
use crate::RecordedEvent;
use crate::evolve::kind_of;
use crate::members::Members;
use crate::workflow::validation::{Subject, ended_by};
use crate::workflow::{AwaitedValidation, OPEN_LIMIT, Outcome, Workflow};

pub(super) fn follow(workflow: &mut Workflow, event: &RecordedEvent) {
    match kind_of(event.envelope.event_type.as_str()) {
        "bmad.workflow.handoff.requested"
        | "agent.handoff.requested"
        | "director.service.delegation.requested"
        | "agent.registry.task.assigned" => opened(&mut workflow.open_handoffs, event.belonging.about.handoff.as_ref()),
        "agent.handoff.cancelled" | "agent.handoff.expired" => handoff_ended(workflow, event),
        "agent.handoff.completed" | "task.completed" => done(workflow, event),
        "agent.feedback.requested" => opened(&mut workflow.open_questions, event.belonging.about.question.as_ref()),
        "agent.feedback.response" | "agent.feedback.cancelled" | "agent.feedback.expired" => {
            closed(&mut workflow.open_questions, event.belonging.about.question.as_deref());
        }
        "bmad.workflow.validation.requested" => validation_requested(workflow, event),
        "bmad.workflow.validation.completed" => validation_completed(workflow, event),
        _ => {}
    }
}

fn opened(open: &mut Vec<String>, id: Option<&String>) {
    if let Some(id) = id.filter(|id| !open.contains(id)) {
        push_within(OPEN_LIMIT, open, id.clone());
    }
}

fn closed(open: &mut Vec<String>, id: Option<&str>) {
    open.retain(|known| Some(known.as_str()) != id);
}

/// Only what is sure to end a handoff counts: one that declined or failed may be offered again, and its own state says how it stands.
fn handoff_ended(workflow: &mut Workflow, event: &RecordedEvent) {
    closed(&mut workflow.open_handoffs, event.belonging.about.handoff.as_deref());
}

fn done(workflow: &mut Workflow, event: &RecordedEvent) {
    handoff_ended(workflow, event);
    moved_last(workflow, event);
    let outcome = Outcome {
        event_id: event.id(),
        task_id: Members::of(&event.envelope.payload).name("task_id"),
        handoff_id: event.belonging.about.handoff.clone(),
        agent: event.agent().map(|agent| agent.as_str().to_owned()),
    };
    push(&mut workflow.outcomes, outcome);
}

fn validation_requested(workflow: &mut Workflow, event: &RecordedEvent) {
    moved_last(workflow, event);
    let said = Members::of(&event.envelope.payload);
    let (task_id, target_agent) = (said.name("task_id"), said.name("target_agent"));
    push(&mut workflow.open_validations, AwaitedValidation { event_id: event.id(), task_id, target_agent });
}

fn validation_completed(workflow: &mut Workflow, event: &RecordedEvent) {
    moved_last(workflow, event);
    let said = Members::of(&event.envelope.payload);
    let (task_id, target_agent) = (said.name("task_id"), said.name("target_agent"));
    let subject = Subject { task_id: task_id.as_deref(), target_agent: target_agent.as_deref() };
    if let Some(index) = ended_by(workflow, event, &subject) {
        workflow.open_validations.remove(index);
    }
}
