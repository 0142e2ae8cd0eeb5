//! Feedback: agents ask, people answer. The first answer stands, and a question outlives its asker.

mod answer;
mod cancel;
mod delegate;
mod due;
pub(crate) mod evolve;
mod open;
mod request;
mod terms;

use serde::{Deserialize, Serialize};

use crate::handoff::Priority;
use crate::state::{Noun, label};
use crate::{EventId, JsonText, Position, Timestamp};

pub use answer::AnswerFeedback;
pub use cancel::CancelFeedback;
pub use delegate::DelegateFeedback;
pub use due::QuestionDue;
pub use request::RequestFeedback;

pub(crate) use cancel::withdraw;

/// How many of those who passed a question on it keeps: the newest.
pub const DELEGATIONS_KEPT: usize = 64;

/// Who answers with the default answer when nobody else does in time.
pub const POLICY: &str = "policy";

/// A question as its events tell it. Fields are named as in the contract; what the contract does not have stands last.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub question_id: String,
    /// Where it stands.
    pub state: QuestionState,
    /// The question.
    pub question: String,
    /// What one needs to know to answer.
    pub context: Option<JsonText>,
    /// Answers to choose from; any text when there are none.
    pub options: Vec<String>,
    /// Who asks.
    pub from_agent: Option<String>,
    /// The session that asks, or that took over from it.
    pub session_id: Option<String>,
    /// The workflow.
    pub workflow_id: Option<String>,
    /// The asker waits for the answer.
    pub blocking: bool,
    /// Who is asked; anybody when it is nobody.
    pub assignee: Option<String>,
    /// When the answer is needed.
    pub deadline: Option<Timestamp>,
    /// Answer that stands when nobody answers in time.
    pub default_answer: Option<String>,
    /// Who is asked when half of the time has passed.
    pub escalate_to: Option<String>,
    /// How urgent it is.
    pub priority: Priority,
    /// What was decided.
    pub decision: Option<String>,
    /// Why it was decided so.
    pub rationale: Option<String>,
    /// Who answered: a person, or `policy`.
    pub answered_by: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// Event that asked it; `None` until it was seen.
    pub requested_event_id: Option<EventId>,
    /// Event that answered it, or ended it otherwise.
    pub answer_event_id: Option<EventId>,
    /// When it was asked.
    pub created_at: Timestamp,
    /// Who passed it on, the first first: the newest 64.
    pub delegated_by: Vec<String>,
    /// Number of changes.
    pub version: u64,
    /// Position of its newest event.
    pub position: Position,

    /// Position of its first event.
    pub began: Position,
    /// Its place in lists. It is given once, so that pages stay in order: what was heard of before it was asked stays behind.
    pub place: String,
    /// Half of the time has passed and somebody else was told.
    pub escalated: bool,
    /// The handoff that was worked on.
    pub handoff_id: Option<String>,
    /// The waits of a deadlock that it asks about: its options name them.
    pub deadlock: bool,
    /// These waits form no cycle any more, and there is nothing to decide.
    #[serde(default)]
    pub dissolved: Option<Dissolved>,
    /// Events that came when the state did not allow them.
    pub anomalies: u64,
}

/// By what a cycle of waits came to be none.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Dissolved {
    /// The event that ended or moved one of the waits.
    pub event_id: EventId,
    /// When it was recorded.
    pub at: Timestamp,
}

/// Where a question stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionState {
    /// It waits for an answer.
    Open,
    /// Answered.
    Answered,
    /// Nobody answered in time.
    Expired,
    /// It does not matter any more.
    Cancelled,
}

impl QuestionState {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Noun for Question {
    fn id(&self) -> &str {
        &self.question_id
    }

    fn labels(&self) -> Vec<String> {
        let assignee = self.assignee.as_deref().map_or_else(|| label("anybody", "true"), |who| label("assignee", who));
        let mut labels = vec![label("state", self.state.as_str()), assignee];
        labels.extend(self.workflow_id.as_deref().map(|id| label("workflow", id)));
        labels.extend(self.session_id.as_deref().map(|id| label("session", id)));
        labels.extend(self.from_agent.as_deref().map(|agent| label("agent", agent)));
        labels
    }

    fn rank(&self) -> String {
        self.place.clone()
    }

    fn due(&self) -> Option<Timestamp> {
        if self.state != QuestionState::Open {
            return None;
        }
        let dissolved = self.dissolved.as_ref().map(|dissolved| dissolved.at);
        [dissolved, self.deadline, self.escalates_at()].into_iter().flatten().min()
    }
}

impl Question {
    /// By priority, then by deadline, then by age: the inbox as a person wants it.
    fn urgency(&self) -> String {
        // Times before 1970 are as urgent as can be, and so are all alike.
        let deadline = self.deadline.map_or(i64::MAX, |deadline| deadline.micros().max(0));
        format!("{}{deadline:020}{:020}", self.priority.number(), self.began.get())
    }

    /// When somebody else is asked: after half of the time.
    pub fn escalates_at(&self) -> Option<Timestamp> {
        let (deadline, false, Some(_)) = (self.deadline?, self.escalated, &self.escalate_to) else { return None };
        let half = (deadline.micros() - self.created_at.micros()).max(0) / 2;
        Some(Timestamp::from_micros(self.created_at.micros().saturating_add(half)))
    }
}

#[cfg(test)]
mod tests;
