//! Snapshots over the wire: up, down, and what is done only once.

use bytes::Bytes;
use futures::stream;
use god33_domain::{Digest, Timestamp};
use god33_proto::v1::agent_service_client::AgentServiceClient;
use god33_proto::v1::*;
use tonic::{Code, Status};

use crate::build::*;
use crate::common::{Setup, TestServer, within};
use crate::team::Sessions;

const MIB: usize = 1 << 20;

/// A server, and an agent in a session.
pub struct Stage {
    pub server: TestServer,
    pub sessions: Sessions,
    pub session_id: String,
}

pub async fn stage() -> Stage {
    stage_with(Setup::in_memory().await).await
}

pub async fn stage_with(setup: Setup) -> Stage {
    let server = setup.start().await;
    let sessions = Sessions::new(server.channel().await);
    let session_id = begin(&sessions).await;
    Stage { server, sessions, session_id }
}

/// Starts a session.
pub async fn begin(sessions: &Sessions) -> String {
    let session = SessionStarted { agent_type: "letta-python-dev".into(), ..SessionStarted::default() };
    let request = StartSessionRequest { session: Some(session), ..StartSessionRequest::default() };
    sessions.clone().start_session(request).await.unwrap().into_inner().session.unwrap().session_id
}

/// Bytes that look random, always the same for a seed.
pub fn noise(seed: u64, size: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..size).map(|_| next()).collect()
}

pub fn sha(bytes: &[u8]) -> Bytes {
    Bytes::copy_from_slice(Digest::of_bytes(bytes).as_bytes())
}

/// The announcement of a snapshot that is cut so.
pub fn announced(session_id: &str, chunks: &[&[u8]]) -> StartSnapshotUploadRequest {
    let whole = chunks.concat();
    StartSnapshotUploadRequest {
        session_id: session_id.into(),
        digest: sha(&whole),
        size: whole.len() as u64,
        chunks: chunks.iter().map(|chunk| ChunkInfo { digest: sha(chunk), size: chunk.len() as u32 }).collect(),
        media_type: "application/octet-stream".into(),
        ..StartSnapshotUploadRequest::default()
    }
}

pub async fn started(
    sessions: &Sessions,
    request: StartSnapshotUploadRequest,
) -> Result<StartSnapshotUploadResponse, Status> {
    Ok(within(sessions.clone().start_snapshot_upload(request)).await?.into_inner())
}

pub fn chunk(upload_id: &str, index: u32, data: &[u8]) -> UploadChunkRequest {
    UploadChunkRequest { upload_id: upload_id.into(), index, data: Bytes::copy_from_slice(data) }
}

/// How many chunks are missing after this one.
pub async fn sent(sessions: &Sessions, upload_id: &str, index: u32, data: &[u8]) -> Result<u32, Status> {
    Ok(within(sessions.clone().upload_chunk(chunk(upload_id, index, data))).await?.into_inner().missing)
}

/// Uploads a snapshot, and gives the upload.
pub async fn uploaded(sessions: &Sessions, session_id: &str, chunks: &[&[u8]]) -> String {
    let upload = started(sessions, announced(session_id, chunks)).await.unwrap();
    for index in upload.missing_chunks {
        sent(sessions, &upload.upload_id, index, chunks[index as usize]).await.unwrap();
    }
    upload.upload_id
}

/// A checkpoint with a snapshot that was uploaded, or rides along.
pub fn with_snapshot(session_id: &str, name: &str, upload_id: &str, snapshot: &[u8]) -> SaveCheckpointRequest {
    let checkpoint =
        CheckpointSaved { session_id: session_id.into(), checkpoint_id: name.into(), ..CheckpointSaved::default() };
    SaveCheckpointRequest {
        checkpoint: Some(checkpoint),
        upload_id: upload_id.into(),
        snapshot: Bytes::copy_from_slice(snapshot),
        ..SaveCheckpointRequest::default()
    }
}

pub async fn saved(sessions: &Sessions, request: SaveCheckpointRequest) -> Result<Checkpoint, Status> {
    Ok(within(sessions.clone().save_checkpoint(request)).await?.into_inner().checkpoint.unwrap())
}

/// What comes down, from a chunk on.
pub async fn downloaded(
    sessions: &Sessions,
    session_id: &str,
    name: &str,
    from_chunk: u32,
) -> Result<Vec<DownloadSnapshotResponse>, Status> {
    let request = DownloadSnapshotRequest { session_id: session_id.into(), checkpoint_id: name.into(), from_chunk };
    let mut sessions = sessions.clone().max_decoding_message_size(8 << 20);
    let mut stream = within(sessions.download_snapshot(request)).await?.into_inner();
    let mut messages = Vec::new();
    while let Some(message) = within(stream.message()).await? {
        messages.push(message);
    }
    Ok(messages)
}

