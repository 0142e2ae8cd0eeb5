//! Whose turn it is.

use std::sync::Arc;

use super::*;

/// Work on offer, the oldest first, as its fairness key and its priority.
fn offers(of: &[(&str, Priority)]) -> Vec<Handoff> {
    let mut team = Team::default();
    let names: Vec<String> = (0..of.len()).map(|number| format!("h-{number:04}")).collect();
    for name in &names {
        team.request(name);
    }
    let told = names.iter().zip(of);
    told.map(|(name, (key, priority))| Handoff { fairness_key: (*key).into(), priority: *priority, ..team.work(name) })
        .collect()
}

fn all(of: &[Handoff]) -> Offers {
    let mut offers = Offers::default();
    of.iter().for_each(|handoff| offers.put(Arc::new(handoff.clone())));
    offers
}

fn in_order<'a>(offers: &'a Offers, of: &Handoff) -> Vec<&'a str> {
    let lanes: Vec<Lane> = of.lanes().take(1).collect();
    offers.in_order(&lanes).map(|handoff| handoff.handoff_id.as_str()).collect()
}

#[test]
fn the_most_urgent_then_who_waited_longest_for_a_turn_then_the_oldest() {
    use Priority::{Critical, High, Medium};
    let work = offers(&[("a", Medium), ("a", High), ("a", High), ("b", High), ("c", Medium)]);
    let mut offers = all(&work);
    let order = |offers: &Offers| in_order(offers, &work[0]).iter().map(|id| id[5..].to_owned()).collect::<String>();
    assert_eq!(order(&offers), "12304");
    offers.serve("a");
    assert_eq!(order(&offers), "31240", "a key that was never served comes first");
    offers.serve("b");
    assert_eq!(order(&offers), "12340", "then the one served longest ago");
    offers.serve("a");
    assert_eq!(order(&offers), "31240");
    offers.serve("c");
    offers.put(Arc::new(Handoff { priority: Critical, ..work[4].clone() }));
    assert_eq!(order(&offers), "43120");
    offers.remove("h-0003");
    assert_eq!(order(&offers), "4120");
    offers.put(Arc::new(Handoff { state: HandoffState::Accepted, ..work[1].clone() }));
    assert_eq!(order(&offers), "420");
    offers.clear();
    assert_eq!(order(&offers), "");
    work.iter().for_each(|handoff| offers.put(Arc::new(handoff.clone())));
    assert_eq!(order(&offers), "31204", "who was served is known still");
}

#[test]
fn the_order_is_that_of_the_rule_whatever_comes_and_goes() {
    const PRIORITIES: [Priority; 3] = [Priority::High, Priority::Medium, Priority::Low];
    // A small generator of its own: the same numbers with every run.
    let mut seed = 42_u64;
    let mut roll = |sides: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % sides
    };
    let keys: Vec<String> = (0..5).map(|key| format!("key-{key}")).collect();
    let of: Vec<(&str, Priority)> = (0..60).map(|_| (keys[roll(5)].as_str(), PRIORITIES[roll(3)])).collect();
    let mut work = offers(&of);
    for handoff in &mut work {
        handoff.to_kind = Some(if roll(2) == 0 { TargetKind::Type } else { TargetKind::Capability });
        handoff.workflow_id = Some(format!("w-{}", roll(3)));
    }
    let (mut offers, mut open, mut served) = (Offers::default(), Vec::new(), std::collections::BTreeMap::new());
    for count in 1..2_000 {
        let at = roll(work.len());
        match roll(3) {
            0 => {
                open.push(at);
                offers.put(Arc::new(work[at].clone()));
            }
            1 => {
                open.retain(|other| *other != at);
                offers.remove(&work[at].handoff_id);
            }
            _ => {
                served.insert(&work[at].fairness_key, count);
                offers.serve(&work[at].fairness_key);
            }
        }
        open.sort_unstable();
        open.dedup();
        let workflow = [None, Some("w-0".to_owned())][roll(2)].clone();
        let lane = |kind| Lane { kind: Some(kind), to: work[0].to_agent.clone(), workflow_id: workflow.clone() };
        let lanes = [lane(TargetKind::Type), lane(TargetKind::Capability)];
        let found: Vec<&str> = offers.in_order(&lanes).map(|handoff| handoff.handoff_id.as_str()).collect();
        let fits = |handoff: &&Handoff| workflow.is_none() || handoff.workflow_id == workflow;
        let mut wanted: Vec<&Handoff> = open.iter().map(|at| &work[*at]).filter(fits).collect();
        wanted.sort_by_key(|handoff| (handoff.priority, served.get(&handoff.fairness_key), handoff.began));
        let wanted: Vec<&str> = wanted.into_iter().map(|handoff| handoff.handoff_id.as_str()).collect();
        assert_eq!(found, wanted, "after {count} steps");
    }
}

