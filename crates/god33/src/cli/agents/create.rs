//! `god33 agents create`.

use std::fmt::Write as _;

use clap::Args;
use god33_proto::v1::{CreateAgentRequest, CreateAgentResponse};
use god33_service::text::open_object_of;
use prost_types::value::Kind;
use prost_types::{Struct, Value};
use uuid::Uuid;

use crate::cli::again::answered;
use crate::cli::answer::{Answer, Done};
use crate::cli::arguments::{CallArgs, ExportArgs, json, read, word};
use crate::cli::print::{message_json, shell_word};
use crate::cli::{Failure, Target};

/// Create an agent with its session and an initial checkpoint.
#[derive(Args, Debug)]
pub struct Create {
    /// Its type.
    agent_type: String,

    /// Name for people.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,

    /// System prompt under which it runs; `-` reads it from standard input, `@FILE` from a file. Without it the one of its framework.
    #[arg(long, value_name = "TEXT")]
    system_prompt: Option<String>,

    /// An MCP server that it has; may be repeated.
    #[arg(long = "mcp-server", value_name = "NAME")]
    mcp_servers: Vec<String>,

    /// What it starts with, as a JSON object; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, value_name = "JSON")]
    context: Option<String>,

    /// The workflow that it works for: the member workflow_id of what it starts with.
    #[arg(long, env = "GOD33_WORKFLOW", value_name = "ID")]
    workflow: Option<String>,

    /// The running instance; without it the type with a number.
    #[arg(long, value_name = "NAME")]
    instance: Option<String>,

    /// Without a session: its runtime starts one.
    #[arg(long)]
    without_session: bool,

    /// Id of the agent; without it the server makes one.
    #[arg(long, value_name = "UUID")]
    id: Option<Uuid>,

    #[command(flatten)]
    export: ExportArgs,

    #[command(flatten)]
    call: CallArgs,
}

impl Create {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = self.request()?;
        let answer =
            answered(async || Ok(target.agents().await?.create_agent(request.clone()).await?.into_inner())).await?;
        let done = Done {
            word: "created",
            id: &answer.agent_id,
            more: answer.instance_id.clone(),
            export: self.export.only(&self.variables(&answer)),
            next: self.next(&answer),
            ..Done::default()
        };
        done.tell(target, &self.call, &json_of(&answer))
    }

    fn request(&self) -> Result<CreateAgentRequest, Failure> {
        let system_prompt = self.system_prompt.as_deref().map(|text| read("--system-prompt", text)).transpose()?;
        let context = self.context.as_deref().map(|text| json("--context", text, open_object_of)).transpose()?;
        Ok(CreateAgentRequest {
            request_id: self.call.request_id(),
            context: self.call.context(),
            agent_type: self.agent_type.clone(),
            name: self.name.clone().unwrap_or_default(),
            system_prompt: system_prompt.unwrap_or_default(),
            mcp_servers: self.mcp_servers.clone(),
            initial_context: tied(context, self.workflow.as_deref()),
            agent_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
            instance_id: self.instance.clone().unwrap_or_default(),
            without_session: self.without_session,
        })
    }

    /// The variables for the commands that follow.
    fn variables(&self, answer: &CreateAgentResponse) -> String {
        let (name, id) = (shell_word(&self.agent_type), shell_word(&answer.agent_id));
        let mut variables = format!("GOD33_AGENT={name} GOD33_AGENT_ID={id}");
        if let Some(session) = &answer.session {
            let (id, token) = (shell_word(&session.session_id), session.fencing_token);
            let _ = write!(variables, " GOD33_SESSION={id} GOD33_SESSION_TOKEN={token}");
        }
        variables
    }

    /// The variables, and how the agent shows that it lives.
    fn next(&self, answer: &CreateAgentResponse) -> String {
        let lives = match answer.session {
            Some(_) => "show that it lives:           god33 sessions heartbeat --every 20s",
            None => "when it is warm:              god33 agents set-state --state idle",
        };
        format!("for the commands that follow: export {}\n{lives}", self.variables(answer))
    }
}

/// What the agent starts with, tied to a workflow unless it names one itself.
fn tied(context: Option<Struct>, workflow: Option<&str>) -> Option<Struct> {
    let Some(workflow) = workflow else { return context };
    let mut context = context.unwrap_or_default();
    let named = || Value { kind: Some(Kind::StringValue(workflow.to_owned())) };
    context.fields.entry("workflow_id".into()).or_insert_with(named);
    Some(context)
}

fn json_of(answer: &CreateAgentResponse) -> Answer {
    let mut json =
        Answer::default().value("agent_id", answer.agent_id.as_str()).value("instance_id", answer.instance_id.as_str());
    if let Some(session) = &answer.session {
        json = json
            .value("status", word(answer.status()))
            .value("checkpoint_id", answer.checkpoint_id.as_str())
            .with("session", &message_json(session));
    }
    if let Some(agent) = &answer.agent {
        json = json.with("agent", &message_json(agent));
    }
    json.recorded(&answer.event_ids, answer.position)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_service::text::open_object_text;

    use super::*;

    #[test]
    fn an_agent_is_tied_to_the_workflow_that_is_named_unless_its_context_names_one() {
        assert_eq!(tied(None, None), None);
        let text = |context: Option<&str>| {
            open_object_text(&tied(context.map(|text| open_object_of(text).unwrap()), Some("w-1")).unwrap())
        };
        assert_eq!(text(None), r#"{"workflow_id":"w-1"}"#);
        assert_eq!(text(Some(r#"{"a":1}"#)), r#"{"a":1,"workflow_id":"w-1"}"#);
        assert_eq!(text(Some(r#"{"workflow_id":"w-2"}"#)), r#"{"workflow_id":"w-2"}"#);
    }
}
