//! Keeps the waits as events move the handoffs and questions that make them.
//!
//! Before an event moves anything, the waits that are kept of what it may touch are noted; afterwards they are worked out anew. What is gone is
//! forgotten, and what moved to another agent moves.

use super::edges::{blocked, is_blocked, of_handoff, of_question, waiter};
use super::{HANDOFF, QUESTION, TASK, WAITS_KEPT, Wait, Waits, dissolved};
use crate::evolve::kind_of;
use crate::feedback::Question;
use crate::handoff::Handoff;
use crate::members::Members;
use crate::session::Session;
use crate::session::evolve::failed_session;
use crate::state::States;
use crate::{Position, RecordedEvent};

/// What an event may touch, and the waits that are kept of it.
pub(crate) struct Before {
    handoffs: Vec<String>,
    questions: Vec<String>,
    kept: Vec<Wait>,
}

/// Draws the consequences of an event, after all others.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent, mut before: Before) {
    before.touch(states, event);
    let mut after: Vec<Wait> = Vec::new();
    for handoff in before.handoffs.iter().filter_map(|id| states.get::<Handoff>(id)) {
        after.extend(of_handoff(states, handoff));
        after.extend(wait_for_help(handoff, event, &before.kept));
    }
    after.extend(before.questions.iter().filter_map(|id| of_question(states, states.get::<Question>(id)?)));
    for wait in &mut after {
        if let Some(kept) = before.kept(wait) {
            wait.collaboration_id.clone_from(&kept.collaboration_id);
            wait.asked_about.clone_from(&kept.asked_about);
        }
        if wait.collaboration_id.is_none() && is_about(event, &wait.id) {
            wait.collaboration_id.clone_from(&event.belonging.about.collaboration);
        }
    }
    let gone = before
        .kept
        .iter()
        .filter(|kept| !after.iter().any(|wait| is_same(wait, kept) && wait.agent_id == kept.agent_id));
    gone.for_each(|wait| forget(states, event, wait));
    after.into_iter().for_each(|wait| keep(states, event, wait));
    dissolved::look_at(states, event, &before.kept);
    dissolved::mark(states, event);
}

impl Before {
    /// Notes what is there before an event moves anything.
    pub(crate) fn of(states: &States, event: &RecordedEvent) -> Self {
        let mut before = Self { handoffs: Vec::new(), questions: Vec::new(), kept: Vec::new() };
        before.touch(states, event);
        let handoffs = before.handoffs.iter().filter_map(|id| states.get::<Handoff>(id));
        let of_handoffs = handoffs.flat_map(|handoff| kept_of_handoff(states, handoff));
        let questions = before.questions.iter().filter_map(|id| states.get::<Question>(id));
        let of_questions = questions.flat_map(|question| kept_of_question(states, question));
        before.kept = of_handoffs.chain(of_questions).collect();
        before
    }

    /// Adds what an event may touch, as the states stand.
    fn touch(&mut self, states: &States, event: &RecordedEvent) {
        let kind = kind_of(event.envelope.event_type.as_str());
        self.handoffs.extend(event.belonging.about.handoff.clone());
        self.questions.extend(event.belonging.about.question.clone());
        // What holds a session together moves all that it holds, and a task's event need not name its handoff.
        if kind.starts_with("session.") || kind.starts_with("task.") {
            self.touch_held(event.session_id().and_then(|id| states.get(id.as_str())));
        }
        match kind {
            "session.completed" => self.touch_awaited(states, event.session_id().map(|id| id.as_str())),
            "session.recovery.started" => {
                let failed = failed_session(states, event);
                self.touch_held(failed.as_deref().and_then(|id| states.get(id)));
                self.touch_awaited(states, failed.as_deref());
            }
            _ => {}
        }
        distinct(&mut self.handoffs);
        distinct(&mut self.questions);
    }

    fn touch_held(&mut self, session: Option<&Session>) {
        self.handoffs.extend(session.iter().flat_map(|session| session.handoff_ids.iter().cloned()));
        self.questions.extend(session.iter().flat_map(|session| session.open_questions.iter().cloned()));
    }

    /// What the agent of a session waits for.
    fn touch_awaited(&mut self, states: &States, session_id: Option<&str>) {
        let Some(waits) = waiter(states, session_id, None).and_then(|name| states.get::<Waits>(&name)) else { return };
        for wait in &waits.waits {
            let touched = if wait.kind == QUESTION { &mut self.questions } else { &mut self.handoffs };
            touched.push(wait.id.clone());
        }
    }

