//! The registry of agents, as a runtime uses it.

use god33_proto::v1::agent_service_client::AgentServiceClient;
use god33_proto::v1::{AgentTypeRegistered, CreateAgentRequest, GetAgentRequest, RegisterAgentTypeRequest};
use god33_service::text::message_text;
use serde_json::Value;
use tonic::transport::Channel;

use crate::patterns::line::{Line, request_id};
use crate::patterns::world::World;

/// A runtime of agents.
pub(in crate::patterns) struct Registry {
    line: Line,
}

fn client(channel: Channel) -> AgentServiceClient<Channel> {
    AgentServiceClient::new(channel)
}

impl Registry {
    pub(in crate::patterns) fn of(world: &World) -> Self {
        Self { line: world.line() }
    }

    /// Registers the type of an instance, and the instance, which starts its session itself. Gives back its id.
    pub(in crate::patterns) async fn creates(&self, instance: &str) -> String {
        let (agent_type, _) = instance.rsplit_once('-').unwrap();
        let described = AgentTypeRegistered {
            agent_type: agent_type.into(),
            framework: "letta".into(),
            ..AgentTypeRegistered::default()
        };
        let request = RegisterAgentTypeRequest {
            request_id: request_id(),
            agent_type: Some(described),
            ..RegisterAgentTypeRequest::default()
        };
        self.line.ask(request, async |channel, request| client(channel).register_agent_type(request).await).await;
        let request = CreateAgentRequest {
            request_id: request_id(),
            agent_type: agent_type.into(),
            instance_id: instance.into(),
            without_session: true,
            ..CreateAgentRequest::default()
        };
        self.line.ask(request, async |channel, request| client(channel).create_agent(request).await).await.agent_id
    }

    /// What an agent does now.
    pub(in crate::patterns) async fn state_of(&self, agent_id: &str) -> String {
        let request = GetAgentRequest { agent_id: agent_id.into(), ..GetAgentRequest::default() };
        let answer = self.line.ask(request, async |channel, request| client(channel).get_agent(request).await).await;
        let agent: Value = serde_json::from_str(&message_text(&answer.agent.unwrap())).unwrap();
        agent["state"].as_str().unwrap_or_default().to_owned()
    }
}
