//! Who joins and leaves.

use crate::collaboration::participants::Actor;
use crate::collaboration::{Collaboration, MOST_PARTICIPANTS, Participant, ParticipantState};
use crate::members::Members;
use crate::state::States;
use crate::{JsonText, RecordedEvent};

/// How many responsibilities are shown of a participant.
const MOST_RESPONSIBILITIES: usize = 32;

/// How long each of them is shown, in characters.
const MOST_CHARS: usize = 255;

/// The place of the participant that an event is from.
pub(super) fn seat(states: &States, event: &RecordedEvent, id: &str) -> Option<usize> {
    states.get::<Collaboration>(id)?.seat(&actor(event), states)
}

/// True when who joins takes no place that another one has.
pub(super) fn may_join(states: &States, event: &RecordedEvent, id: &str, seat: Option<usize>) -> bool {
    let Some(seat) = seat else { return true };
    let collaboration: Option<&Collaboration> = states.get(id);
    let session_id = actor(event).session_id;
    collaboration
        .is_none_or(|collaboration| collaboration.participants[seat].may_be_taken(session_id.as_deref(), states))
}

/// Who an event is from: the payload's own word for a participant goes first.
fn actor(event: &RecordedEvent) -> Actor {
    Actor::said_by(event).or_named(Members::of(&event.envelope.payload).name("agent_id"))
}

pub(super) fn joined(
    collaboration: &mut Collaboration,
    event: &RecordedEvent,
    said: &Members<'_>,
    seat: Option<usize>,
) -> bool {
    let actor = actor(event);
    let Some(seat) = seat.or_else(|| new_seat(collaboration, actor.name.as_deref())) else { return false };
    let participant = &mut collaboration.participants[seat];
    participant.role = said.name("role").or(participant.role.take());
    let responsibilities = responsibilities(said);
    if !responsibilities.is_empty() {
        participant.responsibilities = responsibilities;
    }
    participant.session_id = actor.session_id.or(participant.session_id.take());
    participant.joined_at = Some(event.envelope.timestamp);
    if participant.state != ParticipantState::Delivered {
        participant.state = ParticipantState::Joined;
    }
    true
}

/// What a participant answers for: texts of a length that a list shows.
pub(super) fn responsibilities(said: &Members<'_>) -> Vec<String> {
    let texts: Vec<String> = said.read("responsibilities").unwrap_or_default();
    texts.into_iter().take(MOST_RESPONSIBILITIES).map(|text| text.chars().take(MOST_CHARS).collect()).collect()
}

/// A place for one who was not invited; `None` when it has no name, or there are too many.
fn new_seat(collaboration: &mut Collaboration, name: Option<&str>) -> Option<usize> {
    let name = name.filter(|_| collaboration.participants.len() < MOST_PARTICIPANTS)?;
    collaboration.participants.push(Participant::invited(name));
    Some(collaboration.participants.len() - 1)
}

pub(super) fn left(collaboration: &mut Collaboration, seat: Option<usize>) -> bool {
    let Some(participant) = present(collaboration, seat) else { return false };
    participant.state = ParticipantState::Left;
    participant.session_id = None;
    true
}

/// A participant that has not left. One that is invited and has not said that it joined may act over the bus all the same.
pub(super) fn present(collaboration: &mut Collaboration, seat: Option<usize>) -> Option<&mut Participant> {
    let participant = &mut collaboration.participants[seat?];
    (participant.state != ParticipantState::Left).then_some(participant)
}

/// What a JSON member holds, unless that is nothing.
pub(super) fn something(json: Option<JsonText>) -> Option<JsonText> {
    json.filter(|json| json.as_str().trim() != "null")
}
