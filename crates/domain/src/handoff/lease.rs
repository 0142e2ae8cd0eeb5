//! Fencing: only who holds the newest lease may speak for the work.

use super::{Handoff, HandoffState};
use crate::Refusal;
use crate::command::View;
use crate::state::Kind;

/// Refuses a caller that does not hold the work under the newest token, and names who does.
///
/// # Errors
/// [`Refusal::LeaseLost`]; [`Refusal::WrongState`] when the work ended.
pub fn under_lease(handoff: &Handoff, fencing_token: u64) -> Result<(), Refusal> {
    if !handoff.state.is_open() {
        return Err(wrong_state(handoff, &["accepted", "blocked"], "stop this work, it has ended"));
    }
    if handoff.state.is_held() && handoff.fencing_token == fencing_token {
        return Ok(());
    }
    Err(Refusal::LeaseLost {
        handoff_id: handoff.handoff_id.clone(),
        holder: handoff.lease.is_some().then(|| named_holder(handoff)),
        fencing_token: handoff.fencing_token,
    })
}

/// Finds work that the caller holds.
pub(super) fn held<'a>(view: &View<'a>, handoff_id: &str, fencing_token: u64) -> Result<&'a Handoff, Refusal> {
    let handoff = view.find::<Handoff>(handoff_id)?;
    under_lease(handoff, fencing_token)?;
    Ok(handoff)
}

/// Refuses work that is not on offer.
pub(super) fn on_offer(handoff: &Handoff, cure: &'static str) -> Result<(), Refusal> {
    match handoff.state {
        HandoffState::Offered => Ok(()),
        _ => Err(wrong_state(handoff, &["offered"], cure)),
    }
}

/// Refuses work that ended.
pub(super) fn open(handoff: &Handoff) -> Result<(), Refusal> {
    if handoff.state.is_open() {
        return Ok(());
    }
    Err(wrong_state(handoff, &["offered", "accepted", "blocked"], "there is nothing left to do, it has ended"))
}

/// The state that was found, and what would do.
pub(super) fn wrong_state(handoff: &Handoff, allowed: &'static [&'static str], cure: &'static str) -> Refusal {
    Refusal::WrongState {
        kind: Handoff::KIND,
        id: handoff.handoff_id.clone(),
        state: handoff.state.as_str(),
        allowed,
        cure,
    }
}

/// The session that holds it. An agent that took it over the bus may have named none.
pub(super) fn named_holder(handoff: &Handoff) -> String {
    let agent = || handoff.lease.as_ref().and_then(|lease| lease.agent.as_deref());
    handoff.holder().or_else(agent).unwrap_or("unknown").to_owned()
}
