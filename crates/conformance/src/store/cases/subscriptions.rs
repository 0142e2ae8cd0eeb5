//! Durable subscriptions, and the places of projectors.

use std::collections::VecDeque;
use std::sync::Arc;

use god33_domain::ports::Store;
use god33_domain::subscription::{
    Candidate, FirstAnswer, Group, GroupAnswer, GroupSettings, HandOut, ParkedKeyPolicy, Seat, Settlement, Stage,
    Verdict, Work,
};
use god33_domain::{
    Change, CursorMove, Digest, EventFilter, EventId, EventQuery, Order, Position, Proposal, Refusal, Request,
    RequestId, Timestamp, TypePattern,
};
use uuid::Uuid;

use crate::store::World;
use crate::{event, proposal};

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000 + seconds * 1_000_000 + 123_456)
}

fn group(name: &str, settings: GroupSettings) -> Group {
    Group::new(name.into(), settings, Position::START, at(0))
}

async fn create(world: &World, name: &str, settings: GroupSettings) -> Work {
    assert!(world.store.create_subscription(&group(name, settings), None).await.unwrap());
    read(world, name).await
}

async fn read(world: &World, name: &str) -> Work {
    world.store.subscription(name).await.unwrap().expect("the group is there")
}

async fn write(world: &World, work: &mut Work) {
    assert!(world.store.change_subscription(&work.changes(None)).await.unwrap());
    work.written();
}

/// Hands out events at these positions, each with a key of its own.
fn take(work: &mut Work, positions: impl IntoIterator<Item = u64>) -> Vec<HandOut> {
    let candidates = positions.into_iter().map(|position| Candidate {
        position: Position::new(position),
        event_id: EventId::generate(),
        recorded_at: at(0),
        key: Some(format!("w-{position}")),
    });
    let mut ahead: VecDeque<Candidate> = candidates.collect();
    work.take(&mut [Seat { consumer_id: "c".into(), room: usize::MAX }], &mut ahead, at(0))
}

fn park(work: &mut Work, given: &[HandOut]) {
    for HandOut { id, token, .. } in given {
        let verdict = Verdict::Park { reason: "poison \u{0}".into() };
        work.settle(&Settlement { id: *id, token: *token, verdict }, at(1));
    }
}

pub async fn a_group_is_created_once_and_comes_back_whole(world: &World) {
    assert_eq!(world.store.subscription("g").await.unwrap(), None);
    assert_eq!(world.store.subscription_revision("g").await.unwrap(), None);
    let settings = GroupSettings {
        filter: EventFilter {
            types: vec![TypePattern::parse("a.*.#").unwrap()],
            since: Some(at(3)),
            source: Some("ü".into()),
            ..EventFilter::default()
        },
        max_attempts: 7,
        ..GroupSettings::default()
    };
    let work = create(world, "g", settings.clone()).await;
    assert_eq!(work.group(), &group("g", settings));
    assert_eq!(world.store.subscription_revision("g").await.unwrap(), Some(work.revision()));
    assert!(!world.store.create_subscription(&group("g", GroupSettings::default()), None).await.unwrap());
    assert_eq!(read(world, "g").await, work);
}

pub async fn a_change_is_written_at_the_revision_that_was_read_or_not_at_all(world: &World) {
    let mut first = create(world, "g", GroupSettings::default()).await;
    let mut second = read(world, "g").await;
    take(&mut first, [1, 2]);
    write(world, &mut first).await;
    take(&mut second, [1, 2, 3]);
    assert!(!world.store.change_subscription(&second.changes(None)).await.unwrap());
    let now = read(world, "g").await;
    assert_eq!((now.group(), now.revision()), (first.group(), first.revision()));
    assert_eq!(now.unsettled().count(), 2);
    // Going on from what was written needs no reading.
    take(&mut first, [3]);
    write(world, &mut first).await;
    assert_eq!(read(world, "g").await.unsettled().count(), 3);
}

