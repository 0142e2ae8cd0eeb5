//! A planner: it leads a workflow through its phases, hands work out and has it checked.

use god33_proto::v1::handoff_service_client::HandoffServiceClient;
use god33_proto::v1::workflow_service_client::WorkflowServiceClient;
use god33_proto::v1::{
    CompletePhaseRequest, CompleteWorkflowRequest, HandoffState, HandoffTargetKind, Priority, RecordValidationRequest,
    RequestHandoffRequest, RequestValidationRequest, StartWorkflowRequest, WatchHandoffRequest,
    WorkflowHandoffRequested, WorkflowPhase, WorkflowValidationCompleted, WorkflowValidationRequested,
};
use uuid::Uuid;

use crate::nodes::Nodes;

/// The planner of one workflow.
pub(crate) struct Planner {
    nodes: Nodes,
    pub(crate) workflow_id: String,
}

/// Work that is handed out.
pub(crate) struct Order {
    pub(crate) to_agent: String,
    pub(crate) priority: Priority,
    pub(crate) fairness_key: String,
    pub(crate) lease_seconds: f64,
}

impl Planner {
    /// Starts a workflow.
    pub(crate) async fn start(nodes: Nodes, project_name: &str) -> Self {
        let workflow_id = Uuid::new_v4().to_string();
        let request = StartWorkflowRequest {
            request_id: Uuid::new_v4().to_string(),
            project_name: project_name.to_owned(),
            workflow_id: workflow_id.clone(),
            from_agent: "bmad-analyst".into(),
            ..StartWorkflowRequest::default()
        };
        let started = nodes.ask(|node| {
            let request = request.clone();
            async move { WorkflowServiceClient::new(node).start_workflow(request).await }
        });
        started.await.expect("a workflow starts");
        Self { nodes, workflow_id }
    }

    /// Completes the current phase.
    pub(crate) async fn complete(&self, phase: WorkflowPhase) {
        let request = CompletePhaseRequest {
            request_id: Uuid::new_v4().to_string(),
            workflow_id: self.workflow_id.clone(),
            phase: phase.into(),
            from_agent: "bmad-architect".into(),
            ..CompletePhaseRequest::default()
        };
        let completed = self.nodes.ask(|node| {
            let request = request.clone();
            async move { WorkflowServiceClient::new(node).complete_phase(request).await }
        });
        completed.await.expect("the phase is completed");
    }

    /// Hands work out. Gives back its id.
    pub(crate) async fn hand_out(&self, order: &Order) -> String {
        let handoff_id = Uuid::new_v4().to_string();
        let request = RequestHandoffRequest {
            request_id: Uuid::new_v4().to_string(),
            handoff: Some(WorkflowHandoffRequested {
                workflow_id: self.workflow_id.clone(),
                handoff_id: handoff_id.clone(),
                from_agent: "bmad-architect".into(),
                to_agent: order.to_agent.clone(),
                to_kind: HandoffTargetKind::Type.into(),
                task_type: "implement_feature".into(),
                priority: order.priority.into(),
                fairness_key: order.fairness_key.clone(),
                lease_seconds: Some(order.lease_seconds),
                // However often agents die: what is lost is to be offered again.
                max_attempts: Some(1_000),
                ..WorkflowHandoffRequested::default()
            }),
            ..RequestHandoffRequest::default()
        };
        let requested = self.nodes.ask(|node| {
            let request = request.clone();
            async move { WorkflowServiceClient::new(node).request_handoff(request).await }
        });
        requested.await.expect("work is handed out");
        handoff_id
    }

    /// Waits until work is done.
    pub(crate) async fn wait_for(&self, handoff_id: &str) {
        let request = WatchHandoffRequest { handoff_id: handoff_id.to_owned(), ..WatchHandoffRequest::default() };
        let watched = self.nodes.ask(|node| {
            let request = request.clone();
            async move { HandoffServiceClient::new(node).watch_handoff(request).await }
        });
        let mut changes = watched.await.expect("the work is watched");
        while let Some(change) = changes.message().await.expect("the watch goes on") {
            if change.handoff.is_some_and(|handoff| handoff.state() == HandoffState::Completed) {
                return;
            }
        }
        panic!("the watch ended before the work");
    }

    /// Has the work of a type of agent checked, and finds it good.
    pub(crate) async fn check(&self, target_agent: &str) {
        let request = RequestValidationRequest {
            request_id: Uuid::new_v4().to_string(),
            validation: Some(WorkflowValidationRequested {
                workflow_id: self.workflow_id.clone(),
                from_agent: "bmad-code-reviewer".into(),
                target_agent: target_agent.to_owned(),
                ..WorkflowValidationRequested::default()
            }),
            ..RequestValidationRequest::default()
        };
        let requested = self.nodes.ask(|node| {
            let request = request.clone();
            async move { WorkflowServiceClient::new(node).request_validation(request).await }
        });
        requested.await.expect("a check is asked for");
        let request = RecordValidationRequest {
            request_id: Uuid::new_v4().to_string(),
            validation: Some(WorkflowValidationCompleted {
                workflow_id: self.workflow_id.clone(),
                from_agent: "bmad-code-reviewer".into(),
                target_agent: target_agent.to_owned(),
                passed: Some(true),
                ..WorkflowValidationCompleted::default()
            }),
            ..RecordValidationRequest::default()
        };
        let recorded = self.nodes.ask(|node| {
            let request = request.clone();
            async move { WorkflowServiceClient::new(node).record_validation(request).await }
        });
        recorded.await.expect("the check is recorded");
    }

    /// Ends the workflow with success.
    pub(crate) async fn finish(&self) {
        let request = CompleteWorkflowRequest {
            request_id: Uuid::new_v4().to_string(),
            workflow_id: self.workflow_id.clone(),
            from_agent: "bmad-pm".into(),
            ..CompleteWorkflowRequest::default()
        };
        let completed = self.nodes.ask(|node| {
            let request = request.clone();
            async move { WorkflowServiceClient::new(node).complete_workflow(request).await }
        });
        completed.await.expect("the workflow is completed");
    }
}
