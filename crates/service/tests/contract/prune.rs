//! Checkpoints that nobody needs go, and take along what only they had.

use god33_domain::Timestamp;
use god33_proto::v1::*;
use tonic::Code;

use crate::build::*;
use crate::snapshots::*;
use crate::team::Sessions;

fn prune(session_id: &str, keep_last: u32) -> PruneCheckpointsRequest {
    PruneCheckpointsRequest { session_id: session_id.into(), keep_last, ..PruneCheckpointsRequest::default() }
}

async fn pruned(sessions: &Sessions, request: PruneCheckpointsRequest) -> PruneCheckpointsResponse {
    sessions.clone().prune_checkpoints(request).await.unwrap().into_inner()
}

fn names(checkpoints: &[Checkpoint]) -> Vec<&str> {
    checkpoints.iter().map(|checkpoint| checkpoint.checkpoint_id.as_str()).collect()
}

async fn kept(sessions: &Sessions, session_id: &str) -> Vec<String> {
    let request = ListCheckpointsRequest { session_id: session_id.into(), ..ListCheckpointsRequest::default() };
    let listed = sessions.clone().list_checkpoints(request).await.unwrap().into_inner().checkpoints;
    listed.into_iter().map(|checkpoint| checkpoint.checkpoint_id).collect()
}

/// Saves checkpoints `c-1`, `c-2` … with snapshots that are cut so.
async fn save_all(sessions: &Sessions, session_id: &str, snapshots: &[&[&[u8]]]) {
    for (number, chunks) in (1..).zip(snapshots) {
        let upload = uploaded(sessions, session_id, chunks).await;
        let request = with_snapshot(session_id, &format!("c-{number}"), &upload, b"");
        saved(sessions, request).await.unwrap();
    }
}

#[tokio::test]
async fn old_checkpoints_go_and_free_what_only_they_had() {
    let Stage { sessions, session_id, server } = stage().await;
    let snapshots: [&[&[u8]]; 5] = [&[b"a", b"bb"], &[b"a", b"ccc"], &[b"dddd", b"bb"], &[b"a", b"ccc"], &[b"ffffff"]];
    save_all(&sessions, &session_id, &snapshots).await;
    let pin = SetCheckpointPinRequest {
        session_id: session_id.clone(),
        checkpoint_id: "c-3".into(),
        pinned: true,
        ..SetCheckpointPinRequest::default()
    };
    sessions.clone().set_checkpoint_pin(pin.clone()).await.unwrap();
    let head = head(&mut Events::new(server.channel().await)).await;

    let would = pruned(&sessions, PruneCheckpointsRequest { dry_run: true, ..prune(&session_id, 1) }).await;
    assert_eq!(names(&would.deleted), ["c-4", "c-2", "c-1"], "the newest first, and none that is pinned");
    assert_eq!((would.freed_bytes, would.event_ids.len(), would.position), (4, 0, 0));
    assert!(would.deleted.iter().all(|checkpoint| !checkpoint.deleted && checkpoint.snapshot.is_some()));
    assert_eq!(kept(&sessions, &session_id).await, ["c-5", "c-4", "c-3", "c-2", "c-1"], "nothing was deleted");

    let request = PruneCheckpointsRequest { request_id: id(), ..prune(&session_id, 1) };
    let done = pruned(&sessions, request.clone()).await;
    assert_eq!((names(&done.deleted), done.freed_bytes), (names(&would.deleted), would.freed_bytes));
    assert_eq!((done.event_ids.len(), done.position), (3, head + 3));
    assert!(done.deleted.iter().all(|checkpoint| checkpoint.deleted && checkpoint.snapshot.is_none()));
    assert_eq!(kept(&sessions, &session_id).await, ["c-5", "c-3"]);
    let refused = downloaded(&sessions, &session_id, "c-1", 0).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "CHECKPOINT_NOT_FOUND"));
    assert_eq!(downloaded(&sessions, &session_id, "c-3", 0).await.unwrap().len(), 2);

    let again = pruned(&sessions, request).await;
    assert_eq!((again.event_ids, again.position), (done.event_ids, done.position), "a repeat gets the first answer");
    assert_eq!(names(&again.deleted), names(&done.deleted));
    assert_eq!(pruned(&sessions, prune(&session_id, 1)).await, PruneCheckpointsResponse::default());
    let tomorrow = Timestamp::from_micros(Timestamp::now().micros() + 86_400_000_000);
    assert_eq!(server.store.collect_snapshots(tomorrow).await.unwrap(), 4, "as it was said");
    assert_eq!(downloaded(&sessions, &session_id, "c-3", 0).await.unwrap().len(), 2);
    sessions.clone().set_checkpoint_pin(SetCheckpointPinRequest { pinned: false, ..pin }).await.unwrap();
    assert_eq!(pruned(&sessions, prune(&session_id, 1)).await.freed_bytes, 6);
    server.stop().await;
}

