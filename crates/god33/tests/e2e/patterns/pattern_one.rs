//! Pattern 1: BMAD plans, a Letta agent builds, BMAD checks.

use god33_proto::v1::{
    Artifact, CheckpointSaved, CheckpointType, CompleteHandoffRequest, Priority, TaskContext, WorkflowHandoffRequested,
};
use god33_service::text::open_object_of;
use serde_json::json;

use super::Trouble;
use super::actors::{Agent, Planner, Pulse, Registry};
use super::expect::{Told, expect, shows};
use super::world::World;

/// The workflow of the pattern.
pub(super) const WORKFLOW: &str = "0190a0e0-0000-4000-8000-000000000001";

const PLANNED: &str = "
    type = agent.registry.type.registered
    agent = agent.registry.agent.created
    session = agent.letta.session.started
      - session_id: first_session
    started = bmad.workflow.started
      - from: bmad-analyst
      - project_name: user-authentication
    analysis = bmad.workflow.phase.completed <- started
      - from: bmad-analyst
      - phase: analysis
    planning = bmad.workflow.phase.completed <- analysis
      - from: bmad-pm
      - phase: planning
    solutioning = bmad.workflow.phase.completed <- analysis, planning
      - from: bmad-architect
      - phase: solutioning
    requested = bmad.workflow.handoff.requested <- solutioning
      - from: bmad-architect
      - to_agent: letta-python-dev
      - task_type: implement_feature
      - task_description: Implement user authentication feature
      - context.requirements: {\"login\":\"by e-mail\"}
      - context.architecture: {\"tokens\":\"jwt\"}
      - priority: high
    accepted = agent.handoff.accepted <- requested
      - from: letta-python-dev
      - checkpoint_id: initial-checkpoint
      - session_id: first_session
      - agent_instance_id: letta-python-dev-001
    checkpoint-1 = agent.letta.checkpoint.saved <- accepted
      - from: letta-python-dev
      - checkpoint_type: progress
    checkpoint-2 = agent.letta.checkpoint.saved <- accepted, checkpoint-1
      - from: letta-python-dev
      - checkpoint_type: progress
";

const BUILT: &str = "
    checkpoint-3 = agent.letta.checkpoint.saved <- accepted, checkpoint-2
      - checkpoint_type: progress
    done = agent.letta.task.completed <- accepted, checkpoint-3
";

/// The agent falls silent, and another one that waits for work takes over.
const BUILT_BY_ANOTHER: &str = "
    second = agent.letta.session.started
      - session_id: second_session
    failed = agent.letta.session.failed <- checkpoint-2
      - session_id: first_session
      - last_checkpoint_id: checkpoint-2
      - failure_reason: connection_timeout
    recovery = agent.letta.session.recovery.started <- failed
      - new_session_id: second_session
      - failed_session_id: first_session
      - recovering_from_checkpoint: checkpoint-2
    restored = agent.letta.context.restored <- recovery
      - session_id: second_session
      - checkpoint_id: checkpoint-2
    resumed = agent.letta.task.resumed <- restored
      - session_id: second_session
      - resuming_from: checkpoint-2
    checkpoint-3 = agent.letta.checkpoint.saved <- resumed
      - checkpoint_type: progress
    done = agent.letta.task.completed <- requested, checkpoint-2, resumed
";

const CHECKED: &str = "
      - from: letta-python-dev
      - artifacts: [{\"path\":\"src/auth/module.py\",\"status\":\"modified\",\"type\":\"code\"}]
      - next_action: qa_review
      - final_checkpoint_id: checkpoint-3
      - workflow_id: 0190a0e0-0000-4000-8000-000000000001
    validation = bmad.workflow.validation.requested <- done
      - from: bmad-code-reviewer
      - target_agent: letta-python-dev
    checked = bmad.workflow.validation.completed <- validation
      - passed: true
    completed = bmad.workflow.completed <- checked
";

/// Plays it.
pub(super) async fn play(mut world: World, trouble: Trouble) {
    let planner = Planner::of(&world, WORKFLOW);
    let registry = Registry::of(&world);
    let agent_id = registry.creates("letta-python-dev-001").await;
    let pulse = if trouble.kills_agent() { Pulse::Fast } else { Pulse::None };
    let mut agent = Agent::starts_registered(&world, "letta-python-dev-001", "first_session", pulse, &agent_id).await;
    assert_eq!(registry.state_of(&agent_id).await, "idle");
    planner.starts("user-authentication").await;
    planner.plans().await;
    world.broker_may_go(trouble);
    // The agent waits already.
    let (_, handoff) = tokio::join!(agent.accepts_from("initial-checkpoint"), planner.hands_over(feature()));
    assert_eq!(registry.state_of(&agent_id).await, "busy");
    shows(
        &planner.workflow().await,
        &json!({"status": "active", "current_phase": "implementation",
        "current_agent": "letta-python-dev-001"}),
    );
    agent.saves(step(1)).await;
    world.node_may_die(trouble, agent.saves(step(2))).await;
    if trouble.kills_agent() {
        agent = another_takes_over(&world, agent).await;
        assert_eq!(registry.state_of(&agent_id).await, "failed");
    }
    agent.saves(step(3)).await;
    world.node_may_die(trouble, agent.delivers(feature_done())).await;
    planner.asks_for_check("letta-python-dev").await;
    world.broker_comes_back(trouble);
    planner.approves().await;
    planner.completes_workflow().await;

    let built = if trouble.kills_agent() { BUILT_BY_ANOTHER } else { BUILT };
    let told = expect(&world.events().await, &[PLANNED, built, CHECKED].concat());
    let work = agent.handoff().await;
    assert_eq!(work["handoff_id"], handoff.as_str());
    shows(&work, &handoff_of(&told, trouble));
    shows(&planner.workflow().await, &workflow_of(&told, trouble));
    let of_workflow: Vec<&str> = told.names().filter(|name| !BESIDE.contains(name)).map(|name| told.id(name)).collect();
    assert_eq!(planner.timeline().await, of_workflow);
    if !trouble.kills_agent() {
        assert_eq!(registry.state_of(&agent_id).await, "idle");
    }
    world.end().await;
}

/// What happens before anybody knows of the workflow.
const BESIDE: [&str; 4] = ["type", "agent", "session", "second"];

async fn another_takes_over(world: &World, agent: Agent) -> Agent {
    let mut another = Agent::starts(world, "letta-python-dev-002", "second_session", Pulse::None).await;
    agent.dies();
    let handoff = another.claims().await;
    assert_eq!((handoff.attempt, handoff.checkpoint_id.as_str()), (2, "checkpoint-2"));
    another.has_restored("{}").await;
    another
}

/// What BMAD hands over.
pub(super) fn feature() -> WorkflowHandoffRequested {
    let context = TaskContext {
        requirements: Some(open_object_of(r#"{"login":"by e-mail"}"#).unwrap()),
        architecture: Some(open_object_of(r#"{"tokens":"jwt"}"#).unwrap()),
        ..TaskContext::default()
    };
    WorkflowHandoffRequested {
        to_agent: "letta-python-dev".into(),
        task_type: "implement_feature".into(),
        task_description: "Implement user authentication feature".into(),
        context: Some(context),
        priority: Priority::High.into(),
        ..WorkflowHandoffRequested::default()
    }
}

/// A checkpoint on the way.
pub(super) fn step(number: u32) -> CheckpointSaved {
    CheckpointSaved {
        checkpoint_id: format!("checkpoint-{number}"),
        checkpoint_type: CheckpointType::Progress.into(),
        ..CheckpointSaved::default()
    }
}

/// What came out of it.
pub(super) fn feature_done() -> CompleteHandoffRequest {
    let artifact = Artifact {
        r#type: "code".into(),
        path: "src/auth/module.py".into(),
        status: "modified".into(),
        ..Artifact::default()
    };
    CompleteHandoffRequest {
        artifacts: vec![artifact],
        next_action: "qa_review".into(),
        ..CompleteHandoffRequest::default()
    }
}

fn handoff_of(told: &Told, trouble: Trouble) -> serde_json::Value {
    let (attempt, taken) = if trouble.kills_agent() { (2, "recovery") } else { (1, "accepted") };
    json!({
        "state": "completed", "from_agent": "bmad-architect", "to_agent": "letta-python-dev", "attempt": attempt,
        "workflow_id": WORKFLOW, "task_type": "implement_feature", "priority": "high", "next_action": "qa_review",
        "checkpoint_id": "checkpoint-3", "artifacts": [{"path": "src/auth/module.py"}],
        "requested_event_id": told.id("requested"), "accepted_event_id": told.id(taken),
    })
}

fn workflow_of(told: &Told, trouble: Trouble) -> serde_json::Value {
    let ids = |names: &[&str]| names.iter().map(|name| told.id(name)).collect::<Vec<_>>();
    let moved = ["started", "analysis", "planning", "solutioning", "requested", "accepted", "completed"];
    let builders = if trouble.kills_agent() { 2 } else { 1 };
    let times = |name: &str| told.event(name)["event"]["timestamp"].clone();
    json!({
        "workflow_id": WORKFLOW, "project_name": "user-authentication", "status": "completed", "anomalies": null,
        "current_phase": "implementation", "current_agent": format!("letta-python-dev-00{builders}"),
        "started_at": times("started"), "completed_at": times("completed"),
        "phase_history": [
            {"phase": "analysis", "completed_at": times("analysis")},
            {"phase": "planning", "completed_at": times("planning")},
            {"phase": "solutioning", "completed_at": times("solutioning")},
            {"phase": "implementation", "started_at": times("requested"), "completed_at": times("completed")},
        ],
        "agent_handoffs": [
            {"from": "bmad-architect", "to": "letta-python-dev", "at": times("requested"), "event_id": told.id("requested")},
        ],
        "correlation_ids": ids(&moved),
        "metadata": {"total_agents_involved": 4 + builders, "bmad_agents": 4, "letta_agents": builders},
    })
}
