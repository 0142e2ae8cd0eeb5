//! A Letta agent: takes work, says where it stands, and delivers. It may die, and another one takes over.

mod feedback;
mod heart;
mod recovery;
mod team;

use god33_proto::v1::handoff_service_client::HandoffServiceClient;
use god33_proto::v1::session_service_client::SessionServiceClient;
use god33_proto::v1::{
    AcceptHandoffRequest, CheckpointSaved, ClaimHandoffRequest, Claimant, CompleteHandoffRequest, GetHandoffRequest,
    GetSessionRequest, Handoff, SaveCheckpointRequest, SessionStarted, StartSessionRequest,
};
use god33_service::text::message_text;
use serde_json::Value;
use tonic::transport::Channel;

use self::heart::Heart;
pub(in crate::patterns) use self::heart::Pulse;
pub(super) use self::team::joins;
use crate::patterns::line::{Line, request_id};
use crate::patterns::world::World;

/// How long one call waits for something to come.
const WAIT: prost_types::Duration = prost_types::Duration { seconds: 10, nanos: 0 };

/// An agent in one of its sessions.
pub(in crate::patterns) struct Agent {
    line: Line,
    agent_type: String,
    instance: String,
    pub(in crate::patterns) session_id: String,
    work: Option<Work>,
    heart: Option<Heart>,
}

/// Work that an agent holds.
#[derive(Clone)]
struct Work {
    handoff_id: String,
    fencing_token: u64,
}

fn sessions(channel: Channel) -> SessionServiceClient<Channel> {
    SessionServiceClient::new(channel)
}

fn handoffs(channel: Channel) -> HandoffServiceClient<Channel> {
    HandoffServiceClient::new(channel)
}

impl Agent {
    /// Starts a session of an agent. The type is the instance without its number.
    pub(in crate::patterns) async fn starts(world: &World, instance: &str, session_id: &str, pulse: Pulse) -> Self {
        Self::starts_registered(world, instance, session_id, pulse, "").await
    }

    /// The same for an agent of the registry.
    pub(in crate::patterns) async fn starts_registered(
        world: &World,
        instance: &str,
        session_id: &str,
        pulse: Pulse,
        agent_id: &str,
    ) -> Self {
        let line = world.line();
        let (agent_type, _) = instance.rsplit_once('-').unwrap();
        let session = SessionStarted {
            session_id: session_id.into(),
            agent_type: agent_type.into(),
            agent_instance_id: instance.into(),
            ..SessionStarted::default()
        };
        let request = StartSessionRequest {
            request_id: request_id(),
            session: Some(session),
            heartbeat_timeout: pulse.silence(),
            agent_id: agent_id.into(),
            ..StartSessionRequest::default()
        };
        let answer = line.ask(request, async |channel, request| sessions(channel).start_session(request).await).await;
        let heart = Heart::of(&line, session_id, answer.session.unwrap().fencing_token, pulse);
        let (agent_type, instance) = (agent_type.to_owned(), instance.to_owned());
        Self { line, agent_type, instance, session_id: session_id.into(), work: None, heart }
    }

    /// The agent dies. Its session is what remains.
    pub(in crate::patterns) fn dies(self) -> String {
        drop(self.heart);
        self.session_id
    }

    fn claimant(&self) -> Claimant {
        Claimant { session_id: self.session_id.clone(), ..Claimant::default() }
    }

    /// Waits for work and takes it.
    pub(in crate::patterns) async fn claims(&mut self) -> Handoff {
        let handoff = self.claim(true).await;
        self.holds(&handoff);
        handoff
    }

    /// Waits for work, looks at it, and takes it with the checkpoint that it starts from.
    pub(in crate::patterns) async fn accepts_from(&mut self, checkpoint_id: &str) -> Handoff {
        let offered = self.claim(false).await;
        let request = AcceptHandoffRequest {
            request_id: request_id(),
            handoff_id: offered.handoff_id,
            claimant: Some(self.claimant()),
            checkpoint_id: checkpoint_id.into(),
            ..AcceptHandoffRequest::default()
        };
        let accepted = self.line.ask(request, async |channel, request| handoffs(channel).accept_handoff(request).await);
        let handoff = accepted.await.handoff.unwrap();
        self.holds(&handoff);
        handoff
    }

    async fn claim(&self, accept: bool) -> Handoff {
        loop {
            let request = ClaimHandoffRequest {
                request_id: request_id(),
                claimant: Some(self.claimant()),
                wait: Some(WAIT),
                accept,
                ..ClaimHandoffRequest::default()
            };
            let claimed =
                self.line.ask(request, async |channel, request| handoffs(channel).claim_handoff(request).await);
            if let Some(handoff) = claimed.await.handoff {
                return handoff;
            }
        }
    }

    fn holds(&mut self, handoff: &Handoff) {
        let lease = handoff.lease.as_ref().expect("work is held under a lease");
        assert_eq!(lease.session_id, self.session_id);
        let (handoff_id, fencing_token) = (handoff.handoff_id.clone(), lease.fencing_token);
        self.work = Some(Work { handoff_id, fencing_token });
    }

    /// Saves a checkpoint.
    pub(in crate::patterns) async fn saves(&self, checkpoint: CheckpointSaved) {
        let checkpoint = CheckpointSaved { session_id: self.session_id.clone(), ..checkpoint };
        let request = SaveCheckpointRequest {
            request_id: request_id(),
            checkpoint: Some(checkpoint),
            ..SaveCheckpointRequest::default()
        };
        self.line.ask(request, async |channel, request| sessions(channel).save_checkpoint(request).await).await;
    }

    /// Delivers the work that it holds.
    pub(in crate::patterns) async fn delivers(&self, result: CompleteHandoffRequest) -> Handoff {
        let Work { handoff_id, fencing_token } = self.work.clone().expect("an agent delivers what it holds");
        let request = CompleteHandoffRequest { request_id: request_id(), handoff_id, fencing_token, ..result };
        let answer = self.line.ask(request, async |channel, request| handoffs(channel).complete_handoff(request).await);
        answer.await.handoff.unwrap()
    }

    /// The work that it holds or held, as it is.
    pub(in crate::patterns) async fn handoff(&self) -> Value {
        let handoff_id = self.work.clone().expect("an agent has work").handoff_id;
        let request = GetHandoffRequest { handoff_id, ..GetHandoffRequest::default() };
        let answer = self.line.ask(request, async |channel, request| handoffs(channel).get_handoff(request).await);
        serde_json::from_str(&message_text(&answer.await.handoff.unwrap())).unwrap()
    }

    /// Its session as it is.
    pub(in crate::patterns) async fn session(&self) -> Value {
        session_called(&self.line, &self.session_id).await
    }
}

/// A session as it is.
pub(in crate::patterns) async fn session_called(line: &Line, session_id: &str) -> Value {
    let request = GetSessionRequest { session_id: session_id.into(), ..GetSessionRequest::default() };
    let answer = line.ask(request, async |channel, request| sessions(channel).get_session(request).await).await;
    serde_json::from_str(&message_text(&answer.session.unwrap())).unwrap()
}