#[tokio::test]
async fn a_session_that_took_over_downloads_what_was_saved_before_it() {
    let Stage { sessions, session_id: first, server } = stage().await;
    saved(&sessions, with_snapshot(&first, "c-1", "", b"what the first one knew")).await.unwrap();
    let mut last = first.clone();
    for _ in 0..2 {
        let fail = FailSessionRequest { session_id: last.clone(), ..FailSessionRequest::default() };
        let fail = FailSessionRequest { failure_reason: "connection_timeout".into(), ..fail };
        within(sessions.clone().fail_session(fail)).await.unwrap();
        let recover = StartRecoveryRequest { failed_session_id: last, ..StartRecoveryRequest::default() };
        let recovered = within(sessions.clone().start_recovery(recover)).await.unwrap().into_inner();
        last = recovered.session.unwrap().session_id;
    }
    assert!(bytes(&downloaded(&sessions, &last, "c-1", 0).await.unwrap()) == b"what the first one knew");
    let request = GetCheckpointRequest {
        session_id: last.clone(),
        checkpoint_id: "c-1".into(),
        ..GetCheckpointRequest::default()
    };
    let read = within(sessions.clone().get_checkpoint(request)).await.unwrap().into_inner().checkpoint.unwrap();
    assert_eq!(read.session_id, first);
    // Its own one of the same name comes first.
    saved(&sessions, with_snapshot(&last, "c-1", "", b"what the last one knows")).await.unwrap();
    assert!(bytes(&downloaded(&sessions, &last, "c-1", 0).await.unwrap()) == b"what the last one knows");
    let stranger = begin(&sessions).await;
    let refused = downloaded(&sessions, &stranger, "c-1", 0).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "CHECKPOINT_NOT_FOUND"));
    server.stop().await;
}

fn bytes(messages: &[DownloadSnapshotResponse]) -> Vec<u8> {
    messages.iter().flat_map(|message| message.data.to_vec()).collect()
}

#[tokio::test]
async fn a_large_snapshot_goes_up_in_chunks_of_any_order_and_comes_down_the_same() {
    let Stage { sessions, session_id, server } = stage().await;
    let whole = noise(1, 5 * MIB + 5);
    let chunks: Vec<&[u8]> = whole.chunks(MIB).collect();
    let announcement = announced(&session_id, &chunks);
    let upload = started(&sessions, announcement.clone()).await.unwrap();
    assert_eq!(upload.missing_chunks, [0, 1, 2, 3, 4, 5]);
    let upload_id = upload.upload_id;
    let part = |index: usize| UploadChunksRequest {
        upload_id: upload_id.clone(),
        index: index as u32,
        data: Bytes::copy_from_slice(chunks[index]),
    };
    let some = stream::iter([5, 0, 3].map(part));
    let answer = within(sessions.clone().upload_chunks(some)).await.unwrap().into_inner();
    assert_eq!(answer.missing_chunks, [1, 2, 4]);
    let refused = saved(&sessions, with_snapshot(&session_id, "c-1", &upload_id, b"")).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::FailedPrecondition, "UPLOAD_INCOMPLETE"));
    assert_eq!(detail(&refused, "missing"), "1,2,4");
    let rest = stream::iter([4, 2, 1].map(part));
    assert_eq!(within(sessions.clone().upload_chunks(rest)).await.unwrap().into_inner().missing_chunks, [0; 0]);

    let checkpoint = saved(&sessions, with_snapshot(&session_id, "c-1", &upload_id, b"")).await.unwrap();
    let snapshot = checkpoint.snapshot.clone().unwrap();
    assert_eq!(
        snapshot,
        SnapshotInfo {
            digest: announcement.digest,
            size: announcement.size,
            media_type: announcement.media_type,
            chunks: announcement.chunks,
            stored_bytes: announcement.size,
        }
    );
    let messages = downloaded(&sessions, &session_id, "c-1", 0).await.unwrap();
    assert_eq!(messages.len(), 6);
    assert_eq!(messages[0].snapshot, Some(snapshot.clone()), "the first says what it is, and begins with it");
    assert!(messages[1..].iter().all(|message| message.snapshot.is_none()));
    assert!(bytes(&messages) == whole);

    let request = GetCheckpointRequest {
        session_id: session_id.clone(),
        checkpoint_id: "c-1".into(),
        ..GetCheckpointRequest::default()
    };
    let read = sessions.clone().get_checkpoint(request).await.unwrap().into_inner().checkpoint;
    assert_eq!(read, Some(checkpoint));
    let request = ListCheckpointsRequest { session_id: session_id.clone(), ..ListCheckpointsRequest::default() };
    let listed = sessions.clone().list_checkpoints(request).await.unwrap().into_inner().checkpoints;
    let brief = SnapshotInfo { chunks: Vec::new(), ..snapshot };
    assert_eq!(listed[0].snapshot, Some(brief), "a list leaves the chunks out");
    server.stop().await;
}

