//! The planner's part of the seed's first pattern, event for event.

use super::*;
use crate::testing::Named;

#[test]
fn the_planners_part_of_a_handoff_runs_as_the_seed_prints_it() {
    let (mut log, _) = started();
    let analysis = first(log.command(complete_phase("analysis")));
    let planning = first(log.command(complete_phase("planning")));
    let solutioning = first(log.command(complete_phase("solutioning")));
    assert_eq!(causes(&log, solutioning), [analysis, planning]);

    let asked = json!({
        "from_agent": "bmad-architect", "to_agent": "letta-python-dev", "task_type": "implement_feature",
        "context": {"architecture": {"auth": "JWT"}}, "task_id": "0190a1b2-0000-7000-8000-000000000002",
    });
    let requested = first(log.command(request_handoff(asked)));
    assert_eq!(causes(&log, requested), [solutioning]);
    assert_eq!(payload(&log, requested)["handoff_id"], requested.to_string(), "its id is that of the event");
    assert_eq!(log.workflow(ID).open_handoffs, [requested.to_string()]);

    let accepted = event("agent.handoff.accepted").caused_by(&requested).by("letta-python-dev-001").in_session("s-1");
    let saved = event("agent.letta.checkpoint.saved").caused_by(&accepted).in_session("s-1");
    let done = event("agent.letta.task.completed").caused_by(&accepted).caused_by(&saved).in_session("s-1");
    let done = done.saying("task_id", "0190a1b2-0000-7000-8000-000000000002");
    log.record([&accepted, &saved, &done]);
    assert!(log.workflow(ID).open_handoffs.is_empty(), "the causes say which handoff is done");

    let check = json!({"from_agent": "bmad-code-reviewer", "target_agent": "letta-python-dev"});
    let check = first(log.command(request_validation(check)));
    assert_eq!(causes(&log, check), [done.event_id()]);
    let passed = first(log.command(record_validation(json!({"from_agent": "bmad-code-reviewer", "passed": true}))));
    assert_eq!(causes(&log, passed), [check]);
    let implementation = first(log.command(complete_phase("implementation")));
    assert_eq!(causes(&log, implementation), [analysis, planning, solutioning]);
    let completed = first(log.command(complete()));
    assert_eq!(causes(&log, completed), [implementation]);

    let workflow = log.workflow(ID);
    assert_eq!((workflow.status, workflow.anomalies), (WorkflowStatus::Completed, 0));
    assert_eq!(workflow.current_agent.as_deref(), Some("letta-python-dev-001"));
    let types: Vec<&str> = log.events.iter().map(|event| event.envelope.event_type.as_str()).collect();
    let expected = [
        "bmad.workflow.started",
        "bmad.workflow.phase.completed",
        "bmad.workflow.phase.completed",
        "bmad.workflow.phase.completed",
        "bmad.workflow.handoff.requested",
        "agent.handoff.accepted",
        "agent.letta.checkpoint.saved",
        "agent.letta.task.completed",
        "bmad.workflow.validation.requested",
        "bmad.workflow.validation.completed",
        "bmad.workflow.phase.completed",
        "bmad.workflow.completed",
    ];
    assert_eq!(types, expected);
    assert!(log.events.iter().all(|event| event.workflow_id() == Some(&id())), "all of it belongs to the workflow");
}

#[test]
fn before_any_phase_ended_a_handoff_names_the_start() {
    let (mut log, start) = started();
    let requested = first(log.command(request_handoff(json!({"to_agent": "bmad-pm"}))));
    assert_eq!(causes(&log, requested), [start]);
}
