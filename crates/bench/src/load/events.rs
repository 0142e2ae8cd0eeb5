//! Events of about 1 KB as agents send them: `agent.letta.checkpoint.saved`, which changes two states, its session and its checkpoint.

use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::session_service_client::SessionServiceClient;
use god33_proto::v1::{
    AgentContext, CheckpointSaved, CheckpointType, ContextSnapshot, EventEnvelope, EventPayload, SessionStarted,
    Source, StartSessionRequest, WorkMetrics,
};
use prost_types::Duration;
use tonic::Status;
use tonic::transport::Channel;
use uuid::Uuid;

/// The agent that speaks.
const AGENT: &str = "letta-python-dev";

/// A producer of events about one session.
#[derive(Clone)]
pub(crate) struct Producer {
    session_id: String,
    cause: String,
}

impl Producer {
    /// Starts a session that fails only after a day without a sign of life.
    pub(crate) async fn start(node: Channel) -> Result<Self, Status> {
        let started = start_session(node, 86_400).await?;
        Ok(Self { cause: started.event_ids.into_iter().next().unwrap_or_default(), session_id: started.session_id })
    }

    /// The next event.
    pub(crate) fn event(&self) -> EventEnvelope {
        let name = Uuid::new_v4().to_string();
        let saved = CheckpointSaved {
            session_id: self.session_id.clone(),
            checkpoint_id: format!("ckpt-{name}"),
            agent_instance_id: format!("{AGENT}-001"),
            checkpoint_type: CheckpointType::Progress.into(),
            summary: "Endpoints for login and token refresh are written and tested; logout is next.".into(),
            context_snapshot: Some(ContextSnapshot {
                files_modified: ["auth/login.py", "auth/tokens.py", "tests/test_login.py", "tests/test_tokens.py"]
                    .map(str::to_owned)
                    .to_vec(),
                current_focus:
                    "JWT refresh with rotation of the signing key, and what happens to tokens of the old one".into(),
                next_steps: "Write logout, then the middleware that refuses revoked tokens; ask about session length"
                    .into(),
                ..ContextSnapshot::default()
            }),
            metrics: Some(WorkMetrics {
                tokens_used: Some(18_234),
                duration_seconds: Some(412.5),
                ..WorkMetrics::default()
            }),
            ..CheckpointSaved::default()
        };
        EventEnvelope {
            event_id: name,
            event_type: "agent.letta.checkpoint.saved".into(),
            source: Some(Source {
                host: "big-chungus".into(),
                r#type: "agent".into(),
                app: Some("letta".into()),
                ..Source::default()
            }),
            correlation_ids: vec![self.cause.clone()],
            agent_context: Some(Box::new(AgentContext {
                r#type: "letta".into(),
                name: Some(AGENT.into()),
                instance_id: Some(format!("{AGENT}-001")),
                file_references: vec!["docs/prd.md".into(), "docs/architecture.md".into()],
                ..AgentContext::default()
            })),
            payload: Some(EventPayload {
                kind: Some(Kind::CheckpointSaved(Box::new(saved))),
                ..EventPayload::default()
            }),
            ..EventEnvelope::default()
        }
    }
}

/// A session that was started.
pub(crate) struct Started {
    pub(crate) session_id: String,
    pub(crate) fencing_token: u64,
    event_ids: Vec<String>,
}

/// Starts a session that may be silent for some seconds.
pub(crate) async fn start_session(node: Channel, may_be_silent: i64) -> Result<Started, Status> {
    let request = StartSessionRequest {
        request_id: Uuid::new_v4().to_string(),
        session: Some(SessionStarted {
            agent_type: AGENT.into(),
            agent_instance_id: format!("{AGENT}-001"),
            ..SessionStarted::default()
        }),
        heartbeat_timeout: Some(Duration { seconds: may_be_silent, nanos: 0 }),
        ..StartSessionRequest::default()
    };
    let answer = SessionServiceClient::new(node).start_session(request).await?.into_inner();
    let session = answer.session.unwrap_or_default();
    Ok(Started { session_id: session.session_id, fencing_token: session.fencing_token, event_ids: answer.event_ids })
}
