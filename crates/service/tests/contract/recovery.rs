use god33_proto::v1::event_payload::Kind;
use god33_proto::v1::{
    CheckpointSaved, CompleteRecoveryRequest, ErrorReason, HandoffState, SaveCheckpointRequest, SessionStarted,
    SessionStatus, StartRecoveryRequest, StartRecoveryResponse,
};
use tonic::Code;

use crate::build::*;
use crate::sessions::*;
use crate::team::*;

pub fn save(session_id: &str, checkpoint_id: &str) -> SaveCheckpointRequest {
    SaveCheckpointRequest {
        checkpoint: Some(CheckpointSaved {
            session_id: session_id.into(),
            checkpoint_id: checkpoint_id.into(),
            ..CheckpointSaved::default()
        }),
        ..SaveCheckpointRequest::default()
    }
}

fn recover(failed: &str) -> StartRecoveryRequest {
    StartRecoveryRequest { failed_session_id: failed.into(), ..StartRecoveryRequest::default() }
}

fn restored(session_id: &str) -> CompleteRecoveryRequest {
    CompleteRecoveryRequest { session_id: session_id.into(), ..CompleteRecoveryRequest::default() }
}

async fn recovered(sessions: &mut Sessions, failed: &str) -> StartRecoveryResponse {
    sessions.start_recovery(recover(failed)).await.unwrap().into_inner()
}