pub async fn of_many_who_change_a_group_at_once_each_change_stands_once(world: &World) {
    create(world, "g", GroupSettings::default()).await;
    let all = (0..8).map(|_| change_often(world.store.clone(), 10));
    futures::future::join_all(all).await;
    assert_eq!(read(world, "g").await.group().version, 81);
}

/// Changes a group some times, and begins anew whenever somebody else was faster.
pub(super) async fn change_often(store: Arc<dyn Store>, times: usize) {
    let mut done = 0;
    while done < times {
        let mut work = store.subscription("g").await.unwrap().unwrap();
        work.set_settings(GroupSettings::default());
        done += usize::from(store.change_subscription(&work.changes(None)).await.unwrap());
    }
}

pub async fn deliveries_come_back_in_order_but_for_the_parked_ones(world: &World) {
    let mut work = create(world, "g", GroupSettings::default()).await;
    let given = take(&mut work, 1..=30);
    park(&mut work, &given[10..12]);
    let done = Settlement { id: given[0].id, token: given[0].token, verdict: Verdict::Acknowledge };
    work.settle(&done, at(1));
    write(world, &mut work).await;
    assert_eq!(read(world, "g").await, work);
    let ids: Vec<u64> = work.unsettled().map(|delivery| delivery.id).collect();
    assert_eq!(ids, (2..=10).chain(13..=30).collect::<Vec<_>>());
    assert_eq!(world.store.count_parked("g").await.unwrap(), 2);
    assert_eq!(world.store.count_parked("other").await.unwrap(), 0);
}

pub async fn parked_deliveries_come_in_pages_and_by_their_ids(world: &World) {
    let mut work = create(world, "g", GroupSettings::default()).await;
    let given = take(&mut work, 1..=5);
    park(&mut work, &given[1..]);
    let parked = work.changes(None).put.into_iter().filter(|delivery| delivery.stage == Stage::Parked);
    let parked: Vec<_> = parked.collect();
    write(world, &mut work).await;
    assert_eq!(world.store.parked("g", 0, 3).await.unwrap(), parked[..3]);
    assert_eq!(world.store.parked("g", parked[2].id, 3).await.unwrap(), parked[3..]);
    let among = world.store.parked_among("g", &[1, parked[1].id, 99, u64::MAX]).await.unwrap();
    assert_eq!(among, [parked[1].clone()]);
    work.replay(among, at(2));
    write(world, &mut work).await;
    assert_eq!(world.store.count_parked("g").await.unwrap(), 3);
    work.skip(&parked[2..3]);
    write(world, &mut work).await;
    assert_eq!(world.store.count_parked("g").await.unwrap(), 2);
    assert_eq!(read(world, "g").await.unsettled().count(), 2);
}

pub async fn parked_deliveries_tell_which_keys_they_hold_up(world: &World) {
    let settings = GroupSettings { parked_keys: ParkedKeyPolicy::Block, ..GroupSettings::default() };
    let mut work = create(world, "g", settings).await;
    let given = take(&mut work, [1]);
    park(&mut work, &given);
    write(world, &mut work).await;
    let mut again = read(world, "g").await;
    assert_eq!(again, work);
    assert_eq!(take(&mut again, [1]).len(), 0, "the key of what is parked is held up");
    assert_eq!(take(&mut again, [2]).len(), 1);
}

pub async fn a_seek_drops_what_is_delivered_anew(world: &World) {
    let mut work = create(world, "g", GroupSettings::default()).await;
    let given = take(&mut work, 1..=6);
    park(&mut work, &given[1..4]);
    write(world, &mut work).await;
    work.seek(Position::new(3));
    write(world, &mut work).await;
    let parked = world.store.parked("g", 0, 10).await.unwrap();
    let positions: Vec<u64> = parked.iter().map(|parked| parked.position.get()).collect();
    assert_eq!(positions, [2, 3]);
    let now = read(world, "g").await;
    assert_eq!((now.unsettled().count(), now.group().cursor.get()), (0, 3));
}

