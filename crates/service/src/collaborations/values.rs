//! The values that an event gives to keys of a shared context.

use std::collections::BTreeMap;

use god33_domain::collaboration::Collaboration;
use god33_domain::command::Payload;
use god33_domain::{JsonText, RecordedEvent, is_plain_text};
use god33_proto::v1::SharedValue;

use crate::wire::json;

/// The values that an event gives to keys, in order of the keys; none when it is not about the collaboration.
pub(super) fn values(collaboration: &Collaboration, event: &RecordedEvent) -> Vec<SharedValue> {
    if event.belonging.about.collaboration.as_ref() != Some(&collaboration.collaboration_id) {
        return Vec::new();
    }
    let said = Payload::of(&event.envelope.payload);
    if event.envelope.event_type.as_str() == "agent.collaboration.context.updated" {
        let Some(key) = said.text("key") else { return Vec::new() };
        let value = said.read("value").unwrap_or_else(|| JsonText::from_trusted("null".into()));
        let version = version(collaboration, event, &key).or_else(|| said.read("version")).unwrap_or_default();
        let by = said.text("agent_id").or_else(|| event.agent().map(|agent| agent.as_str().to_owned()));
        return shown(event, &key, &value, version, by).into_iter().collect();
    }
    if collaboration.started_event_id != Some(event.id()) {
        return Vec::new();
    }
    let shared: BTreeMap<String, JsonText> = said.read("shared_context").unwrap_or_default();
    let by = collaboration.initiator_agent.as_ref();
    let shared = shared.iter().filter(|(key, _)| is_plain_text(key, 255));
    shared.filter_map(|(key, value)| shown(event, key, value, 1, by.cloned())).collect()
}

/// The version that the state knows: that of a value that stands. Events of the bus need not say one.
fn version(collaboration: &Collaboration, event: &RecordedEvent, key: &str) -> Option<u64> {
    let standing = collaboration.shared_context.iter().find(|value| value.key == key)?;
    (standing.event_id == event.id()).then_some(standing.version)
}

/// A value as its message. What cannot be said in it is left out, as it is in a state.
fn shown(
    event: &RecordedEvent,
    key: &str,
    value: &JsonText,
    version: u64,
    changed_by: Option<String>,
) -> Option<SharedValue> {
    let text = Payload::new()
        .with("key", key)
        .with("value", value)
        .with("version", version)
        .with_some("changed_by", changed_by)
        .with("changed_at", event.envelope.timestamp)
        .with("event_id", event.id())
        .into_json();
    json::state(text.as_str()).ok()
}
