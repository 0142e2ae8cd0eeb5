//! Pattern 3: a Letta agent dies in the middle of its work, and another one goes on from its checkpoint.

use god33_proto::v1::{CheckpointSaved, CheckpointType, ContextSnapshot};
use serde_json::{Value, json};

use super::Trouble;
use super::actors::{Agent, Planner, Pulse, session_called};
use super::expect::{Told, expect, shows};
use super::pattern_one::{WORKFLOW, feature, feature_done};
use super::world::World;

const DIED: &str = "
    session = agent.letta.session.started
      - session_id: original_session
    started = bmad.workflow.started
    requested = bmad.workflow.handoff.requested <- started
    accepted = agent.handoff.accepted <- requested
      - session_id: original_session
      - attempt: 1
      - fencing_token: 1
    saved = agent.letta.checkpoint.saved <- accepted
      - session_id: original_session
      - checkpoint_id: checkpoint-123
      - checkpoint_type: progress
      - context_snapshot.files_modified: [\"src/auth/module.py\"]
      - context_snapshot.current_focus: Writing unit tests
    failed = agent.letta.session.failed <- saved
      - session_id: original_session
      - last_checkpoint_id: checkpoint-123
      - failure_reason: connection_timeout
    recovery = agent.letta.session.recovery.started <- failed
      - new_session_id: recovery_session
      - failed_session_id: original_session
      - recovering_from_checkpoint: checkpoint-123
      - agent_instance_id: letta-python-dev-002
    restored = agent.letta.context.restored <- recovery
      - session_id: recovery_session
      - checkpoint_id: checkpoint-123
      - context_delta: {\"head\":\"3f2a\"}
    resumed = agent.letta.task.resumed <- restored
      - session_id: recovery_session
      - resuming_from: checkpoint-123
    further = agent.letta.checkpoint.saved <- resumed
      - session_id: recovery_session
      - checkpoint_id: checkpoint-124
";

const DONE: &str = "
    done = agent.letta.task.completed <- requested, saved, resumed
      - session_id: recovery_session
";

/// The one that recovers dies, too.
const DIED_AGAIN: &str = "
    failed-again = agent.letta.session.failed <- further
      - session_id: recovery_session
      - last_checkpoint_id: checkpoint-124
      - failure_reason: connection_timeout
    recovery-again = agent.letta.session.recovery.started <- failed-again
      - new_session_id: last_session
      - failed_session_id: recovery_session
      - recovering_from_checkpoint: checkpoint-124
    restored-again = agent.letta.context.restored <- recovery-again
      - session_id: last_session
      - checkpoint_id: checkpoint-124
    resumed-again = agent.letta.task.resumed <- restored-again
      - session_id: last_session
      - resuming_from: checkpoint-124
    done = agent.letta.task.completed <- requested, further, resumed-again
      - session_id: last_session
";

/// What came out of it.
const RESULT: &str = "
      - final_checkpoint_id: checkpoint-124
      - artifacts: [{\"path\":\"src/auth/module.py\",\"status\":\"modified\",\"type\":\"code\"}]
";

/// Plays it.
pub(super) async fn play(mut world: World, trouble: Trouble) {
    let planner = Planner::of(&world, WORKFLOW);
    let mut agent = Agent::starts(&world, "letta-python-dev-001", "original_session", Pulse::Fast).await;
    planner.starts("user-authentication").await;
    planner.hands_over(feature()).await;
    agent.claims().await;
    agent.saves(checkpoint("checkpoint-123")).await;
    world.broker_may_go(trouble);
    let failed = agent.dies();
    // The silence is noticed by whatever node is there.
    world.node_may_die(trouble, std::future::ready(())).await;
    world.until_recorded("agent.letta.session.failed", 1).await;

    let pulse = if trouble.kills_agent() { Pulse::Fast } else { Pulse::None };
    let take_over = Agent::takes_over(&world, "letta-python-dev-002", &failed, "recovery_session", pulse);
    let (mut agent, taken) = take_over.await;
    assert_eq!(taken.checkpoint.unwrap().checkpoint_id, "checkpoint-123");
    assert_eq!(taken.session.unwrap().recovered_from, "original_session");
    // What happened to the work after the checkpoint: that its agent died.
    let since: Vec<String> =
        taken.events_since_checkpoint.into_iter().map(|event| event.envelope.unwrap().event_type).collect();
    assert_eq!(since, ["agent.letta.session.failed"]);
    world.node_may_die(trouble, agent.has_restored(r#"{"head":"3f2a"}"#)).await;
    agent.saves(checkpoint("checkpoint-124")).await;
    if trouble.kills_agent() {
        agent = yet_another_takes_over(&world, agent).await;
    }
    agent.delivers(feature_done()).await;
    world.broker_comes_back(trouble);

    let rest = if trouble.kills_agent() { DIED_AGAIN } else { DONE };
    let told = expect(&world.events().await, &[DIED, rest, RESULT].concat());
    shows(&agent.handoff().await, &handoff_of(&told, trouble));
    shows(
        &agent.session().await,
        &json!({"status": "active", "workflow_id": WORKFLOW, "checkpoint_id": "checkpoint-124"}),
    );
    let original = session_called(&world.line(), "original_session").await;
    shows(&original, &json!({"status": "failed", "reason": "connection_timeout", "recovered_by": "recovery_session"}));
    world.end().await;
}

async fn yet_another_takes_over(world: &World, agent: Agent) -> Agent {
    let failed = agent.dies();
    world.until_recorded("agent.letta.session.failed", 2).await;
    let take_over = Agent::takes_over(world, "letta-python-dev-003", &failed, "last_session", Pulse::None);
    let (agent, _) = take_over.await;
    agent.has_restored("{}").await;
    agent
}

fn checkpoint(name: &str) -> CheckpointSaved {
    let snapshot = ContextSnapshot {
        files_modified: vec!["src/auth/module.py".into()],
        current_focus: "Writing unit tests".into(),
        ..ContextSnapshot::default()
    };
    CheckpointSaved {
        checkpoint_id: name.into(),
        checkpoint_type: CheckpointType::Progress.into(),
        context_snapshot: Some(snapshot),
        ..CheckpointSaved::default()
    }
}

fn handoff_of(told: &Told, trouble: Trouble) -> Value {
    let attempt = if trouble.kills_agent() { 3 } else { 2 };
    json!({
        "state": "completed", "attempt": attempt, "checkpoint_id": "checkpoint-124",
        "requested_event_id": told.id("requested"), "next_action": "qa_review",
    })
}
