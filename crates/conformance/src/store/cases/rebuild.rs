//! A rebuild from nothing but the log gives what the live path kept.

use std::collections::{BTreeMap, BTreeSet};

use god33_domain::ports::{WorkflowFilter, WorkflowQuery};
use god33_domain::rebuild::Rebuild;
use god33_domain::state::{State, StateKey, StateKind, StateQuery};
use god33_domain::{Position, SessionId, SessionLink, Timestamp};

use crate::history::{Dice, history};
use crate::proposal;
use crate::store::World;

/// Sessions and states as JSON, byte for byte.
#[derive(PartialEq, Debug)]
struct Kept {
    sessions: String,
    states: BTreeMap<StateKey, String>,
}

impl Kept {
    fn of(sessions: &BTreeMap<SessionId, SessionLink>, states: &BTreeMap<StateKey, State>) -> Self {
        let states = states.iter().map(|(key, state)| (key.clone(), state.to_json().unwrap())).collect();
        Self { sessions: serde_json::to_string(sessions).unwrap(), states }
    }
}

/// What the store keeps.
async fn live(world: &World) -> (BTreeMap<SessionId, SessionLink>, BTreeMap<StateKey, State>) {
    let links = world.store.session_links(None, 10_000).await.unwrap();
    let sessions = links.into_iter().map(|link| (link.session_id.clone(), link)).collect();
    let query = WorkflowQuery { filter: WorkflowFilter::default(), after: None, limit: 10_000 };
    let workflows = world.store.list_workflows(&query).await.unwrap().workflows;
    let mut states: Vec<State> = workflows.into_iter().map(|workflow| State::Workflow(Box::new(workflow))).collect();
    for kind in StateKind::ALL.iter().filter(|kind| **kind != StateKind::Workflow) {
        states.extend(list(world, *kind, Vec::new()).await);
    }
    (sessions, states.into_iter().map(|state| (state.key(), state)).collect())
}

async fn list(world: &World, kind: StateKind, having: Vec<Vec<String>>) -> Vec<State> {
    let query = StateQuery { kind, having, after: None, limit: 10_000 };
    let page = world.store.list_states(&query).await.unwrap();
    assert!(!page.has_more && page.states.iter().all(|state| state.key().kind == kind));
    page.states
}

async fn rebuilt(world: &World) -> (BTreeMap<SessionId, SessionLink>, BTreeMap<StateKey, State>) {
    let mut rebuild = Rebuild::default();
    let mut after = Position::START;
    loop {
        let page = world.store.read_after(after, 50).await.unwrap();
        let Some(last) = page.last() else { break };
        after = last.position;
        page.into_iter().for_each(|event| rebuild.take(event));
    }
    rebuild.states()
}

/// Fails unless the lists of the store find each state under the labels that it has, at its place, and when it is due.
async fn assert_lists_follow(world: &World, states: &BTreeMap<StateKey, State>) {
    let mut expected: BTreeMap<(StateKind, String), BTreeSet<(String, String)>> = BTreeMap::new();
    for (key, state) in states {
        for label in state.labels().into_iter().filter(|label| !label.is_empty()) {
            expected.entry((key.kind, label)).or_default().insert((state.rank(), key.id.clone()));
        }
    }
    for ((kind, label), places) in expected {
        let listed = list(world, kind, vec![vec![label.clone()]]).await;
        let listed: Vec<_> = listed.iter().map(|state| (state.rank(), state.key().id)).collect();
        assert_eq!(listed, places.into_iter().collect::<Vec<_>>(), "{label}");
    }
    let end_of_time = Timestamp::from_micros(i64::MAX);
    let due: BTreeSet<StateKey> = world.store.due_states(end_of_time, 10_000).await.unwrap().into_iter().collect();
    let expected = states.iter().filter(|(_, state)| state.due().is_some()).map(|(key, _)| key.clone());
    assert_eq!(due, expected.collect());
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
    let (sessions, states) = live(world).await;
    let (rebuilt_sessions, rebuilt_states) = rebuilt(world).await;
    assert_eq!(Kept::of(&sessions, &states), Kept::of(&rebuilt_sessions, &rebuilt_states));
    assert!(sessions.len() > 2 && states.len() > 4, "there was something to compare");
    assert_lists_follow(world, &states).await;
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
