//! Types of agents.

use std::collections::BTreeSet;

use crate::agent::{AgentType, DESIRED_WARM};
use crate::members::Members;
use crate::state::States;
use crate::{JsonText, Position, RecordedEvent};

/// The newest description of a type stands, and all of it.
pub(super) fn registered(states: &mut States, event: &RecordedEvent) {
    let said = Members::of(&event.envelope.payload);
    let Some(name) = said.name("agent_type") else { return };
    let known = states.get::<AgentType>(&name);
    if known.is_some_and(|known| known.position >= event.position) {
        return;
    }
    states.change(&name, |known| {
        let mut described = known.unwrap_or_else(|| AgentType::unknown(&name));
        described.describe(&said);
        described.position = event.position;
        described.version += 1;
        Some(described)
    });
}

/// An agent of a type was created.
pub(super) fn grew(states: &mut States, name: &str, instance: Option<&str>) {
    let number = instance.and_then(|instance| number_of(name, instance)).unwrap_or_default();
    states.change(name, |known| {
        let mut known = known.unwrap_or_else(|| AgentType::unknown(name));
        known.instances = known.instances.saturating_add(1);
        known.created = known.created.saturating_add(1).max(number);
        known.instance_ids.extend(instance.map(str::to_owned));
        known.version += 1;
        Some(known)
    });
}

/// An agent of a type is gone.
pub(super) fn shrank(states: &mut States, name: &str, instance: Option<&str>) {
    states.update(name, |known: &mut AgentType| {
        known.instances = known.instances.saturating_sub(1);
        known.instance_ids.retain(|known| Some(known.as_str()) != instance);
        known.version += 1;
    });
}

/// The number in the name of an instance that is named after its type.
fn number_of(agent_type: &str, instance: &str) -> Option<u32> {
    instance.strip_prefix(agent_type)?.strip_prefix('-')?.parse().ok()
}

impl AgentType {
    fn unknown(name: &str) -> Self {
        Self {
            agent_type: name.to_owned(),
            framework: None,
            capabilities: Vec::new(),
            payload_versions: Vec::new(),
            checkpoint_schema_versions: Vec::new(),
            desired_warm: DESIRED_WARM,
            max_instances: 0,
            description: None,
            metadata: None,
            position: Position::START,
            instances: 0,
            created: 0,
            instance_ids: BTreeSet::new(),
            registered: false,
            version: 0,
        }
    }

    fn describe(&mut self, said: &Members<'_>) {
        self.framework = said.name("framework");
        self.capabilities = said.read("capabilities").unwrap_or_default();
        self.payload_versions = said.read("payload_versions").unwrap_or_default();
        self.checkpoint_schema_versions = said.read("checkpoint_schema_versions").unwrap_or_default();
        self.desired_warm = said.read("desired_warm").unwrap_or(DESIRED_WARM);
        self.max_instances = said.read("max_instances").unwrap_or_default();
        self.description = said.text("description");
        self.metadata = said.read("metadata").filter(JsonText::is_object);
        self.registered = true;
    }
}
