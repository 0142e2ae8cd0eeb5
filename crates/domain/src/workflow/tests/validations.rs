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
