//! Delivering work.

use super::holder::Holder;
use super::lease::held;
use super::{Handoff, Origin};
use crate::command::{Author, Command, Decision, Payload, Script, View};
use crate::director::Delegation;
use crate::{EventId, JsonText, Refusal};

/// Delivers work.
#[derive(Clone, Debug)]
pub struct CompleteHandoff {
    /// Who asks.
    pub author: Author,
    /// The handoff.
    pub handoff_id: String,
    /// Token under which the caller holds it.
    pub fencing_token: u64,
    /// What came out of it: a JSON object with the members `artifacts`, `validation`, `next_action`, `summary`, `final_checkpoint_id` and
    /// `metrics` of the contract's TaskCompleted, each where there is something to say.
    pub result: JsonText,
}

impl Command for CompleteHandoff {
    fn author(&self) -> &Author {
        &self.author
    }

    fn decide(&self, view: &View<'_>) -> Result<Decision, Refusal> {
        let handoff = held(view, &self.handoff_id, self.fencing_token)?;
        let holder = Holder::of(view, handoff);
        let mut script = Script::new(&self.author, view);
        holder.speak(&mut script);
        let said = Payload::of(&self.result).with("handoff_id", &self.handoff_id);
        let (event_type, payload) = match handoff.origin {
            Origin::Peer | Origin::Unknown => {
                ("agent.handoff.completed".to_owned(), said.with_some("session_id", holder.session_id))
            }
            Origin::Workflow | Origin::Delegation | Origin::Task => {
                (holder.event_type(view, "task.completed"), task(view, handoff, holder.sign(said)))
            }
        };
        script.record(&event_type, causes(handoff), payload)?;
        Ok(script.about::<Handoff>(&self.handoff_id))
    }
}

fn task(view: &View<'_>, handoff: &Handoff, said: Payload) -> Payload {
    let delegation = (handoff.origin == Origin::Delegation).then(|| view.get::<Delegation>(&handoff.handoff_id));
    let service = delegation.flatten().map(|delegation| delegation.service.as_str());
    handoff
        .as_task(said)
        .or("final_checkpoint_id", handoff.checkpoint_id.as_ref())
        .with_some("service", service.filter(|service| !service.is_empty()))
}

/// Work that was recovered goes back to the request, the checkpoint that was restored, and the moment when it went on.
fn causes(handoff: &Handoff) -> Vec<EventId> {
    let causes = match &handoff.recovery {
        Some(recovery) => vec![
            handoff.requested_event_id,
            recovery.checkpoint_event_id,
            recovery.resumed_event_id.or(Some(recovery.started_event_id)),
        ],
        None => vec![handoff.accepted_event_id, handoff.checkpoint_event_id],
    };
    causes.into_iter().flatten().collect()
}

impl Handoff {
    /// Names its task in the payload of an agent's event.
    pub(super) fn as_task(&self, payload: Payload) -> Payload {
        payload.with_some("workflow_id", self.workflow_id.as_ref()).with("task_id", &self.task_id)
    }
}
