//! An agent as the contract wants it: it starts a session, says that it lives, takes work, reports on it and delivers it.

use std::time::Duration;

use god33_proto::v1::handoff_service_client::HandoffServiceClient;
use god33_proto::v1::session_service_client::SessionServiceClient;
use god33_proto::v1::{
    AcceptHandoffRequest, Artifact, CheckpointSaved, ClaimHandoffRequest, Claimant, CompleteHandoffRequest,
    CompleteSessionRequest, ErrorReason, Handoff, HeartbeatRequest, ReportProgressRequest, SaveCheckpointRequest,
    SessionStarted, StartSessionRequest,
};
use prost_types::Duration as ProtoDuration;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::nodes::Nodes;

/// An agent.
#[derive(Clone)]
pub(crate) struct Agent {
    pub(crate) nodes: Nodes,
    /// Type of the agent.
    pub(crate) kind: String,
    /// Name of the running instance.
    pub(crate) name: String,
    /// It works for this workflow only. Empty: for any.
    pub(crate) workflow_id: String,
    /// How long it may be silent. It says that it lives four times as often.
    pub(crate) silence: Duration,
}

/// A session of an agent, which says that it lives as long as this value does.
pub(crate) struct Session {
    pub(crate) id: String,
    agent: Agent,
    heart: JoinHandle<()>,
}

/// Work that a session holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Held {
    pub(crate) handoff_id: String,
    pub(crate) fencing_token: u64,
}

impl Agent {
    /// Starts a session.
    pub(crate) async fn start(&self) -> Session {
        let request = StartSessionRequest {
            request_id: Uuid::new_v4().to_string(),
            session: Some(SessionStarted {
                workflow_id: self.workflow_id.clone(),
                agent_type: self.kind.clone(),
                agent_instance_id: self.name.clone(),
                ..SessionStarted::default()
            }),
            heartbeat_timeout: Some(proto(self.silence)),
            ..StartSessionRequest::default()
        };
        let started = self.nodes.ask(|node| {
            let request = request.clone();
            async move { SessionServiceClient::new(node).start_session(request).await }
        });
        let session = started.await.expect("a session starts").session.unwrap();
        let heart = tokio::spawn(self.clone().beat(session.session_id.clone(), session.fencing_token));
        Session { id: session.session_id, agent: self.clone(), heart }
    }

    /// Says that a session lives, until the server wants to hear it no more.
    async fn beat(self, session_id: String, fencing_token: u64) {
        let request = HeartbeatRequest { session_id, fencing_token, ..HeartbeatRequest::default() };
        loop {
            tokio::time::sleep(self.silence / 4).await;
            let beat = self.nodes.ask(|node| {
                let request = request.clone();
                async move { SessionServiceClient::new(node).heartbeat(request).await }
            });
            if beat.await.is_err() {
                return;
            }
        }
    }
}

impl Session {
    /// Takes the next work under a lease. `None` when none comes within the wait.
    pub(crate) async fn claim(&self, wait: Duration) -> Result<Option<Held>, ErrorReason> {
        Ok(self.ask_for_work(wait, true).await?.as_ref().map(held))
    }

    /// Has the next work held out. `None` when none comes within the wait.
    pub(crate) async fn offer(&self, wait: Duration) -> Result<Option<Handoff>, ErrorReason> {
        self.ask_for_work(wait, false).await
    }

    async fn ask_for_work(&self, wait: Duration, accept: bool) -> Result<Option<Handoff>, ErrorReason> {
        let request = ClaimHandoffRequest {
            request_id: Uuid::new_v4().to_string(),
            claimant: Some(self.claimant()),
            wait: Some(proto(wait)),
            accept,
            ..ClaimHandoffRequest::default()
        };
        let claimed = self.agent.nodes.ask(|node| {
            let request = request.clone();
            async move { HandoffServiceClient::new(node).claim_handoff(request).await }
        });
        Ok(claimed.await?.handoff)
    }

