//! How each event moves the state of its workflow. Never fails: an event that does not fit is counted as an anomaly and the
//! state keeps what it can.

mod open;

use super::phase::{phase_after, rank};
use super::{AgentInvolved, AgentKind, HISTORY_LIMIT, HandoffRecord, PHASES, PhaseRecord, Workflow, WorkflowStatus};
use crate::evolve::kind_of;
use crate::members::Members;
use crate::state::States;
use crate::{RecordedEvent, WorkflowId};

/// Moves the workflow that an event belongs to.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent) {
    if let Some(id) = event.workflow_id() {
        states.change(id.as_str(), |state| Some(evolve(state, id, event)));
    }
}

/// The state after one more event.
#[must_use]
pub fn evolve(state: Option<Workflow>, workflow_id: &WorkflowId, event: &RecordedEvent) -> Workflow {
    let at = event.envelope.timestamp;
    let mut workflow = state.unwrap_or_else(|| Workflow::new(workflow_id.clone(), at, event.recorded_at));
    workflow.version += 1;
    workflow.updated_at = workflow.updated_at.max(event.recorded_at);
    workflow.position = workflow.position.max(event.position);
    if !workflow.started {
        workflow.started_at = workflow.started_at.min(at);
    }
    involve(&mut workflow, event);
    apply(&mut workflow, event);
    open::follow(&mut workflow, event);
    workflow
}

fn apply(workflow: &mut Workflow, event: &RecordedEvent) {
    match event.envelope.event_type.as_str() {
        "bmad.workflow.started" => started(workflow, event),
        "bmad.workflow.phase.completed" => phase_completed(workflow, event, false),
        "bmad.workflow.phase.skipped" => phase_completed(workflow, event, true),
        "bmad.workflow.handoff.requested" | "agent.handoff.requested" => handoff_requested(workflow, event),
        "agent.handoff.accepted" => handoff_accepted(workflow, event),
        "bmad.workflow.completed" => ended(workflow, event, WorkflowStatus::Completed),
        "bmad.workflow.failed" => ended(workflow, event, WorkflowStatus::Failed),
        "bmad.workflow.cancelled" => ended(workflow, event, WorkflowStatus::Cancelled),
        other if kind_of(other) == "session.recovery.started" => taken_over(workflow, event),
        _ => {}
    }
}

fn started(workflow: &mut Workflow, event: &RecordedEvent) {
    moved(workflow, event);
    if workflow.started {
        workflow.anomalies += 1;
        return;
    }
    let said = Members::of(&event.envelope.payload);
    workflow.started = true;
    workflow.started_event_id = Some(event.id());
    workflow.started_at = event.envelope.timestamp;
    workflow.project_name = said.name("project_name").or(workflow.project_name.take());
    workflow.metadata = said.read("metadata").unwrap_or_default();
    workflow.owner = said.name("owner");
    workflow.description = said.text("description");
    workflow.current_agent = workflow.current_agent.take().or_else(|| agent_of(event));
    let phase = said.name("phase").unwrap_or_else(|| PHASES[0].to_owned());
    phase_entry(workflow, &phase).started_at.get_or_insert(event.envelope.timestamp);
    workflow.current_phase.get_or_insert(phase);
}

fn phase_completed(workflow: &mut Workflow, event: &RecordedEvent, skipped: bool) {
    moved(workflow, event);
    let said = Members::of(&event.envelope.payload);
    let Some(phase) = said.name("phase") else {
        workflow.anomalies += 1;
        return;
    };
    let entry = phase_entry(workflow, &phase);
    let repeated = entry.completed_at.is_some();
    if repeated {
        workflow.anomalies += 1;
        return;
    }
    entry.completed_at = Some(event.envelope.timestamp);
    entry.skipped = skipped;
    entry.event_id = Some(event.id());
    workflow.phase_event_id = Some(event.id());
    workflow.project_name = workflow.project_name.take().or_else(|| said.name("project_name"));
    let next = said.name("next_phase").or_else(|| phase_after(&phase).map(str::to_owned));
    workflow.current_phase = Some(furthest(workflow.current_phase.take(), next.unwrap_or(phase)));
}

fn handoff_requested(workflow: &mut Workflow, event: &RecordedEvent) {
    moved(workflow, event);
    let said = Members::of(&event.envelope.payload);
    let at = event.envelope.timestamp;
    if let Some(phase) = workflow.current_phase.clone() {
        phase_entry(workflow, &phase).started_at.get_or_insert(at);
    }
    let from = said.name("from_agent").or_else(|| agent_of(event));
    push(&mut workflow.agent_handoffs, HandoffRecord { from, to: said.name("to_agent"), at, event_id: event.id() });
}

