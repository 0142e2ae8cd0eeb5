use god33_proto::v1::attach_response::Message;
use god33_proto::v1::{
    AttachRequest, AttachResponse, ContextLevel, HandoffState, HeartbeatRequest, InstructionKind,
    SendInstructionRequest, SessionStatus, WatchInstructionsRequest, watch_instructions_response,
};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Code, Streaming};

use crate::build::*;
use crate::common::{until, within};
use crate::team::*;

const TYPE: &str = "letta-python-dev";

fn beat(session_id: &str) -> HeartbeatRequest {
    HeartbeatRequest { session_id: session_id.into(), ..HeartbeatRequest::default() }
}

fn instruct(session_id: &str, kind: InstructionKind) -> SendInstructionRequest {
    SendInstructionRequest {
        session_id: session_id.into(),
        kind: kind.into(),
        reason: "because".into(),
        ..SendInstructionRequest::default()
    }
}

#[tokio::test]
async fn a_heartbeat_answers_what_is_wanted_until_it_is_acknowledged() {
    let (server, mut events, _) = team().await;
    let mut sessions = Sessions::new(server.channel().await);
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let answer = sessions.heartbeat(beat(&agent)).await.unwrap().into_inner();
    assert_eq!((answer.status(), answer.remaining_ms, answer.instructions.len()), (SessionStatus::Active, 60_000, 0));
    let sent = sessions.send_instruction(instruct(&agent, InstructionKind::SaveCheckpoint)).await.unwrap();
    let sent = sent.into_inner().instruction.unwrap();
    assert_eq!((sent.kind(), sent.sent_by.as_str()), (InstructionKind::SaveCheckpoint, "anonymous"));
    for _ in 0..2 {
        let mut told = sessions.clone();
        until("it is told", || {
            let (mut told, request) = (told.clone(), beat(&agent));
            async move { told.heartbeat(request).await.unwrap().into_inner().instructions.len() == 1 }
        })
        .await;
        let answer = told.heartbeat(beat(&agent)).await.unwrap().into_inner();
        assert_eq!(answer.instructions, std::slice::from_ref(&sent), "told again until it is acknowledged");
    }
    let received = HeartbeatRequest { acknowledged_instruction_ids: vec![sent.instruction_id], ..beat(&agent) };
    assert_eq!(sessions.heartbeat(received).await.unwrap().into_inner().instructions, []);
    assert_eq!(sessions.heartbeat(beat(&agent)).await.unwrap().into_inner().instructions, []);
}

#[tokio::test]
async fn who_speaks_for_no_open_session_is_told_why() {
    let (server, mut events, _) = team().await;
    let mut sessions = Sessions::new(server.channel().await);
    let refused = sessions.heartbeat(beat(&id())).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "SESSION_NOT_FOUND"));
    let refused = sessions.heartbeat(HeartbeatRequest::default()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "session_id");
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let wrong = HeartbeatRequest { fencing_token: 7, ..beat(&agent) };
    let refused = sessions.heartbeat(wrong).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "SESSION_SUPERSEDED"));
    let negative = HeartbeatRequest { context_tokens: Some(-1), ..beat(&agent) };
    is_refused(
        &sessions.heartbeat(negative).await.unwrap_err(),
        Code::InvalidArgument,
        "INVALID_FIELD",
        "context_tokens",
    );
    let consequence = sessions.send_instruction(instruct(&agent, InstructionKind::LeaseLost)).await.unwrap_err();
    is_refused(&consequence, Code::InvalidArgument, "INVALID_FIELD", "kind");
}

#[tokio::test]
async fn the_server_declares_silence_a_failure_and_the_work_goes_to_the_next() {
    let (server, mut events, mut handoffs) = team().await;
    let mut sessions = Sessions::new(server.channel().await);
    let silent = session(&mut events, TYPE, "one", 0.5).await;
    let alive = session(&mut events, TYPE, "two", 60.0).await;
    let handoff_id = offer(&mut handoffs, to_type(TYPE)).await.handoff_id;
    let old = token(&taken(&mut handoffs, &handoff_id, &silent).await);
    let next = claimed(&mut handoffs, claim(&alive, 30)).await.handoff.unwrap();
    assert_eq!((next.handoff_id.as_str(), next.attempt, next.state()), (handoff_id.as_str(), 2, HandoffState::Offered));
    let refused = sessions.heartbeat(beat(&silent)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "WRONG_STATE"));
    assert_eq!(detail(&refused, "state"), "failed");
    let held = taken(&mut handoffs, &handoff_id, &alive).await;
    assert!(token(&held) > old);
    let refused = sessions.heartbeat(beat(&silent)).await.unwrap_err();
    assert_eq!(reason(&refused), "SESSION_SUPERSEDED");
    assert_eq!(detail(&refused, "new_session_id"), alive);
}

