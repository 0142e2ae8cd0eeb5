//! `god33 sessions recover`.

use std::fmt::Write as _;
use std::time::Duration;

use clap::Args;
use god33_proto::v1::{StartRecoveryRequest, StartRecoveryResponse};

use super::show;
use super::step::{self, StepArgs};
use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{ExportArgs, duration, lasting};
use crate::cli::{Failure, Target, checkpoints, feedback, handoffs, print};

/// Start a session that takes over from one that failed, with its newest checkpoint, what happened since, and its work.
#[derive(Args, Debug)]
pub struct Recover {
    #[command(flatten)]
    step: StepArgs,

    #[command(flatten)]
    export: ExportArgs,

    /// Id of the session that takes over; without it the server makes one.
    #[arg(long, value_name = "ID")]
    new_session: Option<String>,

    /// Checkpoint from which it starts; without it the newest.
    #[arg(long, value_name = "ID")]
    checkpoint: Option<String>,

    /// Type of the agent that takes over; without it the same.
    #[arg(long, value_name = "TYPE")]
    agent: Option<String>,

    /// Instance that takes over.
    #[arg(long, value_name = "NAME")]
    instance: Option<String>,

    /// A version of checkpoints that it reads, instead of those of the agent's type; may be repeated.
    #[arg(long = "schema-version", value_name = "VERSION")]
    schema_versions: Vec<String>,

    /// How long the session may be silent before it counts as failed; without it as the failed one.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    heartbeat_timeout: Option<Duration>,
}

impl Recover {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let StepArgs { session, call } = self.step;
        let request = StartRecoveryRequest {
            request_id: call.request_id(),
            context: call.context(),
            failed_session_id: session.id(),
            new_session_id: self.new_session.unwrap_or_default(),
            checkpoint_id: self.checkpoint.unwrap_or_default(),
            agent_type: self.agent.unwrap_or_default(),
            agent_instance_id: self.instance.unwrap_or_default(),
            checkpoint_schema_versions: self.schema_versions,
            heartbeat_timeout: self.heartbeat_timeout.map(lasting),
        };
        let answer =
            answered(async || Ok(target.sessions().await?.start_recovery(request.clone()).await?.into_inner())).await?;
        let session = answer.session.clone().unwrap_or_default();
        let done = Done {
            word: "took over",
            id: &session.session_id,
            more: format!("from {}", session.recovered_from),
            sheet: sheet(&answer),
            export: self.export.only(&variables(&answer)),
            next: next(&answer),
        };
        done.tell(target, &call, &as_answer(&answer))
    }
}

fn as_answer(answer: &StartRecoveryResponse) -> Answer {
    let mut told = Answer::default();
    if let Some(session) = &answer.session {
        told = told.with("session", &print::message_json(session));
    }
    if let Some(checkpoint) = &answer.checkpoint {
        told = told.with("checkpoint", &print::message_json(checkpoint));
    }
    told = told
        .list("events_since_checkpoint", &answer.events_since_checkpoint, print::event_json)
        .value("events_truncated", answer.events_truncated);
    if let Some(handoff) = &answer.handoff {
        told = told.with("handoff", &print::message_json(handoff));
    }
    told.list("answered_questions", &answer.answered_questions, print::message_json)
        .recorded(&answer.event_ids, answer.position)
}

/// All that the new session needs to know.
fn sheet(answer: &StartRecoveryResponse) -> String {
    let mut text = String::new();
    let parts = [
        answer.session.as_ref().map(show::whole),
        answer.checkpoint.as_ref().map(checkpoints::show::whole),
        answer.handoff.as_ref().map(handoffs::show::whole),
    ];
    text.extend(parts.into_iter().flatten());
    for question in &answer.answered_questions {
        let _ = writeln!(text, "{}", feedback::show::line(question));
    }
    for event in &answer.events_since_checkpoint {
        let _ = writeln!(text, "{}", print::event_line(event));
    }
    text
}

/// The new session, and the work that it holds.
fn variables(answer: &StartRecoveryResponse) -> String {
    let session = answer.session.as_ref().map(step::variables).unwrap_or_default();
    answer.handoff.as_ref().map_or(session.clone(), |handoff| format!("{session} {}", handoffs::variables(handoff)))
}

fn next(answer: &StartRecoveryResponse) -> String {
    let session = answer.session.clone().unwrap_or_default();
    let mut next = format!("for the commands that follow:  export {}", variables(answer));
    if let Some(checkpoint) = answer.checkpoint.as_ref().filter(|checkpoint| checkpoint.snapshot.is_some()) {
        let (id, of) = (print::shell_word(&checkpoint.checkpoint_id), print::shell_word(&checkpoint.session_id));
        let _ =
            write!(next, "\nits snapshot:                  god33 checkpoints download {id} --session {of} --to FILE");
    }
    if answer.events_truncated {
        let last = answer.events_since_checkpoint.last().map(|event| event.position).unwrap_or_default();
        let _ = write!(next, "\nthe events that follow:        god33 events tail --from {last}");
    }
    let id = print::shell_word(&session.session_id);
    let _ = write!(next, "\nwhen it is restored:           god33 sessions restored {id}");
    next
}
