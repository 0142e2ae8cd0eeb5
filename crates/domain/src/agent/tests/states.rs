//! Every state of an agent, against every command.

use super::*;
use crate::Appended;

fn agent_in(state: &str) -> MemoryLog {
    if state == "absent" {
        return with_type();
    }
    let mut log = with_agent();
    log.good(set(AgentState::from_word(state).unwrap()));
    assert_eq!(agent(&log).state.as_str(), state);
    log
}

fn said(answer: &Result<Appended, Refusal>) -> &'static str {
    match answer {
        Ok(_) => "ok",
        Err(Refusal::NotFound { .. }) => "not found",
        Err(Refusal::Exists { .. }) => "exists",
        Err(Refusal::WrongState { .. }) => "wrong state",
        Err(other) => unreachable!("{other:?}"),
    }
}

const STATES: [&str; 7] = ["absent", "starting", "idle", "busy", "draining", "stopped", "failed"];

const ANSWERS: [(&str, [&str; 7]); 4] = [
    ("create", ["ok", "exists", "exists", "exists", "exists", "exists", "exists"]),
    ("set the state", ["not found", "ok", "ok", "ok", "ok", "wrong state", "ok"]),
    ("stop", ["not found", "ok", "ok", "ok", "ok", "wrong state", "ok"]),
    ("assign a task", ["not found", "ok", "ok", "ok", "wrong state", "wrong state", "wrong state"]),
];

#[test]
fn an_agent_in_every_state_answers_every_command() {
    for (command, answers) in ANSWERS {
        for (state, expected) in STATES.into_iter().zip(answers) {
            let mut log = agent_in(state);
            let (head, states) = (log.head, log.states.clone());
            let answer = match command {
                "create" => log.command(create()),
                "set the state" => log.command(set(AgentState::Idle)),
                "stop" => log.command(set(AgentState::Stopped)),
                _ => log.command(assign("t-1")),
            };
            assert_eq!(said(&answer), expected, "{command} when {state}");
            if answer.is_err() {
                assert_eq!((log.head, &log.states), (head, &states), "{command} when {state}");
            }
        }
    }
}
