//! Every state of a task and of a work on a service, against every command.

use super::*;

/// Plays a task into a state.
fn task_in(state: &str) -> Stage {
    let mut stage = Stage::with(&[("a", &[]), ("b", &["a"])]);
    if ["done", "validating", "passed", "completed"].contains(&state) {
        stage.finish("a");
        let b = stage.delegation_of("b");
        stage.good(deliver(&b));
    }
    if ["validating", "passed", "completed"].contains(&state) {
        stage.good(ask_for_check());
    }
    if ["passed", "completed"].contains(&state) {
        stage.good(record_check(json!({"passed": true})));
    }
    match state {
        "absent" => Stage::default(),
        "completed" => {
            stage.good(complete(false));
            stage
        }
        "failed" => {
            stage.good(fail());
            stage
        }
        "cancelled" => {
            stage.good(cancel());
            stage
        }
        _ => stage,
    }
}

fn said(answer: Result<Appended, Refusal>) -> &'static str {
    match answer {
        Ok(_) => "ok",
        Err(Refusal::NotFound { .. }) => "not found",
        Err(Refusal::Exists { .. }) => "exists",
        Err(Refusal::WrongState { .. }) => "wrong state",
        Err(Refusal::ResultsMissing { .. }) => "results missing",
        Err(Refusal::DependencyNotDone { .. }) => "dependency not done",
        Err(other) => unreachable!("{other:?}"),
    }
}

fn standardize() -> RequestMiseStandardization {
    let standardization = json!({"task_id": TASK, "orchestrator": "mise-architect", "target_services": ["a"]});
    RequestMiseStandardization { author: director(), standardization: json(standardization) }
}

fn play(log: &mut MemoryLog, command: &str) -> Result<Appended, Refusal> {
    match command {
        "create" => log.command(create(json!({"services": [{"service": "a"}]}))),
        "standardize" => log.command(standardize()),
        "delegate" => log.command(delegate("a", "letta-python-dev")),
        "ask for a check" => log.command(ask_for_check()),
        "record the check" => log.command(record_check(json!({"passed": true}))),
        "complete" => log.command(complete(false)),
        "complete by force" => log.command(complete(true)),
        "fail" => log.command(fail()),
        "cancel" => log.command(cancel()),
        "start" => log.command(StartReady { author: Author::server(), task_id: TASK.into() }),
        "due" => log.command(CrossServiceTaskDue { author: Author::server(), task_id: TASK.into() }),
        other => unreachable!("{other}"),
    }
}

/// Commands, and what each is answered in the states absent, active, done, validating, passed, completed, failed, cancelled.
const TASKS: [(&str, [&str; 8]); 11] = [
    ("create", ["ok", "exists", "exists", "exists", "exists", "exists", "exists", "exists"]),
    ("standardize", ["not found", "ok", "ok", "ok", "ok", "wrong state", "wrong state", "wrong state"]),
    (
        "delegate",
        ["not found", "ok", "wrong state", "wrong state", "wrong state", "wrong state", "wrong state", "wrong state"],
    ),
    (
        "ask for a check",
        ["not found", "results missing", "ok", "ok", "ok", "wrong state", "wrong state", "wrong state"],
    ),
    (
        "record the check",
        ["not found", "wrong state", "wrong state", "ok", "ok", "wrong state", "wrong state", "wrong state"],
    ),
    ("complete", ["not found", "results missing", "ok", "ok", "ok", "wrong state", "wrong state", "wrong state"]),
    ("complete by force", ["not found", "ok", "ok", "ok", "ok", "wrong state", "wrong state", "wrong state"]),
    ("fail", ["not found", "ok", "ok", "ok", "ok", "wrong state", "wrong state", "wrong state"]),
    ("cancel", ["not found", "ok", "ok", "ok", "ok", "wrong state", "wrong state", "wrong state"]),
    ("start", ["not found", "ok", "ok", "ok", "ok", "ok", "ok", "ok"]),
    ("due", ["not found", "ok", "ok", "ok", "ok", "ok", "ok", "ok"]),
];

const TASK_STATES: [&str; 8] = ["absent", "active", "done", "validating", "passed", "completed", "failed", "cancelled"];

#[test]
fn a_task_in_every_state_answers_every_command() {
    for (command, answers) in TASKS {
        for (state, expected) in TASK_STATES.into_iter().zip(answers) {
            let mut stage = task_in(state);
            let (head, states) = (stage.log.head, stage.log.states.clone());
            let answer = said(play(&mut stage.log, command));
            assert_eq!(answer, expected, "{command} when {state}");
            if answer != "ok" {
                assert_eq!((stage.log.head, &stage.log.states), (head, &states), "{command} when {state}");
            }
        }
    }
}

/// Plays the work on service "b", which depends on "a", into a state. Gives the delegation that it has or would have.
fn work_in(state: &str) -> (Stage, String) {
    let mut stage = Stage::default();
    let services = json!([{"service": "a"}, {"service": "b", "depends_on": ["a"]}]);
    stage.good(create(json!({"services": services})));
    if state == "waiting" {
        return (stage, TASK.into());
    }
    stage.finish("a");
    if state == "ready" {
        return (stage, TASK.into());
    }
    let id = stage.delegate("b");
    match state {
        "completed" => stage.good(deliver(&id)),
        "failed" => stage.good(give_up(&id)),
        _ => Vec::new(),
    };
    (stage, id)
}

const WORK_STATES: [&str; 5] = ["waiting", "ready", "delegated", "completed", "failed"];

const WORKS: [(&str, [&str; 5]); 3] = [
    ("delegate", ["dependency not done", "ok", "wrong state", "wrong state", "ok"]),
    ("deliver", ["not found", "not found", "ok", "wrong state", "wrong state"]),
    ("give up", ["not found", "not found", "ok", "wrong state", "wrong state"]),
];

#[test]
fn a_work_in_every_state_answers_every_command() {
    for (command, answers) in WORKS {
        for (state, expected) in WORK_STATES.into_iter().zip(answers) {
            let (mut stage, id) = work_in(state);
            assert_eq!(stage.work("b").state.as_str(), state);
            let (head, states) = (stage.log.head, stage.log.states.clone());
            let answer = match command {
                "delegate" => stage.log.command(delegate("b", "letta-python-dev")),
                "deliver" => stage.log.command(deliver(&id)),
                _ => stage.log.command(give_up(&id)),
            };
            let answer = said(answer);
            assert_eq!(answer, expected, "{command} when {state}");
            if answer != "ok" {
                assert_eq!((stage.log.head, &stage.log.states), (head, &states), "{command} when {state}");
            }
        }
    }
}
