//! Workflows, for clients.

use god33_domain::summary::summary;
use god33_domain::workflow::{AgentKind, HandoffRecord, PhaseRecord, WorkflowStatus};
use god33_domain::{RecordedEvent, Workflow};
use god33_proto::schema::{enum_value, enum_word};
use god33_proto::v1;
use prost_types::{ListValue, Struct, Value, value};

use super::path::Path;
use super::time;
use super::violations::Violations;

/// The state of a workflow.
pub(crate) fn to_proto(workflow: &Workflow) -> v1::Workflow {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    v1::Workflow {
        workflow_id: workflow.workflow_id.as_str().to_owned(),
        project_name: text(workflow.project_name.as_ref()),
        current_phase: phase_number(workflow.current_phase.as_deref().unwrap_or_default()),
        current_agent: text(workflow.current_agent.as_ref()),
        started_at: Some(time::to_proto(workflow.started_at)),
        updated_at: Some(time::to_proto(workflow.updated_at)),
        completed_at: workflow.completed_at.map(time::to_proto),
        status: status(workflow).into(),
        version: workflow.version,
        phase_history: workflow.phase_history.iter().map(phase_record).collect(),
        agent_handoffs: workflow.agent_handoffs.iter().map(handoff).collect(),
        correlation_ids: workflow.correlation_ids.iter().map(ToString::to_string).collect(),
        metadata: Some(metadata(workflow)),
        anomalies: workflow.anomalies,
        owner: text(workflow.owner.as_ref()),
        reason: text(workflow.reason.as_ref()),
        description: text(workflow.description.as_ref()),
        position: workflow.position.get(),
        event_count: workflow.version,
    }
}

/// A workflow runs until an event ends it; before its start was seen nobody knows.
const fn status(workflow: &Workflow) -> v1::WorkflowStatus {
    match workflow.status {
        WorkflowStatus::Running if !workflow.started => v1::WorkflowStatus::Unspecified,
        WorkflowStatus::Running => v1::WorkflowStatus::Active,
        WorkflowStatus::Completed => v1::WorkflowStatus::Completed,
        WorkflowStatus::Failed => v1::WorkflowStatus::Failed,
        WorkflowStatus::Cancelled => v1::WorkflowStatus::Cancelled,
    }
}

/// The number of a phase's word; 0 for one that the contract does not declare.
fn phase_number(word: &str) -> i32 {
    let phases = god33_proto::POOL.get_enum_by_name("god33.v1.WorkflowPhase");
    phases.and_then(|phases| enum_value(&phases, word)).map_or(0, |value| value.number())
}

/// Reads a phase as its word; `None` for the unspecified one, and for a number that is none, which is noted.
pub(crate) fn parse_phase(number: i32, at: &Path<'_>, found: &mut Violations) -> Option<String> {
    let phase = v1::WorkflowPhase::try_from(number);
    if phase.is_err() {
        let description = format!("has the number {number}, which WorkflowPhase does not declare");
        found.add(at, v1::ErrorReason::InvalidField, description);
    }
    phase.ok().and_then(phase_word)
}

fn phase_word(phase: v1::WorkflowPhase) -> Option<String> {
    let phases = god33_proto::POOL.get_enum_by_name("god33.v1.WorkflowPhase")?;
    let value = phases.get_value(phase.into())?;
    (phase != v1::WorkflowPhase::Unspecified).then(|| enum_word(&value))
}

fn phase_record(record: &PhaseRecord) -> v1::PhaseRecord {
    v1::PhaseRecord {
        phase: phase_number(&record.phase),
        started_at: record.started_at.map(time::to_proto),
        completed_at: record.completed_at.map(time::to_proto),
        skipped: record.skipped,
    }
}

fn handoff(record: &HandoffRecord) -> v1::AgentHandoff {
    v1::AgentHandoff {
        from: record.from.clone().unwrap_or_default(),
        to: record.to.clone().unwrap_or_default(),
        at: Some(time::to_proto(record.at)),
        event_id: record.event_id.to_string(),
    }
}

fn metadata(workflow: &Workflow) -> v1::WorkflowMetadata {
    let count = |kind| u32::try_from(workflow.agents_of(kind)).unwrap_or(u32::MAX);
    v1::WorkflowMetadata {
        total_agents_involved: u32::try_from(workflow.agents.len()).unwrap_or(u32::MAX),
        bmad_agents: count(AgentKind::Bmad),
        letta_agents: count(AgentKind::Letta),
        other_agents: count(AgentKind::Other),
        agents: workflow.agents.iter().map(|involved| involved.agent.clone()).collect(),
        custom: (!workflow.metadata.is_empty()).then(|| open_object(&workflow.metadata)),
    }
}

fn open_object(object: &serde_json::Map<String, serde_json::Value>) -> Struct {
    Struct { fields: object.iter().map(|(name, value)| (name.clone(), open_value(value))).collect() }
}

fn open_value(json: &serde_json::Value) -> Value {
    let kind = match json {
        serde_json::Value::Null => value::Kind::NullValue(0),
        serde_json::Value::Bool(truth) => value::Kind::BoolValue(*truth),
        serde_json::Value::Number(number) => value::Kind::NumberValue(number.as_f64().unwrap_or_default()),
        serde_json::Value::String(text) => value::Kind::StringValue(text.clone()),
        serde_json::Value::Array(items) => {
            value::Kind::ListValue(ListValue { values: items.iter().map(open_value).collect() })
        }
        serde_json::Value::Object(object) => value::Kind::StructValue(open_object(object)),
    };
    Value { kind: Some(kind) }
}

/// A line of a workflow's history.
pub(crate) fn timeline_entry(event: &RecordedEvent) -> v1::TimelineEntry {
    v1::TimelineEntry {
        timestamp: Some(time::to_proto(event.envelope.timestamp)),
        event_type: event.envelope.event_type.as_str().to_owned(),
        event_id: event.id().to_string(),
        agent: event.agent().map(|agent| agent.as_str().to_owned()).unwrap_or_default(),
        summary: summary(event),
        position: event.position.get(),
        recorded_at: Some(time::to_proto(event.recorded_at)),
    }
}
