//! What is refused of snapshots, and that nothing is kept of it.

use bytes::Bytes;
use futures::stream;
use god33_domain::ports::{Chunk, Upload};
use god33_domain::{Digest, Limits, Timestamp};
use god33_proto::v1::*;
use tonic::{Code, Status};

use crate::build::*;
use crate::common::{Setup, within};
use crate::snapshots::*;

fn has(refused: &Status, code: Code, wanted: &str) {
    assert_eq!((refused.code(), reason(refused).as_str()), (code, wanted), "{refused:?}");
}

#[tokio::test]
async fn a_snapshot_that_is_announced_wrongly_is_refused_with_every_fault() {
    let Stage { sessions, session_id, .. } = stage().await;
    let good = announced(&session_id, &[b"one", b"two"]);
    let cut = |digest: &'static [u8], size| ChunkInfo { digest: Bytes::from_static(digest), size };
    for (field, request) in [
        ("session_id", StartSnapshotUploadRequest { session_id: String::new(), ..good.clone() }),
        ("digest", StartSnapshotUploadRequest { digest: Bytes::new(), ..good.clone() }),
        ("digest", StartSnapshotUploadRequest { digest: Bytes::from_static(&[7; 31]), ..good.clone() }),
        ("size", StartSnapshotUploadRequest { size: 0, chunks: Vec::new(), ..good.clone() }),
        ("chunks", StartSnapshotUploadRequest { size: 7, ..good.clone() }),
        ("chunks", StartSnapshotUploadRequest { chunks: Vec::new(), ..good.clone() }),
        ("chunks[0].digest", StartSnapshotUploadRequest { size: 3, chunks: vec![cut(&[7; 33], 3)], ..good.clone() }),
        (
            "chunks[1].size",
            StartSnapshotUploadRequest { size: 3, chunks: vec![cut(&[7; 32], 3), cut(&[7; 32], 0)], ..good.clone() },
        ),
        (
            "chunks[0].size",
            StartSnapshotUploadRequest {
                size: (1 << 20) + 1,
                chunks: vec![cut(&[7; 32], (1 << 20) + 1)],
                ..good.clone()
            },
        ),
        ("media_type", StartSnapshotUploadRequest { media_type: "text\nplain".into(), ..good.clone() }),
    ] {
        let refused = started(&sessions, request).await.unwrap_err();
        is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", field);
    }
    let refused =
        started(&sessions, StartSnapshotUploadRequest { request_id: "x".into(), ..good.clone() }).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_UUID", "request_id");
    let many = StartSnapshotUploadRequest { size: 65_537, chunks: vec![cut(&[7; 32], 1); 65_537], ..good.clone() };
    is_refused(&started(&sessions, many).await.unwrap_err(), Code::ResourceExhausted, "TOO_MANY_ITEMS", "chunks");
    let large = 256 << 20;
    let chunks = |size: u64| vec![cut(&[7; 32], 1 << 20); (size >> 20) as usize];
    let fits = StartSnapshotUploadRequest { size: large, chunks: chunks(large), ..good.clone() };
    assert_eq!(started(&sessions, fits.clone()).await.unwrap().missing_chunks.len(), 256);
    let mut chunks = fits.chunks;
    chunks.push(cut(&[8; 32], 1));
    let refused =
        started(&sessions, StartSnapshotUploadRequest { size: large + 1, chunks, ..good.clone() }).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "SNAPSHOT_TOO_LARGE", "size");
    assert_eq!((detail(&refused, "limit"), detail(&refused, "actual")), (large.to_string(), (large + 1).to_string()));
}

#[tokio::test]
async fn only_a_session_that_is_open_sends_snapshots() {
    let Stage { sessions, session_id, .. } = stage().await;
    has(&started(&sessions, announced("nobody", &[b"x"])).await.unwrap_err(), Code::NotFound, "SESSION_NOT_FOUND");
    let done = CompleteSessionRequest { session_id: session_id.clone(), ..CompleteSessionRequest::default() };
    sessions.clone().complete_session(done).await.unwrap();
    let refused = started(&sessions, announced(&session_id, &[b"x"])).await.unwrap_err();
    has(&refused, Code::FailedPrecondition, "WRONG_STATE");
    assert_eq!(detail(&refused, "state"), "completed");
}

