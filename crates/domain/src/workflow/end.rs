//! What ends with a workflow: the work and the questions that are still open in it.

use super::Workflow;
use crate::command::{Author, Script, View};
use crate::feedback::{Question, QuestionState, withdraw};
use crate::handoff::Handoff;
use crate::handoff::cancel::cancel_events;
use crate::{EventId, Refusal};

/// The handoffs that are open in a workflow.
pub(super) fn open_handoffs(workflow: &Workflow, view: &View<'_>) -> Vec<String> {
    let is_open = |id: &&String| view.get::<Handoff>(id).is_some_and(|handoff| handoff.state.is_open());
    workflow.open_handoffs.iter().filter(is_open).cloned().collect()
}

/// What led to the end of a workflow that is given up: what the author names, else whatever moved it last.
pub(super) fn cause_of_giving_up(workflow: &Workflow, author: &Author) -> Option<EventId> {
    workflow.moved_event_id.filter(|_| author.correlation_ids.is_empty())
}

/// Who ended a workflow, by which event, and why.
pub(super) struct End<'a> {
    pub(super) event_id: EventId,
    pub(super) by: &'a str,
    pub(super) reason: &'a str,
}

impl End<'_> {
    /// Cancels what is open.
    pub(super) fn cancel_open(
        &self,
        workflow: &Workflow,
        view: &View<'_>,
        script: &mut Script<'_>,
    ) -> Result<(), Refusal> {
        let handoffs = workflow.open_handoffs.iter().map(String::as_str);
        cancel_events(script, view, handoffs, Some(self.event_id), self.by, Some(self.reason))?;
        let questions = workflow.open_questions.iter().filter_map(|id| view.get::<Question>(id));
        for question in questions.filter(|question| question.state == QuestionState::Open) {
            let causes = question.requested_event_id.into_iter().chain([self.event_id]);
            withdraw(script, view, question, self.by, Some(self.reason), causes)?;
        }
        Ok(())
    }
}