#[tokio::test]
async fn a_chunk_that_did_not_change_is_not_sent_again() {
    let Stage { sessions, session_id, .. } = stage().await;
    let (a, b, c, d) = (noise(1, 1_000), noise(2, 1_000), noise(3, 10), noise(4, 1_000));
    let first = uploaded(&sessions, &session_id, &[&a, &b, &c]).await;
    let first = saved(&sessions, with_snapshot(&session_id, "c-1", &first, b"")).await.unwrap();
    assert_eq!(first.snapshot.unwrap().stored_bytes, 2_010);
    let upload = started(&sessions, announced(&session_id, &[&a, &d, &c])).await.unwrap();
    assert_eq!(upload.missing_chunks, [1]);
    assert_eq!(sent(&sessions, &upload.upload_id, 1, &d).await.unwrap(), 0);
    let second = saved(&sessions, with_snapshot(&session_id, "c-2", &upload.upload_id, b"")).await.unwrap();
    assert_eq!(second.snapshot.unwrap().stored_bytes, 1_000);
    let again = started(&sessions, announced(&session_id, &[&a, &b, &c])).await.unwrap();
    assert_eq!(again.missing_chunks, [0; 0], "a whole that is known is done at once");
    saved(&sessions, with_snapshot(&session_id, "c-3", &again.upload_id, b"")).await.unwrap();
    for (name, expected) in [("c-1", [&a, &b, &c]), ("c-2", [&a, &d, &c]), ("c-3", [&a, &b, &c])] {
        let messages = downloaded(&sessions, &session_id, name, 0).await.unwrap();
        assert!(bytes(&messages) == expected.map(Vec::as_slice).concat(), "{name}");
    }
}

#[tokio::test]
async fn a_download_goes_on_where_it_broke() {
    let Stage { sessions, session_id, .. } = stage().await;
    let upload = uploaded(&sessions, &session_id, &[b"one", b"two", b"three"]).await;
    saved(&sessions, with_snapshot(&session_id, "c-1", &upload, b"")).await.unwrap();
    let rest = downloaded(&sessions, &session_id, "c-1", 1).await.unwrap();
    assert_eq!((bytes(&rest), rest[0].index, rest[1].index), (b"twothree".to_vec(), 1, 2));
    assert_eq!(rest[0].snapshot.as_ref().unwrap().chunks.len(), 3, "each stream says first what it brings");
    let nothing = downloaded(&sessions, &session_id, "c-1", 3).await.unwrap();
    assert_eq!((nothing.len(), bytes(&nothing), nothing[0].index), (1, Vec::new(), 3));
    let refused = downloaded(&sessions, &session_id, "c-1", 4).await.unwrap_err();
    is_refused(&refused, Code::InvalidArgument, "INVALID_FIELD", "from_chunk");
}

#[tokio::test]
async fn a_small_snapshot_rides_along_with_its_checkpoint() {
    let Stage { sessions, session_id, .. } = stage().await;
    let whole = noise(1, MIB);
    let request = SaveCheckpointRequest {
        media_type: "application/gzip".into(),
        ..with_snapshot(&session_id, "c-1", "", &whole)
    };
    let snapshot = saved(&sessions, request).await.unwrap().snapshot.unwrap();
    assert_eq!((snapshot.size, snapshot.chunks.len(), snapshot.stored_bytes), (MIB as u64, 1, MIB as u64));
    assert_eq!((snapshot.digest, snapshot.media_type.as_str()), (sha(&whole), "application/gzip"));
    assert!(bytes(&downloaded(&sessions, &session_id, "c-1", 0).await.unwrap()) == whole);
    let without = saved(&sessions, with_snapshot(&session_id, "c-2", "", b"")).await.unwrap();
    assert_eq!(without.snapshot, None);
}

