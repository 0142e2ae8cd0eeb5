//! Every state in which a workflow can be, and every command in each of them.

use super::*;

/// A state, and how a log comes to it.
type Case = (&'static str, fn() -> MemoryLog);

const STATES: [Case; 9] = [
    ("absent", MemoryLog::default),
    ("seen by its events alone", seen),
    ("running", || started().0),
    ("running with open work", with_open_work),
    ("running with an open question", with_open_question),
    ("past its last phase", past_its_phases),
    ("completed", || after("bmad.workflow.completed")),
    ("failed", || after("bmad.workflow.failed")),
    ("cancelled", || after("bmad.workflow.cancelled")),
];

fn seen() -> MemoryLog {
    let mut log = MemoryLog::default();
    log.record([&event("agent.letta.checkpoint.saved").of_workflow(ID)]);
    log
}

fn with_open_work() -> MemoryLog {
    let (mut log, _) = started();
    log.command(request_handoff(json!({"to_agent": "letta-python-dev"}))).unwrap();
    log
}

fn with_open_question() -> MemoryLog {
    let (mut log, _) = started();
    log.record([&event("agent.feedback.requested").of_workflow(ID).saying("question", "JWT or cookies?")]);
    log
}

fn past_its_phases() -> MemoryLog {
    let (mut log, _) = started();
    for phase in PHASES {
        log.command(complete_phase(phase)).unwrap();
    }
    log
}

fn after(end: &str) -> MemoryLog {
    let (mut log, _) = started();
    log.record([&event(end).of_workflow(ID)]);
    log
}

/// A command by its name, and how it is asked.
type Ask = (&'static str, fn(&mut MemoryLog) -> Result<Appended, Refusal>);

const COMMANDS: [Ask; 10] = [
    ("start", |log| log.command(start())),
    ("complete_phase", |log| log.command(complete_phase("analysis"))),
    ("skip_phase", |log| log.command(skip_phase("analysis"))),
    ("request_handoff", |log| log.command(request_handoff(json!({"to_agent": "bmad-pm"})))),
    ("request_validation", |log| log.command(request_validation(json!({"target_agent": "bmad-pm"})))),
    ("record_validation", |log| log.command(record_validation(json!({"passed": true})))),
    ("complete", |log| log.command(complete())),
    ("complete by force", |log| log.command(CompleteWorkflow { force: true, ..complete() })),
    ("fail", |log| log.command(fail())),
    ("cancel", |log| log.command(cancel())),
];

/// What each command comes to, in the order of [`COMMANDS`].
const TABLE: [[&str; 10]; 9] = [
    ["ok", "gone", "gone", "gone", "gone", "gone", "gone", "gone", "gone", "gone"],
    ["ok", "phase", "phase", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
    ["exists", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
    ["exists", "ok", "ok", "ok", "ok", "ok", "open", "ok", "ok", "ok"],
    ["exists", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
    ["exists", "phase", "phase", "ok", "ok", "ok", "ok", "ok", "ok", "ok"],
    ["exists", "over", "over", "over", "over", "over", "over", "over", "over", "over"],
    ["exists", "over", "over", "over", "over", "over", "over", "over", "over", "over"],
    ["exists", "over", "over", "over", "over", "over", "over", "over", "over", "over"],
];

fn word(answer: &Result<Appended, Refusal>) -> &'static str {
    match answer {
        Ok(_) => "ok",
        Err(Refusal::NotFound { kind: StateKind::Workflow, .. }) => "gone",
        Err(Refusal::Exists { kind: StateKind::Workflow, .. }) => "exists",
        Err(Refusal::PhaseOutOfOrder { .. }) => "phase",
        Err(Refusal::OpenHandoffs { .. }) => "open",
        Err(Refusal::WrongState { kind: StateKind::Workflow, .. }) => "over",
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn every_command_is_answered_in_every_state() {
    for ((state, make), row) in STATES.into_iter().zip(TABLE) {
        for ((name, ask), expected) in COMMANDS.into_iter().zip(row) {
            let mut log = make();
            let before = (log.head, log.states.clone());
            let answer = ask(&mut log);
            assert_eq!(word(&answer), expected, "{name} of a workflow that is {state}");
            match answer {
                Ok(answer) => {
                    let shown: &Workflow = answer.state().unwrap();
                    assert_eq!(*shown, log.workflow(ID), "{name}: the answer shows the workflow as it is then");
                    assert_eq!(answer.events.len(), log.events.len() - before.0.position.get() as usize);
                }
                Err(_) => assert_eq!((log.head, log.states.clone()), before, "{name}: a refusal changes nothing"),
            }
        }
    }
}

#[test]
fn every_command_is_refused_when_the_version_moved() {
    let commands: [Ask; 8] = [
        ("complete_phase", |log| {
            log.command(CompletePhase { expected_version: Some(7), ..complete_phase("analysis") })
        }),
        ("skip_phase", |log| log.command(SkipPhase { expected_version: Some(7), ..skip_phase("analysis") })),
        ("request_handoff", |log| {
            log.command(RequestHandoff { expected_version: Some(7), ..request_handoff(json!({"to_agent": "x"})) })
        }),
        ("request_validation", |log| {
            log.command(RequestValidation { expected_version: Some(7), ..request_validation(json!({})) })
        }),
        ("record_validation", |log| {
            log.command(RecordValidation { expected_version: Some(7), ..record_validation(json!({})) })
        }),
        ("complete", |log| log.command(CompleteWorkflow { expected_version: Some(7), ..complete() })),
        ("fail", |log| log.command(FailWorkflow { expected_version: Some(7), ..fail() })),
        ("cancel", |log| log.command(CancelWorkflow { expected_version: Some(7), ..cancel() })),
    ];
    for (name, ask) in commands {
        let (mut log, _) = started();
        let before = log.states.clone();
        let refusal = Refusal::VersionConflict { kind: StateKind::Workflow, id: ID.into(), expected: 7, actual: 1 };
        assert_eq!(ask(&mut log), Err(refusal), "{name}");
        assert_eq!(log.states, before, "{name}");
    }
    let (mut log, _) = started();
    log.command(CompletePhase { expected_version: Some(1), ..complete_phase("analysis") }).unwrap();
}

#[test]
fn a_state_that_was_written_before_its_newest_members_still_reads() {
    let (log, _) = started();
    let mut stored: Value = serde_json::to_value(log.workflow(ID)).unwrap();
    let members = stored.as_object_mut().unwrap();
    for newer in [
        "started_event_id",
        "phase_event_id",
        "moved_event_id",
        "open_handoffs",
        "open_questions",
        "outcomes",
        "open_validations",
    ] {
        assert!(members.remove(newer).is_some(), "{newer}");
    }
    members["phase_history"][0].as_object_mut().unwrap().remove("event_id").unwrap();
    let State::Workflow(read) = State::from_json(StateKind::Workflow, &stored.to_string()).unwrap() else { panic!() };
    assert_eq!((read.version, read.started_event_id), (1, None));
}
