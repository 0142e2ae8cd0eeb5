//! Setting keys of the shared context.

use std::collections::BTreeSet;

use super::active::{active, participant, room};
use super::participants::Actor;
use super::{Collaboration, MOST_CONTEXT_BYTES, MOST_KEYS};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::id::is_plain_text;
use crate::{JsonText, Refusal};

/// How many keys one call may set.
const MOST_CHANGES: usize = 100;

/// Sets keys of the shared context, all or none.
#[derive(Clone, Debug)]
pub struct SetSharedContext {
    /// Who asks.
    pub author: Author,
    /// The collaboration.
    pub collaboration_id: String,
    /// The participant that changes it.
    pub agent_id: String,
    /// What to set.
    pub changes: Vec<ContextChange>,
}

/// One key to set.
#[derive(Clone, Debug)]
pub struct ContextChange {
    /// The key.
    pub key: String,
    /// The new value; JSON null removes the key.
    pub value: JsonText,
    /// The version that the caller read, 0 for none; `None` for any.
    pub expected_version: Option<u64>,
}

impl Command for SetSharedContext {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        self.check_keys()?;
        let collaboration = active(view, &self.collaboration_id)?;
        let actor = Actor::of_command(Some(&self.agent_id), None, &self.author);
        participant(collaboration, &actor, view)?;
        self.changes.iter().try_for_each(|change| change.check(collaboration))?;
        self.check_room(collaboration)?;
        let mut script = Script::new(&self.author, view);
        for change in &self.changes {
            let payload = self.payload(change, collaboration.next_version_of(&change.key));
            script.record("agent.collaboration.context.updated", collaboration.started_event_id, payload)?;
        }
        Ok(script.about::<Collaboration>(&self.collaboration_id))
    }
}

impl SetSharedContext {
    fn check_keys(&self) -> Result<(), Refusal> {
        let wrong = |why: String| Err(Refusal::InvalidField { field: "changes", why });
        if self.changes.is_empty() || self.changes.len() > MOST_CHANGES {
            return wrong(format!("names {} keys: name 1 to {MOST_CHANGES}", self.changes.len()));
        }
        let mut seen = BTreeSet::new();
        for ContextChange { key, .. } in &self.changes {
            if !is_plain_text(key, 255) {
                return wrong("has a key that is none: use 1 to 255 characters without control characters".into());
            }
            if !seen.insert(key) {
                return wrong(format!("names {key} twice: name each key once"));
            }
        }
        Ok(())
    }

    fn check_room(&self, collaboration: &Collaboration) -> Result<(), Refusal> {
        let is_new = |change: &&ContextChange| collaboration.next_version_of(&change.key) == 1;
        let keys = collaboration.keys() + self.changes.iter().filter(is_new).count();
        room("keys of the shared context", keys, MOST_KEYS, "use keys again, or put several values under one")?;
        let kept = collaboration.context_bytes_but(|key| self.changes.iter().any(|change| change.key == key));
        let set: usize = self.changes.iter().map(|change| change.key.len() + change.value.as_str().len()).sum();
        let cure = "keep large values elsewhere and share where they are";
        room("bytes of the shared context", kept + set, MOST_CONTEXT_BYTES, cure)
    }

    fn payload(&self, change: &ContextChange, version: u64) -> Payload {
        Payload::new()
            .with("collaboration_id", &self.collaboration_id)
            .with("agent_id", &self.agent_id)
            .with("key", &change.key)
            .with("value", &change.value)
            .with("version", version)
    }
}

impl ContextChange {
    fn check(&self, collaboration: &Collaboration) -> Result<(), Refusal> {
        let actual = collaboration.version_of(&self.key);
        let Some(expected) = self.expected_version.filter(|expected| *expected != actual) else { return Ok(()) };
        let value = collaboration.shared_context.iter().find(|value| value.key == self.key);
        let changed_by = value.and_then(|value| value.changed_by.clone());
        Err(Refusal::ContextKeyConflict { key: self.key.clone(), expected, actual, changed_by })
    }
}
