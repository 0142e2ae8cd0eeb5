//! Whose turn it is.

use std::collections::BTreeMap;

use super::*;

/// Work on offer, the oldest first, as its fairness key and its priority.
fn offers(of: &[(&str, Priority)]) -> Vec<Handoff> {
    let mut team = Team::default();
    let names: Vec<String> = (0..of.len()).map(|number| format!("h-{number}")).collect();
    for name in &names {
        team.request(name);
    }
    let told = names.iter().zip(of);
    told.map(|(name, (key, priority))| Handoff { fairness_key: (*key).into(), priority: *priority, ..team.work(name) })
        .collect()
}

fn turn(offers: &[Handoff], served: &[(&str, u64)]) -> Option<String> {
    let served: BTreeMap<String, u64> = served.iter().map(|(key, number)| ((*key).to_owned(), *number)).collect();
    next_offer(offers.iter(), &served, MemoryLog::default().now).map(|handoff| handoff.handoff_id.clone())
}

#[test]
fn the_most_urgent_then_who_waited_longest_for_a_turn_then_the_oldest() {
    use Priority::{Critical, High, Medium};
    let offers = offers(&[("a", Medium), ("a", High), ("a", High), ("b", High), ("c", Medium)]);
    assert_eq!(turn(&offers, &[]).as_deref(), Some("h-1"));
    assert_eq!(turn(&offers, &[("a", 1)]).as_deref(), Some("h-3"), "a key that was never served comes first");
    assert_eq!(turn(&offers, &[("a", 1), ("b", 2)]).as_deref(), Some("h-1"), "then the one served longest ago");
    assert_eq!(turn(&offers, &[("a", 3), ("b", 2)]).as_deref(), Some("h-3"));
    let urgent = Handoff { priority: Critical, ..offers[4].clone() };
    assert_eq!(turn(&[&offers[..], &[urgent]].concat(), &[("c", 9)]).as_deref(), Some("h-4"));
}

#[test]
fn work_that_must_wait_or_is_too_late_has_no_turn() {
    let now = MemoryLog::default().now;
    let ready = offers(&[("a", Priority::Low)]).remove(0);
    for (offer, fits) in [
        (Handoff { offer_after: Some(now), ..ready.clone() }, true),
        (Handoff { offer_after: Some(now.after_seconds(1.0)), ..ready.clone() }, false),
        (Handoff { deadline: Some(now.after_seconds(1.0)), ..ready.clone() }, true),
        (Handoff { deadline: Some(now), ..ready.clone() }, false),
        (Handoff { state: HandoffState::Accepted, ..ready }, false),
    ] {
        assert_eq!(turn(std::slice::from_ref(&offer), &[]).is_some(), fits, "{offer:?}");
    }
    assert_eq!(turn(&[], &[]), None);
}

#[test]
fn no_key_starves_while_others_keep_coming() {
    let offers = offers(&[("busy", Priority::Medium), ("busy", Priority::Medium), ("calm", Priority::Medium)]);
    let (mut served, mut turns) = (BTreeMap::new(), Vec::new());
    for number in 1..=6 {
        let next = next_offer(offers.iter(), &served, MemoryLog::default().now).unwrap();
        served.insert(next.fairness_key.clone(), number);
        turns.push(next.fairness_key.as_str());
    }
    assert_eq!(turns, ["busy", "calm", "busy", "calm", "busy", "calm"]);
}
