//! Several nodes on one log.

use std::sync::Arc;
use std::time::Duration;

use god33_domain::plan::{Facts, Needs, Writes, plan};
use god33_domain::ports::{Clock, Commit, LogTransaction, Store};
use god33_domain::subscription::{FirstAnswer, Group, GroupAnswer, GroupSettings};
use god33_domain::{Digest, EventId, Position, Proposal, Refusal, Request};
use uuid::Uuid;

use super::log::{assert_gapless, write_from_many_tasks};
use crate::store::World;
use crate::{event, proposal};

pub async fn two_nodes_that_write_at_once_leave_no_gap_and_no_repeat(world: &World) {
    let other = world.open_again().await;
    let acknowledged = write_from_many_tasks(&[Arc::clone(&world.store), Arc::clone(&other)], 8, 6).await;
    assert_eq!(assert_gapless(world).await, acknowledged.len());
    let log = world.log().await;
    for (position, id) in acknowledged {
        assert_eq!(log[position.get() as usize - 1].id(), id, "what was acknowledged is there");
    }
    assert_eq!(other.info().await.unwrap(), world.store.info().await.unwrap());
    other.close().await;
}

pub async fn an_event_of_one_node_wakes_the_other(world: &World) {
    let other = world.open_again().await;
    let mut wake_ups = other.wake_ups().await.unwrap();
    for _ in 0..3 {
        world.record([&event("a.b")]).await;
        // Wake-ups may come in advance or together; what counts is that the last event is followed by one.
        tokio::time::timeout(Duration::from_secs(20), wake_ups.next()).await.expect("the other node is woken");
    }
    other.close().await;
}

/// Follows the log of a node until it has seen so many events; fails when it ever sees a gap.
async fn follow(store: Arc<dyn Store>, count: u64) -> Vec<EventId> {
    let mut seen = Vec::new();
    let mut at = Position::START;
    while at.get() < count {
        for event in store.read_after(at, 7).await.unwrap() {
            assert_eq!(event.position, at.next(), "a reader that has seen one event has seen all before it");
            at = event.position;
            seen.push(event.id());
        }
    }
    seen
}

pub async fn a_reader_on_either_node_never_sees_a_gap_while_both_write(world: &World) {
    let other = world.open_again().await;
    let readers = [&world.store, &other].map(|store| tokio::spawn(follow(Arc::clone(store), 8 * 5 * 2)));
    write_from_many_tasks(&[Arc::clone(&world.store), Arc::clone(&other)], 8, 5).await;
    let [one, two] = readers;
    let (one, two) = tokio::time::timeout(Duration::from_secs(60), async { (one.await, two.await) }).await.unwrap();
    assert_eq!(one.unwrap(), two.unwrap());
    other.close().await;
}

pub async fn a_repeat_on_the_other_node_is_a_repeat(world: &World) {
    let other = world.open_again().await;
    let (story, parent) = (event("a.b").in_session("s-1"), event("a.b").of_workflow("w-1").in_session("s-1"));
    let child = story.clone().caused_by(&parent);
    world.propose([proposal([&child]).under_request("r-1")]).await;
    let batch = || vec![proposal([&child]).under_request("r-1").build(), proposal([&child, &parent]).build()];
    let plan = god33_log::write_batch(other.as_ref(), &world.clock, &batch()).await.unwrap();
    let already = |answer: usize| plan.answers[answer].as_ref().unwrap().events.iter().map(|e| e.already_recorded);
    assert_eq!(already(0).collect::<Vec<_>>(), [false], "the first answer, from the first node");
    assert_eq!(already(1).collect::<Vec<_>>(), [true, false]);
    assert_eq!(world.workflow("w-1").await.version, 2, "what one node fills in the other reads");
    other.close().await;
}

/// What a node would write for a batch, decided without a lock on what it read just now.
async fn decided(world: &World, batch: &[Proposal]) -> (Box<dyn LogTransaction>, Writes) {
    let mut transaction = world.store.begin_unlocked().await.unwrap();
    let mut facts = Facts::default();
    let needs = Needs::of(batch);
    facts.learn(&needs, transaction.load(&needs).await.unwrap());
    let plan = plan(transaction.head(), &facts, batch, world.clock.now()).unwrap();
    (transaction, plan.writes)
}

