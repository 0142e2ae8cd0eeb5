//! The seed's second pattern, event for event; what the Director and mise-architect do comes over the bus here.

use super::*;

#[test]
fn the_pattern_runs_as_the_seed_prints_it() {
    let mut log = MemoryLog::default();
    let agents = ["mise-architect", "letta-python-dev", "letta-rust-dev", "letta-ts-dev"];
    let participants: Vec<Value> = agents.iter().map(|agent| json!({"agent_id": agent})).collect();
    let started = first(log.command(start_with(json!({"participants": participants}))));
    assert_eq!(causes(&log, started), Vec::new());

    let standard = event("director.mise.standardization.requested").caused_by(&started);
    let standard = standard.saying("orchestrator", "mise-architect").saying("from_agent", DIRECTOR);
    log.record([&standard]);
    for (agent, role) in agents.into_iter().zip(["orchestrator", "implementer", "implementer", "implementer"]) {
        let participant = json_text(&json!({"agent_id": agent, "role": role}));
        let joined = first(log.command(JoinCollaboration { participant, ..join(agent) }));
        assert_eq!(causes(&log, joined), [started]);
    }
    assert_eq!(state(&log).leader.as_deref(), Some("mise-architect"), "who orchestrates leads");

    let pattern = event("mise.pattern.defined").caused_by(&started).saying("from_agent", "mise-architect");
    log.record([&pattern]);
    let mut completed = Vec::new();
    for (agent, service) in agents[1..].iter().zip(["service-a", "service-b", "service-c"]) {
        let delegated = event("director.service.delegation.requested").caused_by(&pattern);
        let delegated = delegated.saying("from_agent", DIRECTOR).saying("to_agent", *agent).saying("service", service);
        let done = event("agent.letta.task.completed").caused_by(&delegated).saying("agent_instance_id", *agent);
        let done = done.saying("service", service).saying("artifacts", json!([{"path": "mise.toml"}]));
        log.record([&delegated, &done]);
        completed.push(done);
    }
    let check = completed.iter().fold(event("mise.validation.requested"), |check, done| check.caused_by(done));
    let check = check.saying("from_agent", "mise-architect").saying("validates", "all_service_implementations");
    let checked = event("mise.validation.completed").caused_by(&check).saying("passed", true);
    log.record([&check, &checked]);

    let asked = CompleteCollaboration { summary: Some("All services standardized".into()), ..complete(DIRECTOR) };
    let ended = first(log.command(asked));
    assert_eq!(causes(&log, ended), [started, checked.event_id()]);
    let result = json!({"artifacts": [{"path": "mise.toml"}]});
    let expected = json!({
        "collaboration_id": ID, "from_agent": DIRECTOR, "outcome": "success", "summary": "All services standardized",
        "results": {"letta-python-dev": result, "letta-rust-dev": result, "letta-ts-dev": result},
    });
    assert_eq!(payload(&log, ended), expected);

    let collaboration = state(&log);
    assert_eq!((collaboration.state, collaboration.anomalies), (CollaborationState::Completed, 0));
    assert_eq!(collaboration.standardization_event_id, Some(standard.event_id()));
    let states: Vec<ParticipantState> = collaboration.participants.iter().map(|seat| seat.state).collect();
    use ParticipantState::{Delivered, Joined};
    assert_eq!(states, [Joined, Delivered, Delivered, Delivered], "who leads has others do it");
    let types: Vec<&str> = log.events.iter().map(|event| event.envelope.event_type.as_str()).collect();
    let joined = "agent.collaboration.participant.joined";
    let (asked, done) = ("director.service.delegation.requested", "agent.letta.task.completed");
    let expected = [
        "agent.collaboration.started",
        "director.mise.standardization.requested",
        joined,
        joined,
        joined,
        joined,
        "mise.pattern.defined",
        asked,
        done,
        asked,
        done,
        asked,
        done,
        "mise.validation.requested",
        "mise.validation.completed",
        "agent.collaboration.completed",
    ];
    assert_eq!(types, expected);
}

#[test]
fn the_seeds_own_payload_starts_a_collaboration() {
    let started = told("started").payload(&json!({
        "collaboration_id": ID,
        "initiator_agent": "director-of-engineering",
        "goal": "Standardize mise tasks across all services",
        "participants": [
            {"agent_id": "mise-architect", "role": "orchestrator",
             "responsibilities": ["Define patterns", "Review implementations"]},
            {"agent_id": "letta-python-dev", "role": "service-implementer",
             "responsibilities": ["Implement mise.toml for service-a"]},
            {"agent_id": "letta-rust-dev", "role": "service-implementer",
             "responsibilities": ["Implement mise.toml for service-b"]},
        ],
        "shared_context": {
            "target_services": ["service-a", "service-b", "service-c"],
            "standard_tasks": ["build", "test", "deploy", "lint"],
        },
        "coordination_strategy": "hierarchical",
    }));
    let mut log = MemoryLog::default();
    log.record([&started]);
    let collaboration = state(&log);
    assert_eq!(collaboration.leader.as_deref(), Some("mise-architect"));
    assert_eq!(collaboration.participants[0].responsibilities, ["Define patterns", "Review implementations"]);
    let shared: Vec<_> =
        collaboration.shared_context.iter().map(|value| (value.key.as_str(), value.value.as_str())).collect();
    let expected = [
        ("standard_tasks", r#"["build","test","deploy","lint"]"#),
        ("target_services", r#"["service-a","service-b","service-c"]"#),
    ];
    assert_eq!(shared, expected);
    assert!(collaboration.shared_context.iter().all(|value| value.version == 1));
}
