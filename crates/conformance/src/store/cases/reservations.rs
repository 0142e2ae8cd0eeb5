//! Work that is held out to one session.

use god33_domain::Timestamp;
use god33_domain::ports::Reservation;

use crate::store::World;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000 + seconds * 1_000_000 + 123_456)
}

fn held(session_id: &str, until: i64) -> Reservation {
    Reservation { session_id: session_id.into(), until: at(until) }
}

/// Asks for work for ten seconds.
async fn reserve(world: &World, handoff: &str, session: &str, now: i64) -> Reservation {
    world.store.reserve(handoff, session, at(now), at(now + 10)).await.unwrap()
}

async fn holder(world: &World, handoff: &str, now: i64) -> Option<Reservation> {
    world.store.reservation(handoff, at(now)).await.unwrap()
}

pub async fn work_is_held_out_to_one_session_alone(world: &World) {
    assert_eq!(holder(world, "h-1", 0).await, None);
    assert_eq!(reserve(world, "h-1", "s-1", 0).await, held("s-1", 10));
    assert_eq!(reserve(world, "h-1", "s-2", 5).await, held("s-1", 10), "the answer says who has it");
    assert_eq!(holder(world, "h-1", 5).await, Some(held("s-1", 10)), "and for how long, as before");
    assert_eq!(reserve(world, "h-2", "s-2", 5).await, held("s-2", 15), "other work is another matter");
}

pub async fn one_of_many_that_ask_at_once_gets_it(world: &World) {
    for round in 0..10 {
        let handoff = format!("h-{round}");
        let sessions: Vec<String> = (0..8).map(|number| format!("s-{number}")).collect();
        let asked = sessions.iter().map(|session| reserve(world, &handoff, session, 0));
        let told = futures::future::join_all(asked).await;
        assert!(told.iter().all(|one| one == &told[0]), "all are told the same: {told:?}");
        assert_eq!(holder(world, &handoff, 0).await.as_ref(), told.first());
    }
}

pub async fn the_session_that_has_it_can_keep_it(world: &World) {
    reserve(world, "h-1", "s-1", 0).await;
    assert_eq!(reserve(world, "h-1", "s-1", 8).await, held("s-1", 18));
    assert_eq!(reserve(world, "h-1", "s-2", 12).await, held("s-1", 18));
    assert_eq!(holder(world, "h-1", 17).await, Some(held("s-1", 18)));
}

pub async fn after_its_time_another_session_gets_it(world: &World) {
    reserve(world, "h-1", "s-1", 0).await;
    assert_eq!(holder(world, "h-1", 10).await, None, "its time is over when it has come");
    assert_eq!(reserve(world, "h-1", "s-2", 10).await, held("s-2", 20));
    assert_eq!(
        reserve(world, "h-1", "s-1", 11).await,
        held("s-2", 20),
        "the first has no more claim to it than others"
    );
}

pub async fn only_the_session_that_has_it_gives_it_up(world: &World) {
    reserve(world, "h-1", "s-1", 0).await;
    world.store.unreserve("h-1", "s-2").await.unwrap();
    world.store.unreserve("h-2", "s-1").await.unwrap();
    assert_eq!(holder(world, "h-1", 1).await, Some(held("s-1", 10)));
    world.store.unreserve("h-1", "s-1").await.unwrap();
    assert_eq!(holder(world, "h-1", 1).await, None);
    world.store.unreserve("h-1", "s-1").await.unwrap();
    assert_eq!(reserve(world, "h-1", "s-2", 1).await, held("s-2", 11));
}
