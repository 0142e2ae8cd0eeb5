//! `god33 checkpoints save`.

use std::path::PathBuf;

use clap::Args;
use god33_proto::v1::{Checkpoint, CheckpointSaved, CheckpointType, ContextSnapshot, SaveCheckpointRequest};
use god33_service::text::message_of;

use super::upload::{self, Upload};
use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, MetricsArgs, SessionArg, json, words};
use crate::cli::{Failure, Target, print};

/// Save where an agent stands, and perhaps a snapshot of its state.
#[derive(Args, Debug)]
pub struct Save {
    #[command(flatten)]
    session: SessionArg,

    /// Name of the checkpoint, unique in its session; without it the server makes one.
    #[arg(long, value_name = "ID")]
    id: Option<String>,

    /// Why it is made; without it progress.
    #[arg(long = "type", value_parser = words::<CheckpointType>())]
    checkpoint_type: Option<CheckpointType>,

    /// What was done since the last one, in a sentence.
    #[arg(long, value_name = "TEXT")]
    summary: Option<String>,

    /// What the agent does now.
    #[arg(long, value_name = "TEXT")]
    focus: Option<String>,

    /// What it will do next.
    #[arg(long, value_name = "TEXT")]
    next_steps: Option<String>,

    /// A file that it changed; may be repeated.
    #[arg(long = "file-modified", value_name = "PATH")]
    files_modified: Vec<String>,

    /// Where the agent stands, as a JSON object, for what has no option of its own; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    context: Option<String>,

    #[command(flatten)]
    metrics: MetricsArgs,

    /// The agent's instance.
    #[arg(long, value_name = "NAME")]
    instance: Option<String>,

    /// Version of the form of the agent's state.
    #[arg(long, value_name = "VERSION")]
    schema_version: Option<String>,

    /// File with the state of the agent. A large one goes up in chunks, of which only those are sent that are not stored yet.
    #[arg(long, value_name = "FILE")]
    snapshot: Option<PathBuf>,

    /// Media type of the snapshot, for instance application/gzip.
    #[arg(long, value_name = "TYPE")]
    media_type: Option<String>,

    /// Keep it from retention.
    #[arg(long)]
    pin: bool,

    #[command(flatten)]
    call: CallArgs,
}

impl Save {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let checkpoint = self.checkpoint()?;
        let media_type = self.media_type.unwrap_or_default();
        let sent = match &self.snapshot {
            Some(file) => upload::send(target, file, &checkpoint.session_id, &media_type).await?,
            None => Upload::default(),
        };
        let request = SaveCheckpointRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            checkpoint: Some(checkpoint),
            upload_id: sent.upload_id,
            snapshot: sent.snapshot,
            media_type,
            pin: self.pin,
        };
        let answer =
            answered(async || Ok(target.sessions().await?.save_checkpoint(request.clone()).await?.into_inner()))
                .await?;
        let checkpoint = answer.checkpoint.unwrap_or_default();
        let done = Done {
            word: "saved",
            id: &checkpoint.checkpoint_id,
            more: size(&checkpoint),
            next: next(&checkpoint),
            ..Done::default()
        };
        let told = Answer::default().with("checkpoint", &print::message_json(&checkpoint));
        done.tell(target, &self.call, &told.recorded(&answer.event_ids, answer.position))
    }

    fn checkpoint(&self) -> Result<CheckpointSaved, Failure> {
        Ok(CheckpointSaved {
            session_id: self.session.id(),
            checkpoint_id: self.id.clone().unwrap_or_default(),
            agent_instance_id: self.instance.clone().unwrap_or_default(),
            checkpoint_type: self.checkpoint_type.unwrap_or_default().into(),
            summary: self.summary.clone().unwrap_or_default(),
            context_snapshot: self.context_snapshot()?,
            metrics: self.metrics.metrics(),
            schema_version: self.schema_version.clone().unwrap_or_default(),
            ..CheckpointSaved::default()
        })
    }

    fn context_snapshot(&self) -> Result<Option<ContextSnapshot>, Failure> {
        let given: Option<ContextSnapshot> =
            self.context.as_deref().map(|text| json("--context", text, message_of)).transpose()?;
        let mut stands = given.unwrap_or_default();
        stands.files_modified.extend_from_slice(&self.files_modified);
        if let Some(focus) = &self.focus {
            stands.current_focus.clone_from(focus);
        }
        if let Some(next_steps) = &self.next_steps {
            stands.next_steps.clone_from(next_steps);
        }
        Ok((stands != ContextSnapshot::default()).then_some(stands))
    }
}

fn size(checkpoint: &Checkpoint) -> String {
    let snapshot = checkpoint.snapshot.as_ref();
    snapshot
        .map(|snapshot| format!("{} bytes, {} of them new", snapshot.size, snapshot.stored_bytes))
        .unwrap_or_default()
}

fn next(checkpoint: &Checkpoint) -> String {
    let (id, session) = (print::shell_word(&checkpoint.checkpoint_id), print::shell_word(&checkpoint.session_id));
    match checkpoint.snapshot {
        Some(_) => format!("bring it back: god33 checkpoints download {id} --session {session} --to FILE"),
        None => format!("what it says: god33 checkpoints get {id} --session {session}"),
    }
}
