//! The framework that runs an agent: the second segment of its event types.

use super::AgentType;
use crate::EventType;
use crate::command::View;

/// The framework of an agent of a type, as the type was registered; else the part of its name before the first `-`.
pub(crate) fn framework_of(view: &View<'_>, agent_type: &str) -> String {
    let known = view.get::<AgentType>(agent_type).and_then(|known| known.framework.clone());
    let named = agent_type.split('-').next().map(str::to_owned);
    known.into_iter().chain(named).find(|word| is_framework(word)).unwrap_or_else(|| "custom".to_owned())
}

fn is_framework(word: &str) -> bool {
    !word.contains('.') && EventType::parse(word, 100).is_ok() && !crate::evolve::AREAS.contains(&word)
}
