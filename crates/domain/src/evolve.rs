//! What an event does to the states: noun by noun, each by its own `evolve`.
//!
//! The nouns come in a fixed order, since some look at others: a handoff asks what its holder's session knows before that session lets go
//! of it, an agent what its session holds then, and who waits for whom is worked out when everything else has moved.

use crate::state::States;
use crate::{
    Belonging, RecordedEvent, SessionId, agent, checkpoint, collaboration, director, feedback, handoff, session, waits,
    workflow,
};

/// Draws the consequences of an event that was recorded now.
pub(crate) fn recorded(states: &mut States, event: &RecordedEvent) {
    workflow::evolve::recorded(states, event);
    coordinate(states, event, None);
}

/// Draws those of an event that was recorded before, and turned out to belong to more than was known.
pub(crate) fn gained(states: &mut States, event: &RecordedEvent, before: &Belonging) {
    if before.workflow_id.is_none() {
        workflow::evolve::recorded(states, event);
    }
    if before.about != event.belonging.about || before.session_id != event.belonging.session_id {
        coordinate(states, event, Some(before));
    }
}

/// `before` is what was known of where the event belongs when it was last looked at; `None` for one that is recorded now.
fn coordinate(states: &mut States, event: &RecordedEvent, before: Option<&Belonging>) {
    let work = session::evolve::Work::before(states, event);
    let waits = waits::evolve::Before::of(states, event);
    checkpoint::evolve::recorded(states, event, before);
    feedback::evolve::recorded(states, event);
    handoff::evolve::recorded(states, event, before);
    director::evolve::recorded(states, event);
    collaboration::evolve::recorded(states, event, before);
    session::evolve::recorded(states, event, before, &work);
    agent::evolve::recorded(states, event);
    waits::evolve::recorded(states, event, waits);
}

/// The session of an event, the first time that it is known: what an event says about its session counts once.
pub(crate) fn session_told<'a>(event: &'a RecordedEvent, before: Option<&Belonging>) -> Option<&'a str> {
    let known = before.is_some_and(|before| before.session_id.is_some());
    event.session_id().filter(|_| !known).map(SessionId::as_str)
}

/// Areas below `agent.` whose next segment is not the name of a framework or of an agent.
pub(crate) const AREAS: [&str; 4] = ["handoff", "feedback", "collaboration", "registry"];

/// The event type without the segment that differs from one agent framework to the next: `agent.letta.checkpoint.saved` and
/// `agent.agno.checkpoint.saved` are both `checkpoint.saved`.
pub(crate) fn kind_of(event_type: &str) -> &str {
    match event_type.strip_prefix("agent.").and_then(|rest| rest.split_once('.')) {
        Some((framework, kind)) if !AREAS.contains(&framework) => kind,
        _ => event_type,
    }
}

/// The framework of an agent's event, the second segment of its type; `None` for events of other areas.
pub(crate) fn framework_of(event_type: &str) -> Option<&str> {
    let (framework, _) = event_type.strip_prefix("agent.")?.split_once('.')?;
    (!AREAS.contains(&framework)).then_some(framework)
}
