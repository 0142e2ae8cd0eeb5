use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{
    Artifact, CancelWorkflowRequest, CompletePhaseRequest, CompleteWorkflowRequest, FailWorkflowRequest,
    GetEventRequest, HandoffState, Priority, RecordValidationRequest, RequestHandoffRequest, RequestValidationRequest,
    SkipPhaseRequest, WorkflowHandoffRequested, WorkflowPhase, WorkflowStatus, WorkflowValidationCompleted,
    WorkflowValidationRequested,
};
use tonic::{Code, Status};

use crate::build::*;
use crate::common::TestServer;
use crate::workflows::start;

/// A server, a client of its log and one of its workflows, and a workflow that was started.
async fn planning() -> (TestServer, Events, Workflows, String) {
    let (server, events) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let workflow = start(&mut workflows, "user-authentication").await.workflow.unwrap();
    (server, events, workflows, workflow.workflow_id)
}

fn complete(workflow_id: &str, phase: WorkflowPhase) -> CompletePhaseRequest {
    CompletePhaseRequest { workflow_id: workflow_id.into(), phase: phase.into(), ..CompletePhaseRequest::default() }
}

fn hand_over(workflow_id: &str, to_agent: &str) -> RequestHandoffRequest {
    let handoff = WorkflowHandoffRequested {
        workflow_id: workflow_id.into(),
        from_agent: "bmad-architect".into(),
        to_agent: to_agent.into(),
        task_type: "implement_feature".into(),
        priority: Priority::High.into(),
        ..WorkflowHandoffRequested::default()
    };
    RequestHandoffRequest { handoff: Some(handoff), ..RequestHandoffRequest::default() }
}

/// Type, causes and typed payload of an event.
async fn read(events: &mut Events, id: &str) -> (String, Vec<String>, Kind) {
    let request = GetEventRequest { event_id: id.into(), ..GetEventRequest::default() };
    let envelope = events.get_event(request).await.unwrap().into_inner().event.unwrap().envelope.unwrap();
    (envelope.event_type, envelope.correlation_ids, envelope.payload.unwrap().kind.unwrap())
}

#[tokio::test]
async fn a_planner_moves_a_workflow_from_phase_to_phase() {
    let (_server, mut events, mut workflows, id) = planning().await;
    let artifact = Artifact { path: "docs/brief.md".into(), ..Artifact::default() };
    let request = CompletePhaseRequest {
        artifacts: vec![artifact],
        summary: "The need is clear".into(),
        from_agent: "bmad-analyst".into(),
        expected_version: Some(1),
        ..complete(&id, WorkflowPhase::Analysis)
    };
    let analysis = workflows.complete_phase(request).await.unwrap().into_inner();
    let workflow = analysis.workflow.unwrap();
    assert_eq!((workflow.current_phase(), workflow.version), (WorkflowPhase::Planning, 2));
    assert_eq!(analysis.position, 2);
    let skip = SkipPhaseRequest {
        workflow_id: id.clone(),
        phase: WorkflowPhase::Planning.into(),
        reason: "a patch".into(),
        ..SkipPhaseRequest::default()
    };
    let planning = workflows.skip_phase(skip).await.unwrap().into_inner();
    assert!(planning.workflow.unwrap().phase_history[1].skipped);
    let solutioning = workflows.complete_phase(complete(&id, WorkflowPhase::Solutioning)).await.unwrap().into_inner();
    let (event_type, causes, payload) = read(&mut events, &solutioning.event_ids[0]).await;
    assert_eq!(event_type, "bmad.workflow.phase.completed");
    assert_eq!(causes, [analysis.event_ids[0].clone(), planning.event_ids[0].clone()]);
    let Kind::WorkflowPhaseCompleted(said) = payload else { panic!("untyped: {payload:?}") };
    assert_eq!((said.phase(), said.next_phase()), (WorkflowPhase::Solutioning, WorkflowPhase::Implementation));
    let (.., payload) = read(&mut events, &analysis.event_ids[0]).await;
    let Kind::WorkflowPhaseCompleted(said) = payload else { panic!("untyped: {payload:?}") };
    assert_eq!((said.artifacts[0].path.as_str(), said.summary.as_str()), ("docs/brief.md", "The need is clear"));
}

