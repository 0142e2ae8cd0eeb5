//! However a history is cut into batches, it ends the same, and a rebuild from the log ends there too.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::Belonging;
use crate::rebuild::Rebuild;
use crate::testing::coordination::{FAMILIES, THINGS, TOLD, naming, telling};

/// What an event of a history consists of, before it becomes one: indices stand for other events of the same history, present or not.
#[derive(Clone, Debug)]
struct Sketch {
    /// Its type is of any family, and not of the one that its history is about.
    stray: Option<usize>,
    kind: usize,
    workflow: Option<u8>,
    session: Option<u8>,
    agent: Option<u8>,
    parents: Vec<usize>,
    phase: usize,
    /// Members that name a thing, each with which one.
    things: Vec<(usize, usize)>,
    /// Further members, each with which value.
    words: Vec<(usize, usize)>,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let few = |count: u8| prop::option::weighted(0.3, 0..count);
    let belongs = (few(3), few(3), few(3), prop::collection::vec(0..28_usize, 0..4));
    let stray = prop::option::weighted(0.2, 0..FAMILIES.len());
    let things = prop::collection::vec((0..THINGS.len(), 0..5_usize), 0..3);
    let words = prop::collection::vec((0..TOLD, 0..4_usize), 0..5);
    (stray, 0..20_usize, belongs, 0..5_usize, things, words).prop_map(
        |(stray, kind, (workflow, session, agent, parents), phase, things, words)| Sketch {
            stray,
            kind,
            workflow,
            session,
            agent,
            parents,
            phase,
            things,
            words,
        },
    )
}

/// A history of events in any order: parents before and after their children, cycles, parents that never come, repeats.
fn history() -> impl Strategy<Value = Vec<EventStory>> {
    let repeats = prop::collection::vec(0..24_usize, 0..6);
    (0..FAMILIES.len(), prop::collection::vec(sketch(), 1..24), repeats).prop_map(|(family, sketches, repeats)| {
        let mut stories: Vec<EventStory> =
            sketches.iter().enumerate().map(|(n, sketch)| tell(n, family, sketch)).collect();
        for (at, repeat) in repeats.into_iter().enumerate() {
            if let Some(story) = stories.get(repeat).cloned() {
                stories.insert((repeat + at * 5).min(stories.len()), story);
            }
        }
        stories
    })
}

fn id(number: usize) -> EventId {
    EventId::from_foreign(&format!("history-{number}"))
}

fn tell(number: usize, family: usize, sketch: &Sketch) -> EventStory {
    let types = FAMILIES[sketch.stray.unwrap_or(family)];
    let mut story = crate::testing::from_bus(types[sketch.kind % types.len()], "{}")
        .with_id(id(number))
        .at(&format!("2026-01-{:02}T00:00:{:02}Z", 1 + number % 9, number))
        .saying("metadata", json!({"weight": 0.1 + number as f64 / 7.0}));
    if let Some(phase) = crate::workflow::PHASES.get(sketch.phase) {
        story = story.saying("phase", *phase);
    }
    if let Some(workflow) = sketch.workflow {
        story = story.of_workflow(&format!("w-{workflow}"));
    }
    if let Some(session) = sketch.session {
        story = story.in_session(&format!("s-{session}"));
    }
    if let Some(agent) = sketch.agent {
        story = story.by(&format!("agent-{agent}"));
    }
    for (member, value) in &sketch.words {
        story = telling(story, *member, *value);
    }
    for (member, which) in &sketch.things {
        story = naming(story, *member, *which, id((number + which) % 24));
    }
    sketch.parents.iter().fold(story, |story, parent| story.caused_by(&id(*parent)))
}

#[derive(PartialEq, Debug)]
struct Outcome {
    belongings: Vec<(Position, Belonging)>,
    sessions: String,
    states: Vec<(StateKey, String)>,
    parents: Vec<(Position, u32, Option<Position>)>,
}

fn outcome(log: &MemoryLog) -> Outcome {
    let mut parents: Vec<_> = log.edges.iter().map(|edge| (edge.child, edge.ordinal, edge.parent)).collect();
    parents.sort_unstable();
    Outcome {
        belongings: log.events.iter().map(|event| (event.position, event.belonging.clone())).collect(),
        sessions: serde_json::to_string(&log.sessions).unwrap(),
        states: texts(&log.states),
        parents,
    }
}

/// States as stores keep them, byte for byte.
fn texts(states: &BTreeMap<StateKey, State>) -> Vec<(StateKey, String)> {
    states.iter().map(|(key, state)| (key.clone(), state.to_json().unwrap())).collect()
}

/// Cuts the history into batches and each batch into proposals.
fn play(stories: &[EventStory], batch: usize, together: usize) -> Outcome {
    let mut log = MemoryLog::default();
    for batch in stories.chunks(batch.max(1)) {
        let answers = log.propose(batch.chunks(together.max(1)).map(proposal));
        assert!(answers.iter().all(Result::is_ok));
    }
    outcome(&log)
}

fn rebuild(log: &MemoryLog) -> (String, Vec<(StateKey, String)>) {
    let mut rebuild = Rebuild::default();
    for event in &log.events {
        // What was derived live is not to be trusted.
        rebuild.take(RecordedEvent { belonging: Belonging::default(), ..event.clone() });
    }
    let (sessions, states) = rebuild.states();
    (serde_json::to_string(&sessions).unwrap(), texts(&states))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn every_way_to_cut_a_history_into_batches_ends_the_same(
        stories in history(), batch in 1..30_usize, together in 1..6_usize,
    ) {
        prop_assert_eq!(play(&stories, batch, together), play(&stories, 1, 1));
    }

    #[test]
    fn a_rebuild_gives_what_the_live_path_kept(stories in history(), batch in 1..30_usize) {
        let mut log = MemoryLog::default();
        for batch in stories.chunks(batch) {
            log.propose(batch.iter().map(|story| proposal([story])));
        }
        let Outcome { sessions, states, .. } = outcome(&log);
        prop_assert_eq!(rebuild(&log), (sessions, states));
    }

    #[test]
    fn every_edge_ends_at_its_parent_when_that_is_recorded(stories in history(), batch in 1..30_usize) {
        let mut log = MemoryLog::default();
        for batch in stories.chunks(batch) {
            log.record(batch);
        }
        for edge in &log.edges {
            let parent = log.events.iter().find(|event| event.id() == edge.parent_id).map(|event| event.position);
            prop_assert_eq!(edge.parent, parent);
        }
    }
}
