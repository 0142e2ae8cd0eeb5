//! What the participants delivered, gathered.

use super::{Collaboration, Participant, ParticipantState};
use crate::command::Payload;
use crate::{EventId, JsonText};

/// The bytes that gathered results have at most: a collaboration must always be able to end. What does not fit is named by the event that
/// brought it.
const MOST_BYTES: usize = 512 << 10;

/// The events that a collaboration ends with name this many deliveries as causes: the newest.
const CAUSES: usize = 128;

impl Collaboration {
    /// Who has not delivered. The one who leads by hierarchy has others do it.
    pub(super) fn missing(&self) -> Vec<String> {
        let leader = self.leader.as_ref().filter(|_| self.coordination_strategy == "hierarchical");
        let is_due = |participant: &&Participant| {
            matches!(participant.state, ParticipantState::Invited | ParticipantState::Joined)
                && Some(&participant.agent_id) != leader
        };
        self.participants.iter().filter(is_due).map(|participant| participant.agent_id.clone()).collect()
    }

    /// What each participant delivered: one member per agent. `None` when nobody delivered anything.
    pub(super) fn results(&self) -> Option<JsonText> {
        let mut room = MOST_BYTES;
        let mut gathered = Payload::new();
        for participant in &self.participants {
            let event_id = self.deliveries.iter().rev().find(|delivery| delivery.agent_id == participant.agent_id);
            let result = participant.delivery(event_id.map(|delivery| delivery.event_id), room);
            room = room.saturating_sub(result.as_ref().map_or(0, |result| result.as_str().len()));
            gathered = gathered.with_some(&participant.agent_id, result);
        }
        Some(gathered.into_json()).filter(|json| json.as_str() != "{}")
    }

    /// The events by which was delivered, in the order in which they came.
    fn delivery_events(&self) -> Vec<EventId> {
        let newest = self.deliveries.len().saturating_sub(CAUSES);
        self.deliveries[newest..].iter().map(|delivery| delivery.event_id).collect()
    }

    /// What led to its end: its start, and the check of the results, or the results themselves where nobody checked.
    pub(super) fn causes_of_end(&self) -> Vec<EventId> {
        let outcome = self.validation_event_id.map_or_else(|| self.delivery_events(), |checked| vec![checked]);
        self.started_event_id.into_iter().chain(outcome).collect()
    }
}

impl Participant {
    /// What it delivered, by which event it delivered last, within so many bytes. `None` when it delivered nothing.
    fn delivery(&self, event_id: Option<EventId>, room: usize) -> Option<JsonText> {
        let result = self.result.as_ref().map(Payload::of).unwrap_or_default().or("artifacts", self.artifacts.as_ref());
        if event_id.is_none() && self.result.is_none() && self.artifacts.is_none() {
            return None;
        }
        let whole = result.or("summary", self.summary.as_ref()).into_json();
        let fits = whole.as_str().len() <= room && stands_in_a_payload(&whole);
        Some(if fits { whole } else { Payload::new().with_some("event_id", event_id).into_json() })
    }
}

/// True when the text can stand two levels deep in a payload.
fn stands_in_a_payload(json: &JsonText) -> bool {
    JsonText::parse(format!("[[{}]]", json.as_str())).is_ok()
}