pub async fn a_deleted_group_is_gone_with_its_deliveries(world: &World) {
    let mut work = create(world, "g", GroupSettings::default()).await;
    create(world, "h", GroupSettings::default()).await;
    let given = take(&mut work, 1..=4);
    park(&mut work, &given[..2]);
    let before = work.revision();
    write(world, &mut work).await;
    assert!(!world.store.delete_subscription("g", before, None).await.unwrap());
    assert!(world.store.delete_subscription("g", work.revision(), None).await.unwrap());
    assert_eq!(world.store.subscription("g").await.unwrap(), None);
    assert_eq!(world.store.count_parked("g").await.unwrap(), 0);
    assert_eq!(world.store.subscription_names("", 10).await.unwrap(), ["h"]);
    let later = Group::new("g".into(), GroupSettings::default(), Position::START, at(9));
    assert!(world.store.create_subscription(&later, None).await.unwrap());
    assert!(!world.store.change_subscription(&work.changes(None)).await.unwrap(), "the new one is not the old one");
    assert_eq!(read(world, "g").await.unsettled().count(), 0);
}

pub async fn a_first_answer_is_kept_with_the_change_or_not_at_all(world: &World) {
    let mut work = create(world, "g", GroupSettings::default()).await;
    let request = Request { id: RequestId(Uuid::new_v4()), digest: Digest::of_bytes(b"this") };
    assert_eq!(world.store.subscription_answer(request.id).await.unwrap(), None);
    let answer = GroupAnswer { group: Some(work.group().clone()), count: 3 };
    let first = FirstAnswer { request, answer: answer.clone(), at: at(1) };
    let mut late = work.clone();
    work.set_paused(true);
    write(world, &mut work).await;
    late.set_paused(true);
    assert!(!world.store.change_subscription(&late.changes(Some(first.clone()))).await.unwrap());
    assert_eq!(world.store.subscription_answer(request.id).await.unwrap(), None);
    work.set_paused(false);
    assert!(world.store.change_subscription(&work.changes(Some(first))).await.unwrap());
    assert_eq!(world.store.subscription_answer(request.id).await.unwrap(), Some((request.digest, answer)));
    // The log knows the id as well, and what the log answered is known here.
    let events = vec![event("a.b").build()];
    let other = Request { id: request.id, digest: Digest::of_bytes(b"that") };
    let change = Proposal { request: Some(other), principal: "p".into(), change: Change::Append(events) };
    let answers = world.write(vec![change]).await.unwrap();
    assert_eq!(answers, [Err(Refusal::RequestIdReused(request.id))]);
}

pub async fn a_repeat_of_an_answered_request_changes_nothing(world: &World) {
    let mut work = create(world, "g", GroupSettings::default()).await;
    let request = Request { id: RequestId(Uuid::new_v4()), digest: Digest::of_bytes(b"this") };
    let answer = GroupAnswer { group: Some(work.group().clone()), count: 0 };
    let first = FirstAnswer { request, answer, at: at(1) };
    work.set_paused(true);
    assert!(world.store.change_subscription(&work.changes(Some(first.clone()))).await.unwrap());
    // A repeat that was under way at the same time has read the group since, and decides anew.
    let mut repeat = read(world, "g").await;
    let before = repeat.clone();
    repeat.set_paused(false);
    assert!(!world.store.change_subscription(&repeat.changes(Some(first.clone()))).await.unwrap());
    assert!(!world.store.delete_subscription("g", before.revision(), Some(&first)).await.unwrap());
    assert_eq!(read(world, "g").await, before);
    assert!(!world.store.create_subscription(&group("h", GroupSettings::default()), Some(&first)).await.unwrap());
    assert_eq!(world.store.subscription("h").await.unwrap(), None);
}

