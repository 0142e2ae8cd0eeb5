//! What raw events do, in whatever order they come.

use serde_json::json;

use crate::EventId;
use crate::director::tests::{Stage, TASK, of_task};
use crate::director::{CrossServiceTask, Delegation, MisePattern, TaskState, WorkState};
use crate::testing::{EventStory, Named, event};

fn created() -> EventStory {
    let services = json!([{"service": "b", "depends_on": ["a"], "agent": "letta-b"}, {"service": "a"}]);
    of_task("director.cross-service.task.created").saying("services", services)
}

fn requested(service: &str) -> EventStory {
    let story = of_task("director.service.delegation.requested").saying("service", service);
    story.saying("to_agent", "letta-python-dev").saying("from_agent", "director")
}

fn completed(request: &impl Named) -> EventStory {
    event("agent.letta.task.completed").caused_by(request).saying("summary", "done")
}

#[test]
fn works_that_were_given_out_before_the_task_was_seen_stay_as_they_are() {
    let mut stage = Stage::default();
    let request = stage.tell(requested("a"));
    assert_eq!((stage.works(), stage.task().created_event_id), ("a delegated".into(), None));
    stage.tell(completed(&request));
    let created = stage.tell(created());
    assert_eq!(stage.works(), "a completed, b ready");
    assert_eq!(stage.task().created_event_id, Some(created.event_id()));
    stage.tell(self::created());
    assert_eq!(stage.task().anomalies, 1);
    stage.rebuilds();
}

#[test]
fn a_delegation_that_was_over_before_its_request_came_is_over() {
    let mut stage = Stage::default();
    stage.tell(created());
    let request = requested("a");
    let outcome = stage.tell(completed(&request).saying("handoff_id", request.event_id().to_string()));
    stage.tell(request.clone());
    let delegation = stage.delegation(&request.event_id().to_string());
    assert_eq!((delegation.state, delegation.ended_event_id), (WorkState::Completed, Some(outcome.event_id())));
    assert_eq!(stage.works(), "a completed, b ready");
    stage.rebuilds();
}

#[test]
fn a_delegation_finds_its_task_when_the_pattern_that_it_follows_arrives() {
    let mut stage = Stage::default();
    stage.tell(created());
    let standardization = of_task("director.mise.standardization.requested");
    let pattern =
        event("mise.pattern.defined").caused_by(&standardization).saying("standard_tasks", json!({"build": {}}));
    let request = event("director.service.delegation.requested").caused_by(&pattern);
    let request = request.saying("service", "a").saying("to_agent", "letta-python-dev");
    stage.tell(request.clone());
    stage.tell(completed(&request));
    stage.tell(pattern.clone());
    assert_eq!(stage.works(), "a ready, b waiting");
    stage.tell(standardization.clone());
    assert_eq!(stage.works(), "a completed, b ready");
    let task = stage.task();
    assert_eq!(task.pattern_event_id, Some(pattern.event_id()));
    assert_eq!(task.standardization_event_id, Some(standardization.event_id()));
    stage.rebuilds();
}

#[test]
fn of_two_patterns_the_task_follows_the_newer_though_the_older_turns_out_late_to_be_its_own() {
    let mut stage = Stage::default();
    stage.tell(created());
    let late = of_task("director.mise.standardization.requested");
    let pattern = |cause: &EventStory| event("mise.pattern.defined").caused_by(cause);
    let first = stage.tell(pattern(&late));
    let standardization = stage.tell(of_task("director.mise.standardization.requested"));
    let second = stage.tell(pattern(&standardization));
    stage.tell(late);
    assert_eq!(stage.task().pattern_event_id, Some(second.event_id()));
    let id = first.event_id().to_string();
    assert_eq!(stage.log.state::<MisePattern>(&id).event_id, first.event_id());
    stage.rebuilds();
}