    fn kept(&self, wait: &Wait) -> Option<&Wait> {
        self.kept.iter().find(|kept| is_same(kept, wait))
    }
}

fn distinct(ids: &mut Vec<String>) {
    ids.sort_unstable();
    ids.dedup();
}

fn is_same(one: &Wait, other: &Wait) -> bool {
    one.kind == other.kind && one.id == other.id
}

fn is_about(event: &RecordedEvent, id: &str) -> bool {
    let about = &event.belonging.about;
    about.handoff.as_deref() == Some(id) || about.question.as_deref() == Some(id)
}

fn kept_of_handoff(states: &States, handoff: &Handoff) -> Vec<Wait> {
    let asking = handoff.asking_session.as_deref();
    let holder = handoff.lease.as_ref().and_then(|lease| lease.agent.as_deref()).filter(|_| is_blocked(handoff));
    let mut kept = kept_by(states, holder, TASK, &handoff.handoff_id);
    if asking.is_some() {
        kept.extend(kept_by_asker(states, asking, handoff.from_agent.as_deref(), HANDOFF, &handoff.handoff_id));
    }
    kept
}

fn kept_of_question(states: &States, question: &Question) -> Vec<Wait> {
    let (session, agent) = (question.session_id.as_deref(), question.from_agent.as_deref());
    kept_by_asker(states, session, agent, QUESTION, &question.question_id)
}

/// The instance of a session may have become known after it asked, so the wait may be kept under either name.
fn kept_by_asker(states: &States, session: Option<&str>, agent: Option<&str>, kind: &str, id: &str) -> Vec<Wait> {
    let name = waiter(states, session, agent);
    let mut kept = kept_by(states, name.as_deref(), kind, id);
    if name.as_deref() != agent {
        kept.extend(kept_by(states, agent, kind, id));
    }
    kept
}

fn kept_by(states: &States, agent: Option<&str>, kind: &str, id: &str) -> Vec<Wait> {
    let waits = agent.and_then(|agent| states.get::<Waits>(agent));
    let found = waits.into_iter().flat_map(|waits| &waits.waits).filter(|wait| wait.kind == kind && wait.id == id);
    found.cloned().collect()
}

/// The wait of the holder of blocked work: the event that blocks it says whom it waits for.
fn wait_for_help(handoff: &Handoff, event: &RecordedEvent, kept: &[Wait]) -> Option<Wait> {
    if !is_blocked(handoff) {
        return None;
    }
    if handoff.outcome_event_id == Some(event.id()) {
        let needs = Members::of(&event.envelope.payload).name("needs")?;
        return blocked(handoff, &needs, event.recorded_at, event.id());
    }
    let held_by = handoff.lease.as_ref().and_then(|lease| lease.agent.as_deref());
    let mut kept = kept.iter().filter(|wait| wait.kind == TASK && wait.id == handoff.handoff_id);
    kept.find(|wait| Some(wait.agent_id.as_str()) == held_by).cloned()
}

fn forget(states: &mut States, event: &RecordedEvent, wait: &Wait) {
    states.update(&wait.agent_id, |waits: &mut Waits| {
        waits.waits.retain(|kept| !is_same(kept, wait));
        touch(waits, event);
    });
}

fn keep(states: &mut States, event: &RecordedEvent, wait: Wait) {
    let id = wait.agent_id.clone();
    let kept = states.get::<Waits>(&id);
    let is_full = kept.is_some_and(|kept| kept.waits.len() >= WAITS_KEPT);
    let known = kept.and_then(|kept| kept.waits.iter().find(|kept| is_same(kept, &wait)));
    if known == Some(&wait) || (known.is_none() && is_full) {
        return;
    }
    states.change(&id, |waits: Option<Waits>| {
        let mut waits = waits.unwrap_or_else(|| Waits::none(&wait.agent_id));
        waits.waits.retain(|kept| !is_same(kept, &wait));
        waits.waits.push(wait);
        waits.waits.sort_by_key(|wait| (wait.since, wait.event_id));
        touch(&mut waits, event);
        Some(waits)
    });
}

pub(super) fn touch(waits: &mut Waits, event: &RecordedEvent) {
    waits.version += 1;
    waits.position = waits.position.max(event.position);
}

impl Waits {
    fn none(agent_id: &str) -> Self {
        Self { agent_id: agent_id.to_owned(), waits: Vec::new(), position: Position::START, version: 0 }
    }
}