#[tokio::test]
async fn a_chunk_that_is_not_what_was_announced_is_not_kept() {
    let Stage { sessions, session_id, server } = stage().await;
    let upload = started(&sessions, announced(&session_id, &[b"one", b"two"])).await.unwrap().upload_id;
    has(&sent(&sessions, "nothing", 0, b"one").await.unwrap_err(), Code::NotFound, "UPLOAD_NOT_FOUND");
    is_refused(&sent(&sessions, "", 0, b"one").await.unwrap_err(), Code::InvalidArgument, "INVALID_FIELD", "upload_id");
    let refused = sent(&sessions, &upload, 2, b"one").await.unwrap_err();
    has(&refused, Code::InvalidArgument, "INVALID_CHUNK");
    assert_eq!(detail(&refused, "expected_offset"), "0");
    for data in [&b"two"[..], b"onee", b""] {
        has(&sent(&sessions, &upload, 0, data).await.unwrap_err(), Code::InvalidArgument, "DIGEST_MISMATCH");
        assert_eq!(server.store.chunk(Digest::of_bytes(data)).await.unwrap(), None);
    }
    assert_eq!(server.store.missing_chunks(&upload).await.unwrap(), [0, 1]);
    assert_eq!(sent(&sessions, &upload, 0, b"one").await.unwrap(), 1);
    has(&sent(&sessions, &upload, 1, b"one").await.unwrap_err(), Code::InvalidArgument, "DIGEST_MISMATCH");
}

#[tokio::test]
async fn a_stream_of_chunks_ends_with_the_first_fault_and_keeps_what_came_before() {
    let Stage { sessions, session_id, server } = stage().await;
    let upload = started(&sessions, announced(&session_id, &[b"one", b"two"])).await.unwrap().upload_id;
    let other = started(&sessions, announced(&session_id, &[b"three"])).await.unwrap().upload_id;
    let part = |upload: &str, index, data: &'static [u8]| UploadChunksRequest {
        upload_id: upload.into(),
        index,
        data: Bytes::from_static(data),
    };
    let streamed = async |parts: Vec<UploadChunksRequest>| {
        within(sessions.clone().upload_chunks(stream::iter(parts))).await.unwrap_err()
    };
    has(&streamed(vec![]).await, Code::InvalidArgument, "EMPTY_REQUEST");
    has(&streamed(vec![part("x", 0, b"one")]).await, Code::NotFound, "UPLOAD_NOT_FOUND");
    has(&streamed(vec![part(&upload, 9, b"one")]).await, Code::InvalidArgument, "INVALID_CHUNK");
    let refused = streamed(vec![part(&upload, 1, b"two"), part(&other, 0, b"three")]).await;
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "upload_id");
    let refused = streamed(vec![part(&other, 0, b"three"), part(&other, 0, b"four"), part(&other, 0, b"three")]).await;
    has(&refused, Code::InvalidArgument, "DIGEST_MISMATCH");
    assert_eq!(server.store.missing_chunks(&upload).await.unwrap(), [0]);
    assert_eq!(server.store.missing_chunks(&other).await.unwrap(), [0; 0]);
}

#[tokio::test]
async fn a_checkpoint_names_only_a_snapshot_that_is_whole() {
    let Stage { sessions, session_id, server } = stage().await;
    let save = |name: &str, upload: &str, snapshot: &[u8]| with_snapshot(&session_id, name, upload, snapshot);
    has(&saved(&sessions, save("c-1", "x", b"")).await.unwrap_err(), Code::NotFound, "UPLOAD_NOT_FOUND");
    let upload = uploaded(&sessions, &session_id, &[b"one", b"two"]).await;
    let refused = saved(&sessions, save("c-1", &upload, b"x")).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "snapshot");
    let large = vec![7; (1 << 20) + 1];
    let refused = saved(&sessions, save("c-1", "", &large)).await.unwrap_err();
    is_refused(&refused, Code::ResourceExhausted, "SNAPSHOT_TOO_LARGE", "snapshot");
    let stranger = begin(&sessions).await;
    let refused = saved(&sessions, with_snapshot(&stranger, "c-1", &upload, b"")).await.unwrap_err();
    has(&refused, Code::NotFound, "UPLOAD_NOT_FOUND");
    has(
        &saved(&sessions, with_snapshot("nobody", "c-1", "", b"x")).await.unwrap_err(),
        Code::NotFound,
        "SESSION_NOT_FOUND",
    );

    // Every chunk is what was announced, and the whole is not.
    let lying = StartSnapshotUploadRequest { digest: sha(b"other"), ..announced(&session_id, &[b"one", b"two"]) };
    let lying = started(&sessions, lying).await.unwrap();
    assert_eq!(lying.missing_chunks, [0; 0]);
    let refused = saved(&sessions, save("c-1", &lying.upload_id, b"")).await.unwrap_err();
    has(&refused, Code::InvalidArgument, "DIGEST_MISMATCH");
    assert_eq!(server.store.snapshot(Digest::of_bytes(b"other")).await.unwrap(), None);

    let damaged = started(&sessions, announced(&session_id, &[b"three"])).await.unwrap().upload_id;
    server.store.keep_chunk(&damaged, Digest::of_bytes(b"three"), b"thre3", Timestamp::now()).await.unwrap();
    has(&saved(&sessions, save("c-1", &damaged, b"")).await.unwrap_err(), Code::DataLoss, "DATA_CORRUPT");

    saved(&sessions, save("c-1", &upload, b"")).await.unwrap();
    has(&saved(&sessions, save("c-1", "", b"x")).await.unwrap_err(), Code::AlreadyExists, "CHECKPOINT_EXISTS");
}

