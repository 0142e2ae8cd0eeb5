//! Which result a check is about, and which check an outcome belongs to.

use super::{AwaitedValidation, Outcome, Workflow};
use crate::command::View;
use crate::handoff::{Handoff, HandoffState};
use crate::{EventId, RecordedEvent};

/// What a check names: the task, the agent whose work it is, both or neither.
pub(super) struct Subject<'a> {
    pub(super) task_id: Option<&'a str>,
    pub(super) target_agent: Option<&'a str>,
}

impl Subject<'_> {
    /// The event that brought the result: that of the task where one is named, else the newest of the agent.
    pub(super) fn outcome(&self, workflow: &Workflow, view: &View<'_>) -> Option<EventId> {
        let of_workflow = workflow.outcomes.iter().rev().find(|outcome| self.is_of(outcome, view));
        let of_handoffs = workflow.open_handoffs.iter().filter_map(|id| self.outcome_of(view.get(id)?, view));
        let all = of_workflow.map(|outcome| outcome.event_id).into_iter().chain(of_handoffs);
        all.max_by_key(|event| view.position_of(*event))
    }

    /// The event that completed a handoff which counts as open in the workflow: it named the handoff alone, and so belongs to no workflow.
    fn outcome_of(&self, handoff: &Handoff, view: &View<'_>) -> Option<EventId> {
        let event_id = handoff.outcome_event_id.filter(|_| handoff.state == HandoffState::Completed)?;
        let agent = view.belonging_of(event_id).and_then(|belonging| belonging.agent.as_ref());
        let outcome = Outcome {
            event_id,
            task_id: None,
            handoff_id: Some(handoff.handoff_id.clone()),
            agent: agent.map(ToString::to_string),
        };
        self.is_of(&outcome, view).then_some(event_id)
    }

    fn is_of(&self, outcome: &Outcome, view: &View<'_>) -> bool {
        let handoff: Option<&Handoff> = outcome.handoff_id.as_deref().and_then(|id| view.get(id));
        let (task, agent) = (outcome.task_id.as_deref(), outcome.agent.as_deref());
        if self.task_id.is_some() {
            return self.task_id == task || self.task_id == handoff.map(|handoff| handoff.task_id.as_str());
        }
        self.target_agent.is_some()
            && (self.target_agent == agent || self.target_agent == handoff.map(|handoff| handoff.to_agent.as_str()))
    }

    /// The newest open check that fits.
    pub(super) fn asked<'w>(&self, workflow: &'w Workflow) -> Option<&'w AwaitedValidation> {
        workflow.open_validations.iter().rev().find(|asked| self.fits(asked))
    }

    /// What one of both leaves open fits.
    fn fits(&self, asked: &AwaitedValidation) -> bool {
        let agree = |named: Option<&str>, known: Option<&str>| named.is_none() || known.is_none() || named == known;
        agree(self.task_id, asked.task_id.as_deref()) && agree(self.target_agent, asked.target_agent.as_deref())
    }
}

/// The place of the check that an event ends: one that it names as its cause, else the newest that fits.
pub(super) fn ended_by(workflow: &Workflow, event: &RecordedEvent, subject: &Subject<'_>) -> Option<usize> {
    let parents = event.envelope.parents();
    let open = &workflow.open_validations;
    let named = open.iter().position(|asked| parents.contains(&asked.event_id));
    named.or_else(|| open.iter().rposition(|asked| subject.fits(asked)))
}