#[tokio::test]
async fn the_seeds_third_pattern_event_for_event() {
    let (server, mut events, mut sessions) = agents().await;
    let mut handoffs = Handoffs::new(server.channel().await);
    let agent = begin(&mut sessions).await;
    let work = offer(&mut handoffs, to_type("letta-python-dev")).await;
    let work = taken(&mut handoffs, &work.handoff_id, &agent).await;
    let saved = sessions.save_checkpoint(save(&agent, "checkpoint-123")).await.unwrap().into_inner();
    let question = id();
    let asked = format!(r#"{{"session_id":"{agent}","question_id":"{question}","question":"JWT or cookies?"}}"#);
    let asked = event("agent.feedback.requested", &asked);
    let answered = format!(r#"{{"question_id":"{question}","decision":"JWT","answered_by":"jarad"}}"#);
    let answered = event("agent.feedback.response", &answered);
    let answered = god33_proto::v1::EventEnvelope { correlation_ids: vec![asked.event_id.clone()], ..answered };
    record(&mut events, [asked.clone(), answered.clone()]).await;
    let failed = sessions.fail_session(fail(&agent)).await.unwrap().into_inner();

    let recovery = recovered(&mut sessions, &agent).await;
    let new = recovery.session.clone().unwrap();
    assert_eq!(
        (new.status(), new.fencing_token, new.recovered_from.as_str()),
        (SessionStatus::Active, 2, agent.as_str())
    );
    assert_eq!(recovery.checkpoint.unwrap().checkpoint_id, "checkpoint-123");
    let since: Vec<String> = ids(&recovery.events_since_checkpoint);
    assert_eq!(since, [asked.event_id, answered.event_id, failed.event_ids[0].clone()]);
    assert!(!recovery.events_truncated);
    let held = recovery.handoff.unwrap();
    assert_eq!((held.handoff_id.as_str(), held.state()), (work.handoff_id.as_str(), HandoffState::Accepted));
    assert_eq!(
        (held.lease.as_ref().unwrap().session_id.as_str(), token(&held)),
        (new.session_id.as_str(), token(&work) + 1)
    );
    assert_eq!(recovery.answered_questions[0].decision, "JWT");

    let restored = sessions.complete_recovery(restored(&new.session_id)).await.unwrap().into_inner();
    let all: Vec<String> = [&saved.event_ids, &failed.event_ids, &recovery.event_ids, &restored.event_ids]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
    let recorded = recorded(&mut events, &all).await;
    let causes = |index: usize| std::slice::from_ref(&all[index]);
    let expected = [
        ("agent.letta.session.failed", causes(0)),
        ("agent.letta.session.recovery.started", causes(1)),
        ("agent.letta.context.restored", causes(2)),
        ("agent.letta.task.resumed", causes(3)),
    ];
    assert_eq!(told(&recorded)[1..], expected);
    let payload = recorded[3].envelope.as_ref().unwrap().payload.as_ref().unwrap();
    let Some(Kind::ContextRestored(said)) = &payload.kind else { panic!("untyped: {payload:?}") };
    assert_eq!((said.checkpoint_id.as_str(), said.checkpoint_position), ("checkpoint-123", saved.position));
    let delta = said.context_delta.as_ref().unwrap();
    let Some(prost_types::value::Kind::ListValue(listed)) = &delta.fields["events"].kind else { panic!("{delta:?}") };
    assert_eq!(listed.values.len(), 3, "the question, the answer and the failure");
}

#[tokio::test]
async fn a_recovery_is_refused_for_what_stands_against_it() {
    let (_server, _, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    let status = sessions.start_recovery(recover(&agent)).await.unwrap_err();
    assert_eq!(refused(&status), (Code::FailedPrecondition, "WRONG_STATE".into()));
    let mut versioned = save(&agent, "c-1");
    versioned.checkpoint.as_mut().unwrap().schema_version = "2".into();
    sessions.save_checkpoint(versioned).await.unwrap();
    sessions.fail_session(fail(&agent)).await.unwrap();

    let old = StartRecoveryRequest { checkpoint_schema_versions: vec!["1".into()], ..recover(&agent) };
    let status = sessions.start_recovery(old).await.unwrap_err();
    assert_eq!(reason(&status), ErrorReason::CheckpointSchemaUnsupported.as_str_name().replace("ERROR_REASON_", ""));
    assert_eq!((detail(&status, "schema_version"), detail(&status, "supported")), ("2".into(), "1".into()));
    let lost = StartRecoveryRequest { checkpoint_id: "c-9".into(), ..recover(&agent) };
    assert_eq!(reason(&sessions.start_recovery(lost).await.unwrap_err()), "CHECKPOINT_NOT_FOUND");
    let taken = StartRecoveryRequest { new_session_id: agent.clone(), ..recover(&agent) };
    assert_eq!(reason(&sessions.start_recovery(taken).await.unwrap_err()), "SESSION_EXISTS");
    assert_eq!(reason(&sessions.start_recovery(recover(&id())).await.unwrap_err()), "SESSION_NOT_FOUND");

    let new = recovered(&mut sessions, &agent).await.session.unwrap().session_id;
    let status = sessions.start_recovery(recover(&agent)).await.unwrap_err();
    assert_eq!(refused(&status), (Code::FailedPrecondition, "SESSION_SUPERSEDED".into()));
    assert_eq!(detail(&status, "new_session_id"), new);
    let status = sessions.save_checkpoint(save(&agent, "c-2")).await.unwrap_err();
    assert_eq!(reason(&status), "SESSION_SUPERSEDED");
}

#[tokio::test]
async fn a_recovery_is_completed_once_and_only_where_there_is_one() {
    let (_server, mut events, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    let status = sessions.complete_recovery(restored(&agent)).await.unwrap_err();
    assert_eq!((reason(&status).as_str(), detail(&status, "allowed").as_str()), ("WRONG_STATE", "recovering"));
    sessions.fail_session(fail(&agent)).await.unwrap();
    let recovery = recovered(&mut sessions, &agent).await;
    assert_eq!((recovery.checkpoint, recovery.handoff), (None, None));
    // Without a checkpoint all that the session did happened since.
    assert_eq!(recovery.events_since_checkpoint.len(), 2);
    let new = recovery.session.unwrap().session_id;
    let answer = sessions.complete_recovery(restored(&new)).await.unwrap().into_inner();
    let recorded = recorded(&mut events, &answer.event_ids).await;
    assert_eq!(told(&recorded), [("agent.letta.task.resumed", recovery.event_ids.as_slice())]);
    let status = sessions.complete_recovery(restored(&new)).await.unwrap_err();
    assert_eq!((reason(&status).as_str(), detail(&status, "state").as_str()), ("WRONG_STATE", "recovered"));
}

#[tokio::test]
async fn a_repeated_recovery_gets_the_first_answer() {
    let (_server, mut events, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    sessions.fail_session(fail(&agent)).await.unwrap();
    let request = StartRecoveryRequest { request_id: id(), ..recover(&agent) };
    let first = sessions.start_recovery(request.clone()).await.unwrap().into_inner();
    let again = sessions.start_recovery(request).await.unwrap().into_inner();
    assert_eq!((&first.event_ids, first.session), (&again.event_ids, again.session));
    assert_eq!(head(&mut events).await, 3);
}

#[tokio::test]
async fn what_happened_in_the_workflow_is_what_happened_to_the_work() {
    let (_server, mut events, mut sessions) = agents().await;
    let workflow = id();
    let json = format!(r#"{{"workflow_id":"{workflow}"}}"#);
    record(&mut events, [event("bmad.workflow.started", &json)]).await;
    let session = SessionStarted { workflow_id: workflow, ..started("letta-python-dev") };
    let agent = sessions.start_session(start(session)).await.unwrap().into_inner().session.unwrap().session_id;
    sessions.save_checkpoint(save(&agent, "c-1")).await.unwrap();
    let elsewhere = event("artifact.created", &json);
    record(&mut events, [elsewhere.clone(), event("artifact.created", "{}")]).await;
    let failed = sessions.fail_session(fail(&agent)).await.unwrap().into_inner();
    let recovery = recovered(&mut sessions, &agent).await;
    assert_eq!(ids(&recovery.events_since_checkpoint), [elsewhere.event_id, failed.event_ids[0].clone()]);
}
