//! Handoffs as answers show them: with what remains of their leases.

use god33_domain::Timestamp;
use god33_domain::handoff::Handoff;
use god33_domain::session::Session;
use god33_domain::state::StateKey;
use god33_proto::v1::{self, ErrorReason};

use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, show};

/// A handoff as its message.
pub(crate) fn message(app: &App, handoff: &Handoff) -> Result<v1::Handoff, Failure> {
    let mut message: v1::Handoff = show::message(handoff)?;
    if let Some(lease) = &mut message.lease {
        lease.remaining_ms = remaining_ms(app, handoff);
    }
    Ok(message)
}

/// What remains of a lease, as far as this node has heard of its holder.
fn remaining_ms(app: &App, handoff: &Handoff) -> u64 {
    let Some(lease) = &handoff.lease else { return 0 };
    let heard = keys(handoff).filter_map(|key| app.pulse.last(&key)).map(|sign| sign.at);
    let newest: Timestamp = heard.chain([handoff.updated_at, lease.since]).max().unwrap_or(lease.since);
    let silent_ms = app.clock.now().seconds_since(newest) * 1e3;
    lease.duration_ms.saturating_sub(silent_ms as u64)
}

/// Whose signs of life keep a lease: the session's, and those that are given for the work itself.
fn keys(handoff: &Handoff) -> impl Iterator<Item = StateKey> {
    let session = handoff.holder().map(StateKey::of::<Session>);
    [StateKey::of::<Handoff>(&handoff.handoff_id)].into_iter().chain(session)
}

/// The holder of work was heard of.
pub(crate) fn beat(app: &App, handoff: &Handoff) {
    let Some(lease) = handoff.lease.as_ref().filter(|_| handoff.state.is_held()) else { return };
    app.pulse.beat(StateKey::of::<Handoff>(&handoff.handoff_id), lease.duration_ms as f64 / 1e3, None);
    if let Some(session) = handoff.holder().and_then(|id| app.board.session(id)).filter(|s| s.heartbeat_timeout > 0.0) {
        app.pulse.beat(StateKey::of::<Session>(&session.session_id), session.heartbeat_timeout, None);
    }
}

/// Reads a fencing token, which must be there.
pub(super) fn token(token: u64, found: &mut Violations) -> Option<u64> {
    if token == 0 {
        let why = "is required: take it out of the lease with which the work was accepted";
        found.add(&Path::Request.member("fencing_token"), ErrorReason::InvalidField, why);
    }
    (token != 0).then_some(token)
}
