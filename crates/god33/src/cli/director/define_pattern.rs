//! `god33 director define-pattern`.

use clap::Args;
use god33_proto::v1::{DefineMisePatternRequest, MisePatternDefined};
use god33_service::text::open_object_of;
use uuid::Uuid;

use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, json, read};
use crate::cli::print::{message_json, shell_word};
use crate::cli::{Failure, Target};

/// Define a pattern of tasks.
#[derive(Args, Debug)]
pub struct DefinePattern {
    /// The tasks that every service has, as a JSON object with a member a task; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    tasks: String,

    /// How every task is called and what it answers, as a JSON object; `-` and `@FILE` as for --tasks.
    #[arg(long, value_name = "JSON")]
    interface: Option<String>,

    /// Name of the pattern.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,

    /// Text of the mise.toml that shows it; `-` and `@FILE` as for --tasks.
    #[arg(long, value_name = "TEXT")]
    example: Option<String>,

    /// Agent that defines it.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// The collaboration; without it the one of the first parent.
    #[arg(long, env = "GOD33_COLLABORATION", value_name = "ID")]
    collaboration: Option<String>,

    /// Id of the pattern; without it the id of its event.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    #[command(flatten)]
    call: CallArgs,
}

impl DefinePattern {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = DefineMisePatternRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            pattern: Some(self.pattern()?),
        };
        let answer =
            answered(async || Ok(target.director().await?.define_mise_pattern(request.clone()).await?.into_inner()))
                .await?;
        let pattern = answer.pattern.unwrap_or_default();
        let json = Answer::default().with("pattern", &message_json(&pattern));
        // A delegation names the pattern by its event; get-pattern takes either.
        let id = &pattern.event_id;
        let next = format!(
            "who shall follow it: god33 director delegate --service SERVICE --to AGENT --pattern {}",
            shell_word(id)
        );
        let done = Done { word: "defined", id, more: pattern.name.clone(), next, ..Done::default() };
        done.tell(target, &self.call, &json.recorded(&answer.event_ids, answer.position))
    }

    fn pattern(&self) -> Result<MisePatternDefined, Failure> {
        let interface = self.interface.as_deref().map(|text| json("--interface", text, open_object_of)).transpose()?;
        let example = self.example.as_deref().map(|text| read("--example", text)).transpose()?;
        Ok(MisePatternDefined {
            standard_tasks: Some(json("--tasks", &self.tasks, open_object_of)?),
            task_interface: interface,
            pattern_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            from_agent: self.from.clone().unwrap_or_default(),
            name: self.name.clone().unwrap_or_default(),
            example: example.unwrap_or_default(),
            collaboration_id: self.collaboration.clone().unwrap_or_default(),
        })
    }
}
