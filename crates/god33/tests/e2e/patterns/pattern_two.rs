//! Pattern 2: the Director has mise-architect and three Letta agents standardise the tasks of three services.

use god33_proto::v1::{
    CollaborationStarted, CrossServiceTaskCreated, MisePatternDefined, ParticipantSpec, ServiceSpec,
};
use god33_service::text::open_object_of;
use serde_json::{Value, json};

use super::Trouble;
use super::actors::{Agent, Director, MiseArchitect, Pulse};
use super::expect::{Told, expect, shows};
use super::pattern_one::step;
use super::world::World;

pub(super) const COLLABORATION: &str = "0190a0e0-0000-4000-8000-000000000002";
pub(super) const TASK: &str = "0190a0e0-0000-4000-8000-000000000003";
pub(super) const AGENTS: [&str; 3] = ["letta-python-dev", "letta-rust-dev", "letta-ts-dev"];
pub(super) const SERVICES: [&str; 3] = ["service-a", "service-b", "service-c"];
pub(super) const MADE: [&str; 2] = ["mise.toml", "mise-tasks/build"];

const BEGUN: &str = "
    python-session = agent.letta.session.started
    rust-session = agent.letta.session.started
    ts-session = agent.letta.session.started
    collaboration = agent.collaboration.started
      - from: director-of-engineering
      - goal: standardize_mise_tasks
    task = director.cross-service.task.created <- collaboration
      - from: director-of-engineering
    standardization = director.mise.standardization.requested <- collaboration
      - from: director-of-engineering
      - orchestrator: mise-architect
      - target_services: [\"service-a\",\"service-b\",\"service-c\"]
    architect = agent.collaboration.participant.joined <- collaboration
      - from: mise-architect
      - role: orchestrator
    python = agent.collaboration.participant.joined <- collaboration
      - from: letta-python-dev
      - role: implementer
    rust = agent.collaboration.participant.joined <- collaboration
      - from: letta-rust-dev
      - role: implementer
    ts = agent.collaboration.participant.joined <- collaboration
      - from: letta-ts-dev
      - role: implementer
    pattern = mise.pattern.defined <- collaboration, standardization
      - from: mise-architect
      - standard_tasks: {\"build\":{},\"deploy\":{},\"lint\":{},\"test\":{}}
      - task_interface: {\"exit\":\"0 or 1\"}
    delegation-a = director.service.delegation.requested <- pattern
      - from: director-of-engineering
      - to_agent: letta-python-dev
      - service: service-a
      - pattern_reference: @pattern
    delegation-b = director.service.delegation.requested <- pattern
      - from: director-of-engineering
      - to_agent: letta-rust-dev
      - service: service-b
      - pattern_reference: @pattern
    delegation-c = director.service.delegation.requested <- pattern
      - from: director-of-engineering
      - to_agent: letta-ts-dev
      - service: service-c
      - pattern_reference: @pattern
    done-a = agent.letta.task.completed <- delegation-a
      - from: letta-python-dev
      - service: service-a
      - artifacts: [{\"path\":\"mise.toml\"},{\"path\":\"mise-tasks/build\"}]
";

/// The agent for service-b takes its delegation under a lease and falls silent. Another one of its type takes over.
const DIED: &str = "
    accepted = agent.handoff.accepted <- delegation-b
      - from: letta-rust-dev
    checkpoint = agent.letta.checkpoint.saved <- accepted
    other-session = agent.letta.session.started
    failed = agent.letta.session.failed <- checkpoint
      - session_id: letta-rust-dev-session
      - failure_reason: connection_timeout
    recovery = agent.letta.session.recovery.started <- failed
      - new_session_id: other-rust-session
      - recovering_from_checkpoint: checkpoint-1
    restored = agent.letta.context.restored <- recovery
    resumed = agent.letta.task.resumed <- restored
";

const ENDED: &str = "
    done-b = agent.letta.task.completed <- delegation-b
      - from: letta-rust-dev
      - service: service-b
      - artifacts: [{\"path\":\"mise.toml\"},{\"path\":\"mise-tasks/build\"}]
    done-c = agent.letta.task.completed <- delegation-c
      - from: letta-ts-dev
      - service: service-c
      - artifacts: [{\"path\":\"mise.toml\"},{\"path\":\"mise-tasks/build\"}]
    validation = mise.validation.requested <- done-a, done-b, done-c
      - from: mise-architect
      - validates: all_service_implementations
    validated = mise.validation.completed <- validation
      - from: mise-architect
      - passed: true
    completed = agent.collaboration.completed <- collaboration, validated
      - from: director-of-engineering
      - outcome: success
      - summary: All services standardized
    task-completed = director.cross-service.task.completed <- validated
      - outcome: success
      - services: [\"service-a\",\"service-b\",\"service-c\"]
";

/// Plays it.
pub(super) async fn play(mut world: World, trouble: Trouble) {
    let mut agents = Vec::new();
    for agent in AGENTS {
        let dies = trouble.kills_agent() && agent == "letta-rust-dev";
        let pulse = if dies { Pulse::Fast } else { Pulse::None };
        let (instance, session) = (format!("{agent}-001"), format!("{agent}-session"));
        agents.push(Agent::starts(&world, &instance, &session, pulse).await);
    }
    let (director, architect) = (Director::of(&world, COLLABORATION, TASK), MiseArchitect::of(&world));
    director.starts(together()).await;
    director.creates_task(task()).await;
    director.wants_a_standard(&SERVICES).await;
    architect.joins(COLLABORATION).await;
    for agent in &agents {
        agent.joins(COLLABORATION, "implementer").await;
    }
    world.broker_may_go(trouble);
    world.node_may_die(trouble, architect.defines(pattern())).await;
    let mut delegations = Vec::new();
    for (service, agent) in SERVICES.into_iter().zip(AGENTS) {
        delegations.push(director.delegates(service, agent).await);
    }
    agents[0].delivers_service(&delegations[0], &MADE).await;
    if trouble.kills_agent() {
        let rust = agents.remove(1);
        agents.insert(1, another_takes_over(&world, rust).await);
    }
    world.node_may_die(trouble, agents[1].delivers_service(&delegations[1], &MADE)).await;
    agents[2].delivers_service(&delegations[2], &MADE).await;
    architect.checks(TASK).await;
    world.broker_comes_back(trouble);
    world.node_may_die(trouble, architect.approves(TASK)).await;
    director.completes("All services standardized").await;
    director.completes_task().await;

    let died = if trouble.kills_agent() { DIED } else { "" };
    let told = expect(&world.events().await, &[BEGUN, died, ENDED].concat());
    shows(&director.collaboration().await, &collaboration_of(&told));
    shows(&director.task().await, &task_of(&told));
    shows(&json!(director.delegations().await), &json!(delegations_of(&told)));
    shows(
        &architect.pattern(told.id("pattern")).await,
        &json!({"event_id": told.id("pattern"), "from_agent": "mise-architect", "task_interface": {"exit": "0 or 1"}}),
    );
    world.end().await;
}

async fn another_takes_over(world: &World, mut agent: Agent) -> Agent {
    agent.claims().await;
    agent.saves(step(1)).await;
    let mut another = Agent::starts(world, "letta-rust-dev-002", "other-rust-session", Pulse::None).await;
    agent.dies();
    another.claims().await;
    another.has_restored("{}").await;
    another
}

pub(super) fn together() -> CollaborationStarted {
    let participants = ["mise-architect"].into_iter().chain(AGENTS);
    let participants = participants.map(|agent_id| ParticipantSpec { agent_id: agent_id.into(), ..Default::default() });
    CollaborationStarted {
        goal: "standardize_mise_tasks".into(),
        participants: participants.collect(),
        ..CollaborationStarted::default()
    }
}

pub(super) fn task() -> CrossServiceTaskCreated {
    let services = SERVICES.into_iter().zip(AGENTS);
    let services = services.map(|(service, agent)| ServiceSpec {
        service: service.into(),
        agent: agent.into(),
        ..ServiceSpec::default()
    });
    CrossServiceTaskCreated {
        goal: "standardize_mise_tasks".into(),
        services: services.collect(),
        ..CrossServiceTaskCreated::default()
    }
}

pub(super) fn pattern() -> MisePatternDefined {
    MisePatternDefined {
        standard_tasks: Some(open_object_of(r#"{"build":{},"test":{},"deploy":{},"lint":{}}"#).unwrap()),
        task_interface: Some(open_object_of(r#"{"exit":"0 or 1"}"#).unwrap()),
        collaboration_id: COLLABORATION.into(),
        ..MisePatternDefined::default()
    }
}

pub(super) fn collaboration_of(told: &Told) -> Value {
    let implementers = AGENTS.into_iter().map(|agent| {
        json!({"agent_id": agent, "role": "implementer", "state": "delivered", "artifacts": [{"path": MADE[0]}, {"path": MADE[1]}]})
    });
    let architect = json!({"agent_id": "mise-architect", "role": "orchestrator", "state": "joined"});
    let participants: Vec<Value> = std::iter::once(architect).chain(implementers).collect();
    json!({
        "collaboration_id": COLLABORATION, "state": "completed", "initiator_agent": "director-of-engineering",
        "leader": "mise-architect", "goal": "standardize_mise_tasks", "outcome": "success",
        "summary": "All services standardized", "started_event_id": told.id("collaboration"),
        "participants": participants,
    })
}

pub(super) fn task_of(told: &Told) -> Value {
    let done = ["done-a", "done-b", "done-c"].into_iter().zip(SERVICES).zip(AGENTS);
    let services = done.map(|((done, service), agent)| {
        json!({"service": service, "state": "completed", "agent": agent, "completed_event_id": told.id(done)})
    });
    json!({
        "task_id": TASK, "state": "completed", "collaboration_id": COLLABORATION, "outcome": "success",
        "services": services.collect::<Vec<_>>(), "validation": {"passed": true},
    })
}

pub(super) fn delegations_of(told: &Told) -> Vec<Value> {
    let given = ["delegation-a", "delegation-b", "delegation-c"].into_iter().zip(SERVICES).zip(AGENTS);
    let given = given.map(|((delegation, service), agent)| {
        json!({
            "task_id": TASK, "service": service, "to_agent": agent, "state": "completed",
            "pattern_reference": told.id("pattern"), "requested_event_id": told.id(delegation),
        })
    });
    given.collect()
}
