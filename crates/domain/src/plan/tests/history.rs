//! However a history is cut into batches, it ends the same, and a rebuild from the log ends there too.

use proptest::prelude::*;

use super::*;
use crate::Belonging;
use crate::rebuild::Rebuild;

/// What a history consists of, before it becomes events: indices stand for other events of the same history, present or not.
#[derive(Clone, Debug)]
struct Sketch {
    kind: usize,
    workflow: Option<u8>,
    session: Option<u8>,
    agent: Option<u8>,
    parents: Vec<usize>,
    phase: usize,
}

const KINDS: [&str; 8] = [
    "agent.letta.checkpoint.saved",
    "bmad.workflow.started",
    "bmad.workflow.phase.completed",
    "bmad.workflow.handoff.requested",
    "agent.handoff.accepted",
    "agent.letta.task.completed",
    "bmad.workflow.completed",
    "bmad.workflow.failed",
];

fn sketch() -> impl Strategy<Value = Sketch> {
    let few = |count: u8| prop::option::weighted(0.3, 0..count);
    (0..KINDS.len(), few(3), few(3), few(3), prop::collection::vec(0..28_usize, 0..4), 0..5_usize).prop_map(
        |(kind, workflow, session, agent, parents, phase)| Sketch { kind, workflow, session, agent, parents, phase },
    )
}

/// A history of events in any order: parents before and after their children, cycles, parents that never come, repeats.
fn history() -> impl Strategy<Value = Vec<EventStory>> {
    (prop::collection::vec(sketch(), 1..24), prop::collection::vec(0..24_usize, 0..6)).prop_map(
        |(sketches, repeats)| {
            let mut stories: Vec<EventStory> = sketches.iter().enumerate().map(|(n, sketch)| tell(n, sketch)).collect();
            for (at, repeat) in repeats.into_iter().enumerate() {
                if let Some(story) = stories.get(repeat).cloned() {
                    stories.insert((repeat + at * 5).min(stories.len()), story);
                }
            }
            stories
        },
    )
}

fn id(number: usize) -> EventId {
    EventId::from_foreign(&format!("history-{number}"))
}

fn tell(number: usize, sketch: &Sketch) -> EventStory {
    let mut story = crate::testing::from_bus(KINDS[sketch.kind], "{}")
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
    sketch.parents.iter().fold(story, |story, parent| story.caused_by(&id(*parent)))
}

#[derive(PartialEq, Debug)]
struct Outcome {
    belongings: Vec<(Position, Belonging)>,
    sessions: String,
    workflows: String,
    parents: Vec<(Position, u32, Option<Position>)>,
}

fn outcome(log: &MemoryLog) -> Outcome {
    let mut parents: Vec<_> = log.edges.iter().map(|edge| (edge.child, edge.ordinal, edge.parent)).collect();
    parents.sort_unstable();
    Outcome {
        belongings: log.events.iter().map(|event| (event.position, event.belonging.clone())).collect(),
        sessions: serde_json::to_string(&log.sessions).unwrap(),
        workflows: serde_json::to_string(&log.workflows).unwrap(),
        parents,
    }
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

fn rebuild(log: &MemoryLog) -> (String, String) {
    let mut rebuild = Rebuild::default();
    for event in &log.events {
        // What was derived live is not to be trusted.
        rebuild.take(RecordedEvent { belonging: Belonging::default(), ..event.clone() });
    }
    let (sessions, workflows) = rebuild.states();
    (serde_json::to_string(&sessions).unwrap(), serde_json::to_string(&workflows).unwrap())
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
        let Outcome { sessions, workflows, .. } = outcome(&log);
        prop_assert_eq!(rebuild(&log), (sessions, workflows));
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
