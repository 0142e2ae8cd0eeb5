//! What every change of a collaboration needs: that it is there and not over, and that who asks takes part.

use super::participants::Actor;
use super::{Collaboration, CollaborationState, Participant};
use crate::Refusal;
use crate::command::View;
use crate::state::Kind;

/// The collaboration, if it is not over.
pub(super) fn active<'a>(view: &View<'a>, id: &str) -> Result<&'a Collaboration, Refusal> {
    let collaboration: &Collaboration = view.find(id)?;
    match collaboration.state {
        CollaborationState::Active => Ok(collaboration),
        state => Err(Refusal::WrongState {
            kind: <Collaboration as Kind>::KIND,
            id: id.to_owned(),
            state: state.as_str(),
            allowed: &["active"],
            cure: "it is over, start a new collaboration",
        }),
    }
}

/// The participant that somebody is, if it takes part now.
pub(super) fn participant<'a>(
    collaboration: &'a Collaboration,
    actor: &Actor,
    view: &View<'_>,
) -> Result<&'a Participant, Refusal> {
    let seat = collaboration.seat(actor, view).map(|seat| &collaboration.participants[seat]);
    seat.filter(|seat| seat.is_in()).ok_or_else(|| Refusal::NotAParticipant {
        collaboration_id: collaboration.collaboration_id.clone(),
        agent_id: actor.name.clone().unwrap_or_else(|| "who asks".into()),
    })
}

/// Refuses what would be one more than there may be.
pub(super) fn room(what: &str, count: usize, limit: usize, cure: &'static str) -> Result<(), Refusal> {
    if count <= limit {
        return Ok(());
    }
    Err(Refusal::QuotaExceeded { what: what.to_owned(), actual: count as u64, limit: limit as u64, cure })
}
