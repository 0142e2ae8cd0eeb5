//! Agents, as their sessions and their work tell of them.

use crate::agent::{Agent, AgentState};
use crate::evolve::kind_of;
use crate::handoff::Handoff;
use crate::members::Members;
use crate::session::{Session, SessionStatus};
use crate::state::States;
use crate::{RecordedEvent, SessionId};

/// Moves the agents whose sessions or tasks an event moved.
pub(super) fn moved(states: &mut States, event: &RecordedEvent) {
    let event_type = event.envelope.event_type.as_str();
    if !event_type.starts_with("agent.") && !event_type.starts_with("director.service.") {
        return;
    }
    for session in sessions(states, event) {
        let Some(session) = states.get::<Session>(&session).cloned() else { continue };
        if let Some(id) = session.agent_id.clone() {
            change(states, &id, event, |agent| agent.follow(&session, event));
        }
    }
    tasks(states, event);
}

/// The sessions that an event is about: its own, and those that have and had the handoff that it is about.
fn sessions(states: &States, event: &RecordedEvent) -> Vec<String> {
    let handoff = event.belonging.about.handoff.as_deref().and_then(|id| states.get::<Handoff>(id));
    let held = handoff.and_then(Handoff::holder);
    let had = handoff.and_then(|handoff| handoff.previous_session.as_deref());
    let own = event.session_id().map(SessionId::as_str);
    let mut ids: Vec<String> = Vec::new();
    for id in [own, held, had].into_iter().flatten() {
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    ids
}

/// The tasks that an agent was given are open as long as their handoffs are.
fn tasks(states: &mut States, event: &RecordedEvent) {
    let Some(id) = event.belonging.about.handoff.clone() else { return };
    let Some(handoff) = states.get::<Handoff>(&id) else { return };
    let (is_open, agent) = (handoff.state.is_open(), handoff.assigned_to.clone());
    let Some(agent) = agent else { return };
    change(states, &agent, event, |agent| {
        let known = agent.open_task_ids.contains(&id);
        if is_open && !known {
            agent.open_task_ids.push(id);
        } else if !is_open && known {
            agent.open_task_ids.retain(|known| *known != id);
        }
    });
}

/// Moves an agent that is known, where there is something to change.
fn change(states: &mut States, id: &str, event: &RecordedEvent, change: impl FnOnce(&mut Agent)) {
    let Some(known) = states.get::<Agent>(id) else { return };
    let mut agent = known.clone();
    change(&mut agent);
    if agent != *known {
        agent.note(event);
        states.change(id, |_| Some(agent));
    }
}

impl Agent {
    fn follow(&mut self, session: &Session, event: &RecordedEvent) {
        let is_news = event.position > self.position;
        let event_type = event.envelope.event_type.as_str();
        let kind = kind_of(event_type);
        if is_news && matches!(kind, "session.started" | "session.recovery.started") {
            self.began_session(session);
        }
        if self.session_id.as_ref() != Some(&session.session_id) {
            return;
        }
        match kind {
            "session.failed" if is_news && session.status == Some(SessionStatus::Failed) => self.failed(event),
            "checkpoint.saved" => self.checkpoint_id = session.checkpoint_id.clone().or(self.checkpoint_id.take()),
            _ if takes_work(kind) && !session.handoff_ids.is_empty() => self.works(),
            _ if ends_work(kind) && session.handoff_ids.is_empty() => self.rests(),
            _ => {}
        }
    }

    fn began_session(&mut self, session: &Session) {
        if self.state == AgentState::Stopped || !session.is_open() {
            return;
        }
        self.session_id = Some(session.session_id.clone());
        self.checkpoint_id = session.checkpoint_id.clone().or(self.checkpoint_id.take());
        if self.state != AgentState::Draining {
            self.state = if session.handoff_ids.is_empty() { AgentState::Idle } else { AgentState::Busy };
            self.reason = None;
        }
    }

    fn failed(&mut self, event: &RecordedEvent) {
        if self.state != AgentState::Stopped {
            self.state = AgentState::Failed;
            self.reason = Members::of(&event.envelope.payload).text("failure_reason");
        }
    }

    fn works(&mut self) {
        if matches!(self.state, AgentState::Starting | AgentState::Idle) {
            (self.state, self.reason) = (AgentState::Busy, None);
        }
    }

    fn rests(&mut self) {
        if self.state == AgentState::Busy {
            (self.state, self.reason) = (AgentState::Idle, None);
        }
    }
}

/// True for events after which a session may hold more than before.
fn takes_work(kind: &str) -> bool {
    matches!(
        kind,
        "agent.handoff.accepted" | "agent.registry.task.assigned" | "session.recovery.started" | "task.resumed"
    )
}

/// True for events after which a session may hold less than before.
fn ends_work(kind: &str) -> bool {
    let is_own = matches!(kind, "task.completed" | "task.failed" | "session.completed" | "session.recovery.started");
    is_own || kind.starts_with("agent.handoff.") || kind == "director.service.delegation.failed"
}