    /// Takes work that is on offer, from a node.
    pub(crate) async fn accept(&self, handoff_id: &str, nodes: &Nodes) -> Result<Held, ErrorReason> {
        let request = AcceptHandoffRequest {
            request_id: Uuid::new_v4().to_string(),
            handoff_id: handoff_id.to_owned(),
            claimant: Some(self.claimant()),
            ..AcceptHandoffRequest::default()
        };
        let accepted = nodes.ask(|node| {
            let request = request.clone();
            async move { HandoffServiceClient::new(node).accept_handoff(request).await }
        });
        Ok(held(accepted.await?.handoff.as_ref().unwrap()))
    }

    fn claimant(&self) -> Claimant {
        let workflow_id = self.agent.workflow_id.clone();
        Claimant { session_id: self.id.clone(), workflow_id, ..Claimant::default() }
    }

    /// Reports that half of the work is done.
    pub(crate) async fn progress(&self, held: &Held) -> Result<(), ErrorReason> {
        let request = ReportProgressRequest {
            request_id: Uuid::new_v4().to_string(),
            handoff_id: held.handoff_id.clone(),
            fencing_token: held.fencing_token,
            progress_pct: Some(50.0),
            ..ReportProgressRequest::default()
        };
        let reported = self.agent.nodes.ask(|node| {
            let request = request.clone();
            async move { HandoffServiceClient::new(node).report_progress(request).await }
        });
        reported.await.map(drop)
    }

    /// Saves a checkpoint.
    pub(crate) async fn save_checkpoint(&self) -> Result<(), ErrorReason> {
        let request = SaveCheckpointRequest {
            request_id: Uuid::new_v4().to_string(),
            checkpoint: Some(CheckpointSaved {
                session_id: self.id.clone(),
                checkpoint_id: format!("{}-checkpoint", self.agent.name),
                ..CheckpointSaved::default()
            }),
            ..SaveCheckpointRequest::default()
        };
        let saved = self.agent.nodes.ask(|node| {
            let request = request.clone();
            async move { SessionServiceClient::new(node).save_checkpoint(request).await }
        });
        saved.await.map(drop)
    }

    /// Delivers the work, with an artifact that names the agent.
    pub(crate) async fn complete(&self, held: &Held) -> Result<(), ErrorReason> {
        let path = format!("results/{}", self.agent.name);
        let artifact = Artifact { r#type: "code".into(), path, status: "created".into(), ..Artifact::default() };
        let request = CompleteHandoffRequest {
            request_id: Uuid::new_v4().to_string(),
            handoff_id: held.handoff_id.clone(),
            fencing_token: held.fencing_token,
            artifacts: vec![artifact],
            ..CompleteHandoffRequest::default()
        };
        let completed = self.agent.nodes.ask(|node| {
            let request = request.clone();
            async move { HandoffServiceClient::new(node).complete_handoff(request).await }
        });
        completed.await.map(drop)
    }

    /// Ends with success.
    pub(crate) async fn leave(self) -> Result<(), ErrorReason> {
        let request = CompleteSessionRequest {
            request_id: Uuid::new_v4().to_string(),
            session_id: self.id.clone(),
            ..CompleteSessionRequest::default()
        };
        let left = self.agent.nodes.ask(|node| {
            let request = request.clone();
            async move { SessionServiceClient::new(node).complete_session(request).await }
        });
        left.await.map(drop)
    }

    /// Says no more that it lives.
    pub(crate) fn fall_silent(&self) {
        self.heart.abort();
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.fall_silent();
    }
}

fn held(handoff: &Handoff) -> Held {
    let fencing_token = handoff.lease.as_ref().expect("work that was taken has a lease").fencing_token;
    Held { handoff_id: handoff.handoff_id.clone(), fencing_token }
}

fn proto(duration: Duration) -> ProtoDuration {
    duration.try_into().unwrap()
}