#[test]
fn work_that_must_wait_or_is_too_late_has_no_turn() {
    let now = MemoryLog::default().now;
    let ready = offers(&[("a", Priority::Low)]).remove(0);
    let later = now.after_seconds(1.0);
    for (offer, on_offer, rests) in [
        (Handoff { offer_after: Some(now), ..ready.clone() }, true, None),
        (Handoff { offer_after: Some(later), ..ready.clone() }, true, Some(later)),
        (Handoff { deadline: Some(later), ..ready.clone() }, true, None),
        (Handoff { deadline: Some(now), ..ready.clone() }, false, None),
        (Handoff { state: HandoffState::Accepted, ..ready }, false, None),
    ] {
        assert_eq!((offer.is_on_offer(now), offer.rests_until(now)), (on_offer, rests), "{offer:?}");
    }
}

#[test]
fn no_key_starves_while_others_keep_coming() {
    let work = offers(&[("busy", Priority::Medium), ("busy", Priority::Medium), ("calm", Priority::Medium)]);
    let (mut offers, mut turns) = (all(&work), Vec::new());
    for _ in 0..6 {
        let lanes: Vec<Lane> = work[0].lanes().take(1).collect();
        let next = offers.in_order(&lanes).next().unwrap().fairness_key.clone();
        offers.serve(&next);
        turns.push(next);
    }
    assert_eq!(turns, ["busy", "calm", "busy", "calm", "busy", "calm"]);
}

#[test]
fn more_keys_than_are_remembered_are_served_as_if_for_the_first_time() {
    let work = offers(&[("a", Priority::Medium), ("b", Priority::Medium)]);
    let mut offers = all(&work);
    offers.serve("a");
    assert_eq!(in_order(&offers, &work[0]), ["h-0001", "h-0000"]);
    (0..10_000).for_each(|key| offers.serve(&format!("key-{key}")));
    assert_eq!(in_order(&offers, &work[0]), ["h-0000", "h-0001"]);
}

#[test]
fn what_a_claimant_may_take_waits_in_exactly_one_of_its_lanes() {
    use TargetKind::{Capability, Instance, Type};
    let mut team = Team::of(&["s-1"]);
    team.request(WORK);
    let (work, session): (Handoff, crate::session::Session) = (team.work(WORK), team.log.state("s-1"));
    let name = session.agent_instance_id.clone().unwrap();
    let capabilities = vec!["rust".to_owned(), name.clone(), "rust".to_owned()];
    for workflow_id in [None, work.workflow_id.clone(), Some("other".into())] {
        let claimant = Claimant {
            session_id: "s-1".into(),
            workflow_id,
            capabilities: capabilities.clone(),
            ..Claimant::default()
        };
        let lanes = claimant.lanes(&session, None);
        for to_kind in [None, Some(Type), Some(Instance), Some(Capability)] {
            for to in ["letta-python-dev", name.as_str(), "rust", "python", ""] {
                let offer = Handoff { to_kind, to_agent: to.into(), ..work.clone() };
                let found = offer.lanes().filter(|lane| lanes.contains(lane)).count();
                let fits = claimant.may_take(&offer, &session, None).is_ok();
                assert_eq!(found, usize::from(fits), "{to_kind:?} {to} for {claimant:?}");
            }
        }
    }
}
