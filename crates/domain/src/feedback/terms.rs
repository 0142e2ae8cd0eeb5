//! What a question asks, to tell a repeat from another question.

use super::{Question, evolve};
use crate::members::Members;

impl Question {
    /// True when a request says what this one was asked with. What the request leaves to its session is not held against it, nor is what
    /// changed since.
    pub(super) fn is_what(&self, said: &Members<'_>) -> bool {
        let asked = evolve::asked(said);
        let is_left = |name, known: &Option<String>| said.name(name).is_none_or(|name| known.as_ref() == Some(&name));
        let is_passed_on = self.escalated || !self.delegated_by.is_empty();
        self.question == asked.question
            && self.context == asked.context
            && self.options == asked.options
            && self.blocking == asked.blocking
            && self.deadline == asked.deadline
            && self.default_answer == asked.default_answer
            && self.escalate_to == asked.escalate_to
            && self.priority == asked.priority
            && (is_passed_on || self.assignee == asked.assignee)
            && is_left("from_agent", &self.from_agent)
            && is_left("workflow_id", &self.workflow_id)
    }
}
