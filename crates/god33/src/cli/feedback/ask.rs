//! `god33 feedback ask`.

use clap::Args;
use god33_proto::v1::{FeedbackRequested, Priority, RequestFeedbackRequest};
use god33_service::text::open_object_of;
use prost_types::Timestamp;
use uuid::Uuid;

use super::step;
use crate::cli::again::answered;
use crate::cli::arguments::{CallArgs, deadline, json, words};
use crate::cli::{Failure, Target, print};

/// Ask people. A session that asks and waits is paused until the answer comes.
#[derive(Args, Debug)]
pub struct Ask {
    /// The question.
    question: String,

    /// An answer to choose from; may be repeated. Without it any text.
    #[arg(long = "option", value_name = "TEXT")]
    options: Vec<String>,

    /// Person or group that is asked; without it anybody.
    #[arg(long, value_name = "NAME")]
    assignee: Option<String>,

    /// When the answer is needed: a time (RFC 3339), or a span of time from now such as 2h.
    #[arg(long, value_name = "TIME", value_parser = deadline)]
    deadline: Option<Timestamp>,

    /// Answer that stands when nobody answers in time; without it the question expires.
    #[arg(long, value_name = "TEXT")]
    default_answer: Option<String>,

    /// Person or group that is asked when half of the time has passed.
    #[arg(long, value_name = "NAME")]
    escalate_to: Option<String>,

    /// How urgent it is; without it medium.
    #[arg(long, value_parser = words::<Priority>())]
    priority: Option<Priority>,

    /// Session that asks.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: Option<String>,

    /// Agent that asks.
    #[arg(long, env = "GOD33_AGENT", value_name = "NAME")]
    from: Option<String>,

    /// The workflow; without it the one of the session.
    #[arg(long, env = "GOD33_WORKFLOW", value_name = "ID")]
    workflow: Option<String>,

    /// What one needs to know to answer, as a JSON object; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    context: Option<String>,

    /// Go on working meanwhile.
    #[arg(long)]
    not_blocking: bool,

    /// Id of the question; without it the server makes one.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    #[command(flatten)]
    call: CallArgs,
}

impl Ask {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let call = self.call.clone();
        let request = RequestFeedbackRequest {
            request_id: call.request_id(),
            context: call.context(),
            feedback: Some(self.requested()?),
        };
        let answer =
            answered(async || Ok(target.feedback().await?.request_feedback(request.clone()).await?.into_inner()))
                .await?;
        let question = answer.question.unwrap_or_default();
        let next = format!("wait for the answer: god33 feedback wait {}", print::shell_word(&question.question_id));
        step::tell(target, &call, "asked", &question, (&answer.event_ids, answer.position), next)
    }

    fn requested(self) -> Result<FeedbackRequested, Failure> {
        Ok(FeedbackRequested {
            from_agent: self.from.unwrap_or_default(),
            question: self.question,
            context: self.context.as_deref().map(|text| json("--context", text, open_object_of)).transpose()?,
            blocking: self.not_blocking.then_some(false),
            question_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            session_id: self.session.unwrap_or_default(),
            workflow_id: self.workflow.unwrap_or_default(),
            options: self.options,
            assignee: self.assignee.unwrap_or_default(),
            deadline: self.deadline,
            default_answer: self.default_answer.unwrap_or_default(),
            escalate_to: self.escalate_to.unwrap_or_default(),
            priority: self.priority.unwrap_or_default().into(),
        })
    }
}
