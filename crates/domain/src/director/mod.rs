//! The Director of Engineering: work over several services, and the patterns of tasks that they share.
//!
//! A task runs until it is completed, failed or cancelled; while its result is being checked, it is validating. The work on one of its services
//! waits for the services that it depends on, is ready, is delegated, and is completed or failed; what failed can be delegated again. A
//! delegation is also a handoff of the same id: that is how an agent takes the work, and how it ends.

mod cancel_task;
mod complete_delegation;
mod complete_task;
mod create_task;
mod define_pattern;
mod delegate;
mod due;
pub(crate) mod evolve;
mod fail_delegation;
mod fail_task;
mod order;
mod record_validation;
mod request_validation;
mod standardize;
mod start_ready;
mod stop;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod work;

pub use cancel_task::CancelCrossServiceTask;
pub use complete_delegation::CompleteDelegation;
pub use complete_task::CompleteCrossServiceTask;
pub use create_task::CreateCrossServiceTask;
pub use define_pattern::DefineMisePattern;
pub use delegate::DelegateService;
pub use due::CrossServiceTaskDue;
pub use fail_delegation::FailDelegation;
pub use fail_task::FailCrossServiceTask;
pub use record_validation::RecordMiseValidation;
pub use request_validation::{ALL_SERVICES, RequestMiseValidation};
pub use standardize::RequestMiseStandardization;
pub use start_ready::StartReady;

use serde::{Deserialize, Serialize};

use crate::handoff::Priority;
use crate::state::{Noun, label, newest_first};
use crate::{EventId, JsonText, Position, Timestamp};

/// How many services a task may have: the event that asks for a check names the completion of each as a cause, and an event names at most 256.
pub const MAX_SERVICES: usize = 200;

/// A task over several services. Fields are named as in the contract; what the contract does not have stands last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CrossServiceTask {
    /// Its id.
    pub task_id: String,
    /// Where it stands.
    pub state: TaskState,
    /// What is to be reached.
    pub goal: Option<String>,
    /// The services, none before one that it depends on.
    pub services: Vec<ServiceWork>,
    /// The workflow.
    pub workflow_id: Option<String>,
    /// The collaboration.
    pub collaboration_id: Option<String>,
    /// Who created it.
    pub from_agent: Option<String>,
    /// The pattern that the services follow.
    pub pattern_id: Option<String>,
    /// Outcome of the check: what its event said.
    pub validation: Option<JsonText>,
    /// Outcome.
    pub outcome: Option<String>,
    /// What came out of it, or why it failed.
    pub summary: Option<String>,
    /// When it must be done.
    pub deadline: Option<Timestamp>,
    /// How urgent it is.
    pub priority: Priority,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it ended.
    pub completed_at: Option<Timestamp>,
    /// Number of changes.
    pub version: u64,
    /// Position of its newest event.
    pub position: Position,

    /// Position of its first event.
    pub began: Position,
    /// When the newest event that moved it was recorded.
    pub updated_at: Timestamp,
    /// Event that created it; `None` until it was seen.
    pub created_event_id: Option<EventId>,
    /// Event that asked for a pattern.
    pub standardization_event_id: Option<EventId>,
    /// Event that defined the pattern.
    pub pattern_event_id: Option<EventId>,
    /// Event that asked for a check last.
    pub validation_requested_event_id: Option<EventId>,
    /// Event by which that check ended; `None` while it runs.
    pub validation_event_id: Option<EventId>,
    /// Events that came when the state did not allow them.
    pub anomalies: u64,
}

/// Where a cross-service task stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    /// It runs.
    Active,
    /// Every service is finished, and the result is being checked.
    Validating,
    /// Done.
    Completed,
    /// Failed.
    Failed,
    /// Not wanted any more.
    Cancelled,
}

impl TaskState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Validating => "validating",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// True until it ended.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Active | Self::Validating)
    }
}

/// How the work on one service stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkState {
    /// It waits for services that it depends on.
    Waiting,
    /// It can be delegated.
    Ready,
    /// An agent does it.
    Delegated,
    /// Done.
    Completed,
    /// Failed; it can be delegated again.
    Failed,
}

