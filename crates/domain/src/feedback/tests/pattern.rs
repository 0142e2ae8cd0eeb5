//! The feedback loop of the design, event for event, by the commands that agents and people give.

use super::*;
use crate::checkpoint::SaveCheckpoint;
use crate::handoff::{AcceptHandoff, Claimant};
use crate::session::UpdateContext;

fn save(session: &str, checkpoint: &str) -> SaveCheckpoint {
    SaveCheckpoint {
        author: author("letta"),
        session_id: session.into(),
        checkpoint_id: checkpoint.into(),
        checkpoint: JsonText::parse(r#"{"checkpoint_type":"pre-feedback"}"#).unwrap(),
        snapshot_digest: None,
        snapshot_size: 0,
        snapshot_quota_bytes: None,
        pin: false,
    }
}

fn accept(session: &str, handoff: &str) -> AcceptHandoff {
    let claimant = Claimant {
        session_id: session.into(),
        agent_type: None,
        agent_instance_id: None,
        capabilities: vec![],
        task_types: vec![],
        workflow_id: None,
        checkpoint_schema_versions: vec![],
    };
    let (handoff_id, checkpoint_id) = (handoff.into(), None);
    AcceptHandoff { author: author("letta"), handoff_id, claimant, checkpoint_id, estimated_checkpoints: None }
}

#[test]
fn the_feedback_loop_has_the_causes_of_the_design() {
    let mut log = MemoryLog::default();
    let work = event("bmad.workflow.handoff.requested").saying("handoff_id", "h-1").of_workflow("w-1");
    log.record([&started("s-1").of_workflow("w-1"), &work.saying("to_agent", "letta-python-dev")]);
    let accepted = log.command(accept("s-1", "h-1")).unwrap().events[0].event_id;

    let question = "Should authentication use JWT or session cookies?";
    let asked = ask(&json!({"question": question, "question_id": QUESTION, "session_id": "s-1"}));
    let requested = log.command(asked).unwrap().events[0].event_id;
    log.command(save("s-1", "cp-3")).unwrap();
    assert_eq!(log.state::<Session>("s-1").status, Some(SessionStatus::Paused));
    let answered = AnswerFeedback {
        rationale: Some("Better for microservices".into()),
        answered_by: Some("human_user".into()),
        ..answer(QUESTION, "Use JWT with refresh tokens")
    };
    let response = log.command(answered).unwrap().events[0].event_id;
    let update = JsonText::parse(r#"{"decision_incorporated":"JWT authentication approach"}"#).unwrap();
    log.command(UpdateContext { author: author("letta"), session_id: "s-1".into(), update }).unwrap();

    let steps = &log.events[3..];
    let causes = |event: &crate::RecordedEvent| event.envelope.correlation_ids.clone();
    let told: Vec<(&str, Vec<EventId>)> =
        steps.iter().map(|event| (event.envelope.event_type.as_str(), causes(event))).collect();
    assert_eq!(
        told,
        [
            ("agent.feedback.requested", vec![accepted]),
            ("agent.letta.checkpoint.saved", vec![requested]),
            ("agent.letta.session.paused", vec![requested]),
            ("agent.feedback.response", vec![requested]),
            ("agent.letta.session.resumed", vec![response]),
            ("agent.letta.context.updated", vec![response]),
        ]
    );
    let resumed: Value = steps[4].envelope.payload.read().unwrap();
    assert_eq!(resumed, json!({"session_id": "s-1", "resuming_from_checkpoint": "cp-3"}));
    // All of it is about the one question, the one handoff and the one workflow.
    assert!(steps.iter().all(|event| event.belonging.about.question.as_deref() == Some(QUESTION)));
    assert!(steps.iter().all(|event| event.belonging.about.handoff.as_deref() == Some("h-1")));
    assert!(steps.iter().all(|event| event.workflow_id().map(|id| id.as_str()) == Some("w-1")));
}
