//! Withdrawing work.

use super::Handoff;
use super::lease::open;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::{EventId, Refusal};

/// Withdraws work that is not wanted any more.
#[derive(Clone, Debug)]
pub struct CancelHandoff {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Who cancels it; `None` for who asks.
    pub cancelled_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

impl Command for CancelHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = view.find::<Handoff>(&self.handoff_id)?;
        open(handoff)?;
        let mut script = Script::new(&self.author, view);
        let by = self.cancelled_by.as_ref().unwrap_or(&self.author.principal);
        cancel_events(&mut script, view, [self.handoff_id.as_str()], handoff.stands_at(), by, self.reason.as_deref())?;
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}

/// Withdraws those of these handoffs that are open. `cause` is what they were for and that has ended, or why they must not go on.
pub(crate) fn cancel_events<'a>(
    script: &mut Script<'_>,
    view: &View<'_>,
    handoff_ids: impl IntoIterator<Item = &'a str>,
    cause: Option<EventId>,
    cancelled_by: &str,
    reason: Option<&str>,
) -> Result<(), Refusal> {
    let is_open = |id: &&str| view.get::<Handoff>(id).is_some_and(|handoff| handoff.state.is_open());
    for id in handoff_ids.into_iter().filter(is_open) {
        let payload =
            Payload::new().with("handoff_id", id).with("cancelled_by", cancelled_by).with_some("reason", reason);
        script.record("agent.handoff.cancelled", cause, payload)?;
    }
    Ok(())
}

impl Handoff {
    /// The event by which it stands where it does: that it was taken, or put on offer.
    pub(super) fn stands_at(&self) -> Option<EventId> {
        if self.state.is_held() { self.accepted_event_id } else { self.offered_event_id }
    }
}
