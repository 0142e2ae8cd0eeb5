//! A rebuild from nothing but the log gives what the live path kept.

use std::collections::BTreeMap;

use god33_domain::ports::{WorkflowFilter, WorkflowQuery};
use god33_domain::rebuild::Rebuild;
use god33_domain::{Position, SessionId, SessionLink, Workflow, WorkflowId};

use crate::history::{Dice, history};
use crate::proposal;
use crate::store::World;

/// What the store keeps, as JSON, byte for byte.
async fn live(world: &World) -> (String, String) {
    let links = world.store.session_links(None, 10_000).await.unwrap();
    let sessions: BTreeMap<SessionId, SessionLink> =
        links.into_iter().map(|link| (link.session_id.clone(), link)).collect();
    let query = WorkflowQuery { filter: WorkflowFilter::default(), after: None, limit: 10_000 };
    let states = world.store.list_workflows(&query).await.unwrap().workflows;
    let states: BTreeMap<WorkflowId, Workflow> =
        states.into_iter().map(|state| (state.workflow_id.clone(), state)).collect();
    (serde_json::to_string(&sessions).unwrap(), serde_json::to_string(&states).unwrap())
}

async fn rebuilt(world: &World) -> (String, String) {
    let mut rebuild = Rebuild::default();
    let mut after = Position::START;
    loop {
        let page = world.store.read_after(after, 50).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.position;
        page.into_iter().for_each(|event| rebuild.take(event));
    }
    let (sessions, workflows) = rebuild.states();
    (serde_json::to_string(&sessions).unwrap(), serde_json::to_string(&workflows).unwrap())
}

/// Records a history in batches and proposals of any size, while the clock goes on and back.
async fn play(world: &World, seed: u64, count: usize) {
    let mut dice = Dice::seeded(seed);
    let stories = history(seed, count);
    let mut rest = stories.as_slice();
    while !rest.is_empty() {
        let (batch, left) = rest.split_at(rest.len().min(1 + dice.roll(20)));
        let answers = world.propose(batch.chunks(1 + dice.roll(4)).map(proposal)).await;
        assert!(answers.iter().all(Result::is_ok), "{answers:?}");
        world.clock.step(dice.roll(20) as i64 - 5);
        rest = left;
    }
}

async fn assert_rebuild_equals_live(world: &World, seed: u64, count: usize) {
    play(world, seed, count).await;
    let (sessions, workflows) = live(world).await;
    let (rebuilt_sessions, rebuilt_workflows) = rebuilt(world).await;
    assert_eq!(sessions, rebuilt_sessions);
    assert_eq!(workflows, rebuilt_workflows);
    assert!(workflows.len() > 1_000, "there was something to compare");
    // Each edge ends at its parent when that is recorded, whichever of the two came first.
    let log = world.log().await;
    let positions: BTreeMap<_, _> = log.iter().map(|event| (event.id(), event.position)).collect();
    let ids: Vec<_> = log.iter().map(god33_domain::RecordedEvent::id).collect();
    for edge in world.store.edges_to_parents(&ids).await.unwrap() {
        assert_eq!(edge.parent, positions.get(&edge.parent_id).copied(), "{edge:?}");
        assert_eq!(Some(&edge.child), positions.get(&edge.child_id));
    }
}

pub async fn a_rebuild_equals_live_after_a_history_of_disorder(world: &World) {
    assert_rebuild_equals_live(world, 1, 800).await;
}

pub async fn a_rebuild_equals_live_after_many_short_histories(world: &World) {
    for seed in 100..110 {
        assert_rebuild_equals_live(world, seed, 60).await;
    }
}
