//! What is there when the same log is opened again.

use god33_domain::Position;

use crate::store::World;
use crate::{event, from_bus, proposal};

pub async fn the_store_keeps_its_id(world: &World) {
    let id = world.store.info().await.unwrap().store_id;
    assert_eq!(world.store.info().await.unwrap().store_id, id);
    world.store.close().await;
    let store = world.open_again().await;
    assert_eq!(store.info().await.unwrap().store_id, id);
    store.close().await;
}

pub async fn what_was_committed_is_there_whole(world: &World) {
    let story = event("bmad.workflow.started").of_workflow("w-1").in_session("s-1").by("letta-python-dev-001");
    let message = from_bus("a.b", "{\"the\": \"body\"}").caused_by(&story);
    world.record([&story, &message]).await;
    let before = (world.log().await, world.workflow("w-1").await, world.store.session_links(None, 10).await.unwrap());
    let info = world.store.info().await.unwrap();
    world.store.close().await;
    let store = world.open_again().await;
    assert_eq!(store.info().await.unwrap(), info);
    assert_eq!(store.read_after(Position::START, 10).await.unwrap(), before.0);
    assert_eq!(store.workflow(&before.1.workflow_id.clone()).await.unwrap(), Some(before.1));
    assert_eq!(store.session_links(None, 10).await.unwrap(), before.2);
    let id = before.0[1].id();
    assert_eq!(store.original(id).await.unwrap().as_deref(), Some(b"{\"the\": \"body\"}".as_slice()));
    assert_eq!(store.edges_to_parents(&[id]).await.unwrap()[0].parent, Some(Position::new(1)));
    store.close().await;
}

pub async fn a_request_is_known_after_a_restart(world: &World) {
    let story = event("a.b");
    let request = || proposal([&story]).under_request("r-1");
    let answers = world.propose([request()]).await;
    world.store.close().await;
    let store = world.open_again().await;
    world.clock.step(60);
    let plan = god33_log::write_batch(store.as_ref(), &world.clock, &[request().build()]).await.unwrap();
    assert_eq!(plan.answers, answers);
    let next = vec![proposal([&event("a.b")]).build()];
    let plan = god33_log::write_batch(store.as_ref(), &world.clock, &next).await.unwrap();
    assert_eq!(plan.answers[0].as_ref().unwrap().position(), Position::new(2), "positions go on");
    store.close().await;
}

pub async fn an_event_that_waited_before_a_restart_is_filled_in_after_it(world: &World) {
    let parent = event("a.b").of_workflow("w-1").in_session("s-1");
    let child = event("a.c").caused_by(&parent);
    world.record([&child]).await;
    world.store.close().await;
    let store = world.open_again().await;
    god33_log::write_batch(store.as_ref(), &world.clock, &[proposal([&parent]).build()]).await.unwrap();
    let log = store.read_after(Position::START, 10).await.unwrap();
    assert_eq!(log[0].belonging, log[1].belonging);
    store.close().await;
}

pub async fn a_transaction_that_was_never_committed_is_gone(world: &World) {
    world.record([&event("a.b")]).await;
    drop(world.store.begin().await.unwrap());
    world.store.close().await;
    let store = world.open_again().await;
    assert_eq!(store.begin().await.unwrap().head().position, Position::new(1));
    store.close().await;
}
