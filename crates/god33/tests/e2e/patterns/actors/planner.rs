//! BMAD: plans a workflow, hands the work over, and has it checked.

use god33_proto::v1::handoff_service_client::HandoffServiceClient;
use god33_proto::v1::workflow_service_client::WorkflowServiceClient;
use god33_proto::v1::{
    CompletePhaseRequest, CompleteWorkflowRequest, GetTimelineRequest, GetWorkflowRequest, ListHandoffsRequest,
    RecordValidationRequest, RequestHandoffRequest, RequestValidationRequest, StartWorkflowRequest,
    WorkflowHandoffRequested, WorkflowPhase, WorkflowValidationCompleted, WorkflowValidationRequested,
};
use god33_service::text::message_text;
use serde_json::Value;
use tonic::transport::Channel;

use crate::patterns::line::{Line, request_id};
use crate::patterns::world::World;

/// The planners of one workflow.
pub(in crate::patterns) struct Planner {
    line: Line,
    pub(in crate::patterns) workflow_id: String,
}

fn client(channel: Channel) -> WorkflowServiceClient<Channel> {
    WorkflowServiceClient::new(channel)
}

impl Planner {
    /// Begins to plan a workflow that is not started.
    pub(in crate::patterns) fn of(world: &World, workflow_id: &str) -> Self {
        Self { line: world.line(), workflow_id: workflow_id.to_owned() }
    }

    /// The analyst starts the workflow.
    pub(in crate::patterns) async fn starts(&self, project_name: &str) {
        let request = StartWorkflowRequest {
            request_id: request_id(),
            workflow_id: self.workflow_id.clone(),
            project_name: project_name.into(),
            from_agent: "bmad-analyst".into(),
            ..StartWorkflowRequest::default()
        };
        self.line.ask(request, async |channel, request| client(channel).start_workflow(request).await).await;
    }

    /// The analyst, the product manager and the architect do their phases.
    pub(in crate::patterns) async fn plans(&self) {
        self.completes(WorkflowPhase::Analysis, "bmad-analyst").await;
        self.completes(WorkflowPhase::Planning, "bmad-pm").await;
        self.completes(WorkflowPhase::Solutioning, "bmad-architect").await;
    }

    async fn completes(&self, phase: WorkflowPhase, agent: &str) {
        let request = CompletePhaseRequest {
            request_id: request_id(),
            workflow_id: self.workflow_id.clone(),
            phase: phase.into(),
            from_agent: agent.into(),
            ..CompletePhaseRequest::default()
        };
        self.line.ask(request, async |channel, request| client(channel).complete_phase(request).await).await;
    }

    /// The architect hands the implementation over. Gives back the handoff's id.
    pub(in crate::patterns) async fn hands_over(&self, handoff: WorkflowHandoffRequested) -> String {
        let handoff = WorkflowHandoffRequested {
            workflow_id: self.workflow_id.clone(),
            from_agent: "bmad-architect".into(),
            ..handoff
        };
        let request = RequestHandoffRequest {
            request_id: request_id(),
            handoff: Some(handoff),
            ..RequestHandoffRequest::default()
        };
        let answer = self.line.ask(request, async |channel, request| client(channel).request_handoff(request).await);
        answer.await.handoff.unwrap().handoff_id
    }

    /// The reviewer asks for a check of what an agent did.
    pub(in crate::patterns) async fn asks_for_check(&self, target_agent: &str) {
        let validation = WorkflowValidationRequested {
            workflow_id: self.workflow_id.clone(),
            from_agent: "bmad-code-reviewer".into(),
            target_agent: target_agent.into(),
            ..WorkflowValidationRequested::default()
        };
        let request = RequestValidationRequest {
            request_id: request_id(),
            validation: Some(validation),
            ..RequestValidationRequest::default()
        };
        self.line.ask(request, async |channel, request| client(channel).request_validation(request).await).await;
    }

    /// The reviewer is content.
    pub(in crate::patterns) async fn approves(&self) {
        let validation = WorkflowValidationCompleted {
            workflow_id: self.workflow_id.clone(),
            from_agent: "bmad-code-reviewer".into(),
            passed: Some(true),
            ..WorkflowValidationCompleted::default()
        };
        let request = RecordValidationRequest {
            request_id: request_id(),
            validation: Some(validation),
            ..RecordValidationRequest::default()
        };
        self.line.ask(request, async |channel, request| client(channel).record_validation(request).await).await;
    }

    /// The workflow is done.
    pub(in crate::patterns) async fn completes_workflow(&self) {
        let request = CompleteWorkflowRequest {
            request_id: request_id(),
            workflow_id: self.workflow_id.clone(),
            from_agent: "bmad-pm".into(),
            ..CompleteWorkflowRequest::default()
        };
        self.line.ask(request, async |channel, request| client(channel).complete_workflow(request).await).await;
    }

    /// The workflow as it is.
    pub(in crate::patterns) async fn workflow(&self) -> Value {
        let request = GetWorkflowRequest { workflow_id: self.workflow_id.clone(), ..GetWorkflowRequest::default() };
        let answer = self.line.ask(request, async |channel, request| client(channel).get_workflow(request).await);
        serde_json::from_str(&message_text(&answer.await.workflow.unwrap())).unwrap()
    }

    /// Its history: the ids of its events, in order.
    pub(in crate::patterns) async fn timeline(&self) -> Vec<String> {
        let request = GetTimelineRequest { workflow_id: self.workflow_id.clone(), ..GetTimelineRequest::default() };
        let answer = self.line.ask(request, async |channel, request| client(channel).get_timeline(request).await);
        answer.await.timeline.into_iter().map(|entry| entry.event_id).collect()
    }

    /// The work that was handed over in it, as it is.
    pub(in crate::patterns) async fn handoffs(&self) -> Vec<Value> {
        let request = ListHandoffsRequest { workflow_id: self.workflow_id.clone(), ..ListHandoffsRequest::default() };
        let asked = async |channel, request| HandoffServiceClient::new(channel).list_handoffs(request).await;
        let handoffs = self.line.ask(request, asked).await.handoffs;
        handoffs.iter().map(|handoff| serde_json::from_str(&message_text(handoff)).unwrap()).collect()
    }
}