#[test]
fn what_ends_a_handoff_without_an_outcome_lets_the_service_be_delegated_again() {
    let ends = [
        event("agent.handoff.failed").saying("final", true).saying("failure_reason", "no idea"),
        event("agent.handoff.expired").saying("reason", "no idea"),
        event("agent.handoff.cancelled").saying("reason", "no idea"),
        event("agent.letta.task.failed").saying("retryable", false).saying("failure_reason", "no idea"),
        event("director.service.delegation.failed").saying("failure_reason", "no idea"),
    ];
    for end in ends {
        let mut stage = Stage::default();
        stage.tell(created());
        let request = stage.tell(requested("a"));
        let id = request.event_id().to_string();
        let end = end.saying("handoff_id", id.as_str()).saying("delegation_id", id.as_str());
        let end = stage.tell(end);
        let delegation = stage.delegation(&id);
        assert_eq!((delegation.state, stage.works()), (WorkState::Failed, "a failed, b waiting".into()), "{end:?}");
        assert_eq!(delegation.summary.as_deref(), Some("no idea"), "{end:?}");
        assert_eq!(delegation.ended_event_id, Some(end.event_id()));
        stage.rebuilds();
    }
}

#[test]
fn an_attempt_that_failed_ends_no_delegation() {
    let mut stage = Stage::default();
    stage.tell(created());
    let request = stage.tell(requested("a"));
    let failed = event("agent.handoff.failed").saying("handoff_id", request.event_id().to_string());
    stage.tell(failed.saying("final", false));
    assert_eq!(stage.works(), "a delegated, b waiting");
}

#[test]
fn what_does_not_fit_is_counted_once_and_changes_nothing_else() {
    let unfit: [EventStory; 4] = [of_task("mise.validation.requested"), requested("ghost"), requested("a"), created()];
    for unfit in unfit {
        let mut stage = Stage::default();
        stage.tell(created());
        stage.tell(requested("a"));
        let before = stage.task();
        // Seen again when the cause arrives that tells more about it.
        let cause = event("agent.collaboration.started").saying("collaboration_id", TASK);
        stage.tell(unfit.caused_by(&cause));
        stage.tell(cause);
        let expected = CrossServiceTask {
            anomalies: 1,
            version: before.version + 1,
            position: stage.task().position,
            updated_at: stage.task().updated_at,
            ..before
        };
        assert_eq!(stage.task(), expected);
        stage.rebuilds();
    }
}

#[test]
fn the_first_end_of_a_task_stands() {
    let mut stage = Stage::default();
    stage.tell(created());
    stage
        .tell(of_task("director.cross-service.task.completed").saying("outcome", "partial").saying("summary", "so so"));
    for later in ["completed", "failed", "cancelled"] {
        stage.tell(of_task(&format!("director.cross-service.task.{later}")));
    }
    let task = stage.task();
    assert_eq!((task.state, task.anomalies), (TaskState::Completed, 3));
    assert_eq!((task.outcome.as_deref(), task.summary.as_deref()), (Some("partial"), Some("so so")));
    assert!(!stage.task().state.is_open());
}

#[test]
fn the_outcome_of_an_earlier_check_that_is_seen_again_ends_no_later_one() {
    let mut stage = Stage::with(&[("a", &[])]);
    stage.finish("a");
    let late = event("agent.collaboration.started").saying("collaboration_id", TASK);
    let first = stage.tell(of_task("mise.validation.requested"));
    let outcome = of_task("mise.validation.completed").caused_by(&first).caused_by(&late).saying("passed", true);
    stage.tell(outcome);
    let second = stage.tell(of_task("mise.validation.requested").caused_by(&late));
    stage.tell(late);
    let task = stage.task();
    let checked = (task.validation_requested_event_id, task.validation_event_id);
    assert_eq!(checked, (Some(second.event_id()), None::<EventId>));
    assert_eq!((task.state, task.anomalies), (TaskState::Validating, 0));
    stage.rebuilds();
}

#[test]
fn a_delegation_keeps_what_its_request_says() {
    let mut stage = Stage::default();
    let request = requested("a")
        .saying("deadline", "2026-02-01 12:00:00")
        .saying("context", json!({"requirements": {"n": 1}}))
        .saying("delegation_id", "d-1");
    stage.tell(request.clone());
    let delegation: Delegation = stage.delegation("d-1");
    assert_eq!(delegation.deadline.unwrap().to_string(), "2026-02-01T12:00:00Z");
    assert_eq!(delegation.context.unwrap().as_str(), r#"{"requirements":{"n":1}}"#);
    assert_eq!(delegation.requested_event_id, Some(request.event_id()));
    // Another request under the same id is none.
    stage.tell(requested("b").saying("delegation_id", "d-1"));
    assert_eq!(stage.delegation("d-1").service, "a");
}
