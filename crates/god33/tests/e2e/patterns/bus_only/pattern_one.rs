//! Pattern 1: agents that build, planners that plan and reviewers that check over the exchange, each among others that do not, and all of them.

use serde_json::{Value, json};

use super::station::Station;
use crate::patterns::actors::{Agent, Planner, Pulse};
use crate::patterns::expect::{Told, expect, shows};
use crate::patterns::pattern_one::{WORKFLOW, feature, feature_done, step};
use crate::patterns::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_builds_over_the_exchange() {
    let world = World::on_servers().await;
    let mut agent = Station::opens(&world, "letta-python-dev").await;
    let planner = Planner::of(&world, WORKFLOW);
    planner.starts("user-authentication").await;
    planner.plans().await;
    planner.hands_over(feature()).await;

    builds(&mut agent).await;
    world.until_recorded("agent.letta.task.completed", 1).await;
    planner.asks_for_check("letta-python-dev").await;
    planner.approves().await;
    planner.completes_workflow().await;

    let told = expect(
        &world.events().await,
        "
        started = bmad.workflow.started
        analysis = bmad.workflow.phase.completed <- started
        planning = bmad.workflow.phase.completed <- analysis
        solutioning = bmad.workflow.phase.completed <- analysis, planning
        requested = bmad.workflow.handoff.requested <- solutioning
        accepted = agent.handoff.accepted <- requested
          - from: letta-python-dev
          - checkpoint_id: initial-checkpoint
        saved = agent.letta.checkpoint.saved <- accepted
        done = agent.letta.task.completed <- accepted, saved
        validation = bmad.workflow.validation.requested <- done
        checked = bmad.workflow.validation.completed <- validation
        completed = bmad.workflow.completed <- checked
        ",
    );
    shows(&json!(planner.handoffs().await), &built(&told));
    shows(&planner.workflow().await, &ended());
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planner_plans_over_the_exchange() {
    let world = World::on_servers().await;
    let mut agent = Agent::starts(&world, "letta-python-dev-001", "first_session", Pulse::None).await;
    let mut planner = Station::opens(&world, "bmad-architect").await;
    plans(&planner).await;
    agent.accepts_from("initial-checkpoint").await;
    agent.saves(step(1)).await;
    agent.delivers(feature_done()).await;
    let checked = checks(&mut planner).await;
    planner.says("bmad.workflow.completed", &[&checked], of_workflow(json!({"from_agent": "bmad-pm"}))).await;
    world.until_recorded("bmad.workflow.completed", 1).await;

    expect(
        &world.events().await,
        "
        session = agent.letta.session.started
        started = bmad.workflow.started
        analysis = bmad.workflow.phase.completed <- started
        planning = bmad.workflow.phase.completed <- analysis
        solutioning = bmad.workflow.phase.completed <- analysis, planning
        requested = bmad.workflow.handoff.requested <- solutioning
        accepted = agent.handoff.accepted <- requested
          - from: letta-python-dev
          - checkpoint_id: initial-checkpoint
          - handoff_id: @requested
        checkpoint = agent.letta.checkpoint.saved <- accepted
        done = agent.letta.task.completed <- accepted, checkpoint
        validation = bmad.workflow.validation.requested <- done
        checked = bmad.workflow.validation.completed <- validation
        completed = bmad.workflow.completed <- checked
        ",
    );
    shows(&Planner::of(&world, WORKFLOW).workflow().await, &ended());
    shows(&agent.handoff().await, &json!({"state": "completed", "priority": "high"}));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reviewer_checks_over_the_exchange() {
    let world = World::on_servers().await;
    let mut agent = Agent::starts(&world, "letta-python-dev-001", "first_session", Pulse::None).await;
    let mut reviewer = Station::opens(&world, "bmad-code-reviewer").await;
    let planner = Planner::of(&world, WORKFLOW);
    planner.starts("user-authentication").await;
    planner.plans().await;
    planner.hands_over(feature()).await;
    agent.accepts_from("initial-checkpoint").await;
    agent.saves(step(1)).await;
    agent.delivers(feature_done()).await;

    checks(&mut reviewer).await;
    world.until_recorded("bmad.workflow.validation.completed", 1).await;
    planner.completes_workflow().await;

    expect(
        &world.events().await,
        "
        session = agent.letta.session.started
        started = bmad.workflow.started
        analysis = bmad.workflow.phase.completed <- started
        planning = bmad.workflow.phase.completed <- analysis
        solutioning = bmad.workflow.phase.completed <- analysis, planning
        requested = bmad.workflow.handoff.requested <- solutioning
        accepted = agent.handoff.accepted <- requested
        checkpoint = agent.letta.checkpoint.saved <- accepted
        done = agent.letta.task.completed <- accepted, checkpoint
        validation = bmad.workflow.validation.requested <- done
          - from: bmad-code-reviewer
        checked = bmad.workflow.validation.completed <- validation
          - passed: true
        completed = bmad.workflow.completed <- checked
        ",
    );
    shows(&planner.workflow().await, &ended());
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_needs_grpc() {
    let world = World::on_servers().await;
    let planner = Station::opens(&world, "bmad-architect").await;
    let mut agent = Station::opens(&world, "letta-python-dev").await;
    let mut reviewer = Station::opens(&world, "bmad-code-reviewer").await;
    plans(&planner).await;
    builds(&mut agent).await;
    let checked = checks(&mut reviewer).await;
    let done = of_workflow(json!({"from_agent": "bmad-pm"}));
    planner.says("bmad.workflow.completed", &[&checked], done).await;
    world.until_recorded("bmad.workflow.completed", 1).await;
    let told = expect(
        &world.events().await,
        "
        started = bmad.workflow.started
        analysis = bmad.workflow.phase.completed <- started
        planning = bmad.workflow.phase.completed <- analysis
        solutioning = bmad.workflow.phase.completed <- analysis, planning
        requested = bmad.workflow.handoff.requested <- solutioning
        accepted = agent.handoff.accepted <- requested
        saved = agent.letta.checkpoint.saved <- accepted
        done = agent.letta.task.completed <- accepted, saved
        validation = bmad.workflow.validation.requested <- done
        checked = bmad.workflow.validation.completed <- validation
        completed = bmad.workflow.completed <- checked
        ",
    );
    let planner = Planner::of(&world, WORKFLOW);
    shows(&json!(planner.handoffs().await), &built(&told));
    shows(&planner.workflow().await, &ended());
    // All of it belongs to the workflow, though most of it names only what led to it.
    assert_eq!(planner.timeline().await.len(), 11);
    world.end().await;
}

/// What planners say.
async fn plans(planner: &Station<'_>) {
    let phase = |phase: &str, agent: &str| of_workflow(json!({"phase": phase, "from_agent": agent}));
    let project = json!({"project_name": "user-authentication", "from_agent": "bmad-analyst"});
    let started = planner.says("bmad.workflow.started", &[], of_workflow(project)).await;
    let completed = "bmad.workflow.phase.completed";
    let analysis = planner.says(completed, &[&started], phase("analysis", "bmad-analyst")).await;
    let planning = planner.says(completed, &[&analysis], phase("planning", "bmad-pm")).await;
    let both = [&analysis, &planning];
    let solutioning = planner.says(completed, &both, phase("solutioning", "bmad-architect")).await;
    let task = json!({
        "from_agent": "bmad-architect", "to_agent": "letta-python-dev", "task_type": "implement_feature",
        "task_description": "Implement user authentication feature", "priority": "high",
        "context": {"requirements": {"login": "by e-mail"}, "architecture": {"tokens": "jwt"}},
    });
    planner.says("bmad.workflow.handoff.requested", &[&solutioning], of_workflow(task)).await;
}

/// What an agent says to work that it hears of.
async fn builds(agent: &mut Station<'_>) {
    let requested = agent.hears("bmad.workflow.handoff.requested").await;
    assert_eq!(requested["payload"]["to_agent"], "letta-python-dev");
    let taken = json!({"session_id": "bus_session", "checkpoint_id": "initial-checkpoint"});
    let accepted = agent.says("agent.handoff.accepted", &[&requested], taken).await;
    let saved = json!({
        "session_id": "bus_session", "checkpoint_id": "letta-checkpoint-xyz", "checkpoint_type": "progress",
        "agent_instance_id": "letta-python-dev-001", "summary": "Completed auth module implementation",
    });
    let saved = agent.says("agent.letta.checkpoint.saved", &[&accepted], saved).await;
    let done = json!({
        "session_id": "bus_session", "agent_instance_id": "letta-python-dev-001", "next_action": "qa_review",
        "artifacts": [{"type": "code", "path": "src/auth/module.py", "status": "modified"}],
    });
    agent.says("agent.letta.task.completed", &[&accepted, &saved], done).await;
}

/// What a reviewer says to a result that it hears of.
async fn checks(reviewer: &mut Station<'_>) -> Value {
    let done = reviewer.hears("agent.letta.task.completed").await;
    assert_eq!(done["payload"]["next_action"], "qa_review");
    let check = json!({"from_agent": "bmad-code-reviewer", "target_agent": "letta-python-dev"});
    let validation = reviewer.says("bmad.workflow.validation.requested", &[&done], check).await;
    let passed = json!({"from_agent": "bmad-code-reviewer", "passed": true, "findings": ["none"]});
    reviewer.says("bmad.workflow.validation.completed", &[&validation], passed).await
}

fn of_workflow(mut payload: Value) -> Value {
    payload["workflow_id"] = WORKFLOW.into();
    payload
}

/// How the work stands that an agent did over the exchange.
fn built(told: &Told) -> Value {
    json!([{
        "state": "completed", "attempt": 1, "next_action": "qa_review", "checkpoint_id": "letta-checkpoint-xyz",
        "artifacts": [{"path": "src/auth/module.py"}], "accepted_event_id": told.id("accepted"),
    }])
}

/// How the workflow stands in the end, whoever spoke which language.
fn ended() -> Value {
    json!({
        "workflow_id": WORKFLOW, "project_name": "user-authentication", "status": "completed", "anomalies": null,
        "current_phase": "implementation", "current_agent": "letta-python-dev-001",
        "phase_history": [
            {"phase": "analysis"}, {"phase": "planning"}, {"phase": "solutioning"}, {"phase": "implementation"},
        ],
        "agent_handoffs": [{"from": "bmad-architect", "to": "letta-python-dev"}],
        "metadata": {"total_agents_involved": 5, "bmad_agents": 4, "letta_agents": 1},
    })
}