#[tokio::test]
async fn ten_are_kept_unless_asked_otherwise() {
    let Stage { sessions, session_id, .. } = stage().await;
    for number in 1..=12 {
        saved(&sessions, with_snapshot(&session_id, &format!("c-{number}"), "", b"")).await.unwrap();
    }
    let done = pruned(&sessions, prune(&session_id, 0)).await;
    assert_eq!((names(&done.deleted), done.freed_bytes), (vec!["c-2", "c-1"], 0));
    let refused = sessions.clone().prune_checkpoints(prune("nobody", 1)).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "SESSION_NOT_FOUND"));
    let refused = sessions.clone().prune_checkpoints(prune("a\nb", 1)).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "session_id");
}

#[tokio::test]
async fn every_session_that_has_ended_is_pruned_at_once() {
    let Stage { sessions, session_id: open, .. } = stage().await;
    let snapshots: [&[&[u8]]; 3] = [&[b"a", b"bb"], &[b"a", b"ccc"], &[b"a", b"dddd"]];
    let (done, failed) = (begin(&sessions).await, begin(&sessions).await);
    for session in [&open, &done, &failed] {
        save_all(&sessions, session, &snapshots[..2]).await;
    }
    save_all(&sessions, &begin(&sessions).await, &snapshots[2..]).await;
    let end = CompleteSessionRequest { session_id: done.clone(), ..CompleteSessionRequest::default() };
    sessions.clone().complete_session(end).await.unwrap();
    let end = FailSessionRequest {
        session_id: failed.clone(),
        failure_reason: "out of memory".into(),
        ..FailSessionRequest::default()
    };
    sessions.clone().fail_session(end).await.unwrap();

    let would = pruned(&sessions, PruneCheckpointsRequest { dry_run: true, ..prune("", 1) }).await;
    assert_eq!((names(&would.deleted), would.freed_bytes), (vec!["c-1", "c-1"], 0), "the open session needs the bytes");
    let request = PruneCheckpointsRequest { request_id: id(), ..prune("", 1) };
    let answer = pruned(&sessions, request.clone()).await;
    let mut of: Vec<&str> = answer.deleted.iter().map(|checkpoint| checkpoint.session_id.as_str()).collect();
    of.sort_unstable();
    let mut ended = [done.as_str(), &failed];
    ended.sort_unstable();
    assert_eq!((of, answer.event_ids.len()), (ended.to_vec(), 2));
    assert_eq!(kept(&sessions, &open).await, ["c-2", "c-1"]);
    assert_eq!(pruned(&sessions, request).await, answer, "a repeat gets the first answer");
    assert_eq!(pruned(&sessions, prune("", 1)).await, PruneCheckpointsResponse::default());
    assert_eq!(pruned(&sessions, prune(&open, 1)).await.freed_bytes, 2, "nobody else names it any more");
}
