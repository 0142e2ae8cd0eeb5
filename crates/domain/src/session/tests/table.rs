//! Every state that a session can be in, and every command.

use serde_json::json;

use super::asks::*;
use crate::Refusal;
use crate::command::Command;
use crate::session::InstructionKind;
use crate::state::{Kind, StateKind};
use crate::testing::{MemoryLog, event};

/// The states: nobody knows it, only events that name it are known, then as its status says, and failed with another one that took over.
const STATES: [&str; 7] = ["missing", "unknown", "active", "paused", "completed", "failed", "superseded"];

/// A log in which session `s` is in a state, and has a checkpoint `c` where it ever worked.
fn log_with(state: &str) -> MemoryLog {
    let mut log = MemoryLog::default();
    if state == "missing" {
        return log;
    }
    if state == "unknown" {
        log.record([&event("agent.letta.checkpoint.saved").in_session("s").saying("checkpoint_id", "c")]);
        return log;
    }
    log.command(start("s")).unwrap();
    log.command(save("s", "c")).unwrap();
    match state {
        "paused" => drop(log.command(pause("s", "lunch")).unwrap()),
        "completed" => drop(log.command(complete("s")).unwrap()),
        "failed" | "superseded" => drop(log.command(fail("s")).unwrap()),
        _ => {}
    }
    if state == "superseded" {
        log.command(recover("s", "heir")).unwrap();
    }
    log
}

/// What came of a command, in a word.
fn outcome(mut log: MemoryLog, command: impl Command) -> &'static str {
    let before = (log.events.clone(), log.states.clone());
    let Err(refusal) = log.command(command) else { return "ok" };
    assert_eq!((log.events, log.states), before, "{refusal}");
    match refusal {
        Refusal::NotFound { kind: StateKind::Session, .. } => "no session",
        Refusal::NotFound { .. } => "no checkpoint",
        Refusal::Exists { .. } => "exists",
        Refusal::WrongState { kind, allowed, cure, .. } => {
            assert!(kind == StateKind::Session && !allowed.is_empty() && !cure.is_empty());
            "wrong state"
        }
        Refusal::SessionSuperseded { new_session_id, .. } => {
            assert_eq!(new_session_id, "heir");
            "superseded"
        }
        other => panic!("{other}"),
    }
}

/// What comes of a command in each state.
macro_rules! row {
    ($command:expr) => {
        STATES.map(|state| outcome(log_with(state), $command))
    };
}

#[test]
fn every_command_is_taken_in_the_states_that_allow_it_and_refused_in_the_others() {
    let (none, wrong, gone) = ("no session", "wrong state", "superseded");
    let open = [none, wrong, "ok", "ok", wrong, wrong, gone];
    let active = [none, wrong, "ok", wrong, wrong, wrong, gone];
    let never = [none, wrong, wrong, wrong, wrong, wrong, gone];
    let rows: [(&str, [&str; 7], [&str; 7]); 15] = [
        ("StartSession", row!(start("s")), ["ok", "ok", "exists", "exists", "exists", "exists", "exists"]),
        ("PauseSession", row!(pause("s", "lunch")), active),
        ("ResumeSession", row!(resume("s")), [none, wrong, wrong, "ok", wrong, wrong, gone]),
        ("CompleteSession", row!(complete("s")), open),
        ("FailSession", row!(fail("s")), open),
        ("FailSilent", row!(fail_silent("s")), open),
        ("UpdateContext", row!(update("s", &json!({"summary": "more"}))), open),
        ("Instruct", row!(instruct("s", InstructionKind::Pause)), open),
        ("StartRecovery", row!(recover("s", "new")), [none, wrong, wrong, wrong, wrong, "ok", gone]),
        // Nobody took over from anybody: see the tests of recovery.
        ("CompleteRecovery", row!(recovered("s")), never),
        ("SaveCheckpoint", row!(save("s", "new")), open),
        ("SaveCheckpoint again", row!(save("s", "c")), [none, wrong, "exists", "exists", wrong, wrong, gone]),
        ("SetCheckpointPin", row!(pin("s", "c", true)), ["no checkpoint", "ok", "ok", "ok", "ok", "ok", "ok"]),
        ("SetCheckpointPin of none", row!(pin("s", "none", true)), ["no checkpoint"; 7]),
        ("PruneCheckpoints", row!(prune("s", 1)), [none, "ok", "ok", "ok", "ok", "ok", "ok"]),
    ];
    for (command, found, expected) in rows {
        assert_eq!(found, expected, "{command} in {STATES:?}");
    }
}

#[test]
fn a_refusal_says_in_which_state_the_session_is_and_what_to_do() {
    let texts = [
        (
            "unknown",
            "session s is unknown, and this needs it to be active or paused: its start was not seen, so start it with StartSession",
        ),
        (
            "completed",
            "session s is completed, and this needs it to be active or paused: it is done, so start a new session",
        ),
        (
            "failed",
            "session s is failed, and this needs it to be active or paused: let another session take over with StartRecovery, or start a new one",
        ),
        ("superseded", "session heir took over from session s: stop, the new session goes on"),
    ];
    for (state, text) in texts {
        assert_eq!(log_with(state).command(complete("s")).unwrap_err().to_string(), text);
    }
    let paused = log_with("paused").command(pause("s", "again")).unwrap_err();
    assert_eq!(paused.to_string(), "session s is paused, and this needs it to be active: resume it first");
    let active = log_with("active").command(resume("s")).unwrap_err();
    assert_eq!(
        active.to_string(),
        "session s is active, and this needs it to be paused: it works, so go on without this call"
    );
    assert_eq!(<crate::session::Session as Kind>::KIND, StateKind::Session);
}
