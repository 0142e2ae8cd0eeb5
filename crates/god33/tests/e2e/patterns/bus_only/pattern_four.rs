//! Pattern 4: a person who answers over the exchange, and an agent that asks over it.

use serde_json::json;

use super::station::Station;
use crate::patterns::actors::{Agent, Person, Planner, Pulse, session_called};
use crate::patterns::expect::{expect, shows};
use crate::patterns::pattern_four::{before_feedback, tokens};
use crate::patterns::pattern_one::{WORKFLOW, feature, feature_done};
use crate::patterns::world::World;

const ASKED: &str = "
    asked = agent.feedback.requested <- accepted
      - question: Should authentication use JWT or session cookies?
      - blocking: true
    before = agent.letta.checkpoint.saved <- asked
      - checkpoint_type: pre-feedback
    paused = agent.letta.session.paused <- asked
      - reason: awaiting_feedback
    answered = agent.feedback.response <- asked
      - decision: Use JWT with refresh tokens
      - rationale: Better for microservices
    resumed = agent.letta.session.resumed <- answered
      - session_id: same_session
      - resuming_from_checkpoint: before-feedback
    done = agent.letta.task.completed <- accepted, before
";

#[tokio::test(flavor = "multi_thread")]
async fn a_person_answers_over_the_exchange() {
    let world = World::on_servers().await;
    let planner = Planner::of(&world, WORKFLOW);
    let mut agent = Agent::starts(&world, "letta-python-dev-001", "same_session", Pulse::None).await;
    let mut person = Station::opens(&world, "human_user").await;
    planner.starts("user-authentication").await;
    planner.hands_over(feature()).await;
    agent.claims().await;
    let question = agent.asks(tokens()).await;
    agent.saves(before_feedback()).await;

    let asked = person.hears("agent.feedback.requested").await;
    person.hears("agent.letta.session.paused").await;
    let decision = json!({"decision": "Use JWT with refresh tokens", "rationale": "Better for microservices"});
    person.says("agent.feedback.response", &[&asked], decision).await;
    let heard = agent.hears_answer(&question).await;
    assert_eq!((heard.decision.as_str(), heard.answered_by.as_str()), ("Use JWT with refresh tokens", "human_user"));
    // Nobody asked the server to answer, so the agent itself says that it goes on.
    agent.resumes("before-feedback").await;
    agent.delivers(feature_done()).await;

    let begun = "
        session = agent.letta.session.started
        started = bmad.workflow.started
        requested = bmad.workflow.handoff.requested <- started
        accepted = agent.handoff.accepted <- requested
    ";
    expect(&world.events().await, &[begun, ASKED].concat());
    shows(&agent.session().await, &json!({"status": "active", "reason": null}));
    assert!(Person::named(&world, "human_user").inbox().await.is_empty());
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_asks_over_the_exchange() {
    let world = World::on_servers().await;
    let planner = Planner::of(&world, WORKFLOW);
    let person = Person::named(&world, "human_user");
    let mut agent = Station::opens(&world, "letta-python-dev").await;
    planner.starts("user-authentication").await;
    planner.hands_over(feature()).await;
    let requested = agent.hears_of_work("bmad.workflow.handoff.requested").await;
    let session = json!({"session_id": "same_session"});
    let accepted = agent.says("agent.handoff.accepted", &[&requested], session).await;
    let question = json!({
        "from_agent": "letta-python-dev", "question": "Should authentication use JWT or session cookies?",
        "context": {"tradeoffs": "revocation or scale"}, "blocking": true,
    });
    let asked = agent.says("agent.feedback.requested", &[&accepted], question).await;
    let before = json!({
        "session_id": "same_session", "checkpoint_id": "before-feedback", "checkpoint_type": "pre-feedback",
    });
    let before = agent.says("agent.letta.checkpoint.saved", &[&asked], before).await;
    let reason = json!({"reason": "awaiting_feedback"});
    agent.says("agent.letta.session.paused", &[&asked], reason).await;
    world.until_recorded("agent.letta.session.paused", 1).await;

    let waiting = json!([{"question_id": asked["event_id"], "session_id": "same_session", "workflow_id": WORKFLOW}]);
    shows(&json!(person.inbox().await), &waiting);
    let id = asked["event_id"].as_str().unwrap();
    person.answers(id, "Use JWT with refresh tokens", "Better for microservices").await;
    // Whoever waits on the exchange hears both the answer and that its session goes on.
    let answered = agent.hears("agent.feedback.response").await;
    assert_eq!(answered["payload"]["decision"], "Use JWT with refresh tokens");
    agent.hears("agent.letta.session.resumed").await;
    let done = json!({"session_id": "same_session", "next_action": "qa_review"});
    agent.says("agent.letta.task.completed", &[&accepted, &before], done).await;
    world.until_recorded("agent.letta.task.completed", 1).await;

    let begun = "
        started = bmad.workflow.started
        requested = bmad.workflow.handoff.requested <- started
        accepted = agent.handoff.accepted <- requested
    ";
    expect(&world.events().await, &[begun, ASKED].concat());
    shows(&session_called(&world.line(), "same_session").await, &json!({"status": "active", "reason": null}));
    shows(&json!(planner.handoffs().await), &json!([{"state": "completed"}]));
    world.end().await;
}
