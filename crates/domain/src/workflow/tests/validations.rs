use super::*;

fn task_completed(task: &str, agent: &str) -> crate::testing::EventStory {
    event("agent.letta.task.completed").of_workflow(ID).saying("task_id", task).by(agent)
}

#[test]
fn a_check_names_the_result_of_its_task_and_an_outcome_names_the_check() {
    let (mut log, _) = started();
    let (one, two) = (task_completed("task-1", "letta-1"), task_completed("task-2", "letta-1"));
    log.record([&one, &two]);
    let by_task = first(log.command(request_validation(json!({"target_agent": "letta-1", "task_id": "task-1"}))));
    assert_eq!(causes(&log, by_task), [one.envelope.event_id]);
    let by_agent = first(log.command(request_validation(json!({"target_agent": "letta-1"}))));
    assert_eq!(causes(&log, by_agent), [two.envelope.event_id], "the newest of the agent");
    let outcome = first(log.command(record_validation(json!({"passed": true, "task_id": "task-1"}))));
    assert_eq!(causes(&log, outcome), [by_agent], "a check that leaves the task open fits any task");
    let outcome = first(log.command(record_validation(json!({"passed": false}))));
    assert_eq!(causes(&log, outcome), [by_task]);
    assert_eq!(payload(&log, outcome)["task_id"], "task-1", "the check says what it was about");
    assert!(log.workflow(ID).open_validations.is_empty());
}

#[test]
fn a_check_that_nobody_asked_for_names_the_result_and_one_without_a_result_names_nothing() {
    let (mut log, _) = started();
    let done = task_completed("task-1", "letta-1");
    log.record([&done]);
    let outcome = first(log.command(record_validation(json!({"passed": true, "task_id": "task-1"}))));
    assert_eq!(causes(&log, outcome), [done.envelope.event_id]);
    let unknown = first(log.command(request_validation(json!({"target_agent": "letta-1", "task_id": "task-9"}))));
    assert_eq!(causes(&log, unknown), Vec::new(), "the result of another task is no cause");
}

#[test]
fn an_outcome_of_the_bus_ends_the_check_that_it_names() {
    let (mut log, _) = started();
    let first_check = first(log.command(request_validation(json!({"target_agent": "a"}))));
    let second_check = first(log.command(request_validation(json!({"target_agent": "a"}))));
    log.record([&event("bmad.workflow.validation.completed").of_workflow(ID).caused_by(&first_check)]);
    let open: Vec<_> = log.workflow(ID).open_validations.iter().map(|asked| asked.event_id).collect();
    assert_eq!(open, [second_check]);
}

/// Work of the workflow that was asked for, with the id of its handoff.
fn asked(log: &mut MemoryLog, agent: &str, task: &str) -> String {
    let request = event("bmad.workflow.handoff.requested").of_workflow(ID).saying("to_agent", agent);
    log.tell(request.saying("task_id", task));
    log.newest().to_string()
}

#[test]
fn a_result_that_names_only_its_handoff_is_found_by_task_and_by_agent() {
    let (mut log, _) = started();
    let (one, two) = (asked(&mut log, "letta-dev", "task-1"), asked(&mut log, "letta-dev", "task-2"));
    let open = first(log.command(request_validation(json!({"target_agent": "letta-dev", "task_id": "task-1"}))));
    assert_eq!(causes(&log, open), Vec::new(), "it is not done");
    let done = |handoff: &str| event("agent.letta.task.completed").saying("handoff_id", handoff).by("letta-dev-001");
    let earlier = log.tell(done(&one));
    let known = task_completed("task-3", "letta-dev-001");
    log.record([&known]);
    let newest = log.tell(done(&two));
    assert_eq!(log.workflow(ID).outcomes.len(), 1, "two of the results belong to no workflow");
    let check = |task: &str| request_validation(json!({"target_agent": "letta-dev", "task_id": task}));
    for (task, result) in [("task-1", &earlier), ("task-2", &newest), ("task-3", &known)] {
        let asked = first(log.command(check(task)));
        assert_eq!(causes(&log, asked), [result.envelope.event_id], "{task}");
    }
    for agent in ["letta-dev", "letta-dev-001"] {
        let asked = first(log.command(request_validation(json!({"target_agent": agent}))));
        assert_eq!(causes(&log, asked), [newest.envelope.event_id], "the newest of {agent}");
    }
}
