//! Verb by verb: what each records, and why it refuses.

use super::*;
use crate::handoff::{Handoff, HandoffState};

fn refusal_of_creation(task: Value) -> Refusal {
    Stage::default().refused(create(task))
}

#[test]
fn a_task_is_created_with_its_services_in_order_and_says_who_asked() {
    let mut stage = Stage::default();
    let task = json!({
        "goal": "standardize_mise_tasks", "from_agent": "director-of-engineering", "priority": "high",
        "workflow_id": "00000000-0000-4000-8000-00000000000a",
        "deadline": "2027-01-01T00:00:00Z",
        "services": [{"service": "ui", "depends_on": ["api"], "agent": "letta-ts-dev"}, {"service": "api"}],
    });
    assert_eq!(stage.good(create(task)), ["director.cross-service.task.created"]);
    let task = stage.task();
    assert_eq!(stage.works(), "api ready, ui waiting");
    assert_eq!(task.goal.as_deref(), Some("standardize_mise_tasks"));
    assert_eq!(task.from_agent.as_deref(), Some("director-of-engineering"));
    assert_eq!(task.workflow_id.as_deref(), Some("00000000-0000-4000-8000-00000000000a"));
    assert_eq!(task.priority, crate::handoff::Priority::High);
    assert_eq!(task.deadline, Some(Timestamp::parse("2027-01-01T00:00:00Z").unwrap()));
    assert_eq!((task.state, task.version, task.created_event_id), (TaskState::Active, 1, Some(stage.newest())));
    assert_eq!(task.due(), task.deadline);
}