#[tokio::test]
async fn work_is_handed_over_checked_and_the_workflow_completed() {
    let (_server, mut events, mut workflows, id) = planning().await;
    let analysis = workflows.complete_phase(complete(&id, WorkflowPhase::Analysis)).await.unwrap().into_inner();
    let handed = workflows.request_handoff(hand_over(&id, "letta-python-dev")).await.unwrap().into_inner();
    let handoff = handed.handoff.unwrap();
    assert_eq!((handoff.state(), handoff.priority()), (HandoffState::Offered, Priority::High));
    assert_eq!((handoff.workflow_id.as_str(), handoff.to_agent.as_str()), (id.as_str(), "letta-python-dev"));
    assert_eq!(handed.workflow.unwrap().agent_handoffs.len(), 1);
    let (_, causes, _) = read(&mut events, &handed.event_ids[0]).await;
    assert_eq!(causes, analysis.event_ids);

    let open = CompleteWorkflowRequest { workflow_id: id.clone(), ..CompleteWorkflowRequest::default() };
    let refused = workflows.complete_workflow(open.clone()).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "OPEN_HANDOFFS"));
    assert_eq!(detail(&refused, "handoff_ids"), handoff.handoff_id);

    let done = format!(r#"{{"handoff_id":"{}","agent_instance_id":"letta-python-dev-001"}}"#, handoff.handoff_id);
    let done = event("agent.letta.task.completed", &done);
    record(&mut events, [done.clone()]).await;
    let check = WorkflowValidationRequested {
        workflow_id: id.clone(),
        target_agent: "letta-python-dev".into(),
        ..WorkflowValidationRequested::default()
    };
    // The causes of the completion are not known, so it belongs to no workflow: nothing is named as the cause of the check.
    let request = RequestValidationRequest { validation: Some(check), ..RequestValidationRequest::default() };
    let check = workflows.request_validation(request).await.unwrap().into_inner();
    let outcome = WorkflowValidationCompleted { workflow_id: id.clone(), passed: Some(true), ..Default::default() };
    let request = RecordValidationRequest { validation: Some(outcome), ..RecordValidationRequest::default() };
    let checked = workflows.record_validation(request).await.unwrap().into_inner();
    let (event_type, causes, _) = read(&mut events, &checked.event_ids[0]).await;
    assert_eq!((event_type.as_str(), causes), ("bmad.workflow.validation.completed", check.event_ids));

    let completed = workflows.complete_workflow(open).await.unwrap().into_inner();
    assert_eq!(completed.workflow.unwrap().status(), WorkflowStatus::Completed);
    let (_, causes, _) = read(&mut events, &completed.event_ids[0]).await;
    assert_eq!(causes, checked.event_ids);
}

#[tokio::test]
async fn what_is_open_ends_with_the_workflow() {
    let (_server, mut events, mut workflows, id) = planning().await;
    let handed = workflows.request_handoff(hand_over(&id, "letta-python-dev")).await.unwrap().into_inner();
    let cancel =
        CancelWorkflowRequest { workflow_id: id.clone(), reason: "no need".into(), ..CancelWorkflowRequest::default() };
    let cancelled = workflows.cancel_workflow(cancel).await.unwrap().into_inner();
    let workflow = cancelled.workflow.unwrap();
    assert_eq!((workflow.status(), workflow.reason.as_str()), (WorkflowStatus::Cancelled, "no need"));
    let (event_type, causes, payload) = read(&mut events, &cancelled.event_ids[1]).await;
    assert_eq!((event_type.as_str(), &causes[..]), ("agent.handoff.cancelled", &cancelled.event_ids[..1]));
    let Kind::HandoffCancelled(said) = payload else { panic!("untyped: {payload:?}") };
    assert_eq!((said.handoff_id, said.cancelled_by.as_str()), (handed.handoff.unwrap().handoff_id, "anonymous"));

    let fail = FailWorkflowRequest { workflow_id: id, failure_reason: "late".into(), ..FailWorkflowRequest::default() };
    let refused = workflows.fail_workflow(fail).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "WRONG_STATE"));
    assert_eq!((detail(&refused, "state").as_str(), detail(&refused, "allowed").as_str()), ("cancelled", "active"));
}

