//! Writes an event as upstream's envelope, family A, for the bus.

use god33_domain::{Envelope, JsonText};

use crate::members::{Members, object, quote, read_text};

/// The agent types that upstream accepts; its consumers refuse a message with any other.
const AGENT_TYPES: [&str; 9] =
    ["claude-code", "claude-chat", "gemini-cli", "gemini-code", "letta", "agno", "smolagent", "atomic-agent", "custom"];

/// The kinds of sources that upstream accepts.
const SOURCE_TYPES: [&str; 8] =
    ["manual", "agent", "scheduled", "heartbeat", "file_watch", "hook", "webhook", "service"];

/// The members of `agent_context`, in upstream's order, between `type` and `meta`.
const AGENT_MEMBERS: [&str; 8] = [
    "name",
    "system_prompt",
    "instance_id",
    "mcp_servers",
    "file_references",
    "url_references",
    "code_state",
    "checkpoint_id",
];

const CODE_STATE_MEMBERS: [&str; 5] = ["repo_url", "branch", "working_diff", "branch_diff", "last_commit_hash"];

/// The members of the envelope itself. An extension of such a name would contradict the envelope and is left out.
const ENVELOPE_MEMBERS: [&str; 8] =
    ["event_id", "event_type", "timestamp", "version", "source", "correlation_ids", "agent_context", "payload"];

/// Writes an envelope as upstream's own publisher does: compact JSON, its members in its order, every optional one there. Payload,
/// source and agent context are the producer's text.
///
/// What upstream has no place for stands beside its members, where its readers skip it: `correlation_id` (the chain id),
/// `causation_id`, `traceparent` and the extensions, each only when set. Two things are changed, since upstream's readers
/// refuse the whole message otherwise: an agent type that they don't know becomes `custom` with the true one in
/// `agent_context.meta.god33_agent_type`, and a source type likewise `service` with `source.meta.god33_source_type`.
pub fn render(envelope: &Envelope) -> String {
    let parents: Vec<String> = envelope.correlation_ids.iter().map(|id| quote(&id.to_string())).collect();
    let mut members = vec![
        ("event_id", quote(&envelope.event_id.to_string())),
        ("event_type", quote(envelope.event_type.as_str())),
        ("timestamp", quote(&envelope.timestamp.to_string())),
        ("version", quote(&envelope.version)),
        ("source", source(&envelope.source)),
        ("correlation_ids", format!("[{}]", parents.join(","))),
        ("agent_context", envelope.agent_context.as_ref().map_or_else(null, agent_context)),
        ("payload", envelope.payload.as_str().to_owned()),
    ];
    let causation = envelope.causation_id.map(|id| id.to_string());
    let beside = [
        ("correlation_id", envelope.chain_id.as_deref()),
        ("causation_id", causation.as_deref()),
        ("traceparent", envelope.traceparent.as_deref()),
    ];
    members.extend(beside.into_iter().filter_map(|(name, text)| Some((name, quote(text?)))));
    let taken: Vec<&str> = ENVELOPE_MEMBERS.into_iter().chain(members[8..].iter().map(|(name, _)| *name)).collect();
    let extensions = read(envelope.extensions.as_ref());
    let extensions = extensions.rest().filter(|(name, _)| !taken.contains(name));
    object(members.iter().map(|(name, json)| (*name, json.as_str())).chain(extensions))
}

fn source(source: &JsonText) -> String {
    let mut given = read(Some(source));
    let host = given.take(&["host"], Some).map_or_else(|| quote(""), as_text);
    let kind = given.take(&["type"], Some);
    let app = given.take(&["app"], Some).map_or_else(null, as_text);
    let meta = given.take(&["meta"], Some);
    let (kind, meta) = known_type(kind, &SOURCE_TYPES, "service", meta, "god33_source_type");
    let members = [("host", host.as_str()), ("type", &kind), ("app", &app), ("meta", &meta)];
    object(members.into_iter().chain(given.rest()))
}

fn agent_context(context: &JsonText) -> String {
    let mut given = read(Some(context));
    let kind = given.take(&["type"], Some);
    let meta = given.take(&["meta"], Some);
    let (kind, meta) = known_type(kind, &AGENT_TYPES, "custom", meta, "god33_agent_type");
    let mut members = vec![("type", kind)];
    for name in AGENT_MEMBERS {
        let json = given.take(&[name], Some);
        let json = if name == "code_state" { json.map(code_state) } else { json.map(str::to_owned) };
        members.push((name, json.unwrap_or_else(null)));
    }
    members.push(("meta", meta));
    object(members.iter().map(|(name, json)| (*name, json.as_str())).chain(given.rest()))
}

fn code_state(json: &str) -> String {
    let Some(mut given) = Members::parse(json) else { return json.to_owned() };
    let known = CODE_STATE_MEMBERS.map(|name| (name, given.take(&[name], Some).unwrap_or("null")));
    object(known.into_iter().chain(given.rest()))
}

/// The type as upstream accepts it, and the meta data that keep the true one where the two differ.
fn known_type(kind: Option<&str>, known: &[&str], other: &str, meta: Option<&str>, name: &str) -> (String, String) {
    let meta_text = meta.map_or_else(null, str::to_owned);
    match kind {
        None => (quote(other), meta_text),
        Some(kind) if read_text(kind).is_some_and(|kind| known.contains(&kind.as_str())) => {
            (kind.to_owned(), meta_text)
        }
        Some(kind) => {
            let meta = meta.and_then(Members::parse).unwrap_or(Members::none());
            let kept = meta.rest().filter(|(member, _)| *member != name);
            (quote(other), object(kept.chain([(name, kind)])))
        }
    }
}

/// A value where upstream wants a text: as it is when it is one, else its JSON as text.
fn as_text(json: &str) -> String {
    if json.starts_with('"') { json.to_owned() } else { quote(json) }
}

fn null() -> String {
    "null".to_owned()
}

fn read(json: Option<&JsonText>) -> Members<'_> {
    json.and_then(|json| Members::parse(json.as_str())).unwrap_or(Members::none())
}
