//! Handoffs: a piece of work on its way from one agent to another.
//!
//! offered → accepted → completed | failed, with declined, expired, cancelled and blocked on the way. Exactly one session holds accepted
//! work, under a lease whose fencing token grows with every new holder; every later call carries that token, so work that was
//! lost cannot be touched by the one who lost it. How long a lease still lasts is not part of the state: signs of life are kept
//! beside the log.

mod accept;
mod again;
mod block;
pub(crate) mod cancel;
mod claimant;
mod complete;
mod create;
mod decline;
mod due;
pub(crate) mod evolve;
mod fail;
mod holder;
mod lane;
mod lease;
mod lose_lease;
mod offers;
mod progress;
mod release;
pub(crate) mod request;
mod terms;
#[cfg(test)]
mod tests;
mod unblock;

use serde::{Deserialize, Serialize};

pub use accept::AcceptHandoff;
pub use block::BlockHandoff;
pub use cancel::CancelHandoff;
pub use claimant::Claimant;
pub use complete::CompleteHandoff;
pub use create::CreateHandoff;
pub use decline::DeclineHandoff;
pub use due::TickHandoff;
pub use fail::FailHandoff;
pub use lane::Lane;
pub(crate) use lease::held_by;
pub use lease::under_lease;
pub use lose_lease::LoseLease;
pub use offers::{InOrder, Offers};
pub use progress::ReportProgress;
pub use release::ReleaseHandoff;
pub(crate) use terms::priority;
pub use unblock::UnblockHandoff;

use crate::state::{Noun, label, newest_first};
use crate::{EventId, JsonText, Position, Timestamp};

/// How long a lease lasts when its handoff does not say, in seconds.
pub const LEASE_SECONDS: f64 = 60.0;

/// How often work is offered before it fails for good, when its handoff does not say.
pub const MAX_ATTEMPTS: u32 = 3;

/// How many agents may decline work that is offered to a type or a capability before it counts as declined by all.
pub const MAX_DECLINES: usize = 16;

/// A handoff as its events tell it. Fields are named as in the contract; what the contract does not have stands last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Handoff {
    /// Its id.
    pub handoff_id: String,
    /// The workflow.
    pub workflow_id: Option<String>,
    /// The task; the id of the handoff when the request did not say.
    pub task_id: String,
    /// Where it stands.
    pub state: HandoffState,
    /// Who hands over.
    pub from_agent: Option<String>,
    /// Who shall take it.
    pub to_agent: String,
    /// What `to_agent` names, as the request said.
    pub to_kind: Option<TargetKind>,
    /// Kind of task.
    pub task_type: Option<String>,
    /// What is to be done.
    pub task_description: Option<String>,
    /// What the agent needs to know.
    pub context: Option<JsonText>,
    /// When it must be done.
    pub deadline: Option<Timestamp>,
    /// How urgent it is.
    pub priority: Priority,
    /// Key under which it shares its turn.
    pub fairness_key: String,
    /// Number of the present attempt, from 1.
    pub attempt: u32,
    /// How often it is offered before it fails for good.
    pub max_attempts: u32,
    /// Under which it is held; `None` while nobody holds it.
    pub lease: Option<Lease>,
    /// Newest checkpoint of the work.
    pub checkpoint_id: Option<String>,
    /// What was reported last, for the next one to take it.
    pub progress: Option<JsonText>,
    /// How far it is, in percent.
    pub progress_pct: Option<f64>,
    /// Why it is blocked, failed, expired, declined or cancelled.
    pub reason: Option<String>,
    /// What came out of it: a JSON array.
    pub artifacts: Option<JsonText>,
    /// How it stands against its checks.
    pub validation: Option<JsonText>,
    /// What to do next.
    pub next_action: Option<String>,
    /// What came out of it, in a sentence.
    pub summary: Option<String>,
    /// Event that asked for it; `None` until it was seen.
    pub requested_event_id: Option<EventId>,
    /// Event by which it was accepted last.
    pub accepted_event_id: Option<EventId>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it changed last.
    pub updated_at: Timestamp,
    /// Number of changes.
    pub version: u64,
    /// Position of its newest event.
    pub position: Position,
    /// How long it may go without progress, in seconds.
    pub stall_after: Option<f64>,

    /// What asked for it.
    pub origin: Origin,
    /// Position of its first event.
    pub began: Position,
    /// The session that asked and waits for the outcome.
    pub asking_session: Option<String>,
    /// Length of its leases, in seconds.
    pub lease_seconds: f64,
    /// The fencing token of the newest lease; 0 before the first.
    pub fencing_token: u64,
    /// Event by which it is on offer now: the cause of its acceptance.
    pub offered_event_id: Option<EventId>,
    /// Before this time it is held out to nobody, since it failed a moment ago.
    pub offer_after: Option<Timestamp>,
    /// Agents and sessions that declined it: they are not asked again.
    pub declined_by: Vec<String>,
    /// How often it was declined.
    pub declines: u32,
    /// When its holder last reported progress, or took it.
    pub progress_at: Option<Timestamp>,
    /// The session that held it before the present holder; the last one while nobody holds it.
    pub previous_session: Option<String>,
    /// Session that held it last, when that failed and nobody took it since: whoever takes it recovers that session.
    pub failed_session: Option<String>,
    /// Event that saved its newest checkpoint.
    pub checkpoint_event_id: Option<EventId>,
    /// Session whose checkpoint that is.
    pub checkpoint_session: Option<String>,
    /// Version of the form of that checkpoint.
    pub checkpoint_schema: Option<String>,
    /// Agent in the registry that it was given to.
    pub assigned_to: Option<String>,
    /// How its holder took it over from a failed one.
    pub recovery: Option<RecoveredWork>,
    /// Event by which it ended, or by which it was blocked last.
    pub outcome_event_id: Option<EventId>,
    /// Version of the form in which it was asked for; `None` until that was seen.
    pub payload_version: Option<String>,
    /// Position of the newest event that moved it. One that stands before it and turns out late to be about it moves it no more.
    pub moved: Position,
    /// Events that came when the state did not allow them.
    pub anomalies: u64,
}