/// Code and reason of a refusal.
fn told<T>(answer: Result<T, Status>) -> (Code, String) {
    let refused = answer.map(drop).unwrap_err();
    (refused.code(), reason(&refused))
}

#[tokio::test]
async fn a_move_that_cannot_be_is_refused_with_its_reason() {
    let (_server, mut events, mut workflows, id) = planning().await;
    let before = head(&mut events).await;
    let unknown = complete(&crate::build::id(), WorkflowPhase::Analysis);
    let told_of = |code, reason: &str| (code, reason.to_owned());
    assert_eq!(told(workflows.complete_phase(unknown).await), told_of(Code::NotFound, "WORKFLOW_NOT_FOUND"));
    let refused = workflows.complete_phase(complete(&id, WorkflowPhase::Planning)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "PHASE_OUT_OF_ORDER"));
    assert_eq!(detail(&refused, "current_phase"), "analysis");
    let stale = CompletePhaseRequest { expected_version: Some(7), ..complete(&id, WorkflowPhase::Analysis) };
    let refused = workflows.complete_phase(stale).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::Aborted, "VERSION_CONFLICT"));
    assert_eq!((detail(&refused, "expected").as_str(), detail(&refused, "actual").as_str()), ("7", "1"));
    assert_eq!(head(&mut events).await, before);
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_move_is_named() {
    let (_server, mut events, mut workflows, id) = planning().await;
    let before = head(&mut events).await;
    let bad = CompletePhaseRequest {
        workflow_id: "w".into(),
        from_agent: "\u{0}".into(),
        artifacts: vec![Artifact::default()],
        ..CompletePhaseRequest::default()
    };
    let refused = workflows.complete_phase(bad).await.unwrap_err();
    let mut named: Vec<String> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    named.sort();
    assert_eq!(named, ["artifacts[0].path", "from_agent", "phase", "workflow_id"]);
    let skip = SkipPhaseRequest { workflow_id: id.clone(), ..SkipPhaseRequest::default() };
    is_refused(&workflows.skip_phase(skip).await.unwrap_err(), Code::InvalidArgument, "INVALID_FIELD", "phase");
    let none = workflows.request_handoff(RequestHandoffRequest::default()).await.unwrap_err();
    is_refused(&none, Code::InvalidArgument, "INVALID_FIELD", "handoff");
    let nobody = workflows.request_handoff(hand_over(&id, "")).await.unwrap_err();
    is_refused(&nobody, Code::InvalidArgument, "INVALID_FIELD", "handoff.to_agent");
    let empty = Some(WorkflowValidationCompleted::default());
    let empty = RecordValidationRequest { validation: empty, ..RecordValidationRequest::default() };
    let empty = workflows.record_validation(empty).await.unwrap_err();
    let mut named: Vec<String> = fields(&empty).into_iter().map(|(field, _)| field).collect();
    named.sort();
    assert_eq!(named, ["validation.passed", "validation.workflow_id"]);
    let no_reason = FailWorkflowRequest { workflow_id: id, ..FailWorkflowRequest::default() };
    let refused = workflows.fail_workflow(no_reason).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "failure_reason");
    assert_eq!(head(&mut events).await, before);
}

#[tokio::test]
async fn a_repeated_move_gets_the_first_answer() {
    let (_server, mut events, mut workflows, id) = planning().await;
    let request = CompletePhaseRequest { request_id: crate::build::id(), ..complete(&id, WorkflowPhase::Analysis) };
    let first = workflows.complete_phase(request.clone()).await.unwrap().into_inner();
    workflows.complete_phase(complete(&id, WorkflowPhase::Planning)).await.unwrap();
    assert_eq!(workflows.complete_phase(request).await.unwrap().into_inner(), first);
    assert_eq!(head(&mut events).await, 3);
}
