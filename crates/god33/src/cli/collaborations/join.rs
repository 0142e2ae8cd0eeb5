//! `god33 collaborations join`.

use clap::Args;
use god33_proto::v1::{CollaborationParticipantJoined, JoinCollaborationRequest};

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, CollaborationArg};
use crate::cli::print::shell_word;
use crate::cli::{Failure, Target};

/// Take part.
#[derive(Args, Debug)]
pub struct Join {
    #[command(flatten)]
    collaboration: CollaborationArg,

    /// Agent that joins.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    agent: String,

    /// Its role; any word.
    #[arg(long, value_name = "WORD")]
    role: Option<String>,

    /// What it answers for; may be repeated.
    #[arg(long = "responsibility", value_name = "TEXT")]
    responsibilities: Vec<String>,

    /// Session in which it takes part.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: Option<String>,

    #[command(flatten)]
    call: CallArgs,
}

impl Join {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let participant = CollaborationParticipantJoined {
            collaboration_id: self.collaboration.id(),
            agent_id: self.agent.clone(),
            role: self.role.unwrap_or_default(),
            responsibilities: self.responsibilities,
            session_id: self.session.unwrap_or_default(),
        };
        let request = JoinCollaborationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            participant: Some(participant),
        };
        let answer = answered(async || {
            Ok(target.collaborations().await?.join_collaboration(request.clone()).await?.into_inner())
        })
        .await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let id = &collaboration.collaboration_id;
        let report = "--progress 50 --summary 'half of it is done'";
        let next = format!(
            "how far you are: god33 collaborations update {} --agent {} {report}",
            shell_word(id),
            shell_word(&self.agent)
        );
        let done = Done { word: "joined", id, more: show::standing(&collaboration), next, ..Done::default() };
        done.tell(target, &self.call, &show::answer(&collaboration, &answer.event_ids, answer.position))
    }
}