#[tokio::test]
async fn a_repeat_gets_the_first_answer_also_when_its_upload_is_forgotten() {
    let Stage { sessions, session_id, server } = stage().await;
    let request = StartSnapshotUploadRequest { request_id: id(), ..announced(&session_id, &[b"one", b"two"]) };
    let first = started(&sessions, request.clone()).await.unwrap();
    assert_eq!(sent(&sessions, &first.upload_id, 1, b"two").await.unwrap(), 1);
    let upper = StartSnapshotUploadRequest { request_id: request.request_id.to_uppercase(), ..request.clone() };
    let again = started(&sessions, upper).await.unwrap();
    assert_eq!((&again.upload_id, again.missing_chunks), (&first.upload_id, vec![0]));
    for other in [
        StartSnapshotUploadRequest { media_type: "text/plain".into(), ..request.clone() },
        StartSnapshotUploadRequest { request_id: request.request_id.clone(), ..announced(&session_id, &[b"onetwo"]) },
        StartSnapshotUploadRequest { request_id: request.request_id.clone(), ..announced(&session_id, &[b"x"]) },
    ] {
        let refused = started(&sessions, other).await.unwrap_err();
        assert_eq!((refused.code(), reason(&refused).as_str()), (Code::AlreadyExists, "REQUEST_ID_REUSED"));
    }
    let other = started(&sessions, announced(&session_id, &[b"one", b"two"])).await.unwrap();
    assert_ne!(other.upload_id, first.upload_id, "without an id each is a call of its own");

    assert_eq!(sent(&sessions, &first.upload_id, 0, b"one").await.unwrap(), 0);
    let save = SaveCheckpointRequest { request_id: id(), ..with_snapshot(&session_id, "c-1", &first.upload_id, b"") };
    let answer = sessions.clone().save_checkpoint(save.clone()).await.unwrap().into_inner();
    assert_eq!(sessions.clone().save_checkpoint(save.clone()).await.unwrap().into_inner(), answer);
    assert_eq!(started(&sessions, request).await.unwrap().missing_chunks, [0; 0], "it is finished");
    saved(&sessions, with_snapshot(&session_id, "c-2", &first.upload_id, b"")).await.unwrap();

    let tomorrow = Timestamp::from_micros(Timestamp::now().micros() + 86_400_000_000);
    server.store.collect_snapshots(tomorrow).await.unwrap();
    assert_eq!(sessions.clone().save_checkpoint(save).await.unwrap().into_inner(), answer);
    let refused = saved(&sessions, with_snapshot(&session_id, "c-3", &first.upload_id, b"")).await.unwrap_err();
    assert_eq!((refused.code(), reason(&refused).as_str()), (Code::NotFound, "UPLOAD_NOT_FOUND"));
    assert_eq!(bytes(&downloaded(&sessions, &session_id, "c-1", 0).await.unwrap()), b"onetwo");
}

#[tokio::test]
async fn a_snapshot_that_is_a_json_object_is_shown_as_memory() {
    let Stage { server, sessions, .. } = stage().await;
    let mut agents = AgentServiceClient::new(server.channel().await);
    let kind = AgentTypeRegistered { agent_type: "letta-python-dev".into(), ..AgentTypeRegistered::default() };
    let register = RegisterAgentTypeRequest { agent_type: Some(kind), ..RegisterAgentTypeRequest::default() };
    agents.register_agent_type(register).await.unwrap();
    let request = CreateAgentRequest { agent_type: "letta-python-dev".into(), ..CreateAgentRequest::default() };
    let agent = agents.create_agent(request).await.unwrap().into_inner();
    let session_id = agent.session.unwrap().session_id;
    let large = format!(r#"{{"text":"{}"}}"#, "x".repeat(MIB));
    for (name, snapshot, has_memory) in [
        ("object", &br#" {"core": {"human": "jarad"}, "n": 7} "#[..], true),
        ("list", b"[1]", false),
        ("number", br#"{"n": 9007199254740993}"#, false),
        ("text", b"\x1f\x8b\xff", false),
        ("large", large.as_bytes(), false),
    ] {
        let parts: Vec<&[u8]> = snapshot.chunks(MIB / 2).collect();
        let upload = uploaded(&sessions, &session_id, &parts).await;
        let shown = saved(&sessions, with_snapshot(&session_id, name, &upload, b"")).await.unwrap();
        let request = GetAgentCheckpointRequest {
            agent_id: agent.agent_id.clone(),
            checkpoint_id: name.into(),
            ..GetAgentCheckpointRequest::default()
        };
        let read = agents.get_agent_checkpoint(request).await.unwrap().into_inner();
        assert_eq!(read.memory_snapshot.is_some(), has_memory, "{name}");
        assert_eq!(read.checkpoint, Some(shown));
        if let Some(memory) = read.memory_snapshot {
            assert_eq!(memory.fields["n"].kind, Some(prost_types::value::Kind::NumberValue(7.0)));
        }
    }
}
