//! Pattern 4: a Letta agent asks a person and waits for the answer.

use god33_proto::v1::{CheckpointSaved, CheckpointType, FeedbackRequested};
use god33_service::text::open_object_of;
use serde_json::json;

use super::Trouble;
use super::actors::{Agent, Person, Planner, Pulse};
use super::expect::{expect, shows};
use super::pattern_one::{WORKFLOW, feature, feature_done};
use super::world::World;

const ASKED: &str = "
    session = agent.letta.session.started
      - session_id: same_session
    started = bmad.workflow.started
    requested = bmad.workflow.handoff.requested <- started
    accepted = agent.handoff.accepted <- requested
    asked = agent.feedback.requested <- accepted
      - from: letta-python-dev
      - question: Should authentication use JWT or session cookies?
      - context: {\"tradeoffs\":\"revocation or scale\"}
      - blocking: true
    before = agent.letta.checkpoint.saved <- asked
      - checkpoint_id: before-feedback
      - checkpoint_type: pre-feedback
    paused = agent.letta.session.paused <- asked
      - session_id: same_session
      - reason: awaiting_feedback
      - checkpoint_id: before-feedback
";

/// The agent dies while it waits.
const SILENT: &str = "
    failed = agent.letta.session.failed <- before
      - session_id: same_session
      - last_checkpoint_id: before-feedback
      - failure_reason: connection_timeout
";

const ANSWERED: &str = "
    answered = agent.feedback.response <- asked
      - from: human_user
      - decision: Use JWT with refresh tokens
      - rationale: Better for microservices
      - question_id: @asked
";

const RESUMED: &str = "
    resumed = agent.letta.session.resumed <- answered
      - session_id: same_session
      - resuming_from_checkpoint: before-feedback
    updated = agent.letta.context.updated <- answered
      - decision_incorporated: Use JWT with refresh tokens
    done = agent.letta.task.completed <- accepted, before
      - session_id: same_session
";

/// Who takes over gets the answer.
const RECOVERED: &str = "
    recovery = agent.letta.session.recovery.started <- failed
      - new_session_id: other_session
      - recovering_from_checkpoint: before-feedback
    restored = agent.letta.context.restored <- recovery
      - session_id: other_session
    resumed = agent.letta.task.resumed <- restored
      - session_id: other_session
      - resuming_from: before-feedback
    updated = agent.letta.context.updated <- answered
      - decision_incorporated: Use JWT with refresh tokens
    done = agent.letta.task.completed <- requested, before, resumed
      - session_id: other_session
";

/// Plays it.
pub(super) async fn play(mut world: World, trouble: Trouble) {
    let planner = Planner::of(&world, WORKFLOW);
    let person = Person::named(&world, "human_user");
    let pulse = if trouble.kills_agent() { Pulse::Fast } else { Pulse::None };
    let mut agent = Agent::starts(&world, "letta-python-dev-001", "same_session", pulse).await;
    planner.starts("user-authentication").await;
    planner.hands_over(feature()).await;
    agent.claims().await;
    world.broker_may_go(trouble);
    let question = world.node_may_die(trouble, agent.asks(tokens())).await;
    world.node_may_die(trouble, agent.saves(before_feedback())).await;
    shows(&agent.session().await, &json!({"status": "paused", "reason": "awaiting_feedback"}));
    let open = json!([{"question_id": question, "state": "open", "session_id": "same_session"}]);
    shows(&json!(person.inbox().await), &open);

    let agent = if trouble.kills_agent() {
        answered_while_nobody_listens(&world, agent, &person, &question).await
    } else {
        // The agent waits all the time; the node may die under both.
        let answer = person.answers(&question, "Use JWT with refresh tokens", "Better for microservices");
        let both = async { tokio::join!(agent.hears_answer(&question), answer) };
        let (heard, ()) = world.node_may_die(trouble, both).await;
        assert_eq!((heard.answered_by.as_str(), heard.answer_delivered), ("human_user", true));
        agent
    };
    agent.incorporates("Use JWT with refresh tokens").await;
    world.broker_comes_back(trouble);
    agent.delivers(feature_done()).await;

    let (silent, rest) = if trouble.kills_agent() { (SILENT, RECOVERED) } else { ("", RESUMED) };
    let told = expect(&world.events().await, &[ASKED, silent, ANSWERED, rest].concat());
    shows(
        &person.question(&question).await,
        &json!({
            "state": "answered", "decision": "Use JWT with refresh tokens", "rationale": "Better for microservices",
            "answered_by": "human_user", "blocking": true, "from_agent": "letta-python-dev", "workflow_id": WORKFLOW,
            "session_id": agent.session_id, "requested_event_id": told.id("asked"), "answer_event_id": told.id("answered"),
        }),
    );
    assert!(person.inbox().await.is_empty());
    shows(&agent.session().await, &json!({"status": "active", "reason": null, "checkpoint_id": "before-feedback"}));
    shows(&agent.handoff().await, &json!({"state": "completed", "checkpoint_id": "before-feedback"}));
    world.end().await;
}

async fn answered_while_nobody_listens(world: &World, agent: Agent, person: &Person, question: &str) -> Agent {
    let failed = agent.dies();
    world.until_recorded("agent.letta.session.failed", 1).await;
    person.answers(question, "Use JWT with refresh tokens", "Better for microservices").await;
    let take_over = Agent::takes_over(world, "letta-python-dev-002", &failed, "other_session", Pulse::None);
    let (agent, taken) = take_over.await;
    let answers: Vec<&str> = taken.answered_questions.iter().map(|question| question.decision.as_str()).collect();
    assert_eq!(answers, ["Use JWT with refresh tokens"]);
    agent.has_restored("{}").await;
    agent
}

pub(super) fn tokens() -> FeedbackRequested {
    FeedbackRequested {
        question: "Should authentication use JWT or session cookies?".into(),
        context: Some(open_object_of(r#"{"tradeoffs":"revocation or scale"}"#).unwrap()),
        ..FeedbackRequested::default()
    }
}

pub(super) fn before_feedback() -> CheckpointSaved {
    CheckpointSaved {
        checkpoint_id: "before-feedback".into(),
        checkpoint_type: CheckpointType::PreFeedback.into(),
        ..CheckpointSaved::default()
    }
}
