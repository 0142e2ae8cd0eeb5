//! How a collaboration starts.

use super::members::responsibilities;
use crate::collaboration::{Collaboration, MOST_KEYS, MOST_PARTICIPANTS, Participant, SharedValue};
use crate::id::is_plain_text;
use crate::members::Members;
use crate::{JsonText, RecordedEvent, Timestamp};

/// What the start says. Who joined before it was seen stays, and so does what they shared.
pub(super) fn started(collaboration: &mut Collaboration, event: &RecordedEvent, said: &Members<'_>) -> bool {
    if collaboration.started_event_id.is_some() {
        return false;
    }
    collaboration.started_event_id = Some(event.id());
    collaboration.started_at = event.envelope.timestamp;
    let initiator = said.name("initiator_agent").or_else(|| said.name("from_agent"));
    collaboration.initiator_agent = initiator.or_else(|| event.agent().map(|agent| agent.as_str().to_owned()));
    collaboration.goal = said.text("goal");
    if let Some(strategy) = said.name("coordination_strategy") {
        collaboration.coordination_strategy = strategy;
    }
    if let Some(policy) = said.name("deadlock_policy") {
        collaboration.deadlock_policy = policy;
    }
    collaboration.deadline = said.text("deadline").and_then(|text| Timestamp::parse_lenient(&text).ok());
    invite(collaboration, invitations(said));
    share(collaboration, event, said);
    true
}

/// Those who are invited: objects as in the contract, or names alone.
pub(in crate::collaboration) fn invitations(said: &Members<'_>) -> Vec<Participant> {
    let invited: Vec<JsonText> = said.read("participants").unwrap_or_default();
    invited.iter().filter_map(invitation).collect()
}

fn invitation(invited: &JsonText) -> Option<Participant> {
    let said = Members::of(invited);
    let name = invited.read().ok().filter(|name: &String| is_plain_text(name, 255));
    let mut participant = Participant::invited(&name.or_else(|| said.name("agent_id"))?);
    participant.role = said.name("role");
    participant.responsibilities = responsibilities(&said);
    Some(participant)
}

/// Puts the invited in their order before those who came on their own.
fn invite(collaboration: &mut Collaboration, invited: Vec<Participant>) {
    let mut early = std::mem::take(&mut collaboration.participants);
    for invitation in invited {
        let is_there = |seat: &Participant| seat.agent_id == invitation.agent_id;
        if collaboration.participants.iter().any(is_there) || collaboration.participants.len() >= MOST_PARTICIPANTS {
            continue;
        }
        let seat = match early.iter().position(is_there) {
            Some(place) => early.remove(place).invited_as(invitation),
            None => invitation,
        };
        collaboration.participants.push(seat);
    }
    collaboration.participants.append(&mut early);
}

impl Participant {
    fn invited_as(mut self, invitation: Self) -> Self {
        self.role = self.role.or(invitation.role);
        if self.responsibilities.is_empty() {
            self.responsibilities = invitation.responsibilities;
        }
        self
    }
}

fn share(collaboration: &mut Collaboration, event: &RecordedEvent, said: &Members<'_>) {
    let shared: std::collections::BTreeMap<String, JsonText> = said.read("shared_context").unwrap_or_default();
    for (key, value) in shared {
        let is_new = collaboration.next_version_of(&key) == 1;
        if is_new && is_plain_text(&key, 255) && collaboration.keys() < MOST_KEYS {
            collaboration.shared_context.push(SharedValue {
                key,
                value,
                version: 1,
                changed_by: collaboration.initiator_agent.clone(),
                changed_at: event.envelope.timestamp,
                event_id: event.id(),
            });
        }
    }
}
