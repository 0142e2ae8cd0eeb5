//! The rules of delivery, example by example, and under any order of events.
#![allow(clippy::unwrap_used)]

mod interleavings;

use std::collections::VecDeque;

use uuid::Uuid;

use super::*;

/// Seconds after some time.
pub(super) fn at(seconds: u64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000).after_millis(seconds * 1_000)
}

pub(super) fn candidate(position: u64, key: Option<&str>) -> Candidate {
    Candidate {
        position: Position::new(position),
        event_id: EventId::new(Uuid::from_u128(position.into())),
        recorded_at: at(0),
        key: key.map(str::to_owned),
    }
}

fn work(settings: GroupSettings) -> Work {
    let group = Group::new("g".into(), settings, Position::START, at(0));
    let revision = group.first_revision();
    Work::new(group, revision, [], [])
}

fn seat(consumer_id: &str, room: usize) -> Seat {
    Seat { consumer_id: consumer_id.into(), room }
}

fn log(keys: &[Option<&str>]) -> VecDeque<Candidate> {
    keys.iter().zip(1..).map(|(key, position)| candidate(position, *key)).collect()
}

fn positions(given: &[HandOut]) -> Vec<u64> {
    given.iter().map(|hand_out| hand_out.position.get()).collect()
}

fn settle(work: &mut Work, hand_out: &HandOut, verdict: Verdict, now: u64) -> Outcome {
    work.settle(&Settlement { id: hand_out.id, token: hand_out.token, verdict }, at(now))
}

fn retry() -> Verdict {
    Verdict::Retry { reason: "not now".into(), after_ms: None }
}

#[test]
fn of_one_key_one_delivery_is_out_and_the_next_follows_when_it_is_settled() {
    let mut work = work(GroupSettings::default());
    let mut ahead = log(&[Some("a"), Some("a"), Some("b"), None, None]);
    let first = work.take(&mut [seat("c", 10)], &mut ahead, at(0));
    assert_eq!(positions(&first), [1, 3, 4, 5]);
    assert_eq!(work.take(&mut [seat("c", 10)], &mut ahead, at(0)), []);
    assert_eq!(settle(&mut work, &first[0], Verdict::Acknowledge, 1), Outcome::Settled);
    assert_eq!(positions(&work.take(&mut [seat("c", 10)], &mut ahead, at(1))), [2]);
    assert_eq!(work.position().get(), 1);
}

#[test]
fn all_in_order_is_one_after_the_other() {
    let settings = GroupSettings { ordering: OrderingKey::All, ..GroupSettings::default() };
    let mut work = work(settings);
    let mut ahead = log(&[Some(""), Some(""), Some("")]);
    for position in 1..=3 {
        let given = work.take(&mut [seat("c", 10)], &mut ahead, at(0));
        assert_eq!(positions(&given), [position]);
        settle(&mut work, &given[0], Verdict::Acknowledge, 0);
    }
}

#[test]
fn a_rejected_delivery_waits_longer_each_time_and_is_parked_after_the_last() {
    let mut work = work(GroupSettings { max_attempts: 3, max_backoff_ms: 1_500, ..GroupSettings::default() });
    let mut ahead = log(&[Some("a"), Some("a")]);
    let mut now = 0;
    for (attempt, wait) in [(1, 1), (2, 2)] {
        let given = work.take(&mut [seat("c", 10)], &mut ahead, at(now));
        assert_eq!((given[0].attempt, given[0].position.get()), (attempt, 1));
        assert_eq!(settle(&mut work, &given[0], retry(), now), Outcome::Settled);
        assert_eq!(work.take(&mut [seat("c", 10)], &mut ahead, at(now)), [], "it waits, and what follows it");
        now += wait;
    }
    let last = work.take(&mut [seat("c", 10)], &mut ahead, at(now));
    settle(&mut work, &last[0], retry(), now);
    work.written();
    assert_eq!(
        positions(&work.take(&mut [seat("c", 10)], &mut ahead, at(now))),
        [2],
        "what is parked holds nothing up"
    );
    assert_eq!(work.position().get(), 1);
}

#[test]
fn what_is_parked_holds_its_key_up_where_that_is_wanted() {
    let settings = GroupSettings { parked_keys: ParkedKeyPolicy::Block, ..GroupSettings::default() };
    let mut work = work(settings);
    let mut ahead = log(&[Some("a"), Some("a"), Some("b")]);
    let first = work.take(&mut [seat("c", 1)], &mut ahead, at(0));
    settle(&mut work, &first[0], Verdict::Park { reason: "poison".into() }, 0);
    let parked = work.changes(None).put.into_iter().find(|delivery| delivery.stage == Stage::Parked).unwrap();
    assert_eq!(parked.failure.as_ref().unwrap().reason, "poison");
    work.written();
    assert_eq!(positions(&work.take(&mut [seat("c", 10)], &mut ahead, at(1))), [3]);
    let read_again = Work::new(work.group().clone(), work.revision(), work.unsettled().cloned(), []);
    let mut work = read_again;
    work.replay(vec![parked], at(2));
    let again = work.take(&mut [seat("c", 10)], &mut ahead, at(2));
    assert_eq!((positions(&again), again[0].attempt), (vec![1], 1));
}

