//! `god33 events publish`.

use anstyle::{AnsiColor, Style};
use clap::Args;
use god33_proto::v1::{AgentContext, AppendEventsRequest, EventEnvelope, EventPayload};
use god33_service::text;
use uuid::Uuid;

use crate::cli::again::answered;
use crate::cli::arguments::{read, source};
use crate::cli::connection::Output;
use crate::cli::filter::time;
use crate::cli::{Failure, Target, print};

/// Record an event, and with it publish it to the bus.
#[derive(Args, Debug)]
pub struct Publish {
    /// Type of the event, for example bmad.workflow.started.
    event_type: String,

    /// The payload as JSON; `-` reads it from standard input, `@FILE` from a file.
    #[arg(long, default_value = "{}", value_name = "JSON")]
    payload: String,

    /// An event that caused this one; may be repeated.
    #[arg(long = "parent", value_name = "UUID")]
    parents: Vec<Uuid>,

    /// Id of the event; without it a new one is made. The same id with the same content is recorded once.
    #[arg(long, value_name = "UUID")]
    event_id: Option<Uuid>,

    /// When it happened (RFC 3339); without it the server's time.
    #[arg(long, value_name = "TIME")]
    timestamp: Option<String>,

    /// Program that sends it (source.app).
    #[arg(long, default_value = "god33-cli", value_name = "APP")]
    app: String,

    /// Agent that acts: a role such as bmad-architect, or the kind of agent when --instance names it.
    #[arg(long, value_name = "TYPE")]
    agent: Option<String>,

    /// The agent's instance, for example letta-python-dev-001.
    #[arg(long, value_name = "NAME", requires = "agent")]
    instance: Option<String>,

    /// Id that the whole chain of events shares.
    #[arg(long, default_value = "", value_name = "ID")]
    chain_id: String,

    /// Send the payload as free JSON although its type has a declared shape.
    #[arg(long)]
    custom: bool,

    /// Print the id of the event and nothing else, for the --parent of the next one.
    #[arg(long, short)]
    quiet: bool,
}

const DONE: Style = AnsiColor::Green.on_default();

impl Publish {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let event = self.envelope()?;
        let (event_id, event_type) = (event.event_id.clone(), event.event_type.clone());
        // The request has an id of its own, so that a retry on the way cannot record the event twice.
        let request_id = Uuid::new_v4().to_string();
        let request = AppendEventsRequest { request_id, events: vec![event], cursor: None };
        let answer =
            answered(async || Ok(target.event_store().await?.append_events(request.clone()).await?.into_inner()))
                .await?;
        let result = answer.results.first();
        let known = result.is_some_and(|result| result.already_recorded);
        if target.output == Output::Json {
            let json =
                serde_json::json!({"event_id": event_id, "position": answer.position, "already_recorded": known});
            return print::json(&json.to_string());
        }
        if self.quiet {
            return print::text(&format!("{event_id}\n"));
        }
        let word = if known { "was recorded before" } else { "recorded" };
        print::text(&format!("{DONE}{word}{DONE:#} at position {}  {event_id}\n", answer.position))?;
        print::hint(&format!(
            "what comes of it: god33 events descendants {event_id}\nmore like it:      god33 events list --type {event_type}"
        ))
    }

    fn envelope(&self) -> Result<EventEnvelope, Failure> {
        Ok(EventEnvelope {
            event_id: self.event_id.unwrap_or_else(Uuid::now_v7).to_string(),
            event_type: self.event_type.clone(),
            timestamp: self.timestamp.as_deref().map(|text| time("--timestamp", text)).transpose()?,
            source: Some(source(&self.app)),
            correlation_ids: self.parents.iter().map(ToString::to_string).collect(),
            agent_context: self.agent.as_ref().map(|kind| Box::new(self.agent_context(kind))),
            payload: Some(self.payload()?),
            chain_id: self.chain_id.clone(),
            ..EventEnvelope::default()
        })
    }

    fn payload(&self) -> Result<EventPayload, Failure> {
        let json = read("--payload", &self.payload)?;
        let parsed =
            if self.custom { text::custom_payload_of(&json) } else { text::payload_of(&self.event_type, &json) };
        parsed.map_err(|problem| {
            Failure::Usage(format!("--payload {problem}\n  correct it, or add --custom to send it as free JSON"))
        })
    }

    fn agent_context(&self, kind: &str) -> AgentContext {
        AgentContext { r#type: kind.to_owned(), instance_id: self.instance.clone(), ..AgentContext::default() }
    }
}
