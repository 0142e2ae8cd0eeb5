//! The seed's second pattern: the Director standardises mise tasks over three services, event for event and edge for edge.

use super::*;

const COLLABORATION: &str = "00000000-0000-4000-8000-0000000000c0";
const SERVICES: [(&str, &str); 3] =
    [("service-a", "letta-python-dev"), ("service-b", "letta-rust-dev"), ("service-c", "letta-ts-dev")];

fn of_collaboration(event_type: &str) -> EventStory {
    event(event_type).saying("collaboration_id", COLLABORATION)
}

#[test]
fn three_services_are_standardised_event_for_event() {
    let mut stage = Stage::default();
    let participants = json!([{"agent_id": "mise-architect", "role": "orchestrator"}]);
    let started = stage.tell(
        of_collaboration("agent.collaboration.started")
            .saying("initiator_agent", "director-of-engineering")
            .saying("workflow_id", "00000000-0000-4000-8000-00000000000a")
            .saying("participants", participants),
    );
    let started = started.envelope.event_id;
    let services: Vec<Value> =
        SERVICES.iter().map(|(service, agent)| json!({"service": service, "agent": agent})).collect();
    stage.good(create(json!({
        "goal": "standardize_mise_tasks", "services": services, "collaboration_id": COLLABORATION,
        "from_agent": "director-of-engineering",
    })));
    assert_eq!(stage.causes(stage.newest()), [started]);

    let standardization = json!({
        "from_agent": "director-of-engineering", "orchestrator": "mise-architect", "task_id": TASK,
        "target_services": ["service-a", "service-b", "service-c"],
    });
    stage.good(RequestMiseStandardization { author: director(), standardization: json(standardization) });
    let standardization = stage.newest();
    assert_eq!(stage.causes(standardization), [started]);

    let pattern = json!({
        "from_agent": "mise-architect", "collaboration_id": COLLABORATION,
        "standard_tasks": {"build": {}, "test": {}, "deploy": {}, "lint": {}}, "task_interface": {"exit": 0},
    });
    stage.good(DefineMisePattern { author: director(), pattern: json(pattern) });
    let defined = stage.newest();
    assert_eq!(stage.causes(defined), [started, standardization]);
    assert_eq!(stage.task().pattern_id, Some(defined.to_string()));

    for (service, agent) in SERVICES {
        stage.good(delegate(service, agent));
        let requested = stage.newest();
        assert_eq!(stage.causes(requested), [defined]);
        assert_eq!(stage.payload(requested)["pattern_reference"], defined.to_string());
        let id = stage.delegation_of(service);
        assert_eq!(stage.good(deliver(&id)), ["agent.letta.task.completed"]);
        assert_eq!(stage.causes(stage.newest()), [requested]);
        assert_eq!(stage.payload(stage.newest())["service"], service);
    }
    let completed: Vec<EventId> =
        SERVICES.iter().map(|(service, _)| stage.work(service).completed_event_id.unwrap()).collect();

    stage.good(ask_for_check());
    let requested = stage.newest();
    assert_eq!(stage.causes(requested), completed);
    assert_eq!(stage.payload(requested)["pattern_id"], defined.to_string());
    stage.good(record_check(json!({"passed": true, "from_agent": "mise-architect"})));
    let validated = stage.newest();
    assert_eq!(stage.causes(validated), [requested]);
    stage.good(complete(false));
    assert_eq!(stage.causes(stage.newest()), [validated]);

    let task = stage.task();
    assert_eq!((task.state, task.anomalies), (TaskState::Completed, 0));
    // All of it belongs to the workflow and to the collaboration.
    for event in &stage.log.events {
        assert_eq!(event.workflow_id().unwrap().as_str(), "00000000-0000-4000-8000-00000000000a", "{event:?}");
        assert_eq!(event.belonging.about.collaboration.as_deref(), Some(COLLABORATION), "{event:?}");
    }
    stage.rebuilds();
}

#[test]
fn without_a_collaboration_the_request_for_a_pattern_follows_from_the_task() {
    let mut stage = Stage::with(&[("a", &[])]);
    let created = stage.newest();
    let standardization = json!({"task_id": TASK, "orchestrator": "mise-architect", "target_services": ["a"]});
    stage.good(RequestMiseStandardization { author: director(), standardization: json(standardization) });
    assert_eq!(stage.causes(stage.newest()), [created]);
    // The pattern finds the task by its cause.
    let mut author = director();
    author.correlation_ids = vec![stage.newest()];
    stage.good(DefineMisePattern { author, pattern: json(json!({"standard_tasks": {"build": {}}})) });
    assert_eq!(stage.task().pattern_event_id, Some(stage.newest()));
    let defined = stage.newest();
    stage.delegate("a");
    assert_eq!(stage.causes(stage.newest()), [defined]);
}