#[test]
fn a_late_settlement_stands_until_somebody_else_has_the_delivery() {
    let mut work = work(GroupSettings::default());
    let mut ahead = log(&[None, None]);
    let given = work.take(&mut [seat("slow", 2)], &mut ahead, at(0));
    work.expire(at(30));
    assert_eq!(settle(&mut work, &given[0], Verdict::Acknowledge, 30), Outcome::Settled);
    let other = work.take(&mut [seat("quick", 2)], &mut ahead, at(30));
    assert_eq!((positions(&other), other[0].attempt), (vec![2], 2));
    let late = settle(&mut work, &given[1], Verdict::Acknowledge, 31);
    assert_eq!(late, Outcome::Superseded { consumer_id: Some("quick".into()), token: other[0].token });
    assert_eq!(settle(&mut work, &other[0], Verdict::Acknowledge, 31), Outcome::Settled);
    assert_eq!(settle(&mut work, &other[0], Verdict::Acknowledge, 31), Outcome::NotFound);
}

#[test]
fn who_takes_over_an_id_gets_what_the_other_had_and_the_other_can_settle_nothing() {
    let mut work = work(GroupSettings::default());
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let mut ahead = log(&[Some("a"), Some("b")]);
    work.connect("c", one, at(0));
    let given = work.take(&mut [seat("c", 10)], &mut ahead, at(0));
    work.connect("c", two, at(1));
    assert!(!work.has_connection("c", one));
    assert_eq!(
        settle(&mut work, &given[0], Verdict::Acknowledge, 1),
        Outcome::Superseded { consumer_id: None, token: 0 }
    );
    let again = work.take(&mut [seat("c", 10)], &mut ahead, at(1));
    assert_eq!((positions(&again), again[0].attempt), (vec![1, 2], 2));
    work.disconnect("c", one);
    assert!(work.has_connection("c", two), "the one who left is not the one who has the id");
}

#[test]
fn what_was_never_sent_counts_as_no_attempt() {
    let mut work = work(GroupSettings::default());
    let mut ahead = log(&[None]);
    let given = work.take(&mut [seat("c", 1)], &mut ahead, at(0));
    work.give_back(given[0].id, given[0].token, at(0));
    assert_eq!(work.take(&mut [seat("c", 1)], &mut ahead, at(0))[0].attempt, 1);
}

#[test]
fn limits_hold_over_all_consumers_and_for_each() {
    let mut work = work(GroupSettings { max_in_flight: 3, ordering: OrderingKey::None, ..GroupSettings::default() });
    let mut ahead = log(&[None; 9]);
    let given = work.take(&mut [seat("a", 2), seat("b", 9)], &mut ahead, at(0));
    assert_eq!(given.len(), 3);
    assert_eq!(work.wants(&[seat("b", 6)]), 0);
    assert!(given.iter().filter(|hand_out| hand_out.consumer_id == "a").count() <= 2);
    assert_eq!(ahead.len(), 6, "what nobody can have stays in the log");
}

#[test]
fn a_seek_makes_what_is_out_void() {
    let mut work = work(GroupSettings::default());
    let mut ahead = log(&[None, None]);
    let given = work.take(&mut [seat("c", 9)], &mut ahead, at(0));
    work.seek(Position::START);
    assert_eq!(settle(&mut work, &given[0], Verdict::Acknowledge, 0), Outcome::NotFound);
    let again = work.take(&mut [seat("c", 9)], &mut log(&[None, None]), at(0));
    assert_eq!(positions(&again), [1, 2]);
    assert!(again[0].id > given[1].id && again[0].token > given[1].token);
}

#[test]
fn a_paused_group_hands_nothing_out_and_takes_what_comes_back() {
    let mut work = work(GroupSettings::default());
    let mut ahead = log(&[None, None]);
    let given = work.take(&mut [seat("c", 1)], &mut ahead, at(0));
    work.set_paused(true);
    assert_eq!(work.take(&mut [seat("c", 1)], &mut ahead, at(0)), []);
    assert_eq!(settle(&mut work, &given[0], Verdict::Acknowledge, 0), Outcome::Settled);
    work.set_paused(false);
    assert_eq!(positions(&work.take(&mut [seat("c", 1)], &mut ahead, at(0))), [2]);
}

#[test]
fn settings_and_deliveries_can_be_written_down_and_read_back() {
    let mut work = work(GroupSettings::default());
    work.connect("c", Uuid::from_u128(1), at(0));
    work.take(&mut [seat("c", 1)], &mut log(&[Some("a")]), at(0));
    let changes = work.changes(None);
    let group: Group = serde_json::from_str(&serde_json::to_string(&changes.group).unwrap()).unwrap();
    assert_eq!(group, changes.group);
    let delivery: Unsettled = serde_json::from_str(&serde_json::to_string(&changes.put[0]).unwrap()).unwrap();
    assert_eq!(delivery, changes.put[0]);
}
