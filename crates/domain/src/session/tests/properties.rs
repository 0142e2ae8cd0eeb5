//! Whatever comes in whatever order, sessions agree with their work, their checkpoints and the log.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::checkpoint::Checkpoint;
use crate::feedback::{Question, QuestionState};
use crate::handoff::Handoff;
use crate::rebuild::Rebuild;
use crate::session::Session;
use crate::state::{Kind, Noun};
use crate::testing::{EventStory, MemoryLog, from_bus, proposal};
use crate::{Belonging, EventId, RecordedEvent};

const TYPES: [&str; 24] = [
    "agent.letta.session.started",
    "agent.letta.session.paused",
    "agent.letta.session.resumed",
    "agent.letta.session.completed",
    "agent.letta.session.failed",
    "agent.letta.session.failed",
    "agent.letta.session.recovery.started",
    "agent.letta.session.recovery.started",
    "agent.letta.session.instructed",
    "agent.letta.checkpoint.saved",
    "agent.letta.checkpoint.saved",
    "agent.letta.checkpoint.pinned",
    "agent.letta.checkpoint.deleted",
    "agent.letta.context.restored",
    "agent.letta.task.resumed",
    "agent.letta.task.completed",
    "agent.handoff.requested",
    "agent.handoff.accepted",
    "agent.handoff.accepted",
    "agent.handoff.offered",
    "agent.handoff.cancelled",
    "agent.handoff.completed",
    "agent.feedback.requested",
    "agent.feedback.response",
];

#[derive(Clone, Debug)]
struct Sketch {
    kind: usize,
    session: Option<u8>,
    other: Option<u8>,
    handoff: Option<u8>,
    question: Option<u8>,
    checkpoint: u8,
    size: u8,
    parents: Vec<usize>,
}

fn sketch() -> impl Strategy<Value = Sketch> {
    let id = |weight, count: u8| prop::option::weighted(weight, 0..count);
    let things = (id(0.8, 3), id(0.7, 3), id(0.6, 2), id(0.6, 2));
    let checkpoint = (0..3_u8, 0..3_u8);
    (0..TYPES.len(), things, checkpoint, prop::collection::vec(0..30_usize, 0..3)).prop_map(
        |(kind, (session, other, handoff, question), (checkpoint, size), parents)| Sketch {
            kind,
            session,
            other,
            handoff,
            question,
            checkpoint,
            size,
            parents,
        },
    )
}

fn id(number: usize) -> EventId {
    EventId::from_foreign(&format!("session-history-{number}"))
}

fn tell((number, sketch): (usize, &Sketch)) -> EventStory {
    let mut story = from_bus(TYPES[sketch.kind], "{}")
        .with_id(id(number))
        .saying("agent_type", "letta-python-dev")
        .saying("instruction", "pause")
        .saying("checkpoint_id", format!("c-{}", sketch.checkpoint))
        .saying("snapshot_digest", "ab".repeat(32))
        .saying("snapshot_size", sketch.size);
    let ids = [("handoff_id", "h", sketch.handoff), ("question_id", "q", sketch.question)];
    for (member, letter, number) in ids {
        if let Some(number) = number {
            story = story.saying(member, format!("{letter}-{number}"));
        }
    }
    let session = |number: u8| format!("s-{number}");
    story = match (TYPES[sketch.kind].ends_with("recovery.started"), sketch.session, sketch.other) {
        (true, session_id, other) => {
            let story = session_id.into_iter().fold(story, |story, id| story.saying("new_session_id", session(id)));
            other.into_iter().fold(story, |story, id| story.saying("failed_session_id", session(id)))
        }
        (false, Some(id), _) => story.in_session(&session(id)),
        (false, None, Some(id)) => story.saying("previous_session_id", session(id)),
        (false, None, None) => story,
    };
    sketch.parents.iter().fold(story, |story, parent| story.caused_by(&id(*parent)))
}

fn all<N: Noun>(log: &MemoryLog) -> Vec<N> {
    log.states.values().filter_map(<N as Kind>::in_state).cloned().collect()
}

/// The session that a handoff is listed by: its holder, or the one that failed with it.
fn bearer(handoff: &Handoff) -> Option<&str> {
    if handoff.state.is_held() {
        return handoff.holder();
    }
    handoff.failed_session.as_deref().filter(|_| handoff.state.is_open())
}

fn check_work(log: &MemoryLog, session: &Session) {
    let listed: BTreeSet<&str> = session.handoff_ids.iter().map(String::as_str).collect();
    let handoffs: Vec<Handoff> = all(log);
    let borne = handoffs.iter().filter(|handoff| bearer(handoff) == Some(&session.session_id));
    let borne: BTreeSet<&str> = borne.map(|handoff| handoff.handoff_id.as_str()).collect();
    assert_eq!((listed.len(), &listed), (session.handoff_ids.len(), &borne), "{session:?}");
    let is_held = |id: &&String| log.state::<Handoff>(id).state.is_held();
    assert_eq!(session.handoff_id.as_ref(), session.handoff_ids.iter().rev().find(is_held), "{session:?}");
}

fn check_checkpoints(log: &MemoryLog, session: &Session) {
    let own = all::<Checkpoint>(log).into_iter().filter(|checkpoint| checkpoint.session_id == session.session_id);
    let (deleted, kept): (Vec<Checkpoint>, Vec<Checkpoint>) = own.partition(|checkpoint| checkpoint.deleted);
    let names: BTreeSet<&String> = kept.iter().map(|checkpoint| &checkpoint.checkpoint_id).collect();
    assert_eq!(names, session.checkpoints.iter().collect(), "{session:?}");
    assert_eq!(session.checkpoint_count as usize, kept.len() + deleted.len(), "{session:?}");
    assert_eq!(session.snapshot_bytes, kept.iter().map(|checkpoint| checkpoint.snapshot_size).sum::<u64>());
    let ordinals: BTreeSet<u32> = kept.iter().chain(&deleted).map(|checkpoint| checkpoint.ordinal).collect();
    assert_eq!(ordinals, (1..=session.checkpoint_count).collect());
}

fn check_questions(log: &MemoryLog, session: &Session) {
    for id in &session.open_questions {
        let question: Question = log.state(id);
        assert_eq!(question.state, QuestionState::Open, "{session:?}");
    }
    for id in &session.answered_questions {
        let question: Question = log.state(id);
        assert_ne!(question.state, QuestionState::Open, "{session:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn sessions_agree_with_all_else_and_with_a_rebuild(
        sketches in prop::collection::vec(sketch(), 1..40), batch in 1..12_usize,
    ) {
        let stories: Vec<EventStory> = sketches.iter().enumerate().map(tell).collect();
        let mut log = MemoryLog::default();
        for batch in stories.chunks(batch) {
            log.propose(batch.iter().map(|story| proposal([story])));
        }
        for session in all::<Session>(&log) {
            check_work(&log, &session);
            check_checkpoints(&log, &session);
            check_questions(&log, &session);
            prop_assert!(session.version as usize <= log.events.len(), "{:?}", session);
            if let Some(heir) = &session.recovered_by {
                prop_assert!(log.state::<Session>(heir).recovery_event_id.is_some());
            }
        }
        let mut rebuild = Rebuild::default();
        for event in &log.events {
            rebuild.take(RecordedEvent { belonging: Belonging::default(), ..event.clone() });
        }
        prop_assert_eq!(rebuild.states().1, log.states);
    }
}