#[test]
fn a_task_needs_services_that_can_be_done_and_a_deadline_that_can_be_met() {
    let services = |names: &[&str]| -> Vec<Value> { names.iter().map(|name| json!({"service": name})).collect() };
    let many: Vec<String> = (0..=MAX_SERVICES).map(|number| number.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for (names, why) in [(&[][..], "are missing"), (&[""][..], "hold one without a name"), (&many[..], "are 201")] {
        let refusal = refusal_of_creation(json!({"services": services(names)}));
        assert!(matches!(refusal, Refusal::InvalidField { field: "task.services", .. }), "{refusal}");
        assert!(refusal.to_string().contains(why), "{refusal}");
    }
    let refusal = refusal_of_creation(json!({"services": [{"service": "a", "depends_on": ["b"]}]}));
    assert!(matches!(refusal, Refusal::InvalidDependency { .. }), "{refusal}");
    let refusal = refusal_of_creation(json!({"services": services(&["a"]), "deadline": "2020-01-01T00:00:00Z"}));
    assert!(matches!(refusal, Refusal::DeadlineInPast { field: "task.deadline", .. }), "{refusal}");
    let refusal = Stage::with(&[("a", &[])]).refused(create(json!({"services": services(&["a"])})));
    assert!(matches!(refusal, Refusal::Exists { .. }), "{refusal}");
}

#[test]
fn a_service_is_delegated_with_the_pattern_and_what_it_depends_on_as_causes() {
    let mut stage = Stage::with(&[("db", &[]), ("api", &["db"])]);
    stage.finish("db");
    // The server gave the next one out, and its agent gave it up.
    let first = stage.delegation_of("api");
    stage.good(give_up(&first));
    let pattern = DefineMisePattern { author: director(), pattern: json(json!({"standard_tasks": {"build": {}}})) };
    stage.good(pattern);
    let defined = stage.newest();
    let delegation =
        json!({"task_id": TASK, "service": "api", "to_agent": "letta-go-dev", "pattern_reference": defined});
    stage.good(DelegateService { author: director(), delegation: json(delegation) });
    let requested = stage.newest();
    let db = stage.work("db").completed_event_id.unwrap();
    assert_eq!(stage.causes(requested), [defined, db]);
    let delegation = stage.delegation(&stage.delegation_of("api"));
    assert_ne!(delegation.delegation_id, first);
    assert_eq!(delegation.requested_event_id, Some(requested));
    assert_eq!(delegation.delegation_id, requested.to_string());
    assert_eq!(delegation.pattern_reference, Some(defined.to_string()));
    assert_eq!((delegation.to_agent.as_str(), delegation.state), ("letta-go-dev", WorkState::Delegated));
    assert_eq!(stage.works(), "db completed, api delegated");
    stage.rebuilds();
}

#[test]
fn a_service_is_delegated_only_when_it_can_be_done() {
    let mut stage = Stage::with(&[("db", &[]), ("api", &["db"])]);
    let refusal = stage.refused(delegate("api", "letta-go-dev"));
    assert_eq!(refusal, Refusal::DependencyNotDone { service: "api".into(), services: vec!["db".into()] });
    let refusal = stage.refused(delegate("ghost", "letta-go-dev"));
    assert!(matches!(refusal, Refusal::InvalidField { field: "delegation.service", .. }), "{refusal}");
    let id = stage.delegate("db");
    let refusal = stage.refused(delegate("db", "letta-go-dev"));
    assert!(matches!(&refusal, Refusal::WrongState { id: of, state: "delegated", .. } if *of == id), "{refusal}");
    for (member, value) in [("pattern_reference", "no-id"), ("pattern_reference", TASK)] {
        let delegation = json!({"service": "db", "to_agent": "letta-go-dev", member: value});
        let refusal = stage.refused(DelegateService { author: director(), delegation: json(delegation) });
        assert!(matches!(refusal, Refusal::NotFound { kind: crate::state::StateKind::MisePattern, .. }), "{refusal}");
    }
    let delegation = json!({"service": "x", "to_agent": "a", "delegation_id": id});
    let refusal = stage.refused(DelegateService { author: director(), delegation: json(delegation) });
    assert!(matches!(refusal, Refusal::Exists { .. }), "{refusal}");
    let delegation = json!({"service": "x", "to_agent": "a", "deadline": "2020-01-01T00:00:00Z"});
    let refusal = stage.refused(DelegateService { author: director(), delegation: json(delegation) });
    assert!(matches!(refusal, Refusal::DeadlineInPast { .. }), "{refusal}");
}

#[test]
fn a_delegation_without_a_task_is_one_all_the_same() {
    let mut stage = Stage::default();
    let delegation = json!({"service": "billing", "to_agent": "agno-go-dev"});
    stage.good(DelegateService { author: director(), delegation: json(delegation) });
    let id = stage.newest().to_string();
    assert_eq!(stage.good(deliver(&id)), ["agent.agno.task.completed"]);
    assert_eq!(stage.payload(stage.newest())["task_id"], id);
    let delegation = stage.delegation(&id);
    assert_eq!((delegation.state, delegation.task_id), (WorkState::Completed, None));
}

#[test]
fn a_delivery_says_for_what_it_is_and_follows_from_its_request_alone() {
    let mut stage = Stage::with(&[("db", &[])]);
    let id = stage.delegate("db");
    let requested = stage.newest();
    assert_eq!(stage.good(deliver(&id)), ["agent.letta.task.completed"]);
    let completed = stage.newest();
    assert_eq!(stage.causes(completed), [requested]);
    let said = stage.payload(completed);
    let of = |member: &str| said[member].as_str().unwrap().to_owned();
    assert_eq!([of("task_id"), of("service"), of("delegation_id")], [TASK.to_owned(), "db".into(), id.clone()]);
    assert_eq!(stage.log.get(&completed).agent().unwrap().as_str(), "letta-db-dev");
    let (work, delegation) = (stage.work("db"), stage.delegation(&id));
    assert_eq!((work.state, work.completed_event_id), (WorkState::Completed, Some(completed)));
    assert_eq!(work.summary.as_deref(), Some("done"));
    assert!(work.artifacts.unwrap().as_str().contains("mise.toml"));
    assert_eq!((delegation.state, delegation.ended_event_id), (WorkState::Completed, Some(completed)));
    assert_eq!(stage.log.state::<Handoff>(&id).state, HandoffState::Completed);
}

#[test]
fn the_framework_of_an_agent_is_that_of_its_type_before_that_of_its_name() {
    let mut stage = Stage::default();
    let registered = event("agent.registry.type.registered");
    stage.tell(registered.saying("agent_type", "letta-python-dev").saying("framework", "agno"));
    for (agent, framework) in [
        ("letta-python-dev", "agno"),
        ("letta-python-dev-001", "letta"),
        ("smith", "smith"),
        ("Büro 7", "custom"),
        ("handoff-dev", "custom"),
    ] {
        let delegation = json!({"service": "x", "to_agent": agent});
        stage.good(DelegateService { author: director(), delegation: json(delegation) });
        let id = stage.newest().to_string();
        assert_eq!(stage.good(deliver(&id)), [format!("agent.{framework}.task.completed")], "{agent}");
        assert_eq!(stage.delegation(&id).state, WorkState::Completed, "{agent}");
    }
}

#[test]
fn work_that_was_given_up_can_be_delegated_again() {
    let mut stage = Stage::with(&[("db", &[])]);
    let first = stage.delegate("db");
    let requested = stage.newest();
    assert_eq!(stage.good(give_up(&first)), ["director.service.delegation.failed"]);
    assert_eq!(stage.causes(stage.newest()), [requested]);
    assert_eq!(stage.delegation(&first).summary.as_deref(), Some("the tests cannot pass"));
    assert_eq!(stage.works(), "db failed");
    assert!(!stage.log.state::<Handoff>(&first).state.is_open());
    let second = stage.delegate("db");
    assert_eq!(stage.works(), "db delegated");
    // What the first one says now is of no interest any more.
    stage.tell(event("agent.letta.task.completed").saying("handoff_id", first.as_str()));
    assert_eq!(stage.works(), "db delegated");
    stage.good(deliver(&second));
    assert_eq!(stage.works(), "db completed");
    stage.rebuilds();
}

#[test]
fn a_check_needs_all_services_and_names_their_completions_in_order() {
    let mut stage = Stage::with(&[("a", &[]), ("b", &[]), ("c", &[])]);
    stage.finish("b");
    stage.finish("a");
    let refusal = stage.refused(ask_for_check());
    assert_eq!(refusal, Refusal::ResultsMissing { missing: vec!["c".into()] });
    stage.finish("c");
    let validation = json!({"task_id": TASK, "pattern_id": TASK});
    let refusal = stage.refused(RequestMiseValidation { author: director(), validation: json(validation) });
    assert!(matches!(refusal, Refusal::NotFound { kind: crate::state::StateKind::MisePattern, .. }), "{refusal}");
    let validation = json!({"task_id": TASK, "services": ["a", "d"]});
    let refusal = stage.refused(RequestMiseValidation { author: director(), validation: json(validation) });
    assert!(matches!(refusal, Refusal::InvalidField { field: "validation.services", .. }), "{refusal}");
    assert_eq!(stage.good(ask_for_check()), ["mise.validation.requested"]);
    let done = ["a", "b", "c"].map(|service| stage.work(service).completed_event_id.unwrap());
    assert_eq!(stage.causes(stage.newest()), done);
    assert_eq!(stage.payload(stage.newest())["validates"], "all_service_implementations");
    assert_eq!(stage.task().state, TaskState::Validating);
    let validation = json!({"task_id": TASK, "services": ["c", "a"]});
    stage.good(RequestMiseValidation { author: director(), validation: json(validation) });
    assert_eq!(stage.causes(stage.newest()), [done[0], done[2]]);
}

#[test]
fn a_check_that_was_not_passed_opens_what_it_found_wrong_again() {
    let mut stage = Stage::with(&[("a", &[]), ("b", &[])]);
    stage.finish("a");
    stage.finish("b");
    stage.good(ask_for_check());
    let requested = stage.newest();
    let findings = json!([{"service": "a", "passed": true}, {"service": "b", "passed": false, "problems": ["no lint", "no deploy"]}]);
    stage.good(record_check(json!({"passed": false, "findings": findings})));
    assert_eq!(stage.causes(stage.newest()), [requested]);
    let task = stage.task();
    assert_eq!((task.state, stage.works()), (TaskState::Active, "a completed, b failed".into()));
    assert_eq!(stage.work("b").summary.as_deref(), Some("no lint; no deploy"));
    assert!(task.validation.unwrap().as_str().contains("no lint"));
    stage.finish("b");
    stage.good(ask_for_check());
    assert_eq!(stage.task().validation, None);
    stage.good(record_check(json!({"passed": true})));
    let passed = stage.newest();
    stage.good(complete(false));
    assert_eq!(stage.causes(stage.newest()), [passed]);
    stage.rebuilds();
}

#[test]
fn checks_without_a_task_are_recorded_all_the_same() {
    let mut stage = Stage::default();
    let validation = json(json!({"validates": "one repository"}));
    assert_eq!(stage.good(RequestMiseValidation { author: director(), validation }), ["mise.validation.requested"]);
    let validation = json(json!({"passed": true}));
    assert_eq!(stage.good(RecordMiseValidation { author: director(), validation }), ["mise.validation.completed"]);
    assert!(!stage.log.states.keys().any(|key| key.kind == crate::state::StateKind::CrossServiceTask));
}

#[test]
fn a_task_ends_with_success_when_all_is_done_or_when_forced() {
    let mut stage = Stage::with(&[("a", &[]), ("b", &[])]);
    stage.finish("a");
    let refusal = stage.refused(complete(false));
    assert_eq!(refusal, Refusal::ResultsMissing { missing: vec!["b".into()] });
    let running = stage.delegate("b");
    let types = stage.good(complete(true));
    assert_eq!(types, ["director.cross-service.task.completed", "agent.handoff.cancelled"]);
    let completed = stage.log.events[stage.log.events.len() - 2].id();
    assert_eq!(stage.causes(completed), [stage.work("a").completed_event_id.unwrap()]);
    assert_eq!(stage.causes(stage.newest()), [completed]);
    assert_eq!(stage.payload(completed)["services"], json!(["a"]));
    let task = stage.task();
    assert_eq!((task.state, task.outcome.as_deref()), (TaskState::Completed, Some("success")));
    assert_eq!(task.completed_at, Some(stage.log.now));
    assert_eq!(stage.log.state::<Handoff>(&running).state, HandoffState::Cancelled);
    assert_eq!(stage.works(), "a completed, b failed");
    stage.rebuilds();
}

#[test]
fn a_task_that_fails_or_is_cancelled_stops_what_is_still_done_for_it() {
    for (command, event_type) in
        [(true, "director.cross-service.task.failed"), (false, "director.cross-service.task.cancelled")]
    {
        let mut stage = Stage::with(&[("a", &[]), ("b", &["a"])]);
        let created = stage.newest();
        let running = stage.delegate("a");
        let types = if command { stage.good(fail()) } else { stage.good(cancel()) };
        assert_eq!(types, [event_type, "agent.handoff.cancelled"]);
        let ended = stage.log.events[stage.log.events.len() - 2].id();
        assert_eq!((stage.causes(ended), stage.causes(stage.newest())), (vec![created], vec![ended]));
        assert_eq!(stage.delegation(&running).state, WorkState::Failed);
        assert_eq!((stage.works(), stage.task().due()), ("a failed, b waiting".into(), None));
        stage.rebuilds();
    }
}

#[test]
fn a_task_fails_at_its_deadline_and_not_before() {
    let mut stage = Stage::default();
    let deadline = "2026-01-11T15:00:00Z";
    stage.good(create(json!({"services": [{"service": "a"}], "deadline": deadline})));
    let due = || CrossServiceTaskDue { author: Author::server(), task_id: TASK.into() };
    assert_eq!(stage.good(due()), Vec::<String>::new());
    stage.log.now = Timestamp::parse(deadline).unwrap();
    assert_eq!(stage.good(due()), ["director.cross-service.task.failed"]);
    let said = stage.payload(stage.newest());
    assert_eq!((&said["failure_reason"], &said["unfinished_services"]), (&json!("deadline"), &json!(["a"])));
    assert_eq!((stage.task().state, stage.task().due()), (TaskState::Failed, None));
    assert_eq!(stage.good(due()), Vec::<String>::new());
}

#[test]
fn a_pattern_is_defined_once() {
    let mut stage = Stage::default();
    let define = |id: Option<&str>| {
        let pattern = json!({"standard_tasks": {"build": "compile"}, "name": "house style", "pattern_id": id.unwrap_or_default()});
        DefineMisePattern { author: director(), pattern: json(pattern) }
    };
    stage.good(define(None));
    let own = stage.newest();
    let pattern: MisePattern = stage.log.state(&own.to_string());
    assert_eq!((pattern.event_id, pattern.name.as_deref()), (own, Some("house style")));
    assert_eq!(pattern.labels(), [label("event", &own.to_string())]);
    stage.good(define(Some(TASK)));
    let refusal = stage.refused(define(Some(TASK)));
    assert!(matches!(refusal, Refusal::InvalidField { field: "pattern.pattern_id", .. }), "{refusal}");
}

#[test]
fn who_delivers_is_the_session_that_the_result_names() {
    let mut stage = Stage::with(&[("api", &[])]);
    let started = event("agent.agno.session.started").in_session("s-1").saying("agent_type", "agno-go-dev");
    stage.tell(started.saying("agent_instance_id", "agno-go-dev-001"));
    let id = stage.delegate("api");
    let result = json(json!({"session_id": "s-1"}));
    let delivery = CompleteDelegation { author: director(), delegation_id: id, result };
    assert_eq!(stage.good(delivery), ["agent.agno.task.completed"]);
    let payload = stage.payload(stage.newest());
    assert_eq!(payload["agent_instance_id"], "agno-go-dev-001");
    let speaker = stage.log.events.last().unwrap().envelope.agent_context.clone().unwrap();
    assert_eq!(speaker.as_str(), r#"{"type":"agno","name":"agno-go-dev","instance_id":"agno-go-dev-001"}"#);
}
