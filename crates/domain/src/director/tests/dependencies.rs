//! What waits for other services starts when they are done, whoever says so.

use super::*;

const DIAMOND: [(&str, &[&str]); 4] =
    [("top", &["left", "right"]), ("left", &["base"]), ("right", &["base"]), ("base", &[])];

fn start_ready() -> StartReady {
    StartReady { author: Author::server(), task_id: TASK.into() }
}

#[test]
fn a_diamond_starts_in_order_each_work_with_the_completions_that_it_waited_for() {
    let mut stage = Stage::with(&DIAMOND);
    assert_eq!(stage.works(), "base ready, left waiting, right waiting, top waiting");
    let base = stage.delegate("base");
    let types = stage.good(deliver(&base));
    let requested = "director.service.delegation.requested";
    assert_eq!(types, ["agent.letta.task.completed", requested, requested]);
    assert_eq!(stage.works(), "base completed, left delegated, right delegated, top waiting");
    let base = stage.work("base").completed_event_id.unwrap();
    for service in ["left", "right"] {
        let delegation = stage.delegation(&stage.delegation_of(service));
        assert_eq!(stage.causes(delegation.requested_event_id.unwrap()), [base]);
        assert_eq!(delegation.from_agent.as_deref(), Some("director"));
        assert_eq!(delegation.to_agent, format!("letta-{service}-dev"));
    }
    let right = stage.delegation_of("right");
    assert_eq!(stage.good(deliver(&right)), ["agent.letta.task.completed"]);
    let left = stage.delegation_of("left");
    assert_eq!(stage.good(deliver(&left)), ["agent.letta.task.completed", requested]);
    let done = ["left", "right"].map(|service| stage.work(service).completed_event_id.unwrap());
    assert_eq!(stage.causes(stage.newest()), done);
    let top = stage.delegation_of("top");
    stage.good(deliver(&top));
    assert_eq!(stage.task().unfinished(), Vec::<String>::new());
    stage.rebuilds();
}

#[test]
fn what_a_raw_event_makes_ready_is_due_at_once_and_started_by_the_server() {
    let mut stage = Stage::with(&DIAMOND);
    let base = stage.delegate("base");
    let requested = stage.delegation(&base).requested_event_id.unwrap();
    assert_eq!(stage.task().due(), None);
    let completed = stage.tell(event("agent.letta.task.completed").caused_by(&requested).saying("service", "base"));
    assert_eq!(stage.works(), "base completed, left ready, right ready, top waiting");
    assert_eq!(stage.task().due(), Some(stage.task().updated_at));
    let requested = "director.service.delegation.requested";
    assert_eq!(stage.good(start_ready()), [requested, requested]);
    assert_eq!(stage.causes(stage.newest()), [completed.envelope.event_id]);
    assert_eq!(stage.task().due(), None);
    assert_eq!(stage.good(start_ready()), Vec::<String>::new());
    stage.rebuilds();
}

#[test]
fn work_that_waited_for_nothing_or_has_no_agent_is_left_to_the_director() {
    let mut stage = Stage::default();
    let services = json!([{"service": "a", "agent": "letta-a"}, {"service": "b", "depends_on": ["a"]}]);
    stage.good(create(json!({"services": services})));
    assert_eq!(stage.good(start_ready()), Vec::<String>::new());
    stage.finish("a");
    assert_eq!((stage.works(), stage.task().due()), ("a completed, b ready".into(), None));
    // Work that failed once is not started again by the server.
    let mut stage = Stage::with(&[("a", &[]), ("b", &["a"])]);
    stage.finish("a");
    let b = stage.delegation_of("b");
    stage.good(give_up(&b));
    assert_eq!((stage.works(), stage.task().due()), ("a completed, b failed".into(), None));
}

#[test]
fn nothing_starts_for_a_task_that_has_ended() {
    let mut stage = Stage::with(&[("a", &[]), ("b", &["a"])]);
    let a = stage.delegate("a");
    stage.tell(of_task("director.cross-service.task.cancelled"));
    assert_eq!(stage.good(deliver(&a)), ["agent.letta.task.completed"]);
    assert_eq!((stage.works(), stage.task().due()), ("a completed, b ready".into(), None));
    assert_eq!(stage.good(start_ready()), Vec::<String>::new());
}
