//! `AgentService`: agents of any framework, their types and pools, and the tasks that single agents are given.

mod assign_task;
mod create_agent;
mod get_agent;
mod get_agent_checkpoint;
mod get_agent_type;
mod list_agent_pools;
mod list_agent_types;
mod list_agents;
mod pools;
mod register_agent_type;
mod set_agent_state;
mod shown;
mod states;
mod watch_agent_pools;

use std::sync::Arc;

use god33_proto::v1::agent_service_server::AgentService;
use god33_proto::v1::*;
use tonic::{Request, Response, Status};

use crate::App;
use crate::event_store::Answers;
use crate::wire::page_token::StoreId;

/// The service.
pub(crate) struct Agents {
    app: Arc<App>,
    store_id: StoreId,
}

impl Agents {
    pub(crate) fn new(app: Arc<App>) -> Self {
        Self { app, store_id: StoreId::default() }
    }
}

#[tonic::async_trait]
impl AgentService for Agents {
    async fn register_agent_type(
        &self,
        request: Request<RegisterAgentTypeRequest>,
    ) -> Result<Response<RegisterAgentTypeResponse>, Status> {
        Ok(register_agent_type::register_agent_type(&self.app, request).await?)
    }

    async fn get_agent_type(
        &self,
        request: Request<GetAgentTypeRequest>,
    ) -> Result<Response<GetAgentTypeResponse>, Status> {
        Ok(get_agent_type::get_agent_type(&self.app, request).await?)
    }

    async fn list_agent_types(
        &self,
        request: Request<ListAgentTypesRequest>,
    ) -> Result<Response<ListAgentTypesResponse>, Status> {
        Ok(list_agent_types::list_agent_types(&self.app, &self.store_id, request).await?)
    }

    async fn create_agent(
        &self,
        request: Request<CreateAgentRequest>,
    ) -> Result<Response<CreateAgentResponse>, Status> {
        Ok(create_agent::create_agent(&self.app, request).await?)
    }

    async fn set_agent_state(
        &self,
        request: Request<SetAgentStateRequest>,
    ) -> Result<Response<SetAgentStateResponse>, Status> {
        Ok(set_agent_state::set_agent_state(&self.app, request).await?)
    }

    async fn assign_task(&self, request: Request<AssignTaskRequest>) -> Result<Response<AssignTaskResponse>, Status> {
        Ok(assign_task::assign_task(&self.app, request).await?)
    }

    async fn get_agent_checkpoint(
        &self,
        request: Request<GetAgentCheckpointRequest>,
    ) -> Result<Response<GetAgentCheckpointResponse>, Status> {
        Ok(get_agent_checkpoint::get_agent_checkpoint(&self.app, request).await?)
    }

    async fn get_agent(&self, request: Request<GetAgentRequest>) -> Result<Response<GetAgentResponse>, Status> {
        Ok(get_agent::get_agent(&self.app, request).await?)
    }

    async fn list_agents(&self, request: Request<ListAgentsRequest>) -> Result<Response<ListAgentsResponse>, Status> {
        Ok(list_agents::list_agents(&self.app, &self.store_id, request).await?)
    }

    async fn list_agent_pools(
        &self,
        request: Request<ListAgentPoolsRequest>,
    ) -> Result<Response<ListAgentPoolsResponse>, Status> {
        Ok(list_agent_pools::list_agent_pools(&self.app, &self.store_id, request).await?)
    }

    type WatchAgentPoolsStream = Answers<WatchAgentPoolsResponse>;

    async fn watch_agent_pools(
        &self,
        request: Request<WatchAgentPoolsRequest>,
    ) -> Result<Response<Self::WatchAgentPoolsStream>, Status> {
        Ok(watch_agent_pools::watch_agent_pools(&self.app, request).await?)
    }
}
