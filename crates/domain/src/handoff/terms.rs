//! The terms of a handoff: what its request says about the work.

use serde::de::DeserializeOwned;

use super::{Handoff, LEASE_SECONDS, MAX_ATTEMPTS, Priority, TargetKind};
use crate::members::Members;
use crate::{JsonText, Timestamp};

/// What was asked for, apart from who asked.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Terms {
    pub to_agent: String,
    pub to_kind: Option<TargetKind>,
    pub task_type: Option<String>,
    pub task_description: Option<String>,
    pub context: Option<JsonText>,
    pub deadline: Option<Timestamp>,
    pub priority: Priority,
    pub lease_seconds: f64,
    pub stall_after: Option<f64>,
    pub max_attempts: u32,
}

impl Terms {
    /// What a request says. It may be of any of the events that ask for work.
    pub fn said(said: &Members<'_>) -> Self {
        Self {
            to_agent: said.name("to_agent").unwrap_or_default(),
            to_kind: said.read("to_kind"),
            task_type: said.name("task_type"),
            task_description: said.text("task_description").or_else(|| said.text("description")),
            context: object(said, "context"),
            deadline: said.text("deadline").and_then(|text| Timestamp::parse_lenient(&text).ok()),
            priority: priority(said),
            lease_seconds: seconds(said, "lease_seconds").unwrap_or(LEASE_SECONDS),
            stall_after: seconds(said, "stall_seconds"),
            max_attempts: said.read("max_attempts").filter(|most| *most > 0).unwrap_or(MAX_ATTEMPTS),
        }
    }

    /// The terms that a handoff is under.
    pub fn of(handoff: &Handoff) -> Self {
        Self {
            to_agent: handoff.to_agent.clone(),
            to_kind: handoff.to_kind,
            task_type: handoff.task_type.clone(),
            task_description: handoff.task_description.clone(),
            context: handoff.context.clone(),
            deadline: handoff.deadline,
            priority: handoff.priority,
            lease_seconds: handoff.lease_seconds,
            stall_after: handoff.stall_after,
            max_attempts: handoff.max_attempts,
        }
    }

    /// Puts a handoff under these terms.
    pub fn bind(self, handoff: &mut Handoff) {
        handoff.to_agent = self.to_agent;
        handoff.to_kind = self.to_kind;
        handoff.task_type = self.task_type;
        handoff.task_description = self.task_description;
        handoff.context = self.context;
        handoff.deadline = self.deadline;
        handoff.priority = self.priority;
        handoff.lease_seconds = self.lease_seconds;
        handoff.stall_after = self.stall_after;
        // Events that came before the request may have used up more attempts than it allows.
        handoff.max_attempts = self.max_attempts.max(handoff.attempt);
    }

    /// True when both ask for the same, however their context is spelled.
    pub fn same_as(&self, other: &Self) -> bool {
        let spelled = |terms: &Self| terms.context.as_ref().map(JsonText::canonical);
        spelled(self) == spelled(other)
            && Self { context: None, ..self.clone() } == Self { context: None, ..other.clone() }
    }
}

/// A member that is a JSON object.
pub(super) fn object(said: &Members<'_>, name: &str) -> Option<JsonText> {
    said.read(name).filter(JsonText::is_object)
}

/// A member that is a JSON array.
pub(super) fn array(said: &Members<'_>, name: &str) -> Option<JsonText> {
    said.read(name).filter(|json: &JsonText| json.as_str().starts_with('['))
}

fn seconds(said: &Members<'_>, name: &str) -> Option<f64> {
    said.read(name).filter(|seconds: &f64| *seconds > 0.0)
}

/// Written as a word or as a number.
pub(crate) fn priority(said: &Members<'_>) -> Priority {
    fn word<T: DeserializeOwned + ToString>(said: &Members<'_>) -> Option<String> {
        said.read::<T>("priority").map(|word| word.to_string())
    }
    let word = word::<String>(said).or_else(|| word::<u64>(said));
    word.map_or_else(Priority::default, |word| Priority::from_word(&word))
}
