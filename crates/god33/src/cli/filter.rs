//! Which events: the options that list and tail share.

use clap::Args;
use god33_domain::Timestamp;
use god33_proto::v1::EventFilter;

use super::Failure;

/// A choice of events; all that is given must hold.
#[derive(Args, Clone, Debug)]
pub struct FilterArgs {
    /// Event type or pattern; may be repeated. `*` is one segment (at the end: one or more), `#` any number.
    #[arg(long = "type", value_name = "PATTERN")]
    types: Vec<String>,

    /// Workflow that the event belongs to.
    #[arg(long, value_name = "ID")]
    workflow: Option<String>,

    /// Session that the event belongs to.
    #[arg(long, value_name = "ID")]
    session: Option<String>,

    /// Agent that the event belongs to.
    #[arg(long, value_name = "NAME")]
    agent: Option<String>,

    /// Program that sent the event (source.app).
    #[arg(long, value_name = "APP")]
    source: Option<String>,

    /// Causation chain: the event of this id, all that led to it and all that came of it.
    #[arg(long, value_name = "ID")]
    chain: Option<String>,

    /// Recorded at this time or later (RFC 3339).
    #[arg(long, value_name = "TIME")]
    since: Option<String>,

    /// Recorded before this time (RFC 3339).
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

impl FilterArgs {
    pub(super) fn filter(&self) -> Result<EventFilter, Failure> {
        Ok(EventFilter {
            event_types: self.types.clone(),
            workflow_id: self.workflow.clone().unwrap_or_default(),
            session_id: self.session.clone().unwrap_or_default(),
            agent_id: self.agent.clone().unwrap_or_default(),
            source: self.source.clone().unwrap_or_default(),
            correlation_id: self.chain.clone().unwrap_or_default(),
            since: self.since.as_deref().map(|text| time("--since", text)).transpose()?,
            until: self.until.as_deref().map(|text| time("--until", text)).transpose()?,
            ..EventFilter::default()
        })
    }
}

/// A time on the command line.
pub(super) fn time(option: &str, text: &str) -> Result<prost_types::Timestamp, Failure> {
    let time = Timestamp::parse_lenient(text).map_err(|error| Failure::Usage(format!("{option} {text} {error}")))?;
    Ok(prost_types::Timestamp { seconds: time.seconds(), nanos: time.nanos() as i32 })
}
