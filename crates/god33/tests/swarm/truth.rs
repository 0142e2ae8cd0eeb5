//! What a store holds when all is over: the log, and the states that were kept beside it.

use std::collections::BTreeMap;
use std::time::Duration;

use god33_conformance::database::TestDatabase;
use god33_domain::ports::{Store, WorkflowFilter, WorkflowQuery};
use god33_domain::rebuild::Rebuild;
use god33_domain::state::{Noun, State, StateKey, StateKind, StateQuery, label};
use god33_domain::{Position, RecordedEvent};
use god33_store_postgres::{PostgresConfig, PostgresStore};
use serde_json::Value;
use tokio::time::Instant;

use crate::server::DEADLINE;

/// More than a test has of anything.
const ALL: usize = 100_000;

/// The log and the states.
pub(crate) struct Truth {
    pub(crate) log: Vec<RecordedEvent>,
    states: BTreeMap<StateKey, State>,
}

impl Truth {
    /// Reads everything. Fails unless the log has no gap, the states are what it rebuilds to, and nothing in it was out of place.
    pub(crate) async fn of(store: &dyn Store) -> Self {
        let truth = Self { log: log(store).await, states: states(store).await };
        let positions = truth.log.iter().map(|event| event.position.get());
        assert!(positions.eq(1..=truth.log.len() as u64), "the log has no gap");
        let mut rebuild = Rebuild::default();
        truth.log.iter().for_each(|event| rebuild.take(event.clone()));
        let (_, rebuilt) = rebuild.states();
        assert_eq!(truth.states.keys().collect::<Vec<_>>(), rebuilt.keys().collect::<Vec<_>>());
        for (key, state) in &truth.states {
            assert_eq!(json(state), json(&rebuilt[key]), "{key} is as the log tells");
            let anomalies = json(state)["anomalies"].as_u64().unwrap_or_default();
            assert_eq!(anomalies, 0, "{key} met nothing that did not fit: {state:?}");
        }
        truth
    }

    /// All states of a noun.
    pub(crate) fn all<N: Noun>(&self) -> impl Iterator<Item = &N> {
        self.states.values().filter_map(N::in_state)
    }

    /// How many events there are of a type; `*` in place of the framework.
    pub(crate) fn count(&self, event_type: &str) -> usize {
        let of_type = |event: &&RecordedEvent| kind(event) == event_type;
        self.log.iter().filter(of_type).count()
    }
}

/// The type of an event, with `*` in place of the agent's framework.
pub(crate) fn kind(event: &RecordedEvent) -> String {
    event.envelope.event_type.as_str().replacen("agent.letta.", "agent.*.", 1)
}

fn json(state: &State) -> Value {
    serde_json::from_str(&state.to_json().unwrap()).unwrap()
}

async fn log(store: &dyn Store) -> Vec<RecordedEvent> {
    let mut log: Vec<RecordedEvent> = Vec::new();
    loop {
        let after = log.last().map_or(Position::START, |event| event.position);
        let page = store.read_after(after, 1_000).await.unwrap();
        if page.is_empty() {
            return log;
        }
        log.extend(page);
    }
}

async fn states(store: &dyn Store) -> BTreeMap<StateKey, State> {
    let query = WorkflowQuery { filter: WorkflowFilter::default(), after: None, limit: ALL };
    let workflows = store.list_workflows(&query).await.unwrap().workflows;
    let mut states: Vec<State> = workflows.into_iter().map(|workflow| State::Workflow(Box::new(workflow))).collect();
    for kind in StateKind::ALL.iter().copied().filter(|kind| *kind != StateKind::Workflow) {
        let query = StateQuery { kind, having: Vec::new(), after: None, limit: ALL };
        states.extend(store.list_states(&query).await.unwrap().states);
    }
    states.into_iter().map(|state| (state.key(), state)).collect()
}

/// How many things of a noun are open.
pub(crate) async fn open<N: Noun>(store: &dyn Store) -> usize {
    let query = StateQuery { kind: N::KIND, having: vec![vec![label("open", "true")]], after: None, limit: ALL };
    store.list_states(&query).await.unwrap().states.len()
}

/// Waits until nothing of a noun is open.
pub(crate) async fn until_all_ended<N: Noun>(store: &dyn Store) {
    let deadline = Instant::now() + DEADLINE;
    while open::<N>(store).await > 0 {
        assert!(Instant::now() < deadline, "some {} do not end", N::KIND.noun());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The store of a node on PostgreSQL, to look behind its back.
pub(crate) async fn postgres(database: &TestDatabase) -> PostgresStore {
    PostgresStore::connect(PostgresConfig::new(database.url())).await.unwrap()
}
