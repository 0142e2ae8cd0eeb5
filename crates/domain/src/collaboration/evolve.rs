//! How each event moves the collaboration that it is about. Never fails: an event that does not fit is counted as an anomaly.

mod context;
mod delivery;
mod members;
mod start;
mod votes;

pub(super) use start::invitations;

use super::{Collaboration, CollaborationState};
use crate::evolve::kind_of;
use crate::members::Members;
use crate::state::States;
use crate::{Belonging, RecordedEvent};

/// Draws the consequences of an event. `before` is what was known of where it belongs when it was last looked at.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent, before: Option<&Belonging>) {
    let Some(id) = event.belonging.about.collaboration.as_deref() else { return };
    let is_new = before.is_none_or(|before| before.about.collaboration.is_none());
    let event_type = event.envelope.event_type.as_str();
    match (event_type.strip_prefix("agent.collaboration."), kind_of(event_type)) {
        (Some(what), _) if is_new => happened(states, event, id, what),
        (None, "director.mise.standardization.requested" | "mise.validation.completed") if is_new => {
            checked(states, event, id);
        }
        // A piece of work may turn out later to be the one that a participant was given: it is looked at each time, and counts once.
        (None, "task.completed") => delivery::done(states, event, id),
        _ => {}
    }
}

fn happened(states: &mut States, event: &RecordedEvent, id: &str, what: &str) {
    let seat = members::seat(states, event, id);
    let may_join = members::may_join(states, event, id, seat);
    states.change(id, |state: Option<Collaboration>| {
        let mut collaboration = state.unwrap_or_else(|| Collaboration::new(id, event));
        collaboration.touch(event);
        let is_late_start = what == "started" && collaboration.started_event_id.is_none();
        let fits = (collaboration.state == CollaborationState::Active || is_late_start)
            && moved(&mut collaboration, event, what, seat, may_join);
        collaboration.anomalies += u64::from(!fits);
        collaboration.settle_participants();
        Some(collaboration)
    });
}

/// Moves the collaboration; false when the event does not fit.
fn moved(
    collaboration: &mut Collaboration,
    event: &RecordedEvent,
    what: &str,
    seat: Option<usize>,
    may_join: bool,
) -> bool {
    let said = Members::of(&event.envelope.payload);
    match what {
        "started" => start::started(collaboration, event, &said),
        "participant.joined" => may_join && members::joined(collaboration, event, &said, seat),
        "participant.left" => members::left(collaboration, seat),
        "update" => delivery::reported(collaboration, event, &said, seat),
        "context.updated" => context::updated(collaboration, event, &said, seat),
        "proposal.created" => votes::proposed(collaboration, event, &said, seat),
        "proposal.voted" => votes::voted(collaboration, event, &said, seat),
        "proposal.decided" => votes::decided(collaboration, &said),
        "completed" => ended(collaboration, event, &said, CollaborationState::Completed),
        "failed" => ended(collaboration, event, &said, CollaborationState::Failed),
        _ => true,
    }
}

fn ended(
    collaboration: &mut Collaboration,
    event: &RecordedEvent,
    said: &Members<'_>,
    state: CollaborationState,
) -> bool {
    collaboration.state = state;
    collaboration.completed_at = Some(event.envelope.timestamp);
    collaboration.outcome = said.text("outcome").or_else(|| Some(outcome_of(state).to_owned()));
    collaboration.summary = said.text("summary").or_else(|| said.text("failure_reason"));
    true
}

const fn outcome_of(state: CollaborationState) -> &'static str {
    match state {
        CollaborationState::Failed => "failure",
        CollaborationState::Active | CollaborationState::Completed => "success",
    }
}

/// Notes what the checks of a collaboration over several services lead to.
fn checked(states: &mut States, event: &RecordedEvent, id: &str) {
    states.update(id, |collaboration: &mut Collaboration| {
        if collaboration.state != CollaborationState::Active {
            return;
        }
        collaboration.touch(event);
        let noted = if event.envelope.event_type.as_str() == "mise.validation.completed" {
            &mut collaboration.validation_event_id
        } else {
            &mut collaboration.standardization_event_id
        };
        *noted = Some(event.id());
    });
}

impl Collaboration {
    fn touch(&mut self, event: &RecordedEvent) {
        self.version += 1;
        self.position = self.position.max(event.position);
        if self.workflow_id.is_none() {
            self.workflow_id = event.workflow_id().map(|id| id.as_str().to_owned());
        }
    }
}