pub async fn thousands_of_deliveries_move_at_once(world: &World) {
    let settings = GroupSettings { max_in_flight: 10_000, ..GroupSettings::default() };
    let mut work = create(world, "g", settings).await;
    let given = take(&mut work, 1..=3_000);
    write(world, &mut work).await;
    assert_eq!(read(world, "g").await, work);
    for HandOut { id, token, .. } in given {
        work.settle(&Settlement { id, token, verdict: Verdict::Acknowledge }, at(1));
    }
    write(world, &mut work).await;
    assert_eq!(read(world, "g").await.position().get(), 3_000);
}

pub async fn names_of_any_script_stop_no_group(world: &World) {
    let long = "ü".repeat(255);
    let mut names = vec!["z", "A", "a%_'\"\\", "日本", long.as_str()];
    for name in &names {
        let mut work = create(world, name, GroupSettings::default()).await;
        work.connect("c'\"", Uuid::new_v4(), at(0));
        take(&mut work, [1]);
        write(world, &mut work).await;
        assert_eq!(read(world, name).await, work);
    }
    names.sort_unstable();
    assert_eq!(world.store.subscription_names("", 10).await.unwrap(), names, "in the order of their bytes");
    assert_eq!(world.store.subscription_names(names[1], 2).await.unwrap(), names[2..4]);
}

pub async fn events_after_a_place_are_counted_up_to_a_limit(world: &World) {
    let stories: Vec<_> = (0..20).map(|number| event(if number % 2 == 0 { "a.b" } else { "c.d" })).collect();
    world.record(&stories).await;
    let count = async |types: &[&str], after: u64, limit: usize| {
        let types = types.iter().map(|pattern| TypePattern::parse(pattern).unwrap()).collect();
        let filter = EventFilter { types, ..EventFilter::default() };
        let query = EventQuery { filter, order: Order::OldestFirst, after: Some(Position::new(after)), limit };
        world.store.count_events_after(&query).await.unwrap()
    };
    assert_eq!(count(&[], 0, 100).await, 20);
    assert_eq!(count(&[], 15, 100).await, 5);
    assert_eq!(count(&["a.b"], 10, 100).await, 5);
    assert_eq!(count(&["a.b", "c.#"], 10, 100).await, 10);
    assert_eq!(count(&["a.b"], 0, 3).await, 3);
    assert_eq!(count(&["nobody.sends.this"], 0, 3).await, 0);
}

pub async fn a_projector_moves_with_what_it_appends_or_not_at_all(world: &World) {
    world.record(&[event("a.b"), event("a.b")]).await;
    assert_eq!(world.store.projector_cursor("p").await.unwrap(), Position::START);
    let project = |story: &crate::EventStory, from: u64, to: u64| {
        let cursor = CursorMove { name: "p".into(), from: Position::new(from), to: Position::new(to) };
        let change = Change::Project(vec![story.build()], cursor);
        Proposal { request: None, principal: "projector".into(), change }
    };
    let (first, second, third) = (event("total.changed"), event("total.changed"), event("total.changed"));
    let answers =
        world.write(vec![project(&first, 0, 1), project(&second, 0, 1), project(&third, 1, 2)]).await.unwrap();
    assert!(answers[0].is_ok() && answers[2].is_ok(), "one batch sees what it moved before");
    let moved = Refusal::CursorMoved { name: "p".into(), expected: Position::START, actual: Position::new(1) };
    assert_eq!(answers[1], Err(moved));
    assert!(world.find(&second).await.is_none());
    assert_eq!(world.store.projector_cursor("p").await.unwrap(), Position::new(2));
    let future = world.write(vec![project(&second, 2, 99)]).await.unwrap();
    assert!(matches!(future[0], Err(Refusal::PositionInFuture { .. })));
    // What is recorded already moves the cursor all the same.
    let again = world.write(vec![project(&first, 2, 4)]).await.unwrap();
    assert!(again[0].as_ref().unwrap().events[0].already_recorded);
    assert_eq!(world.store.projector_cursor("p").await.unwrap(), Position::new(4));
    world.propose([proposal(&[event("a.b")])]).await;
    assert_eq!(world.store.projector_cursor("p").await.unwrap(), Position::new(4));
}
