//! The wait that a command is about to make.

use super::edges::{asked, waiter};
use super::{HANDOFF, QUESTION, TASK, Wait};
use crate::EventId;
use crate::command::{Payload, View};
use crate::handoff::{Handoff, TargetKind};

/// The wait of who asks a question, when it makes them wait for somebody. `payload` is what its event will say.
pub(crate) fn for_answer(view: &View<'_>, payload: &Payload, question_id: &str, made: &Made<'_>) -> Option<Wait> {
    let blocking = payload.read("blocking").unwrap_or(true);
    let waits_for = payload.text("assignee").filter(|_| blocking)?;
    Some(made.wait(view, asker(view, payload)?, waits_for, QUESTION, question_id, payload))
}

/// The wait of the session that asks a peer for work, where one does. `payload` is what its event will say.
pub(crate) fn for_work(view: &View<'_>, payload: &Payload, handoff_id: &str, made: &Made<'_>) -> Option<Wait> {
    payload.text("session_id")?;
    let to_kind = payload.read::<TargetKind>("to_kind");
    let waits_for = asked(&payload.text("to_agent")?, to_kind);
    Some(made.wait(view, asker(view, payload)?, waits_for, HANDOFF, handoff_id, payload))
}

/// The wait of who holds work that needs somebody's help.
pub(crate) fn for_help(view: &View<'_>, handoff: &Handoff, payload: &Payload, made: &Made<'_>) -> Option<Wait> {
    let holder = handoff.lease.as_ref().and_then(|lease| lease.agent.clone())?;
    Some(made.wait(view, holder, payload.text("needs")?, TASK, &handoff.handoff_id, payload))
}

fn asker(view: &View<'_>, payload: &Payload) -> Option<String> {
    waiter(view.states(), payload.text("session_id").as_deref(), payload.text("from_agent").as_deref())
}

/// The event that makes somebody wait.
pub(crate) struct Made<'a> {
    /// Its id.
    pub event_id: EventId,
    /// Its causes, those that its author adds included.
    pub causes: &'a [EventId],
}

impl Made<'_> {
    fn wait(&self, view: &View<'_>, agent_id: String, waits_for: String, kind: &str, id: &str, said: &Payload) -> Wait {
        Wait {
            agent_id,
            waits_for,
            kind: kind.to_owned(),
            id: id.to_owned(),
            since: view.now,
            event_id: self.event_id,
            collaboration_id: said.text("collaboration_id").or_else(|| self.collaboration(view)),
            asked_about: Vec::new(),
        }
    }

    /// The collaboration that its causes are about.
    pub(crate) fn collaboration(&self, view: &View<'_>) -> Option<String> {
        let mut belongings = self.causes.iter().filter_map(|id| view.belonging_of(*id));
        belongings.find_map(|belonging| belonging.about.collaboration.clone())
    }
}
