//! Pattern 2 exactly as the design document prints it: without a task that would keep track of the services. The caller names the causes
//! that only a task would know.

use serde_json::json;

use super::actors::{Agent, Director, MiseArchitect, Pulse};
use super::expect::{expect, shows};
use super::pattern_two::{AGENTS, COLLABORATION, MADE, SERVICES, collaboration_of, pattern, together};
use super::world::World;

const NO_TASK: &str = "";

const EVENTS: &str = "
    python-session = agent.letta.session.started
    rust-session = agent.letta.session.started
    ts-session = agent.letta.session.started
    collaboration = agent.collaboration.started
    standardization = director.mise.standardization.requested <- collaboration
    architect = agent.collaboration.participant.joined <- collaboration
    python = agent.collaboration.participant.joined <- collaboration
    rust = agent.collaboration.participant.joined <- collaboration
    ts = agent.collaboration.participant.joined <- collaboration
    pattern = mise.pattern.defined <- collaboration, standardization
    delegation-a = director.service.delegation.requested <- pattern
      - pattern_reference: @pattern
    delegation-b = director.service.delegation.requested <- pattern
      - pattern_reference: @pattern
    delegation-c = director.service.delegation.requested <- pattern
      - pattern_reference: @pattern
    done-a = agent.letta.task.completed <- delegation-a
      - service: service-a
    done-b = agent.letta.task.completed <- delegation-b
      - service: service-b
    done-c = agent.letta.task.completed <- delegation-c
      - service: service-c
    validation = mise.validation.requested <- done-a, done-b, done-c
      - validates: all_service_implementations
    validated = mise.validation.completed <- validation
    completed = agent.collaboration.completed <- collaboration, validated
      - from: director-of-engineering
      - outcome: success
      - summary: All services standardized
";

#[tokio::test(flavor = "multi_thread")]
async fn a_collaboration_needs_no_task() {
    let world = World::embedded().await;
    let mut agents = Vec::new();
    for agent in AGENTS {
        agents.push(Agent::starts(&world, &format!("{agent}-001"), &format!("{agent}-session"), Pulse::None).await);
    }
    let (director, architect) = (Director::of(&world, COLLABORATION, NO_TASK), MiseArchitect::of(&world));
    director.starts(together()).await;
    director.wants_a_standard(&SERVICES).await;
    architect.joins(COLLABORATION).await;
    for agent in &agents {
        agent.joins(COLLABORATION, "implementer").await;
    }
    let defined = architect.defines(pattern()).await;
    let mut delegations = Vec::new();
    for (service, agent) in SERVICES.into_iter().zip(AGENTS) {
        delegations.push(director.delegates_by(service, agent, &defined).await);
    }
    let mut done = Vec::new();
    for (agent, delegation) in agents.iter().zip(&delegations) {
        done.push(agent.delivers_service(delegation, &MADE).await);
    }
    let validation = architect.checks_after(NO_TASK, &done).await;
    architect.approves_after(NO_TASK, &[validation]).await;
    director.completes("All services standardized").await;

    let told = expect(&world.events().await, EVENTS);
    shows(&director.collaboration().await, &collaboration_of(&told));
    let delegated = SERVICES.map(|service| json!({"service": service, "state": "completed"}));
    shows(&json!(director.delegations().await), &json!(delegated));
    world.end().await;
}
