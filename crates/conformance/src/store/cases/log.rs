//! The order of the log.

use std::collections::HashSet;
use std::sync::Arc;

use futures::future::join_all;
use god33_domain::ports::{Clock, Store, SystemClock};
use god33_domain::{Position, Timestamp};

use crate::store::World;
use crate::{EventStory, event, proposal};

/// So many events of a type.
pub(super) fn events(count: usize, event_type: &str) -> Vec<EventStory> {
    (0..count).map(|number| event(event_type).saying("number", number)).collect()
}

/// Fails unless the positions of the log are 1, 2, 3 … and its times never fall. Answers with how many events it has.
pub(super) async fn assert_gapless(world: &World) -> usize {
    let log = world.log().await;
    let positions: Vec<u64> = log.iter().map(|event| event.position.get()).collect();
    assert_eq!(positions, (1..=log.len() as u64).collect::<Vec<_>>());
    assert!(log.is_sorted_by_key(|event| event.recorded_at), "recorded_at never falls");
    let ids: HashSet<_> = log.iter().map(|event| event.id()).collect();
    assert_eq!(ids.len(), log.len(), "every event once");
    let head = world.store.info().await.unwrap().head;
    assert_eq!(head.position, Position::new(log.len() as u64), "the head is the last event");
    log.len()
}

pub async fn an_empty_log_begins_before_its_first_position(world: &World) {
    let info = world.store.info().await.unwrap();
    assert_eq!(info.head.position, Position::START);
    assert_eq!(info.earliest, Position::new(1));
    assert!(!info.kind.is_empty());
    assert!(world.log().await.is_empty());
    assert!(world.store.event_types().await.unwrap().is_empty());
    assert_eq!(world.store.position_before(Timestamp::now()).await.unwrap(), Position::START);
    assert_eq!(world.store.begin().await.unwrap().head().position, Position::START);
    world.store.ping().await.unwrap();
}

pub async fn positions_are_one_two_three_over_events_and_batches(world: &World) {
    let (first, second, third) = (events(3, "a.b"), events(1, "a.c"), events(2, "a.b"));
    let answers = world.record(&first).await;
    assert_eq!(answers.iter().map(|answer| answer.position.get()).collect::<Vec<_>>(), [1, 2, 3]);
    let answers = world.propose([proposal(&second), proposal(&third)]).await;
    let positions: Vec<_> = answers.iter().map(|answer| answer.as_ref().unwrap().position().get()).collect();
    assert_eq!(positions, [4, 6]);
    assert_eq!(world.get(&third[0]).await.position.get(), 5);
    assert_eq!(world.store.info().await.unwrap().earliest, Position::new(1));
    assert_eq!(assert_gapless(world).await, 6);
}

pub async fn a_thousand_events_go_in_one_proposal(world: &World) {
    let stories = events(1_000, "a.b");
    let answers = world.record(&stories).await;
    assert!(answers.iter().zip(1..).all(|(answer, position)| answer.position.get() == position));
    assert_eq!(assert_gapless(world).await, 1_000);
    let again = world.record(&stories).await;
    assert!(again.iter().all(|answer| answer.already_recorded));
}

pub async fn a_dropped_transaction_leaves_no_gap(world: &World) {
    world.record(&events(2, "a.b")).await;
    for _ in 0..5 {
        let transaction = world.store.begin().await.unwrap();
        assert_eq!(transaction.head().position, Position::new(2));
        drop(transaction);
    }
    world.record(&events(2, "a.b")).await;
    assert_eq!(assert_gapless(world).await, 4);
}

pub async fn a_refused_proposal_leaves_no_gap(world: &World) {
    let first = event("a.b").saying("x", 1);
    world.record([&first]).await;
    let conflict = first.clone().saying("x", 2);
    let (before, with_conflict, after) = (events(1, "a.c"), [event("a.d"), conflict], events(2, "a.e"));
    let answers = world.propose([proposal(&before), proposal(&with_conflict), proposal(&after)]).await;
    assert!(answers[0].is_ok() && answers[1].is_err() && answers[2].is_ok());
    assert_eq!(world.get(&after[0]).await.position.get(), 3);
    assert_eq!(assert_gapless(world).await, 4);
}

