//! The Director of Engineering, who has several agents work on one goal, and mise-architect, who says how.

use god33_proto::v1::collaboration_service_client::CollaborationServiceClient;
use god33_proto::v1::director_service_client::DirectorServiceClient;
use god33_proto::v1::{
    CollaborationStarted, CompleteCollaborationRequest, CompleteCrossServiceTaskRequest, CreateCrossServiceTaskRequest,
    CrossServiceTaskCreated, DefineMisePatternRequest, DelegateServiceRequest, EventContext, GetCollaborationRequest,
    GetCrossServiceTaskRequest, GetMisePatternRequest, ListDelegationsRequest, MisePatternDefined,
    MiseStandardizationRequested, MiseValidationCompleted, MiseValidationRequested, RecordMiseValidationRequest,
    RequestMiseStandardizationRequest, RequestMiseValidationRequest, ServiceDelegationRequested,
    StartCollaborationRequest,
};
use god33_service::text::message_text;
use serde_json::Value;
use tonic::transport::Channel;

use super::agent::joins;
use crate::patterns::line::{Line, request_id};
use crate::patterns::world::World;

const DIRECTOR: &str = "director-of-engineering";
const MISE_ARCHITECT: &str = "mise-architect";

/// The Director of Engineering.
pub(in crate::patterns) struct Director {
    line: Line,
    pub(in crate::patterns) collaboration_id: String,
    pub(in crate::patterns) task_id: String,
}

fn director(channel: Channel) -> DirectorServiceClient<Channel> {
    DirectorServiceClient::new(channel)
}

fn collaborations(channel: Channel) -> CollaborationServiceClient<Channel> {
    CollaborationServiceClient::new(channel)
}

impl Director {
    /// One that is about to start a collaboration and a task under these ids.
    pub(in crate::patterns) fn of(world: &World, collaboration_id: &str, task_id: &str) -> Self {
        Self { line: world.line(), collaboration_id: collaboration_id.into(), task_id: task_id.into() }
    }

    /// Brings agents together.
    pub(in crate::patterns) async fn starts(&self, collaboration: CollaborationStarted) {
        let collaboration = CollaborationStarted {
            collaboration_id: self.collaboration_id.clone(),
            initiator_agent: DIRECTOR.into(),
            ..collaboration
        };
        let request = StartCollaborationRequest {
            request_id: request_id(),
            collaboration: Some(collaboration),
            ..StartCollaborationRequest::default()
        };
        let asked = async |channel, request| collaborations(channel).start_collaboration(request).await;
        self.line.ask(request, asked).await;
    }

    /// Makes a task of it.
    pub(in crate::patterns) async fn creates_task(&self, task: CrossServiceTaskCreated) {
        let task = CrossServiceTaskCreated {
            task_id: self.task_id.clone(),
            collaboration_id: self.collaboration_id.clone(),
            from_agent: DIRECTOR.into(),
            ..task
        };
        let request = CreateCrossServiceTaskRequest {
            request_id: request_id(),
            task: Some(task),
            ..CreateCrossServiceTaskRequest::default()
        };
        self.line
            .ask(request, async |channel, request| director(channel).create_cross_service_task(request).await)
            .await;
    }

    /// Wants one pattern for these services.
    pub(in crate::patterns) async fn wants_a_standard(&self, services: &[&str]) {
        let standardization = MiseStandardizationRequested {
            from_agent: DIRECTOR.into(),
            orchestrator: MISE_ARCHITECT.into(),
            target_services: services.iter().map(|service| (*service).into()).collect(),
            collaboration_id: self.collaboration_id.clone(),
            task_id: self.task_id.clone(),
            ..MiseStandardizationRequested::default()
        };
        let request = RequestMiseStandardizationRequest {
            request_id: request_id(),
            standardization: Some(standardization),
            ..RequestMiseStandardizationRequest::default()
        };
        let asked = async |channel, request| director(channel).request_mise_standardization(request).await;
        self.line.ask(request, asked).await;
    }

    /// Gives a service to an agent, with the pattern of the task. Gives back the delegation's id.
    pub(in crate::patterns) async fn delegates(&self, service: &str, agent: &str) -> String {
        self.delegates_by(service, agent, "").await
    }

    /// The same, with the pattern that this event defined.
    pub(in crate::patterns) async fn delegates_by(&self, service: &str, agent: &str, pattern: &str) -> String {
        let delegation = ServiceDelegationRequested {
            from_agent: DIRECTOR.into(),
            to_agent: agent.into(),
            service: service.into(),
            task_id: self.task_id.clone(),
            pattern_reference: pattern.into(),
            ..ServiceDelegationRequested::default()
        };
        let request = DelegateServiceRequest {
            request_id: request_id(),
            delegation: Some(delegation),
            ..DelegateServiceRequest::default()
        };
        let answer = self.line.ask(request, async |channel, request| director(channel).delegate_service(request).await);
        answer.await.delegation.unwrap().delegation_id
    }

    /// The goal is reached.
    pub(in crate::patterns) async fn completes(&self, summary: &str) {
        let request = CompleteCollaborationRequest {
            request_id: request_id(),
            collaboration_id: self.collaboration_id.clone(),
            from_agent: DIRECTOR.into(),
            summary: summary.into(),
            ..CompleteCollaborationRequest::default()
        };
        let asked = async |channel, request| collaborations(channel).complete_collaboration(request).await;
        self.line.ask(request, asked).await;
    }

