//! Ids that clients choose: a UUID is the same in either case, and so is what it names.

use god33_proto::v1::director_service_client::DirectorServiceClient;
use god33_proto::v1::*;

use crate::build::*;
use crate::team::*;

#[tokio::test]
async fn a_handoff_is_found_under_its_id_in_either_case() {
    let (server, mut events, mut handoffs) = team().await;
    let (upper, agent) = (id().to_uppercase(), session(&mut events, "letta-python-dev", "one", 60.0).await);
    let asked = HandoffRequested { handoff_id: upper.clone(), ..to_type("letta-python-dev") };
    let offered = offer(&mut handoffs, asked.clone()).await;
    assert_eq!(offered.handoff_id, upper.to_lowercase());
    let again = HandoffRequested { handoff_id: upper.to_lowercase(), ..asked };
    let before = head(&mut events).await;
    assert_eq!(offer(&mut handoffs, again).await, offered, "the same was asked for before");
    assert_eq!(head(&mut events).await, before);
    let request = GetHandoffRequest { handoff_id: upper.clone(), min_position: 0 };
    assert_eq!(handoffs.get_handoff(request).await.unwrap().into_inner().handoff.unwrap(), offered);
    assert_eq!(taken(&mut handoffs, &upper, &agent).await.state(), HandoffState::Accepted);
    server.stop().await;
}

#[tokio::test]
async fn a_workflow_is_the_same_in_the_requests_that_name_it_in_either_case() {
    let (server, events) = world().await;
    let mut workflows = Workflows::new(server.channel().await);
    let mut sessions = Sessions::new(server.channel().await);
    let upper = id().to_uppercase();
    let start = StartWorkflowRequest { project_name: "p".into(), workflow_id: upper.clone(), ..Default::default() };
    let workflow = workflows.start_workflow(start).await.unwrap().into_inner().workflow.unwrap();
    assert_eq!(workflow.workflow_id, upper.to_lowercase());
    let handoff = WorkflowHandoffRequested {
        workflow_id: upper.clone(),
        from_agent: "bmad-architect".into(),
        to_agent: "letta-python-dev".into(),
        handoff_id: id().to_uppercase(),
        ..Default::default()
    };
    let request = RequestHandoffRequest { handoff: Some(handoff), ..Default::default() };
    let handoff = workflows.request_handoff(request).await.unwrap().into_inner().handoff.unwrap();
    assert_eq!(handoff.workflow_id, workflow.workflow_id);
    let session = SessionStarted { agent_type: "letta-python-dev".into(), workflow_id: upper, ..Default::default() };
    let request = StartSessionRequest { session: Some(session), ..Default::default() };
    let session = sessions.start_session(request).await.unwrap().into_inner().session.unwrap();
    assert_eq!(session.workflow_id, workflow.workflow_id);
    drop(events);
    server.stop().await;
}

#[tokio::test]
async fn collaborations_questions_and_tasks_are_found_under_their_ids_in_either_case() {
    let (server, _events) = world().await;
    let mut collaborations = Collaborations::new(server.channel().await);
    let upper = id().to_uppercase();
    let started = CollaborationStarted { goal: "g".into(), collaboration_id: upper.clone(), ..Default::default() };
    let request = StartCollaborationRequest { collaboration: Some(started), ..Default::default() };
    let collaboration = collaborations.start_collaboration(request.clone()).await.unwrap().into_inner();
    assert_eq!(collaboration.collaboration.unwrap().collaboration_id, upper.to_lowercase());
    assert_eq!(reason(&collaborations.start_collaboration(request).await.unwrap_err()), "COLLABORATION_EXISTS");
    let request = GetCollaborationRequest { collaboration_id: upper, min_position: 0 };
    assert!(collaborations.get_collaboration(request).await.is_ok());

    let mut feedback = Feedback::new(server.channel().await);
    let upper = id().to_uppercase();
    let asked = FeedbackRequested { question: "?".into(), question_id: upper.clone(), ..Default::default() };
    let request = RequestFeedbackRequest { feedback: Some(asked), ..Default::default() };
    let question = feedback.request_feedback(request).await.unwrap().into_inner().question.unwrap();
    assert_eq!(question.question_id, upper.to_lowercase());

    let mut director = DirectorServiceClient::new(server.channel().await);
    let upper = id().to_uppercase();
    let service = ServiceSpec { service: "api".into(), ..Default::default() };
    let task = CrossServiceTaskCreated { task_id: upper.clone(), services: vec![service], ..Default::default() };
    let request = CreateCrossServiceTaskRequest { task: Some(task), ..Default::default() };
    let task = director.create_cross_service_task(request).await.unwrap().into_inner().task.unwrap();
    assert_eq!(task.task_id, upper.to_lowercase());
    let request = GetCrossServiceTaskRequest { task_id: upper, min_position: 0 };
    assert!(director.get_cross_service_task(request).await.is_ok());
    server.stop().await;
}
