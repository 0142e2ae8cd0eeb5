//! What a request for work must say, whoever makes it.

use super::Handoff;
use super::terms::Terms;
use crate::command::{Payload, View};
use crate::members::Members;
use crate::refusal::in_future;
use crate::state::Kind;
use crate::{EventId, JsonText, Refusal, Timestamp};

/// A request that may be made.
#[derive(Debug)]
pub(crate) enum Request {
    /// It is new, and its event is to say this.
    New {
        /// The handoff.
        handoff_id: String,
        /// The payload, with its ids.
        payload: Payload,
    },
    /// The same was asked for before under the same id: there is nothing to record.
    Made {
        /// The handoff.
        handoff_id: String,
    },
}

impl Request {
    /// Checks the request that a client sent as the event's payload. `own_id` is the id that its event will have.
    pub(crate) fn of(view: &View<'_>, asked: &JsonText, own_id: EventId) -> Result<Self, Refusal> {
        let payload = Payload::of(asked);
        let said = Members::of(asked);
        if said.name("to_agent").is_none() {
            return Err(invalid("handoff.to_agent", "is required: name a type, an instance or a capability"));
        }
        let deadline = said.text("deadline").and_then(|text| Timestamp::parse_lenient(&text).ok());
        in_future("handoff.deadline", deadline, view.now)?;
        check_numbers(&said)?;
        let own = || own_id.to_string();
        let handoff_id = said.name("handoff_id").unwrap_or_else(own);
        if let Some(known) = view.get::<Handoff>(&handoff_id).filter(|known| known.requested_event_id.is_some()) {
            if is_same(known, &said) {
                return Ok(Self::Made { handoff_id });
            }
            return Err(Refusal::Exists { kind: Handoff::KIND, id: handoff_id });
        }
        let task_id = payload.text("task_id").unwrap_or_else(|| handoff_id.clone());
        let payload = payload.with("handoff_id", &handoff_id).with("task_id", task_id);
        Ok(Self::New { handoff_id, payload })
    }
}

/// True when the handoff is what is asked for. What the request leaves out may have been filled in.
fn is_same(known: &Handoff, said: &Members<'_>) -> bool {
    let agrees = |name, known: Option<&str>| said.name(name).is_none_or(|name| Some(name.as_str()) == known);
    agrees("workflow_id", known.workflow_id.as_deref())
        && agrees("from_agent", known.from_agent.as_deref())
        && agrees("task_id", Some(&known.task_id))
        && Terms::of(known).same_as(&Terms::said(said))
}

fn check_numbers(said: &Members<'_>) -> Result<(), Refusal> {
    for (name, field) in [("lease_seconds", "handoff.lease_seconds"), ("stall_seconds", "handoff.stall_seconds")] {
        if said.read(name).is_some_and(|seconds: f64| seconds <= 0.0) {
            return Err(invalid(field, "must be greater than 0: leave it out for the usual length"));
        }
    }
    if said.read("max_attempts").is_some_and(|most: i64| most < 1) {
        return Err(invalid("handoff.max_attempts", "must be at least 1: leave it out for 3"));
    }
    Ok(())
}

fn invalid(field: &'static str, why: &str) -> Refusal {
    Refusal::InvalidField { field, why: why.to_owned() }
}
