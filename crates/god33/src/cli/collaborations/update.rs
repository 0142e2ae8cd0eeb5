//! `god33 collaborations update`.

use clap::Args;
use god33_proto::v1::{Artifact, Collaboration, CollaborationUpdate, UpdateCollaborationRequest};
use god33_service::text::open_object_of;

use super::show;
use crate::cli::again::answered;
use crate::cli::answer::Done;
use crate::cli::arguments::{CallArgs, CollaborationArg, artifact, json};
use crate::cli::print::shell_word;
use crate::cli::{Failure, Target};

/// Report how far a participant is, or deliver.
#[derive(Args, Debug)]
pub struct Update {
    #[command(flatten)]
    collaboration: CollaborationArg,

    /// Participant that reports.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    agent: String,

    #[command(flatten)]
    report: Report,

    #[command(flatten)]
    call: CallArgs,
}

/// What is reported: at least one part of it.
#[derive(Args, Debug)]
#[group(required = true, multiple = true)]
struct Report {
    /// How far it is, in percent.
    #[arg(long, value_name = "PERCENT")]
    progress: Option<f64>,

    /// How far it is, or what it delivers, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// What it delivers, as a JSON object; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    result: Option<String>,

    /// What it made; may be repeated.
    #[arg(long = "artifact", value_name = "TYPE:PATH[:STATUS]", value_parser = artifact)]
    artifacts: Vec<Artifact>,

    /// It has delivered all that it answers for.
    #[arg(long)]
    delivered: bool,
}

impl Update {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = UpdateCollaborationRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            update: Some(self.update()?),
        };
        let answer = answered(async || {
            Ok(target.collaborations().await?.update_collaboration(request.clone()).await?.into_inner())
        })
        .await?;
        let collaboration = answer.collaboration.unwrap_or_default();
        let done = Done {
            word: if self.report.delivered { "delivered" } else { "reported" },
            id: &collaboration.collaboration_id,
            more: show::standing(&collaboration),
            next: self.next(&collaboration),
            ..Done::default()
        };
        done.tell(target, &self.call, &show::answer(&collaboration, &answer.event_ids, answer.position))
    }

    fn update(&self) -> Result<CollaborationUpdate, Failure> {
        let report = &self.report;
        let result = report.result.as_deref().map(|text| json("--result", text, open_object_of)).transpose()?;
        Ok(CollaborationUpdate {
            collaboration_id: self.collaboration.id(),
            agent_id: self.agent.clone(),
            summary: report.summary.clone().unwrap_or_default(),
            progress_pct: report.progress,
            result,
            artifacts: report.artifacts.clone(),
            delivered: report.delivered,
        })
    }

    fn next(&self, collaboration: &Collaboration) -> String {
        if self.report.delivered {
            return show::next(collaboration);
        }
        format!(
            "when all is done: god33 collaborations update {} --agent {} --delivered --summary 'what it is'",
            shell_word(&collaboration.collaboration_id),
            shell_word(&self.agent)
        )
    }
}
