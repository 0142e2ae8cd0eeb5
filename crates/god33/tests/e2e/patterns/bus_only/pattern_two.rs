//! Pattern 2: the Director and mise-architect use the services, those who implement know only the exchange.

use serde_json::json;

use super::station::Station;
use crate::patterns::actors::{Director, MiseArchitect};
use crate::patterns::expect::{expect, shows};
use crate::patterns::pattern_two::{
    AGENTS, COLLABORATION, SERVICES, TASK, collaboration_of, delegations_of, pattern, task, task_of, together,
};
use crate::patterns::world::World;

const EVENTS: &str = "
    collaboration = agent.collaboration.started
    task = director.cross-service.task.created <- collaboration
    standardization = director.mise.standardization.requested <- collaboration
    architect = agent.collaboration.participant.joined <- collaboration
    python = agent.collaboration.participant.joined <- collaboration
      - from: letta-python-dev
    rust = agent.collaboration.participant.joined <- collaboration
      - from: letta-rust-dev
    ts = agent.collaboration.participant.joined <- collaboration
      - from: letta-ts-dev
    pattern = mise.pattern.defined <- collaboration, standardization
    delegation-a = director.service.delegation.requested <- pattern
    done-a = agent.letta.task.completed <- delegation-a
      - from: letta-python-dev
    delegation-b = director.service.delegation.requested <- pattern
    done-b = agent.letta.task.completed <- delegation-b
      - from: letta-rust-dev
    delegation-c = director.service.delegation.requested <- pattern
    done-c = agent.letta.task.completed <- delegation-c
      - from: letta-ts-dev
    validation = mise.validation.requested <- done-a, done-b, done-c
    validated = mise.validation.completed <- validation
    completed = agent.collaboration.completed <- collaboration, validated
      - from: director-of-engineering
      - outcome: success
    task-completed = director.cross-service.task.completed <- validated
";

#[tokio::test(flavor = "multi_thread")]
async fn agents_implement_over_the_exchange() {
    let world = World::on_servers().await;
    let (director, architect) = (Director::of(&world, COLLABORATION, TASK), MiseArchitect::of(&world));
    let mut agents = Vec::new();
    for agent in AGENTS {
        agents.push(Station::opens(&world, agent).await);
    }
    director.starts(together()).await;
    director.creates_task(task()).await;
    director.wants_a_standard(&SERVICES).await;
    architect.joins(COLLABORATION).await;
    for ((agent, name), before) in agents.iter_mut().zip(AGENTS).zip(1..) {
        let started = agent.hears("agent.collaboration.started").await;
        let joined = json!({"agent_id": name, "role": "implementer"});
        agent.says("agent.collaboration.participant.joined", &[&started], joined).await;
        world.until_recorded("agent.collaboration.participant.joined", before + 1).await;
    }
    architect.defines(pattern()).await;
    for (((agent, service), name), before) in agents.iter_mut().zip(SERVICES).zip(AGENTS).zip(0..) {
        director.delegates(service, name).await;
        let delegation = agent.hears_of_work("director.service.delegation.requested").await;
        let done = json!({"service": service, "artifacts": [{"path": "mise.toml"}, {"path": "mise-tasks/build"}]});
        agent.says("agent.letta.task.completed", &[&delegation], done).await;
        world.until_recorded("agent.letta.task.completed", before + 1).await;
    }
    architect.checks(TASK).await;
    architect.approves(TASK).await;
    director.completes("All services standardized").await;
    director.completes_task().await;

    let told = expect(&world.events().await, EVENTS);
    shows(&director.collaboration().await, &collaboration_of(&told));
    shows(&director.task().await, &task_of(&told));
    shows(&json!(director.delegations().await), &json!(delegations_of(&told)));
    world.end().await;
}
