//! The types of an agent's events: their second segment names the framework that runs it.

use super::Session;
use crate::EventType;
use crate::agent::AgentType;
use crate::command::View;
use crate::evolve::AREAS;

/// The framework of an agent of which nothing better is known.
const UNKNOWN: &str = "custom";

/// The greatest length of a framework's name: it leaves room for what happened.
const LONGEST: usize = 100;

/// The framework of a session's agent.
fn framework(session: &Session) -> String {
    if is_framework(&session.framework) { session.framework.clone() } else { named_framework(&session.agent_type) }
}

/// The type of a session's event: its framework stands before the kind.
pub(crate) fn agent_event(session: &Session, kind: &str) -> String {
    format!("agent.{}.{kind}", framework(session))
}

/// The framework of a type of agents: as it was registered, else as its name says.
pub(crate) fn framework_of_type(view: &View<'_>, agent_type: &str) -> String {
    let registered = view.get::<AgentType>(agent_type).and_then(|agent_type| agent_type.framework.clone());
    registered.filter(|word| is_framework(word)).unwrap_or_else(|| named_framework(agent_type))
}

/// The framework that the name of an agent's type begins with: `letta` of `letta-python-dev`.
fn named_framework(agent_type: &str) -> String {
    let first = agent_type.split('-').next().filter(|first| is_framework(first));
    first.unwrap_or(UNKNOWN).to_owned()
}

/// True for a word that can be the second segment of an agent's events.
pub(crate) fn is_framework(word: &str) -> bool {
    !word.contains('.') && EventType::parse(word, LONGEST).is_ok() && !AREAS.contains(&word)
}
