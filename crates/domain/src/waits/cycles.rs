//! All cycles among waits that are there, for people who look.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::Wait;

/// The cycles among these waits: for each wait the shortest one that it is in, and each only once. Waits for oneself form none.
pub fn cycles_among(waits: &[Wait]) -> Vec<Vec<Wait>> {
    let mut of_agent: HashMap<&str, Vec<&Wait>> = HashMap::new();
    for wait in waits.iter().filter(|wait| wait.agent_id != wait.waits_for) {
        of_agent.entry(&wait.agent_id).or_default().push(wait);
    }
    let mut seen = BTreeSet::new();
    let mut cycles = Vec::new();
    for wait in waits.iter().filter(|wait| wait.agent_id != wait.waits_for) {
        let Some(cycle) = shortest(wait, &of_agent) else { continue };
        let mut round: Vec<(&str, &str, &str)> =
            cycle.iter().map(|wait| (wait.agent_id.as_str(), wait.kind.as_str(), wait.id.as_str())).collect();
        round.sort_unstable();
        if seen.insert(round) {
            cycles.push(cycle.into_iter().cloned().collect());
        }
    }
    cycles
}

/// The way from a wait back to its own agent, the wait itself first.
fn shortest<'w>(first: &'w Wait, of_agent: &HashMap<&str, Vec<&'w Wait>>) -> Option<Vec<&'w Wait>> {
    let mut reached: HashMap<&str, &'w Wait> = HashMap::from([(first.waits_for.as_str(), first)]);
    let mut queue = VecDeque::from([first.waits_for.as_str()]);
    while let Some(agent) = queue.pop_front() {
        for next in of_agent.get(agent).map(Vec::as_slice).unwrap_or_default() {
            if next.waits_for == first.agent_id {
                return Some(way_back(first, next, &reached));
            }
            if !reached.contains_key(next.waits_for.as_str()) {
                reached.insert(&next.waits_for, next);
                queue.push_back(&next.waits_for);
            }
        }
    }
    None
}

fn way_back<'w>(first: &'w Wait, last: &'w Wait, reached: &HashMap<&str, &'w Wait>) -> Vec<&'w Wait> {
    let mut way = vec![last];
    // Each step leads to an agent that was reached before, so it ends at the first one.
    while let Some(previous) = way.last().and_then(|wait| reached.get(wait.agent_id.as_str())) {
        way.push(previous);
        if std::ptr::eq(*previous, first) {
            break;
        }
    }
    way.reverse();
    way
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{EventId, Timestamp};

    fn wait(agent: &str, waits_for: &str) -> Wait {
        Wait {
            agent_id: agent.into(),
            waits_for: waits_for.into(),
            kind: "handoff".into(),
            id: format!("{agent}-{waits_for}"),
            since: Timestamp::EPOCH,
            event_id: EventId::generate(),
            collaboration_id: None,
            asked_about: Vec::new(),
        }
    }

    fn found(edges: &[(&str, &str)]) -> Vec<String> {
        let waits: Vec<Wait> = edges.iter().map(|(agent, waits_for)| wait(agent, waits_for)).collect();
        let round = |cycle: &Vec<Wait>| cycle.iter().map(|wait| wait.agent_id.clone()).collect::<Vec<_>>().join(" ");
        cycles_among(&waits).iter().map(round).collect()
    }

    #[test]
    fn each_cycle_is_named_once_from_the_first_wait_that_is_in_it() {
        assert_eq!(found(&[("a", "b"), ("b", "c")]), Vec::<String>::new());
        assert_eq!(found(&[("a", "b"), ("b", "a")]), ["a b"]);
        assert_eq!(found(&[("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")]), ["a b c"]);
        assert_eq!(found(&[("a", "b"), ("b", "a"), ("b", "c"), ("c", "b")]), ["a b", "b c"]);
        assert_eq!(found(&[("a", "a"), ("a", "b")]), Vec::<String>::new(), "who waits for itself is in none");
        assert_eq!(found(&[("a", "b"), ("b", "c"), ("c", "a"), ("b", "a")]), ["a b", "b c a"]);
    }
}