/// Where a handoff stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoffState {
    /// It waits for an agent.
    Offered,
    /// An agent holds it.
    Accepted,
    /// An agent holds it and needs help.
    Blocked,
    /// Done.
    Completed,
    /// Failed for good.
    Failed,
    /// Declined by all that it was offered to.
    Declined,
    /// Nobody took it, or its deadline passed.
    Expired,
    /// Not wanted any more.
    Cancelled,
}

impl HandoffState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Accepted => "accepted",
            Self::Blocked => "blocked",
            Self::Completed => "completed",
            Self::Failed => "failed",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    /// True while work may still be done.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Offered | Self::Accepted | Self::Blocked)
    }

    /// True while a session holds it.
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Accepted | Self::Blocked)
    }
}

/// What the target of a handoff names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// Any instance of a type.
    Type,
    /// One instance.
    Instance,
    /// Any agent whose type has the capability.
    Capability,
}

/// How urgent work is. The seed's words, in their order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Before everything else.
    Critical,
    /// Soon.
    High,
    /// The usual.
    #[default]
    Medium,
    /// When nothing better waits.
    Low,
    /// When nothing else waits.
    Background,
}

impl Priority {
    /// The priority for a word or a number from 1 to 5; medium for anything else.
    pub fn from_word(word: &str) -> Self {
        match word {
            "critical" | "1" => Self::Critical,
            "high" | "2" => Self::High,
            "low" | "4" => Self::Low,
            "background" | "5" => Self::Background,
            _ => Self::Medium,
        }
    }

    /// Its number, 1 to 5: smaller is more urgent.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }
}

/// What asked for a handoff.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// A planner, in a workflow: it ends with `agent.*.task.completed`.
    Workflow,
    /// A peer: it ends with `agent.handoff.completed`.
    Peer,
    /// The Director, for one service of a task: it ends with `agent.*.task.completed`.
    Delegation,
    /// Somebody who gave one agent a task: it ends with `agent.*.task.completed`.
    Task,
    /// Not seen yet: only events that name the handoff were.
    Unknown,
}

/// Under which a session holds work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Lease {
    /// The session.
    pub session_id: Option<String>,
    /// The agent.
    pub agent: Option<String>,
    /// Grows with every lease of the handoff.
    pub fencing_token: u64,
    /// Its whole length, in milliseconds.
    pub duration_ms: u64,
    /// When it was given.
    pub since: Timestamp,
}

/// How work was taken over from a failed session.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RecoveredWork {
    /// Event that started the recovery.
    pub started_event_id: EventId,
    /// Event that saved the checkpoint from which it went on.
    pub checkpoint_event_id: Option<EventId>,
    /// Event by which the work went on.
    pub resumed_event_id: Option<EventId>,
}

impl Noun for Handoff {
    fn id(&self) -> &str {
        &self.handoff_id
    }

    fn labels(&self) -> Vec<String> {
        let mut labels = vec![label("state", self.state.as_str()), label("to", &self.to_agent)];
        if self.state.is_open() {
            labels.push(label("open", "true"));
        }
        labels.extend(self.workflow_id.as_deref().map(|id| label("workflow", id)));
        labels.extend(self.from_agent.as_deref().map(|agent| label("from", agent)));
        if let Some(lease) = &self.lease {
            labels.extend(lease.session_id.as_deref().map(|id| label("session", id)));
            labels.extend(lease.agent.as_deref().map(|agent| label("to", agent)));
        }
        labels
    }

    fn rank(&self) -> String {
        newest_first(self.began)
    }

    fn due(&self) -> Option<Timestamp> {
        if !self.state.is_open() {
            return None;
        }
        [self.deadline, self.stalls_at()].into_iter().flatten().min()
    }
}

impl Handoff {
    /// When it counts as stalled unless its holder reports progress before.
    pub fn stalls_at(&self) -> Option<Timestamp> {
        let after = self.stall_after.filter(|_| self.state == HandoffState::Accepted)?;
        Some(self.progress_at?.after_seconds(after))
    }

    /// The session that holds it.
    pub fn holder(&self) -> Option<&str> {
        self.lease.as_ref().and_then(|lease| lease.session_id.as_deref())
    }
}
