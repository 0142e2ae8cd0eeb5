//! What a command says about the events that it records.

use god33_domain::{EventId, JsonText, Limits, Timestamp, is_traceparent};
use god33_proto::v1::{ErrorReason, EventContext};
use tonic::metadata::MetadataMap;

use super::envelope::check_size;
use super::path::Path;
use super::violations::Violations;
use super::{id, plain_text, source, time};
use crate::Principal;

/// The context of a command.
#[derive(Debug)]
pub(crate) struct Context {
    /// Its causes.
    pub(crate) correlation_ids: Vec<EventId>,
    /// Where its events come from; `None` only when something is wrong with it.
    pub(crate) source: Option<JsonText>,
    /// The agent that acts.
    pub(crate) agent_context: Option<JsonText>,
    /// The id that the chain shares.
    pub(crate) chain_id: Option<String>,
    /// W3C trace context: of the command, else of the call.
    pub(crate) traceparent: Option<String>,
    /// When it happened; `None` for the server's time.
    pub(crate) timestamp: Option<Timestamp>,
}

/// Reads the context of a command.
pub(crate) fn parse(
    context: Option<&EventContext>,
    principal: &Principal,
    limits: &Limits,
    metadata: &MetadataMap,
    found: &mut Violations,
) -> Context {
    let absent = EventContext::default();
    let context = context.unwrap_or(&absent);
    let at = Path::Request.member("context");
    let source = match &context.source {
        Some(source) => source::to_json(source, &at.member("source"), found),
        None => Some(source::of_caller(principal)),
    };
    let agent_context = context.agent_context.as_ref();
    let agent_context = agent_context.and_then(|agent| source::to_json(agent, &at.member("agent_context"), found));
    for (name, text) in [("source", source.as_ref()), ("agent_context", agent_context.as_ref())] {
        if let Some(text) = text {
            check_size(text, limits.payload_bytes, &at.member(name), found);
        }
    }
    check_causes(context.correlation_ids.len(), limits.parents, &at.member("correlation_ids"), found);
    let of_call = metadata.get("traceparent").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let traceparent = if context.traceparent.is_empty() { readable(of_call) } else { &context.traceparent };
    Context {
        correlation_ids: id::event_ids(&context.correlation_ids, &at.member("correlation_ids"), found),
        source,
        agent_context,
        chain_id: plain_text::optional(
            &context.chain_id,
            255,
            ErrorReason::InvalidField,
            &at.member("chain_id"),
            found,
        ),
        traceparent: plain_text::optional(
            traceparent,
            255,
            ErrorReason::InvalidField,
            &at.member("traceparent"),
            found,
        ),
        timestamp: time::parse(context.timestamp.as_ref(), &at.member("timestamp"), found),
    }
}

/// A header of the call that nobody could keep is ignored, as W3C asks.
fn readable(traceparent: &str) -> &str {
    if is_traceparent(traceparent) { traceparent } else { "" }
}

fn check_causes(count: usize, limit: usize, at: &Path<'_>, found: &mut Violations) {
    if count > limit {
        let details = vec![("limit", limit.to_string()), ("actual", count.to_string())];
        let description = format!("names {count} parents and the limit is {limit}");
        found.add_with(at, ErrorReason::TooManyParents, description, details);
    }
}
