//! Fencing: only who holds the newest lease may speak for the work.

use super::holder::Holder;
use super::{Handoff, HandoffState};
use crate::Refusal;
use crate::command::View;
use crate::session::Session;
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
    Err(lost(handoff))
}

/// Refuses a session that does not hold work which somebody took, and names who does. What nobody took yet may be delivered by who did it
/// without taking it. `session` is what is known of the session.
pub(crate) fn held_by(handoff: &Handoff, session_id: &str, session: Option<&Session>) -> Result<(), Refusal> {
    let was_taken = handoff.fencing_token > 0;
    let is_holder = handoff.lease.as_ref().is_some_and(|lease| match &lease.session_id {
        Some(holder) => holder == session_id,
        // An agent that took it over the bus may have named no session: it is known by its name.
        None => {
            lease.agent.is_some()
                && session.map(Holder::session).is_some_and(|of| of.instance == lease.agent.as_deref())
        }
    });
    if is_holder || !was_taken { Ok(()) } else { Err(lost(handoff)) }
}

fn lost(handoff: &Handoff) -> Refusal {
    Refusal::LeaseLost {
        handoff_id: handoff.handoff_id.clone(),
        holder: handoff.lease.is_some().then(|| named_holder(handoff)),
        fencing_token: handoff.fencing_token,
    }
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
