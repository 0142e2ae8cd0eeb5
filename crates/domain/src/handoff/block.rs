//! Asking for help.

use super::holder::Holder;
use super::lease::held;
use super::{Handoff, Origin};
use crate::Refusal;
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::waits::{Made, for_help, resolve};

/// Says that work needs help. It stays with its holder.
#[derive(Clone, Debug)]
pub struct BlockHandoff {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Token under which the caller holds it.
    pub fencing_token: u64,
    /// Why.
    pub reason: String,
    /// Who can help: an agent, a person or a capability; anybody when nobody is named.
    pub needs: Option<String>,
}

impl Command for BlockHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = held(view, &self.handoff_id, self.fencing_token)?;
        let holder = Holder::of(view, handoff);
        let mut script = Script::new(&self.author, view);
        holder.speak(&mut script);
        let said = Payload::new()
            .with("handoff_id", &self.handoff_id)
            .with("reason", &self.reason)
            .with_some("needs", self.needs.as_ref());
        let (event_type, payload) = match handoff.origin {
            Origin::Peer | Origin::Unknown => {
                ("agent.handoff.blocked".to_owned(), said.with_some("session_id", holder.session_id))
            }
            Origin::Workflow | Origin::Delegation | Origin::Task => {
                (holder.event_type(view, "task.blocked"), handoff.as_task(holder.sign(said)))
            }
        };
        let causes = [handoff.accepted_event_id.as_slice(), &self.author.correlation_ids].concat();
        let wait = for_help(view, handoff, &payload, &Made { event_id: script.next_event_id(), causes: &causes });
        script.record(&event_type, handoff.accepted_event_id, payload)?;
        if let Some(wait) = wait {
            resolve(&mut script, view, &wait)?;
        }
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}
