//! Taking over from a session that failed.

use god33_proto::v1::{CompleteRecoveryRequest, StartRecoveryRequest, StartRecoveryResponse};
use god33_service::text::open_object_of;

use super::{Agent, Heart, Pulse, sessions};
use crate::patterns::line::request_id;
use crate::patterns::world::World;

impl Agent {
    /// Another instance takes over from a session that failed.
    pub(in crate::patterns) async fn takes_over(
        world: &World,
        instance: &str,
        failed_session_id: &str,
        session_id: &str,
        pulse: Pulse,
    ) -> (Self, StartRecoveryResponse) {
        let line = world.line();
        let (agent_type, _) = instance.rsplit_once('-').unwrap();
        let request = StartRecoveryRequest {
            request_id: request_id(),
            failed_session_id: failed_session_id.into(),
            new_session_id: session_id.into(),
            agent_instance_id: instance.into(),
            ..StartRecoveryRequest::default()
        };
        let answer = line.ask(request, async |channel, request| sessions(channel).start_recovery(request).await).await;
        let heart = Heart::of(&line, session_id, answer.session.as_ref().unwrap().fencing_token, pulse);
        let (agent_type, instance) = (agent_type.to_owned(), instance.to_owned());
        let mut agent = Self { line, agent_type, instance, session_id: session_id.into(), work: None, heart };
        if let Some(handoff) = &answer.handoff {
            agent.holds(handoff);
        }
        (agent, answer)
    }

    /// Has restored the checkpoint, and goes on.
    pub(in crate::patterns) async fn has_restored(&self, context_delta: &str) {
        let request = CompleteRecoveryRequest {
            request_id: request_id(),
            session_id: self.session_id.clone(),
            context_delta: Some(open_object_of(context_delta).unwrap()),
            ..CompleteRecoveryRequest::default()
        };
        self.line.ask(request, async |channel, request| sessions(channel).complete_recovery(request).await).await;
    }
}
