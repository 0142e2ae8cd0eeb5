//! Agents for tests of coordination: sessions that are begun as a runtime would, and handoffs to give them.

use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::handoff_service_client::HandoffServiceClient;
use god33_proto::v1::session_service_client::SessionServiceClient;
use god33_proto::v1::{
    AcceptHandoffRequest, ClaimHandoffRequest, ClaimHandoffResponse, Claimant, CreateHandoffRequest, EventEnvelope,
    EventPayload, Handoff, HandoffRequested, HandoffTargetKind, SessionStarted,
};
use prost_types::Duration;
use tonic::transport::Channel;

use crate::build::*;
use crate::common::TestServer;

pub type Handoffs = HandoffServiceClient<Channel>;
pub type Sessions = SessionServiceClient<Channel>;

/// A server, and clients for the log and for handoffs.
pub async fn team() -> (TestServer, Events, Handoffs) {
    let (server, events) = world().await;
    let handoffs = Handoffs::new(server.channel().await);
    (server, events, handoffs)
}

/// Begins a session of an agent by its event, and gives its id.
pub async fn session(events: &mut Events, agent_type: &str, instance: &str, heartbeat_seconds: f64) -> String {
    let session_id = id();
    let started = SessionStarted {
        session_id: session_id.clone(),
        agent_type: agent_type.into(),
        agent_instance_id: instance.into(),
        ..SessionStarted::default()
    };
    let payload = EventPayload {
        kind: Some(Kind::SessionStarted(Box::new(started))),
        additional_members: format!(r#"{{"heartbeat_timeout_seconds":{heartbeat_seconds}}}"#),
    };
    let event = EventEnvelope { payload: Some(payload), ..event("agent.letta.session.started", "{}") };
    record(events, [event]).await;
    session_id
}

/// A handoff to a type of agent.
pub fn to_type(agent_type: &str) -> HandoffRequested {
    HandoffRequested {
        to_agent: agent_type.into(),
        to_kind: HandoffTargetKind::Type.into(),
        from_agent: "bmad-architect".into(),
        task_type: "implement_feature".into(),
        ..HandoffRequested::default()
    }
}

pub async fn offer(handoffs: &mut Handoffs, handoff: HandoffRequested) -> Handoff {
    let request = CreateHandoffRequest { handoff: Some(handoff), ..CreateHandoffRequest::default() };
    handoffs.create_handoff(request).await.unwrap().into_inner().handoff.unwrap()
}

pub fn claimant(session_id: &str) -> Claimant {
    Claimant { session_id: session_id.into(), ..Claimant::default() }
}

pub fn claim(session_id: &str, wait_seconds: i64) -> ClaimHandoffRequest {
    ClaimHandoffRequest {
        claimant: Some(claimant(session_id)),
        wait: Some(Duration { seconds: wait_seconds, nanos: 0 }),
        ..ClaimHandoffRequest::default()
    }
}

pub async fn claimed(handoffs: &mut Handoffs, request: ClaimHandoffRequest) -> ClaimHandoffResponse {
    handoffs.claim_handoff(request).await.unwrap().into_inner()
}

pub fn accept(handoff_id: &str, session_id: &str) -> AcceptHandoffRequest {
    AcceptHandoffRequest {
        handoff_id: handoff_id.into(),
        claimant: Some(claimant(session_id)),
        ..AcceptHandoffRequest::default()
    }
}

/// Takes work, and gives it with its lease.
pub async fn taken(handoffs: &mut Handoffs, handoff_id: &str, session_id: &str) -> Handoff {
    handoffs.accept_handoff(accept(handoff_id, session_id)).await.unwrap().into_inner().handoff.unwrap()
}

/// The token under which work is held.
pub fn token(handoff: &Handoff) -> u64 {
    handoff.lease.as_ref().unwrap().fencing_token
}
