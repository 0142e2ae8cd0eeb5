//! Which server to talk to, and in which form to answer.

use std::time::Duration;

use clap::{Args, ValueEnum};
use god33_proto::v1;
use tonic::transport::{Channel, Endpoint};

use super::Failure;

/// The server and the form of the output: options of every client command.
#[derive(Args, Clone, Debug)]
pub struct Target {
    /// Address of the server's gRPC endpoint.
    #[arg(long, env = "GOD33_ADDRESS", default_value = "http://127.0.0.1:50051", value_name = "URL", global = true)]
    pub server: String,

    /// Form of the output: for people, or one JSON value a line for programs.
    #[arg(long, value_enum, default_value_t = Output::Text, global = true)]
    pub output: Output,
}

/// The form of the output.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Output {
    /// For people; coloured on a terminal.
    Text,
    /// For programs: one JSON value a line.
    Json,
}

/// How large an answer may be: a page of 1,000 events of 1 MiB is refused by the server long before.
const MAX_ANSWER_BYTES: usize = 256 << 20;

impl Target {
    /// Connects to the server.
    pub(super) async fn connect(&self) -> Result<Channel, Failure> {
        let endpoint = endpoint(&self.server)?
            .connect_timeout(Duration::from_secs(5))
            .http2_keep_alive_interval(Duration::from_secs(20))
            .keep_alive_while_idle(true);
        endpoint.connect().await.map_err(|source| Failure::Unreachable { server: self.server.clone(), source })
    }

    /// A client of the event store.
    pub(super) async fn event_store(&self) -> Result<EventStoreClient, Failure> {
        Ok(EventStoreClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of the workflows.
    pub(super) async fn workflows(&self) -> Result<WorkflowClient, Failure> {
        Ok(WorkflowClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of the handoffs.
    pub(super) async fn handoffs(&self) -> Result<HandoffClient, Failure> {
        Ok(HandoffClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of the sessions and their checkpoints.
    pub(super) async fn sessions(&self) -> Result<SessionClient, Failure> {
        Ok(SessionClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of the questions to people.
    pub(super) async fn feedback(&self) -> Result<FeedbackClient, Failure> {
        Ok(FeedbackClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of the collaborations.
    pub(super) async fn collaborations(&self) -> Result<CollaborationClient, Failure> {
        Ok(CollaborationClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of the Director of Engineering.
    pub(super) async fn director(&self) -> Result<DirectorClient, Failure> {
        Ok(DirectorClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of the durable subscriptions.
    pub(super) async fn subscriptions(&self) -> Result<SubscriptionClient, Failure> {
        Ok(SubscriptionClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of what people need to run the server.
    pub(super) async fn admin(&self) -> Result<AdminClient, Failure> {
        Ok(AdminClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }

    /// A client of the registry of agents.
    pub(super) async fn agents(&self) -> Result<AgentClient, Failure> {
        Ok(AgentClient::new(self.connect().await?).max_decoding_message_size(MAX_ANSWER_BYTES))
    }
}

/// An address of a server that can be spoken to.
pub fn endpoint(server: &str) -> Result<Endpoint, Failure> {
    if server.starts_with("https://") {
        let cure = "this release speaks no TLS: write http:// on a network that you trust, or go through a tunnel";
        return Err(Failure::Usage(format!("--server {server}: {cure}")));
    }
    let no_address = || Failure::Usage(format!("--server {server} is not an address such as http://127.0.0.1:50051"));
    if !server.starts_with("http://") {
        return Err(no_address());
    }
    Endpoint::from_shared(server.to_owned()).map_err(|_| no_address())
}

pub(super) type EventStoreClient = v1::event_store_service_client::EventStoreServiceClient<Channel>;
pub(super) type WorkflowClient = v1::workflow_service_client::WorkflowServiceClient<Channel>;
pub(super) type HandoffClient = v1::handoff_service_client::HandoffServiceClient<Channel>;
pub(super) type SessionClient = v1::session_service_client::SessionServiceClient<Channel>;
pub(super) type FeedbackClient = v1::feedback_service_client::FeedbackServiceClient<Channel>;
pub(super) type CollaborationClient = v1::collaboration_service_client::CollaborationServiceClient<Channel>;
pub(super) type DirectorClient = v1::director_service_client::DirectorServiceClient<Channel>;
pub(super) type AgentClient = v1::agent_service_client::AgentServiceClient<Channel>;
pub(super) type SubscriptionClient = v1::subscription_service_client::SubscriptionServiceClient<Channel>;
pub(super) type AdminClient = v1::admin_service_client::AdminServiceClient<Channel>;