#[tokio::test]
async fn a_download_brings_what_was_saved_or_says_why_not() {
    let Stage { sessions, session_id, server } = stage().await;
    let download = async |session: &str, name: &str| downloaded(&sessions, session, name, 0).await;
    saved(&sessions, with_snapshot(&session_id, "bare", "", b"")).await.unwrap();
    has(&download(&session_id, "bare").await.unwrap_err(), Code::NotFound, "SNAPSHOT_NOT_FOUND");
    has(&download(&session_id, "unknown").await.unwrap_err(), Code::NotFound, "CHECKPOINT_NOT_FOUND");
    has(&download("nobody", "bare").await.unwrap_err(), Code::NotFound, "CHECKPOINT_NOT_FOUND");
    is_refused(&download("", "bare").await.unwrap_err(), Code::InvalidArgument, "INVALID_FIELD", "session_id");
    is_refused(&download(&session_id, "").await.unwrap_err(), Code::InvalidArgument, "INVALID_FIELD", "checkpoint_id");

    // Named by an event alone: its snapshot was never sent here.
    let mut events = Events::new(server.channel().await);
    let named = |name: &str, digest: Digest| {
        let payload = format!(
            r#"{{"session_id":"{session_id}","checkpoint_id":"{name}","snapshot_digest":"{digest}","snapshot_size":5}}"#
        );
        event("agent.letta.checkpoint.saved", &payload)
    };
    let damaged = Digest::of_bytes(b"three");
    record(&mut events, [named("elsewhere", Digest::of_bytes(b"x")), named("damaged", damaged)]).await;
    has(&download(&session_id, "elsewhere").await.unwrap_err(), Code::NotFound, "SNAPSHOT_NOT_FOUND");
    let good = Chunk { digest: Digest::of_bytes(b"one"), size: 3 };
    let upload = Upload {
        upload_id: "u".into(),
        session_id: session_id.clone(),
        digest: damaged,
        size: 8,
        media_type: String::new(),
        chunks: vec![good, Chunk { digest: damaged, size: 5 }],
        touched_at: Timestamp::now(),
    };
    server.store.start_upload(&upload).await.unwrap();
    server.store.keep_chunk("u", good.digest, b"one", Timestamp::now()).await.unwrap();
    server.store.keep_chunk("u", damaged, b"thre3", Timestamp::now()).await.unwrap();
    server.store.finish_upload("u", Timestamp::now()).await.unwrap();
    has(&download(&session_id, "damaged").await.unwrap_err(), Code::DataLoss, "DATA_CORRUPT");
    has(&downloaded(&sessions, &session_id, "damaged", 1).await.unwrap_err(), Code::DataLoss, "DATA_CORRUPT");
}

#[tokio::test]
async fn the_snapshots_of_a_session_have_a_quota() {
    let limits = Limits { session_snapshot_bytes: 10, ..Limits::default() };
    let Stage { sessions, session_id, .. } = stage_with(Setup { limits, ..Setup::in_memory().await }).await;
    saved(&sessions, with_snapshot(&session_id, "c-1", "", b"1234567")).await.unwrap();
    let refused = saved(&sessions, with_snapshot(&session_id, "c-2", "", b"1234")).await.unwrap_err();
    has(&refused, Code::ResourceExhausted, "QUOTA_EXCEEDED");
    assert_eq!((detail(&refused, "limit"), detail(&refused, "actual")), ("10".to_owned(), "11".to_owned()));
    let refused = started(&sessions, announced(&session_id, &[b"12", b"34"])).await.unwrap_err();
    has(&refused, Code::ResourceExhausted, "QUOTA_EXCEEDED");
    let upload = uploaded(&sessions, &session_id, &[b"12", b"3"]).await;
    saved(&sessions, with_snapshot(&session_id, "c-2", &upload, b"")).await.unwrap();
    saved(&sessions, with_snapshot(&session_id, "c-3", "", b"")).await.unwrap();
    has(
        &saved(&sessions, with_snapshot(&session_id, "c-4", "", b"1")).await.unwrap_err(),
        Code::ResourceExhausted,
        "QUOTA_EXCEEDED",
    );
    let prune =
        PruneCheckpointsRequest { session_id: session_id.clone(), keep_last: 1, ..PruneCheckpointsRequest::default() };
    assert_eq!(sessions.clone().prune_checkpoints(prune).await.unwrap().into_inner().freed_bytes, 10);
    saved(&sessions, with_snapshot(&session_id, "c-4", "", b"1234567890")).await.unwrap();
}
