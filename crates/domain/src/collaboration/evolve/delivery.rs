//! What participants report and deliver.

use super::members::{present, something};
use crate::collaboration::participants::Actor;
use crate::collaboration::{
    Collaboration, CollaborationState, DELIVERIES_KEPT, Delivery, MOST_RESULT_BYTES, Participant, ParticipantState,
};
use crate::command::Payload;
use crate::director::Delegation;
use crate::handoff::Handoff;
use crate::members::Members;
use crate::state::States;
use crate::{JsonText, RecordedEvent};

/// The length of what a participant reported last, in characters.
const SUMMARY_CHARS: usize = 1_000;

/// How many things that it made a participant shows: the newest.
const ARTIFACTS_KEPT: usize = 256;

/// A report of a participant.
pub(super) fn reported(
    collaboration: &mut Collaboration,
    event: &RecordedEvent,
    said: &Members<'_>,
    seat: Option<usize>,
) -> bool {
    let Some(participant) = present(collaboration, seat) else { return false };
    participant.progress_pct = said.read("progress_pct").or(participant.progress_pct);
    participant.summary = summary(said).or(participant.summary.take());
    participant.result = something(said.read("result")).or(participant.result.take());
    participant.artifacts = together(participant.artifacts.take(), said.read("artifacts"));
    let is_delivery = said.read("delivered") == Some(true);
    if is_delivery {
        participant.state = ParticipantState::Delivered;
    }
    let agent_id = participant.agent_id.clone();
    collaboration.shorten_result(&agent_id, event);
    if is_delivery {
        collaboration.delivered(Delivery { agent_id, event_id: event.id() });
    }
    true
}

fn summary(said: &Members<'_>) -> Option<String> {
    said.text("summary").map(|text| text.chars().take(SUMMARY_CHARS).collect())
}

/// Work that was done for the collaboration: by a participant, or given to one. It is then delivered.
pub(super) fn done(states: &mut States, event: &RecordedEvent, id: &str) {
    let Some(seat) = who(states, event, id) else { return };
    states.update(id, |collaboration: &mut Collaboration| {
        let is_known = collaboration.deliveries.iter().any(|delivery| delivery.event_id == event.id());
        if is_known || collaboration.state != CollaborationState::Active {
            return;
        }
        let Some(participant) = present(collaboration, Some(seat)) else { return };
        let said = Members::of(&event.envelope.payload);
        participant.state = ParticipantState::Delivered;
        participant.summary = summary(&said).or(participant.summary.take());
        participant.artifacts = together(participant.artifacts.take(), said.read("artifacts"));
        let agent_id = participant.agent_id.clone();
        collaboration.shorten_result(&agent_id, event);
        collaboration.delivered(Delivery { agent_id, event_id: event.id() });
        collaboration.touch(event);
        collaboration.settle_participants();
    });
}

/// The participant whose work it was: whom the event names, else to whom the work was given, else whom its causes name.
fn who(states: &States, event: &RecordedEvent, id: &str) -> Option<usize> {
    let work = event.belonging.about.handoff.as_deref();
    let handoff = work.and_then(|work| states.get::<Handoff>(work)).map(|handoff| handoff.to_agent.as_str());
    let delegation = work.and_then(|work| states.get::<Delegation>(work)).map(|delegated| delegated.to_agent.as_str());
    let session_id = event.session_id().map(|id| id.as_str().to_owned());
    let caused = event.agent().map(|agent| agent.as_str().to_owned());
    let mut actors = vec![Actor::said_by(event)];
    actors.extend([handoff, delegation].into_iter().flatten().map(Actor::named));
    actors.push(Actor { name: caused, session_id });
    let collaboration: &Collaboration = states.get(id)?;
    actors.iter().find_map(|actor| collaboration.seat(actor, states))
}

/// Two lists as one.
fn together(before: Option<JsonText>, more: Option<Vec<JsonText>>) -> Option<JsonText> {
    let Some(more) = more.filter(|more| !more.is_empty()) else { return before };
    let mut all: Vec<JsonText> = before.as_ref().and_then(|before| before.read().ok()).unwrap_or_default();
    all.extend(more);
    JsonText::of(&all[all.len().saturating_sub(ARTIFACTS_KEPT)..].to_vec()).ok()
}

impl Collaboration {
    /// Names a result by the event that brought it, when all results together have become too large for a state that everybody reads.
    fn shorten_result(&mut self, agent_id: &str, event: &RecordedEvent) {
        if self.participants.iter().map(Participant::result_bytes).sum::<usize>() <= MOST_RESULT_BYTES {
            return;
        }
        for participant in self.participants.iter_mut().filter(|participant| participant.agent_id == agent_id) {
            participant.result = Some(Payload::new().with("event_id", event.id()).into_json());
            participant.artifacts = None;
        }
    }

    fn delivered(&mut self, delivery: Delivery) {
        if self.deliveries.len() >= DELIVERIES_KEPT {
            self.deliveries.remove(0);
        }
        self.deliveries.push(delivery);
    }
}
