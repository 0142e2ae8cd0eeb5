//! Several nodes on one log.

use std::sync::Arc;
use std::time::Duration;

use super::log::{assert_gapless, write_from_many_tasks};
use crate::event;
use crate::store::World;

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
