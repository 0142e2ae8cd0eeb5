//! Cycles of agents that wait for each other.

use std::collections::{HashMap, VecDeque};

use super::{Wait, Waits};
use crate::command::View;

/// How many agents are looked at for one new wait.
const AGENTS: usize = 64;

/// The cycle that a new wait closes: the new wait first, each for the agent of the next, the last for the agent of the first. The shortest
/// one, where there are several. A wait for oneself closes none: who hands work to a peer of the same name can still take it.
pub fn cycle_closed_by(view: &View<'_>, wait: &Wait) -> Option<Vec<Wait>> {
    if wait.waits_for == wait.agent_id {
        return None;
    }
    let mut reached: HashMap<&str, &Wait> = HashMap::from([(wait.waits_for.as_str(), wait)]);
    let mut queue = VecDeque::from([wait.waits_for.as_str()]);
    let mut looked_at = 0;
    while let Some(agent) = queue.pop_front() {
        looked_at += 1;
        if looked_at > AGENTS {
            return None;
        }
        for next in view.get::<Waits>(agent).map(|waits| waits.waits.as_slice()).unwrap_or_default() {
            if next.waits_for == wait.agent_id {
                return Some(way_back(&reached, next));
            }
            if !reached.contains_key(next.waits_for.as_str()) {
                reached.insert(&next.waits_for, next);
                queue.push_back(&next.waits_for);
            }
        }
    }
    None
}

/// The waits from the new one to the last, by which each agent was reached.
fn way_back(reached: &HashMap<&str, &Wait>, last: &Wait) -> Vec<Wait> {
    let mut way = vec![last.clone()];
    // At most as long as there are agents; only the new wait's own agent was not reached by another wait.
    while let Some(previous) = way.last().and_then(|wait| reached.get(wait.agent_id.as_str())) {
        way.push((*previous).clone());
    }
    way.reverse();
    way
}