impl WorkState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ready => "ready",
            Self::Delegated => "delegated",
            Self::Completed => "completed",
            Self::Failed => "failed",
        }
    }
}

/// The work on one service.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ServiceWork {
    /// The service.
    pub service: String,
    /// How it stands.
    pub state: WorkState,
    /// Who does it.
    pub agent: Option<String>,
    /// Services that must be done before.
    pub depends_on: Vec<String>,
    /// What is to be done.
    pub task_description: Option<String>,
    /// The delegation.
    pub delegation_id: Option<String>,
    /// What came out of it: a JSON array.
    pub artifacts: Option<JsonText>,
    /// What came out of it, or why it failed.
    pub summary: Option<String>,
    /// Event that completed it.
    pub completed_event_id: Option<EventId>,
}

/// The work on one service, given to one agent. The handoff of the same id is how the agent takes it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Delegation {
    /// Its id.
    pub delegation_id: String,
    /// The task.
    pub task_id: Option<String>,
    /// The service.
    pub service: String,
    /// Who delegates.
    pub from_agent: Option<String>,
    /// Who does it.
    pub to_agent: String,
    /// How it stands.
    pub state: WorkState,
    /// Event that defined the pattern to follow.
    pub pattern_reference: Option<String>,
    /// What is to be done.
    pub task_description: Option<String>,
    /// What the agent needs to know.
    pub context: Option<JsonText>,
    /// What came out of it: a JSON array.
    pub artifacts: Option<JsonText>,
    /// What came out of it, or why it failed.
    pub summary: Option<String>,
    /// Event that asked for it; `None` until it was seen.
    pub requested_event_id: Option<EventId>,
    /// When it must be done.
    pub deadline: Option<Timestamp>,
    /// Position of its newest event.
    pub position: Position,

    /// Position of its first event.
    pub began: Position,
    /// Number of changes.
    pub version: u64,
    /// Event by which it ended.
    pub ended_event_id: Option<EventId>,
}

/// A pattern of tasks that services share.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct MisePattern {
    /// Its id.
    pub pattern_id: String,
    /// Its name.
    pub name: Option<String>,
    /// The tasks that every service has: a JSON object.
    pub standard_tasks: Option<JsonText>,
    /// How every task is called and what it answers: a JSON object.
    pub task_interface: Option<JsonText>,
    /// Who defined it.
    pub from_agent: Option<String>,
    /// Text of the mise.toml that shows it.
    pub example: Option<String>,
    /// Event that defined it.
    pub event_id: EventId,
    /// When it was defined.
    pub created_at: Timestamp,
    /// Position of that event.
    pub position: Position,

    /// Number of changes.
    pub version: u64,
}

impl Noun for CrossServiceTask {
    fn id(&self) -> &str {
        &self.task_id
    }

    fn labels(&self) -> Vec<String> {
        let mut labels = vec![label("state", self.state.as_str())];
        labels.extend(self.workflow_id.as_deref().map(|id| label("workflow", id)));
        labels.extend(self.services.iter().map(|work| label("service", &work.service)));
        labels
    }

    fn rank(&self) -> String {
        newest_first(self.began)
    }

    /// At its deadline; at once while a service waits for nothing but the server.
    fn due(&self) -> Option<Timestamp> {
        if !self.state.is_open() {
            return None;
        }
        let ready = self.startable().next().map(|_| self.updated_at);
        [self.deadline, ready].into_iter().flatten().min()
    }
}

impl Noun for Delegation {
    fn id(&self) -> &str {
        &self.delegation_id
    }

    fn labels(&self) -> Vec<String> {
        let mut labels = vec![label("state", self.state.as_str()), label("service", &self.service)];
        labels.push(label("to", &self.to_agent));
        labels.extend(self.task_id.as_deref().map(|id| label("task", id)));
        labels
    }

    fn rank(&self) -> String {
        newest_first(self.began)
    }
}

impl Noun for MisePattern {
    fn id(&self) -> &str {
        &self.pattern_id
    }

    /// The event that defined it is as good a name as its own.
    fn labels(&self) -> Vec<String> {
        vec![label("event", &self.event_id.to_string())]
    }

    fn rank(&self) -> String {
        newest_first(self.position)
    }
}