/// An agent that is attached.
async fn attached(
    sessions: &mut Sessions,
    session_id: &str,
) -> (mpsc::Sender<AttachRequest>, Streaming<AttachResponse>) {
    let (sender, requests) = mpsc::channel(8);
    sender.send(AttachRequest { heartbeat: Some(beat(session_id)) }).await.unwrap();
    let answers = sessions.attach(ReceiverStream::new(requests)).await.unwrap().into_inner();
    (sender, answers)
}

async fn next(answers: &mut Streaming<AttachResponse>) -> Message {
    within(answers.message()).await.unwrap().unwrap().message.unwrap()
}

#[tokio::test]
async fn an_attached_agent_is_told_at_once() {
    let (server, mut events, mut handoffs) = team().await;
    let mut sessions = Sessions::new(server.channel().await);
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let handoff_id = offer(&mut handoffs, to_type(TYPE)).await.handoff_id;
    taken(&mut handoffs, &handoff_id, &agent).await;
    let (sender, mut answers) = attached(&mut sessions, &agent).await;
    let Message::Session(found) = next(&mut answers).await else { panic!("the session first") };
    assert_eq!((found.session_id.as_str(), found.status()), (agent.as_str(), SessionStatus::Active));
    let Message::Heartbeat(_) = next(&mut answers).await else { panic!("the answer to the sign of life") };

    sessions.send_instruction(instruct(&agent, InstructionKind::Pause)).await.unwrap();
    let Message::Instruction(pause) = next(&mut answers).await else { panic!("what is wanted") };
    assert_eq!((pause.kind(), pause.reason.as_str()), (InstructionKind::Pause, "because"));

    let cancel = god33_proto::v1::CancelHandoffRequest { handoff_id: handoff_id.clone(), ..Default::default() };
    handoffs.cancel_handoff(cancel).await.unwrap();
    let Message::Instruction(lost) = next(&mut answers).await else { panic!("the work is gone") };
    assert_eq!((lost.kind(), lost.handoff_id.as_str()), (InstructionKind::LeaseLost, handoff_id.as_str()));

    let ids = vec![pause.instruction_id, lost.instruction_id];
    let received = HeartbeatRequest {
        acknowledged_instruction_ids: ids,
        context_tokens: Some(95),
        context_limit: Some(100),
        ..HeartbeatRequest::default()
    };
    sender.send(AttachRequest { heartbeat: Some(received) }).await.unwrap();
    let Message::Heartbeat(answer) = next(&mut answers).await else { panic!("an answer") };
    assert_eq!(answer.instructions, []);

    let (_again, mut answers) = attached(&mut sessions, &agent).await;
    let Message::Session(found) = next(&mut answers).await else { panic!("the session first") };
    let health = found.context_health.unwrap();
    assert_eq!((health.context_tokens, health.level()), (95, ContextLevel::Critical));
}

#[tokio::test]
async fn a_stream_ends_with_its_session_and_keeps_to_it() {
    let (server, mut events, _) = team().await;
    let mut sessions = Sessions::new(server.channel().await);
    let agent = session(&mut events, TYPE, "one", 60.0).await;
    let (sender, mut answers) = attached(&mut sessions, &agent).await;
    next(&mut answers).await;
    next(&mut answers).await;
    sender.send(AttachRequest { heartbeat: Some(beat(&id())) }).await.unwrap();
    let refused = within(answers.message()).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "heartbeat.session_id");

    let request = WatchInstructionsRequest { session_id: agent.clone(), fencing_token: 1 };
    let mut watch = sessions.watch_instructions(request).await.unwrap().into_inner();
    let first = within(watch.message()).await.unwrap().unwrap().message.unwrap();
    assert!(matches!(first, watch_instructions_response::Message::Session(_)));
    sessions.send_instruction(instruct(&agent, InstructionKind::Message)).await.unwrap();
    let second = within(watch.message()).await.unwrap().unwrap().message.unwrap();
    assert!(matches!(second, watch_instructions_response::Message::Instruction(_)));
    let failed = format!(r#"{{"session_id":"{agent}","failure_reason":"crashed"}}"#);
    record(&mut events, [failed_event(&failed)]).await;
    let ended = within(watch.message()).await.unwrap_err();
    assert_eq!((ended.code(), reason(&ended).as_str()), (Code::FailedPrecondition, "WRONG_STATE"));
}

fn failed_event(json: &str) -> god33_proto::v1::EventEnvelope {
    event("agent.letta.session.failed", json)
}
