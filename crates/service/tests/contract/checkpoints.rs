use god33_proto::v1::{
    CheckpointSaved, CheckpointType, ContextSnapshot, GetCheckpointRequest, GetSessionRequest, ListCheckpointsRequest,
    SaveCheckpointRequest, SetCheckpointPinRequest, WorkMetrics,
};
use tonic::Code;

use crate::build::*;
use crate::recovery::save;
use crate::sessions::*;

fn get(session_id: &str, checkpoint_id: &str) -> GetCheckpointRequest {
    GetCheckpointRequest {
        session_id: session_id.into(),
        checkpoint_id: checkpoint_id.into(),
        ..GetCheckpointRequest::default()
    }
}

fn pin(session_id: &str, checkpoint_id: &str, pinned: bool) -> SetCheckpointPinRequest {
    SetCheckpointPinRequest {
        session_id: session_id.into(),
        checkpoint_id: checkpoint_id.into(),
        pinned,
        ..SetCheckpointPinRequest::default()
    }
}

fn list(session_id: &str) -> ListCheckpointsRequest {
    ListCheckpointsRequest { session_id: session_id.into(), ..ListCheckpointsRequest::default() }
}

#[tokio::test]
async fn a_checkpoint_is_read_as_it_was_saved() {
    let (_server, mut events, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    let saved = CheckpointSaved {
        session_id: agent.clone(),
        checkpoint_id: "checkpoint-1".into(),
        checkpoint_type: CheckpointType::PreHandoff.into(),
        summary: "The schema is done".into(),
        context_snapshot: Some(ContextSnapshot {
            files_modified: vec!["a.py".into()],
            current_focus: "tests".into(),
            additional_members: r#"{"exact":9007199254740993}"#.into(),
            ..ContextSnapshot::default()
        }),
        metrics: Some(WorkMetrics { tokens_used: Some(100), duration_seconds: Some(1.5), ..WorkMetrics::default() }),
        schema_version: "2".into(),
        snapshot_digest: "said by the client".into(),
        ..CheckpointSaved::default()
    };
    let request =
        SaveCheckpointRequest { checkpoint: Some(saved.clone()), pin: true, ..SaveCheckpointRequest::default() };
    let answer = sessions.save_checkpoint(request).await.unwrap().into_inner();
    let checkpoint = answer.checkpoint.unwrap();
    assert_eq!((checkpoint.checkpoint_id.as_str(), checkpoint.session_id.as_str()), ("checkpoint-1", agent.as_str()));
    assert_eq!(
        (checkpoint.checkpoint_type(), checkpoint.summary.as_str()),
        (CheckpointType::PreHandoff, "The schema is done")
    );
    assert_eq!((&checkpoint.context_snapshot, &checkpoint.metrics), (&saved.context_snapshot, &saved.metrics));
    assert_eq!((checkpoint.schema_version.as_str(), checkpoint.ordinal, checkpoint.pinned), ("2", 1, true));
    assert_eq!((&checkpoint.snapshot, checkpoint.position, &checkpoint.event_id), (&None, 2, &answer.event_ids[0]));
    let recorded = recorded(&mut events, &answer.event_ids).await;
    let types: Vec<&str> = told(&recorded).into_iter().map(|(event_type, _)| event_type).collect();
    assert_eq!(types, ["agent.letta.checkpoint.saved", "agent.letta.checkpoint.pinned"]);

    let read = sessions.get_checkpoint(get(&agent, "checkpoint-1")).await.unwrap().into_inner();
    assert_eq!((read.checkpoint.as_ref(), read.position), (Some(&checkpoint), 3));
    let session = GetSessionRequest { session_id: agent, ..GetSessionRequest::default() };
    let session = sessions.get_session(session).await.unwrap().into_inner();
    assert_eq!(session.checkpoints, [checkpoint]);
    let session = session.session.unwrap();
    assert_eq!((session.checkpoint_id.as_str(), session.checkpoint_count), ("checkpoint-1", 1));
    assert_eq!(session.metrics, saved.metrics);
}

#[tokio::test]
async fn a_checkpoint_without_a_name_gets_one_and_a_name_counts_once() {
    let (_server, _, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    let named = sessions.save_checkpoint(save(&agent, "")).await.unwrap().into_inner().checkpoint.unwrap();
    assert!(uuid::Uuid::parse_str(&named.checkpoint_id).is_ok());
    assert_eq!(named.checkpoint_type(), CheckpointType::Progress);
    let status = sessions.save_checkpoint(save(&agent, &named.checkpoint_id)).await.unwrap_err();
    assert_eq!(refused(&status), (Code::AlreadyExists, "CHECKPOINT_EXISTS".into()));
    let status = sessions.save_checkpoint(SaveCheckpointRequest::default()).await.unwrap_err();
    is_refused(&status, Code::InvalidArgument, "INVALID_FIELD", "checkpoint");
    let status = sessions.save_checkpoint(save("", "c")).await.unwrap_err();
    is_refused(&status, Code::InvalidArgument, "INVALID_FIELD", "checkpoint.session_id");
    let status = sessions.save_checkpoint(save(&id(), "c")).await.unwrap_err();
    assert_eq!(refused(&status), (Code::NotFound, "SESSION_NOT_FOUND".into()));
}

#[tokio::test]
async fn a_name_that_several_sessions_use_is_asked_for_with_the_session() {
    let (_server, _, mut sessions) = agents().await;
    let (one, other) = (begin(&mut sessions).await, begin(&mut sessions).await);
    sessions.save_checkpoint(save(&one, "c-1")).await.unwrap();
    let only = sessions.get_checkpoint(get("", "c-1")).await.unwrap().into_inner().checkpoint.unwrap();
    assert_eq!(only.session_id, one);
    sessions.save_checkpoint(save(&other, "c-1")).await.unwrap();
    let status = sessions.get_checkpoint(get("", "c-1")).await.unwrap_err();
    is_refused(&status, Code::InvalidArgument, "INVALID_FIELD", "session_id");
    let found = sessions.get_checkpoint(get(&other, "c-1")).await.unwrap().into_inner().checkpoint.unwrap();
    assert_eq!(found.session_id, other);
    for (session, reason) in
        [("", "CHECKPOINT_NOT_FOUND"), (&one, "CHECKPOINT_NOT_FOUND"), (&id(), "SESSION_NOT_FOUND")]
    {
        let status = sessions.get_checkpoint(get(session, "c-2")).await.unwrap_err();
        assert_eq!(refused(&status), (Code::NotFound, reason.into()));
    }
}

#[tokio::test]
async fn checkpoints_are_listed_the_newest_first_and_deleted_ones_only_on_demand() {
    let (_server, mut events, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    for name in ["c-1", "c-2", "c-3"] {
        sessions.save_checkpoint(save(&agent, name)).await.unwrap();
    }
    let json = format!(r#"{{"session_id":"{agent}","checkpoint_id":"c-2"}}"#);
    record(&mut events, [event("agent.letta.checkpoint.deleted", &json)]).await;
    let mut names = async |request| {
        let page = sessions.list_checkpoints(request).await.unwrap().into_inner();
        let names = page.checkpoints.into_iter().map(|checkpoint| (checkpoint.checkpoint_id, checkpoint.deleted));
        (names.collect::<Vec<_>>(), page.next_page_token)
    };
    let kept = |name: &str| (name.to_owned(), false);
    assert_eq!(names(list(&agent)).await, (vec![kept("c-3"), kept("c-1")], String::new()));
    let all = ListCheckpointsRequest { include_deleted: true, ..list(&agent) };
    assert_eq!(names(all).await.0, [kept("c-3"), ("c-2".to_owned(), true), kept("c-1")]);
    let (first, next) = names(ListCheckpointsRequest { page_size: 1, ..list(&agent) }).await;
    assert_eq!(first, [kept("c-3")]);
    let (second, next) = names(ListCheckpointsRequest { page_size: 1, page_token: next, ..list(&agent) }).await;
    assert_eq!((second, next.as_str()), (vec![kept("c-1")], ""));
    let status = sessions.list_checkpoints(list(&id())).await.unwrap_err();
    assert_eq!(refused(&status), (Code::NotFound, "SESSION_NOT_FOUND".into()));
}

#[tokio::test]
async fn a_pin_is_set_and_taken_back() {
    let (_server, _, mut sessions) = agents().await;
    let agent = begin(&mut sessions).await;
    sessions.save_checkpoint(save(&agent, "c-1")).await.unwrap();
    let answer = sessions.set_checkpoint_pin(pin(&agent, "c-1", true)).await.unwrap().into_inner();
    assert!(answer.checkpoint.unwrap().pinned);
    assert_eq!((answer.event_ids.len(), answer.position), (1, 3));
    let again = sessions.set_checkpoint_pin(pin(&agent, "c-1", true)).await.unwrap().into_inner();
    assert_eq!((again.event_ids.len(), again.checkpoint.unwrap().pinned), (0, true));
    let answer = sessions.set_checkpoint_pin(pin(&agent, "c-1", false)).await.unwrap().into_inner();
    assert!(!answer.checkpoint.unwrap().pinned);
    for (session, name) in [(agent.as_str(), "c-2"), (&id(), "c-1")] {
        let status = sessions.set_checkpoint_pin(pin(session, name, true)).await.unwrap_err();
        assert_eq!(refused(&status), (Code::NotFound, "CHECKPOINT_NOT_FOUND".into()));
    }
}
