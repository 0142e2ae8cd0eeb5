//! Starting a workflow.

use serde::Serialize;

use super::Workflow;
use crate::limits::Limits;
use crate::{
    Envelope, EventId, EventType, InvalidEvent, InvalidJson, JsonText, NewEvent, Refusal, Timestamp, Violation,
    ViolationKind, WorkflowId,
};

/// Asks for a new workflow.
#[derive(Clone, Debug)]
pub struct StartWorkflow {
    /// Its id.
    pub workflow_id: WorkflowId,
    /// The id of the event that starts it.
    pub event_id: EventId,
    /// The project's name.
    pub project_name: String,
    /// Who owns it: the principal that asks.
    pub owner: String,
    /// The phase that it starts in; `None` for the first.
    pub phase: Option<String>,
    /// The agent that starts it, `bmad-analyst` for example.
    pub agent: Option<String>,
    /// What it is for, in a sentence.
    pub description: Option<String>,
    /// Whatever else is worth keeping, as a JSON object.
    pub metadata: JsonText,
    /// Who sends the event, as a JSON object in the envelope's shape.
    pub source: JsonText,
    /// The events that led to it.
    pub correlation_ids: Vec<EventId>,
    /// When it began, by the clock of who starts it; `None` for the server's time.
    pub timestamp: Option<Timestamp>,
    /// The agent behind the event: a JSON object in upstream's shape.
    pub agent_context: Option<JsonText>,
    /// The id that the chain of events shares.
    pub chain_id: Option<String>,
    /// W3C trace context of the request.
    pub traceparent: Option<String>,
}

#[derive(Serialize)]
struct Payload<'a> {
    workflow_id: &'a WorkflowId,
    project_name: &'a str,
    owner: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_agent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    metadata: &'a serde_json::value::RawValue,
}

impl StartWorkflow {
    pub(super) fn decide(&self, state: Option<&Workflow>, now: Timestamp) -> Result<Vec<NewEvent>, Refusal> {
        if state.is_some_and(|workflow| workflow.started) {
            return Err(Refusal::WorkflowExists(self.workflow_id.clone()));
        }
        let envelope = Envelope {
            event_id: self.event_id,
            event_type: EventType::from_trusted("bmad.workflow.started".into()),
            timestamp: self.timestamp.unwrap_or(now),
            version: "1.0.0".into(),
            source: self.source.clone(),
            correlation_ids: self.correlation_ids.clone(),
            causation_id: None,
            chain_id: self.chain_id.clone(),
            traceparent: self.traceparent.clone(),
            agent_context: self.agent_context.clone(),
            payload: self.payload()?,
            custom: false,
            extensions: None,
        };
        let event =
            NewEvent::from_client(envelope, self.timestamp.is_none(), &Limits::default()).map_err(Refusal::Invalid)?;
        Ok(vec![event])
    }

    fn payload(&self) -> Result<JsonText, Refusal> {
        let metadata = self.metadata.as_raw().map_err(|error| invalid_metadata(&error))?;
        let payload = Payload {
            workflow_id: &self.workflow_id,
            project_name: &self.project_name,
            owner: &self.owner,
            phase: self.phase.as_deref(),
            from_agent: self.agent.as_deref(),
            description: self.description.as_deref(),
            metadata,
        };
        JsonText::of(&payload).map_err(|error| invalid_metadata(&error))
    }
}

fn invalid_metadata(error: &InvalidJson) -> Refusal {
    let message = error.to_string();
    Refusal::Invalid(InvalidEvent(vec![Violation { field: "metadata".into(), kind: ViolationKind::Field, message }]))
}