    /// So is the task.
    pub(in crate::patterns) async fn completes_task(&self) {
        let request = CompleteCrossServiceTaskRequest {
            request_id: request_id(),
            task_id: self.task_id.clone(),
            ..CompleteCrossServiceTaskRequest::default()
        };
        let asked = async |channel, request| director(channel).complete_cross_service_task(request).await;
        self.line.ask(request, asked).await;
    }

    /// The collaboration as it is.
    pub(in crate::patterns) async fn collaboration(&self) -> Value {
        let collaboration_id = self.collaboration_id.clone();
        let request = GetCollaborationRequest { collaboration_id, ..GetCollaborationRequest::default() };
        let asked = async |channel, request| collaborations(channel).get_collaboration(request).await;
        let answer = self.line.ask(request, asked).await;
        serde_json::from_str(&message_text(&answer.collaboration.unwrap())).unwrap()
    }

    /// The task as it is.
    pub(in crate::patterns) async fn task(&self) -> Value {
        let request = GetCrossServiceTaskRequest { task_id: self.task_id.clone(), ..Default::default() };
        let asked = async |channel, request| director(channel).get_cross_service_task(request).await;
        serde_json::from_str(&message_text(&self.line.ask(request, asked).await.task.unwrap())).unwrap()
    }

    /// The delegations of the task, the oldest first.
    pub(in crate::patterns) async fn delegations(&self) -> Vec<Value> {
        let request = ListDelegationsRequest { task_id: self.task_id.clone(), ..ListDelegationsRequest::default() };
        let answer = self.line.ask(request, async |channel, request| director(channel).list_delegations(request).await);
        let texts = answer.await.delegations.into_iter().rev().map(|delegation| message_text(&delegation));
        texts.map(|text| serde_json::from_str(&text).unwrap()).collect()
    }
}

/// Who defines the pattern and checks that the services follow it.
pub(in crate::patterns) struct MiseArchitect {
    line: Line,
}

impl MiseArchitect {
    pub(in crate::patterns) fn of(world: &World) -> Self {
        Self { line: world.line() }
    }

    /// Takes part as the one who orchestrates.
    pub(in crate::patterns) async fn joins(&self, collaboration_id: &str) {
        joins(&self.line, collaboration_id, MISE_ARCHITECT, "orchestrator", "").await;
    }

    /// Says what every service shall have. Gives back the event's id.
    pub(in crate::patterns) async fn defines(&self, pattern: MisePatternDefined) -> String {
        let pattern = MisePatternDefined { from_agent: MISE_ARCHITECT.into(), ..pattern };
        let request = DefineMisePatternRequest {
            request_id: request_id(),
            pattern: Some(pattern),
            ..DefineMisePatternRequest::default()
        };
        let asked = async |channel, request| director(channel).define_mise_pattern(request).await;
        self.line.ask(request, asked).await.event_ids.remove(0)
    }

    /// Checks all services of a task.
    pub(in crate::patterns) async fn checks(&self, task_id: &str) -> String {
        self.checks_after(task_id, &[]).await
    }

    /// The same, naming what else led to it. Gives back the event's id.
    pub(in crate::patterns) async fn checks_after(&self, task_id: &str, causes: &[String]) -> String {
        let validation = MiseValidationRequested {
            from_agent: MISE_ARCHITECT.into(),
            task_id: task_id.into(),
            ..MiseValidationRequested::default()
        };
        let request = RequestMiseValidationRequest {
            request_id: request_id(),
            context: naming(causes),
            validation: Some(validation),
        };
        let asked = async |channel, request| director(channel).request_mise_validation(request).await;
        self.line.ask(request, asked).await.event_ids.remove(0)
    }

    /// Finds that they follow the pattern.
    pub(in crate::patterns) async fn approves(&self, task_id: &str) {
        self.approves_after(task_id, &[]).await;
    }

    /// The same, naming what else led to it.
    pub(in crate::patterns) async fn approves_after(&self, task_id: &str, causes: &[String]) {
        let validation = MiseValidationCompleted {
            from_agent: MISE_ARCHITECT.into(),
            task_id: task_id.into(),
            passed: Some(true),
            ..MiseValidationCompleted::default()
        };
        let request = RecordMiseValidationRequest {
            request_id: request_id(),
            context: naming(causes),
            validation: Some(validation),
        };
        self.line.ask(request, async |channel, request| director(channel).record_mise_validation(request).await).await;
    }

    /// A pattern as it is, by the event that defined it.
    pub(in crate::patterns) async fn pattern(&self, event_id: &str) -> Value {
        let request = GetMisePatternRequest { pattern_id: event_id.into(), ..GetMisePatternRequest::default() };
        let asked = async |channel, request| director(channel).get_mise_pattern(request).await;
        serde_json::from_str(&message_text(&self.line.ask(request, asked).await.pattern.unwrap())).unwrap()
    }
}

fn naming(causes: &[String]) -> Option<EventContext> {
    let correlation_ids = causes.to_vec();
    (!causes.is_empty()).then(|| EventContext { correlation_ids, ..EventContext::default() })
}
