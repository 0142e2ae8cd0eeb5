//! Pattern 3: over the exchange, with the members that the design document prints and no others.

use serde_json::json;

use super::station::Station;
use crate::patterns::actors::{Agent, Planner, Pulse, session_called};
use crate::patterns::expect::{expect, shows};
use crate::patterns::pattern_one::{WORKFLOW, feature, feature_done};
use crate::patterns::world::World;

const FAILED: &str = "
    started = bmad.workflow.started
    requested = bmad.workflow.handoff.requested <- started
    accepted = agent.handoff.accepted <- requested
    saved = agent.letta.checkpoint.saved <- accepted
      - checkpoint_id: checkpoint-123
    failed = agent.letta.session.failed <- saved
      - session_id: original_session
      - last_checkpoint_id: checkpoint-123
      - failure_reason: connection_timeout
";

/// An agent takes work over the exchange and dies. Who says so is a program of the estate, too.
async fn fails(station: &mut Station<'_>, planner: &Planner) -> serde_json::Value {
    planner.starts("user-authentication").await;
    planner.hands_over(feature()).await;
    let requested = station.hears_of_work("bmad.workflow.handoff.requested").await;
    let session = json!({"session_id": "original_session"});
    let accepted = station.says("agent.handoff.accepted", &[&requested], session).await;
    let checkpoint = json!({
        "session_id": "original_session", "checkpoint_id": "checkpoint-123", "checkpoint_type": "progress",
        "context_snapshot": {"files_modified": ["src/auth/module.py"], "current_focus": "Writing unit tests"},
    });
    let saved = station.says("agent.letta.checkpoint.saved", &[&accepted], checkpoint).await;
    let failure = json!({
        "session_id": "original_session", "last_checkpoint_id": "checkpoint-123",
        "failure_reason": "connection_timeout",
    });
    let failed = station.says("agent.letta.session.failed", &[&saved], failure).await;
    json!({"requested": requested, "saved": saved, "failed": failed})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_recovers_over_the_exchange() {
    let world = World::on_servers().await;
    let planner = Planner::of(&world, WORKFLOW);
    let mut station = Station::opens(&world, "letta-python-dev").await;
    let told = fails(&mut station, &planner).await;
    let recovery = json!({"new_session_id": "recovery_session", "recovering_from_checkpoint": "checkpoint-123"});
    let recovery = station.says("agent.letta.session.recovery.started", &[&told["failed"]], recovery).await;
    let restored = json!({"session_id": "recovery_session", "checkpoint_id": "checkpoint-123", "context_delta": {}});
    let restored = station.says("agent.letta.context.restored", &[&recovery], restored).await;
    let resumed = json!({"session_id": "recovery_session", "resuming_from": "checkpoint-123"});
    let resumed = station.says("agent.letta.task.resumed", &[&restored], resumed).await;
    let done = json!({"session_id": "recovery_session", "next_action": "qa_review"});
    let causes = [&told["requested"], &told["saved"], &resumed];
    station.says("agent.letta.task.completed", &causes, done).await;
    world.until_recorded("agent.letta.task.completed", 1).await;

    let rest = "
        recovery = agent.letta.session.recovery.started <- failed
        restored = agent.letta.context.restored <- recovery
        resumed = agent.letta.task.resumed <- restored
        done = agent.letta.task.completed <- requested, saved, resumed
    ";
    expect(&world.events().await, &[FAILED, rest].concat());
    let original = session_called(&world.line(), "original_session").await;
    shows(&original, &json!({"status": "failed", "recovered_by": "recovery_session"}));
    let recovery = session_called(&world.line(), "recovery_session").await;
    shows(&recovery, &json!({"status": "active", "recovered_from": "original_session", "workflow_id": WORKFLOW}));
    let work = json!([{"state": "completed", "attempt": 2, "next_action": "qa_review"}]);
    shows(&json!(planner.handoffs().await), &work);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_takes_over_from_one_that_died_on_the_exchange() {
    let world = World::on_servers().await;
    let planner = Planner::of(&world, WORKFLOW);
    let mut station = Station::opens(&world, "letta-python-dev").await;
    fails(&mut station, &planner).await;
    world.until_recorded("agent.letta.session.failed", 1).await;
    let take_over =
        Agent::takes_over(&world, "letta-python-dev-002", "original_session", "recovery_session", Pulse::None);
    let (agent, taken) = take_over.await;
    let checkpoint = taken.checkpoint.unwrap();
    assert_eq!(checkpoint.context_snapshot.unwrap().current_focus, "Writing unit tests");
    agent.has_restored("{}").await;
    agent.delivers(feature_done()).await;

    let rest = "
        recovery = agent.letta.session.recovery.started <- failed
          - failed_session_id: original_session
        restored = agent.letta.context.restored <- recovery
        resumed = agent.letta.task.resumed <- restored
        done = agent.letta.task.completed <- requested, saved, resumed
    ";
    expect(&world.events().await, &[FAILED, rest].concat());
    shows(&agent.handoff().await, &json!({"state": "completed", "attempt": 2}));
    world.end().await;
}
