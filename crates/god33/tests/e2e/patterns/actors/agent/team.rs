//! Working with others.

use god33_proto::v1::collaboration_service_client::CollaborationServiceClient;
use god33_proto::v1::director_service_client::DirectorServiceClient;
use god33_proto::v1::{
    Artifact, CollaborationParticipantJoined, CompleteDelegationRequest, JoinCollaborationRequest, TaskCompleted,
};

use super::Agent;
use crate::patterns::line::{Line, request_id};

impl Agent {
    /// Takes part in a collaboration.
    pub(in crate::patterns) async fn joins(&self, collaboration_id: &str, role: &str) {
        joins(&self.line, collaboration_id, &self.agent_type, role, &self.session_id).await;
    }

    /// Delivers a service that was delegated to it. Gives back the event's id.
    pub(in crate::patterns) async fn delivers_service(&self, delegation_id: &str, artifacts: &[&str]) -> String {
        let artifact = |path: &&str| Artifact { path: (*path).into(), ..Artifact::default() };
        let result = TaskCompleted {
            session_id: self.session_id.clone(),
            agent_instance_id: self.instance.clone(),
            artifacts: artifacts.iter().map(artifact).collect(),
            ..TaskCompleted::default()
        };
        let request = CompleteDelegationRequest {
            request_id: request_id(),
            delegation_id: delegation_id.into(),
            result: Some(result),
            ..CompleteDelegationRequest::default()
        };
        let asked = async |channel, request| DirectorServiceClient::new(channel).complete_delegation(request).await;
        self.line.ask(request, asked).await.event_ids.remove(0)
    }
}

/// An agent takes part in a collaboration.
pub(in crate::patterns::actors) async fn joins(
    line: &Line,
    collaboration_id: &str,
    agent_id: &str,
    role: &str,
    session_id: &str,
) {
    let participant = CollaborationParticipantJoined {
        collaboration_id: collaboration_id.into(),
        agent_id: agent_id.into(),
        role: role.into(),
        session_id: session_id.into(),
        ..CollaborationParticipantJoined::default()
    };
    let request = JoinCollaborationRequest {
        request_id: request_id(),
        participant: Some(participant),
        ..JoinCollaborationRequest::default()
    };
    let asked = async |channel, request| CollaborationServiceClient::new(channel).join_collaboration(request).await;
    line.ask(request, asked).await;
}