pub async fn what_was_decided_before_another_node_wrote_is_not_written(world: &World) {
    let other = world.open_again().await;
    let (first, second) = (event("a.b").of_workflow("w-1"), event("a.b").of_workflow("w-1"));
    let late = [proposal([&second]).build()];
    let (transaction, writes) = decided(world, &late).await;

    let batch = [proposal([&first]).build()];
    god33_log::write_batch(other.as_ref(), &world.clock, &batch).await.unwrap();
    assert_eq!(transaction.commit(&writes).await.unwrap(), Commit::HeadMoved);
    let ids = async || world.log().await.iter().map(|event| event.id()).collect::<Vec<EventId>>();
    assert_eq!(ids().await, [first.envelope.event_id]);
    assert_eq!(world.workflow("w-1").await.version, 1);

    // Decided anew it is written, by a node that now waits in line, and by the other one too.
    god33_log::write_batch(world.store.as_ref(), &world.clock, &late).await.unwrap();
    assert_eq!(ids().await, [first.envelope.event_id, second.envelope.event_id]);
    assert_eq!(world.workflow("w-1").await.version, 2);
    other.close().await;
}

pub async fn an_answer_that_records_no_event_is_seen_by_who_decides_meanwhile(world: &World) {
    let other = world.open_again().await;
    let story = event("a.b");
    let late = [proposal([&story]).under_request("r-1").build()];
    let (transaction, writes) = decided(world, &late).await;

    let id = late[0].request.unwrap().id;
    let request = Request { id, digest: Digest::of_bytes(b"another request") };
    let group = Group::new("g".into(), GroupSettings::default(), Position::START, world.clock.now());
    let first = FirstAnswer { request, answer: GroupAnswer::default(), at: world.clock.now() };
    assert!(other.create_subscription(&group, Some(&first)).await.unwrap());
    assert_eq!(transaction.commit(&writes).await.unwrap(), Commit::HeadMoved);
    let plan = god33_log::write_batch(world.store.as_ref(), &world.clock, &late).await.unwrap();
    assert_eq!(plan.answers, [Err(Refusal::RequestIdReused(id))]);
    other.close().await;
}

pub async fn one_of_two_nodes_has_a_lease(world: &World) {
    let other = world.open_again().await;
    let hour = Duration::from_secs(3_600);
    let holders = [Uuid::new_v4(), Uuid::new_v4()];
    let (one, two) = tokio::join!(world.store.lease("relay", holders[0], hour), other.lease("relay", holders[1], hour));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert!(one.is_some() != two.is_some(), "{one:?} {two:?}");
    let token = one.or(two).unwrap().token;
    assert!(other.advance_cursor("relay", Position::new(4), token).await.unwrap());
    assert_eq!(world.store.cursor("relay").await.unwrap(), Position::new(4));
    other.close().await;
}

pub async fn a_node_that_dies_in_a_transaction_stops_nobody(world: &World) {
    let other = world.open_again().await;
    let transaction = other.begin().await.unwrap();
    let waiting = tokio::spawn({
        let store = Arc::clone(&world.store);
        async move { store.begin().await.map(|transaction| transaction.head()) }
    });
    drop(transaction);
    let head = tokio::time::timeout(Duration::from_secs(20), waiting).await.expect("the head is free again");
    assert_eq!(head.unwrap().unwrap().position, Position::START);
    world.record([&event("a.b")]).await;
    assert_eq!(assert_gapless(world).await, 1);
    other.close().await;
}

pub async fn of_two_nodes_that_change_a_group_each_change_stands_once(world: &World) {
    let settings = GroupSettings::default();
    let now = god33_domain::Timestamp::now();
    let group = Group::new("g".into(), settings, Position::START, now);
    assert!(world.store.create_subscription(&group, None).await.unwrap());
    let other = world.open_again().await;
    let (mine, theirs) = (world.store.clone(), other.clone());
    tokio::join!(super::subscriptions::change_often(mine, 30), super::subscriptions::change_often(theirs, 30),);
    let work = other.subscription("g").await.unwrap().unwrap();
    assert_eq!(work.group().version, 61);
    other.close().await;
}