fn handoff_accepted(workflow: &mut Workflow, event: &RecordedEvent) {
    moved(workflow, event);
    workflow.current_agent = agent_of(event).or(workflow.current_agent.take());
}

/// Another agent goes on with the work. That is no step of the workflow.
fn taken_over(workflow: &mut Workflow, event: &RecordedEvent) {
    workflow.current_agent = agent_of(event).or(workflow.current_agent.take());
}

fn ended(workflow: &mut Workflow, event: &RecordedEvent, status: WorkflowStatus) {
    let first_end = workflow.status == WorkflowStatus::Running;
    moved(workflow, event);
    if !first_end {
        return;
    }
    let at = event.envelope.timestamp;
    workflow.status = status;
    workflow.completed_at = Some(at);
    let said = Members::of(&event.envelope.payload);
    workflow.reason = said.text("failure_reason").or_else(|| said.text("reason"));
    if status == WorkflowStatus::Completed
        && let Some(phase) = workflow.current_phase.clone()
    {
        phase_entry(workflow, &phase).completed_at.get_or_insert(at);
    }
}

/// Notes an event that moves the workflow. Whatever moves it after its end is an anomaly.
fn moved(workflow: &mut Workflow, event: &RecordedEvent) {
    if workflow.status != WorkflowStatus::Running {
        workflow.anomalies += 1;
    }
    push(&mut workflow.correlation_ids, event.id());
    moved_last(workflow, event);
}

/// An event that comes to belong to the workflow later than newer ones did moved it before them.
fn moved_last(workflow: &mut Workflow, event: &RecordedEvent) {
    if event.position == workflow.position {
        workflow.moved_event_id = Some(event.id());
    }
}

fn involve(workflow: &mut Workflow, event: &RecordedEvent) {
    let Some(agent) = agent_of(event) else { return };
    let known = workflow.agents.iter().any(|known| known.agent == agent);
    if !known && workflow.agents.len() < HISTORY_LIMIT {
        let kind = agent_kind(&agent, event.envelope.event_type.as_str());
        workflow.agents.push(AgentInvolved { agent, kind });
    }
}

fn agent_kind(agent: &str, event_type: &str) -> AgentKind {
    // The name goes first: an event that names no agent is attributed to that of its cause, who may be of another kind.
    let by_name = [("bmad-", AgentKind::Bmad), ("letta-", AgentKind::Letta)].into_iter();
    let by_type = [("bmad.", AgentKind::Bmad), ("agent.letta.", AgentKind::Letta)].into_iter();
    let mut kinds = by_name
        .filter(|(prefix, _)| agent.starts_with(prefix))
        .chain(by_type.filter(|(prefix, _)| event_type.starts_with(prefix)));
    kinds.next().map_or(AgentKind::Other, |(_, kind)| kind)
}

/// Who acts. An event that names a type, and in its context one of the type's instances (`letta-python-dev` by `letta-python-dev-001`), comes
/// from that instance: the type is no further agent. BMAD's roles keep their names, since their instances are called otherwise.
fn agent_of(event: &RecordedEvent) -> Option<String> {
    let agent = event.agent()?.as_str();
    let context = event.envelope.agent_context.as_ref();
    let instance = context.and_then(|context| Members::of(context).name("instance_id"));
    let is_of_type = |instance: &String| instance.strip_prefix(agent).is_some_and(|number| number.starts_with('-'));
    Some(instance.filter(is_of_type).unwrap_or_else(|| agent.to_owned()))
}

fn phase_entry<'a>(workflow: &'a mut Workflow, phase: &str) -> &'a mut PhaseRecord {
    let history = &mut workflow.phase_history;
    let index = history.iter().position(|record| record.phase == phase).unwrap_or_else(|| {
        push(history, PhaseRecord::new(phase));
        history.len() - 1
    });
    &mut history[index]
}

/// The later of two phases: completions that arrive out of order never move a workflow back. A phase that is not BMAD's counts
/// as the later one.
fn furthest(current: Option<String>, next: String) -> String {
    match (current.as_deref().and_then(rank), rank(&next)) {
        (Some(now), Some(then)) if now > then => PHASES[now].to_owned(),
        _ => next,
    }
}

/// Adds to a history and drops its oldest entry past the limit.
fn push<T>(history: &mut Vec<T>, entry: T) {
    push_within(HISTORY_LIMIT, history, entry);
}

fn push_within<T>(limit: usize, history: &mut Vec<T>, entry: T) {
    if history.len() >= limit {
        history.remove(0);
    }
    history.push(entry);
}

#[cfg(test)]
mod tests;