pub async fn a_clock_that_steps_back_never_makes_recorded_at_fall(world: &World) {
    let (first, second, third) = (event("a.b"), event("a.b"), event("a.b"));
    world.record([&first]).await;
    world.clock.step(-3_600);
    let answers = world.record([&second]).await;
    let first = world.get(&first).await;
    assert_eq!(world.get(&second).await.recorded_at, first.recorded_at);
    assert_eq!(answers[0].recorded_at, first.recorded_at, "the answer says what was recorded");
    let later = world.clock.step(7_200);
    world.record([&third]).await;
    assert_eq!(world.get(&third).await.recorded_at, later);
    assert_eq!(world.store.info().await.unwrap().head.recorded_at, later);
    assert_gapless(world).await;
}

pub async fn a_clock_that_is_years_off_stops_nobody(world: &World) {
    for time in ["1999-12-31T23:59:59Z", "2031-06-01T00:00:00Z", "2099-01-01T00:00:00Z"] {
        let time = Timestamp::parse(time).unwrap();
        world.clock.set(time);
        let event = event("a.b");
        world.record([&event]).await;
        assert_eq!(world.get(&event).await.recorded_at, time);
    }
    assert_eq!(assert_gapless(world).await, 3);
}

pub async fn reading_the_log_in_pages_of_any_size_gives_every_event_once(world: &World) {
    world.record(&events(10, "a.b")).await;
    for limit in [1, 3, 10, 11, 1_000] {
        let mut seen = Vec::new();
        let mut after = Position::START;
        loop {
            let page = world.store.read_after(after, limit).await.unwrap();
            assert!(page.len() <= limit);
            let Some(last) = page.last() else { break };
            after = last.position;
            seen.extend(page.iter().map(|event| event.position.get()));
        }
        assert_eq!(seen, (1..=10).collect::<Vec<_>>(), "pages of {limit}");
    }
    assert!(world.store.read_after(Position::MAX, 10).await.unwrap().is_empty());
}

pub async fn the_position_before_a_time_is_that_of_the_last_event_recorded_before_it(world: &World) {
    let start = world.clock.now();
    world.record(&events(2, "a.b")).await;
    let second = world.clock.step(10);
    world.record(&events(3, "a.b")).await;
    let end = world.clock.step(10);
    for (time, position) in [(Timestamp::EPOCH, 0), (start, 0), (second, 2), (end, 5)] {
        assert_eq!(world.store.position_before(time).await.unwrap().get(), position, "before {time}");
    }
    let between = Timestamp::from_micros_and_nanos(start.micros(), 1);
    assert_eq!(world.store.position_before(between).await.unwrap().get(), 2, "a nanosecond later is later");
}

pub async fn many_writers_at_once_leave_no_gap_and_no_repeat(world: &World) {
    let acknowledged = write_from_many_tasks(&[Arc::clone(&world.store)], 8, 6).await;
    assert_eq!(acknowledged.len(), 8 * 6 * 2);
    assert_eq!(assert_gapless(world).await, acknowledged.len());
    let log = world.log().await;
    for (position, id) in acknowledged {
        assert_eq!(log[position.get() as usize - 1].id(), id, "what was acknowledged is there");
    }
}

/// Writes batches of two events from many tasks at once, over the stores in turn. Answers with what was acknowledged.
pub(super) async fn write_from_many_tasks(
    stores: &[Arc<dyn Store>],
    tasks: usize,
    batches: usize,
) -> Vec<(Position, god33_domain::EventId)> {
    let tasks = (0..tasks).map(|task| {
        let store = Arc::clone(&stores[task % stores.len()]);
        tokio::spawn(async move {
            let mut acknowledged = Vec::new();
            for _ in 0..batches {
                let batch: Vec<_> = events(2, "many.writers").iter().map(|event| proposal([event]).build()).collect();
                let plan = god33_log::write_batch(store.as_ref(), &SystemClock, &batch).await.unwrap();
                for answer in plan.answers {
                    acknowledged.extend(answer.unwrap().events.iter().map(|event| (event.position, event.event_id)));
                }
            }
            acknowledged
        })
    });
    join_all(tasks).await.into_iter().flat_map(|done| done.expect("no writer fails")).collect()
}
