//! Snapshots of agents' states: chunks, uploads, and what is dropped when.

use god33_domain::ports::{Chunk, Snapshot, Snapshots, Upload};
use god33_domain::{Digest, Timestamp};

use crate::store::World;
use crate::{EventStory, event};

/// No place.
const NONE: [u32; 0] = [];

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_800_000_000_000_000 + seconds * 1_000_000 + 123_456)
}

fn chunk(data: &str) -> Chunk {
    Chunk { digest: Digest::of_bytes(data.as_bytes()), size: data.len() as u32 }
}

/// An upload of these chunks, begun at this time.
fn upload(id: &str, chunks: &[&str], seconds: i64) -> Upload {
    let whole = chunks.concat();
    Upload {
        upload_id: id.into(),
        session_id: "s-1".into(),
        digest: Digest::of_bytes(whole.as_bytes()),
        size: whole.len() as u64,
        media_type: "text/plain".into(),
        chunks: chunks.iter().map(|data| chunk(data)).collect(),
        touched_at: at(seconds),
    }
}

/// The snapshot that comes of it.
fn snapshot(chunks: &[&str], stored_bytes: u64) -> Snapshot {
    let Upload { digest, size, media_type, chunks, .. } = upload("", chunks, 0);
    Snapshot { digest, size, media_type, chunks, stored_bytes }
}

fn digest(chunks: &[&str]) -> Digest {
    upload("", chunks, 0).digest
}

async fn send(world: &World, upload: &str, data: &str, seconds: i64) -> bool {
    let digest = Digest::of_bytes(data.as_bytes());
    world.store.keep_chunk(upload, digest, data.as_bytes(), at(seconds)).await.unwrap()
}

/// Begins an upload and sends what is missing.
async fn send_all(store: &dyn Snapshots, id: &str, chunks: &[&str], seconds: i64) {
    for place in store.start_upload(&upload(id, chunks, seconds)).await.unwrap() {
        let data = chunks[place as usize];
        let kept = store.keep_chunk(id, chunk(data).digest, data.as_bytes(), at(seconds)).await.unwrap();
        assert!(kept, "the upload is there");
    }
}

/// Stores a snapshot as a client does.
async fn store(store: &dyn Snapshots, id: &str, chunks: &[&str], seconds: i64) -> Snapshot {
    send_all(store, id, chunks, seconds).await;
    store.finish_upload(id, at(seconds)).await.unwrap().expect("the upload is there")
}

/// The text of a chunk, if it is stored.
async fn read(world: &World, data: &str) -> Option<String> {
    let bytes = world.store.chunk(chunk(data).digest).await.unwrap();
    bytes.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap())
}

/// Those of these texts that are stored as chunks.
async fn stored<'a>(world: &World, texts: &[&'a str]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for text in texts {
        if let Some(read) = read(world, text).await {
            assert_eq!(read, *text);
            found.push(*text);
        }
    }
    found
}

/// An event that saves a checkpoint with a snapshot.
fn saved(checkpoint: &str, chunks: &[&str]) -> EventStory {
    let digest = digest(chunks).to_string();
    let event = event("agent.letta.checkpoint.saved").in_session("s-1").saying("checkpoint_id", checkpoint);
    event.saying("snapshot_digest", digest).saying("snapshot_size", chunks.concat().len())
}

async fn collect(world: &World, before: i64) -> u64 {
    world.store.collect_snapshots(at(before)).await.unwrap()
}

pub async fn a_snapshot_comes_back_whole_and_chunk_by_chunk(world: &World) {
    let large = "\0é".repeat(349_525) + "x";
    let chunks = ["one", large.as_str(), "three"];
    let begun = upload("u-1", &chunks, 0);
    assert_eq!(large.len(), 1 << 20, "the largest chunk");
    assert_eq!(world.store.start_upload(&begun).await.unwrap(), [0, 1, 2]);
    assert!(send(world, "u-1", "three", 1).await);
    assert!(send(world, "u-1", "one", 2).await);
    assert_eq!(world.store.missing_chunks("u-1").await.unwrap(), [1]);
    assert_eq!(world.store.snapshot(begun.digest).await.unwrap(), None, "not yet");
    assert!(send(world, "u-1", &large, 3).await);
    assert_eq!(world.store.missing_chunks("u-1").await.unwrap(), NONE);
    let touched = Upload { touched_at: at(3), ..begun.clone() };
    assert_eq!(world.store.upload("u-1").await.unwrap(), Some(touched));
    let kept = snapshot(&chunks, begun.size);
    assert_eq!(world.store.finish_upload("u-1", at(4)).await.unwrap(), Some(kept.clone()));
    assert_eq!(world.store.snapshot(begun.digest).await.unwrap(), Some(kept));
    assert_eq!(stored(world, &chunks).await, chunks);
}

pub async fn a_chunk_is_stored_once(world: &World) {
    assert_eq!(world.store.start_upload(&upload("u-1", &["a", "bb", "a"], 0)).await.unwrap(), [0, 1, 2]);
    send(world, "u-1", "a", 0).await;
    assert_eq!(world.store.missing_chunks("u-1").await.unwrap(), [1], "one chunk fills all of its places");
    send(world, "u-1", "a", 0).await;
    send(world, "u-1", "bb", 0).await;
    let first = world.store.finish_upload("u-1", at(0)).await.unwrap();
    assert_eq!(first, Some(snapshot(&["a", "bb", "a"], 3)), "sent twice, stored once");
    assert_eq!(world.store.start_upload(&upload("u-2", &["bb", "ccc", "a"], 0)).await.unwrap(), [1]);
    send(world, "u-2", "ccc", 0).await;
    let second = world.store.finish_upload("u-2", at(0)).await.unwrap();
    assert_eq!(second, Some(snapshot(&["bb", "ccc", "a"], 3)), "only what is new was stored");
}

pub async fn an_upload_that_is_begun_again_answers_what_is_missing(world: &World) {
    let begun = upload("u-1", &["a", "bb", "ccc"], 0);
    world.store.start_upload(&begun).await.unwrap();
    send(world, "u-1", "bb", 5).await;
    let other = upload("u-1", &["x", "y", "z", "w"], 9);
    for again in [&begun, &other] {
        assert_eq!(world.store.start_upload(again).await.unwrap(), [0, 2]);
    }
    let kept = Upload { touched_at: at(5), ..begun };
    assert_eq!(world.store.upload("u-1").await.unwrap(), Some(kept), "the first stands");
}

pub async fn an_upload_that_is_finished_can_be_asked_for_again(world: &World) {
    let chunks = ["a", "bb"];
    let first = store(world.store.as_ref(), "u-1", &chunks, 0).await;
    let finished = Upload { touched_at: at(0), ..upload("u-1", &chunks, 0) };
    assert_eq!(world.store.upload("u-1").await.unwrap(), Some(finished));
    assert_eq!(world.store.start_upload(&upload("u-1", &chunks, 1)).await.unwrap(), NONE);
    assert_eq!(world.store.missing_chunks("u-1").await.unwrap(), NONE);
    assert!(send(world, "u-1", "a", 2).await);
    assert_eq!(world.store.finish_upload("u-1", at(3)).await.unwrap(), Some(first.clone()));
    assert_eq!(world.store.snapshot(first.digest).await.unwrap(), Some(first));
}

pub async fn an_upload_that_is_not_there_takes_nothing(world: &World) {
    assert_eq!(world.store.upload("u-1").await.unwrap(), None);
    assert_eq!(world.store.missing_chunks("u-1").await.unwrap(), NONE);
    assert!(!send(world, "u-1", "a", 0).await);
    assert_eq!(world.store.finish_upload("u-1", at(0)).await.unwrap(), None);
    assert_eq!(world.store.snapshot(digest(&["a"])).await.unwrap(), None);
    assert_eq!(read(world, "a").await, None);
}

pub async fn the_same_content_is_one_snapshot_however_it_is_cut(world: &World) {
    let first = store(world.store.as_ref(), "u-1", &["abcd", "ef"], 0).await;
    for (id, chunks) in [("u-2", &["abcd", "ef"][..]), ("u-3", &["a", "bcde", "f"]), ("u-4", &["abcdef"])] {
        assert_eq!(store(world.store.as_ref(), id, chunks, 10).await, first, "{chunks:?}");
    }
    assert_eq!(world.store.snapshot(first.digest).await.unwrap(), Some(first));
    assert_eq!(collect(world, 5).await, 6 + 6, "what the other cuts brought is free again");
    assert_eq!(stored(world, &["abcd", "ef", "a", "bcde", "f", "abcdef"]).await, ["abcd", "ef"]);
}

pub async fn snapshots_are_found_without_their_chunks(world: &World) {
    let one = store(world.store.as_ref(), "u-1", &["a", "bb"], 0).await;
    let two = store(world.store.as_ref(), "u-2", &["bb", "ccc"], 0).await;
    let unknown = digest(&["unknown"]);
    let mut found = world.store.snapshots(&[two.digest, unknown, one.digest, two.digest]).await.unwrap();
    found.sort_by_key(|snapshot| snapshot.size);
    assert_eq!(found, [one, two].map(|snapshot| Snapshot { chunks: Vec::new(), ..snapshot }));
    assert_eq!(world.store.snapshots(&[]).await.unwrap(), []);
}

pub async fn names_of_any_script_and_thousands_of_chunks_stop_no_snapshot(world: &World) {
    let texts: Vec<String> = (0..2_000).map(|number| format!("chunk {number}")).collect();
    let chunks: Vec<&str> = texts.iter().map(String::as_str).collect();
    let name = "it's \"100 %\" \\ _ ﷺ 😀";
    let begun = Upload { session_id: name.into(), media_type: name.into(), ..upload(name, &chunks, 0) };
    assert_eq!(world.store.start_upload(&begun).await.unwrap().len(), 2_000);
    for data in &chunks {
        send(world, name, data, 0).await;
    }
    assert_eq!(world.store.upload(name).await.unwrap(), Some(begun.clone()));
    let kept = world.store.finish_upload(name, at(0)).await.unwrap().unwrap();
    assert_eq!((kept.chunks.len(), kept.media_type.as_str(), kept.stored_bytes), (2_000, name, begun.size));
    assert_eq!(world.store.bytes_of_only(&[kept.digest]).await.unwrap(), begun.size);
    assert_eq!(collect(world, 1).await, begun.size, "and all of it goes");
}

pub async fn an_abandoned_upload_is_dropped_with_the_chunks_that_only_it_had(world: &World) {
    send_all(world.store.as_ref(), "u-1", &["only", "shared"], 0).await;
    send_all(world.store.as_ref(), "u-2", &["shared", "late"], 0).await;
    send(world, "u-2", "late", 10).await;
    assert_eq!(collect(world, 0).await, 0, "nothing is old enough");
    assert_eq!(collect(world, 10).await, 4, "the newest chunk counts, not when the upload was begun");
    assert_eq!(stored(world, &["only", "shared", "late"]).await, ["shared", "late"]);
    assert_eq!(world.store.upload("u-1").await.unwrap(), None);
    assert_eq!(world.store.finish_upload("u-1", at(11)).await.unwrap(), None);
    assert_eq!(world.store.finish_upload("u-2", at(11)).await.unwrap(), Some(snapshot(&["shared", "late"], 4)));
    assert_eq!(collect(world, 11).await, 0);
    assert_eq!(collect(world, 12).await, 10, "no checkpoint came to name it");
    assert_eq!(world.store.snapshot(digest(&["shared", "late"])).await.unwrap(), None);
}

pub async fn a_snapshot_is_kept_as_long_as_a_checkpoint_names_it(world: &World) {
    let (one, two) = (["a", "bb"], ["bb", "ccc"]);
    for (id, chunks) in [("u-1", &one), ("u-2", &two)] {
        store(world.store.as_ref(), id, chunks, 0).await;
    }
    world.record([&saved("c-1", &one), &saved("c-2", &two), &saved("c-3", &two)]).await;
    assert_eq!(collect(world, 100).await, 0);
    let deleted = |name: &str| event("agent.letta.checkpoint.deleted").in_session("s-1").saying("checkpoint_id", name);
    world.record([&deleted("c-1"), &deleted("c-2")]).await;
    assert_eq!(collect(world, 0).await, 0, "it was stored a moment ago: a checkpoint may come to name it");
    assert_eq!(collect(world, 100).await, 1, "what another snapshot has too is kept");
    assert_eq!(stored(world, &["a", "bb", "ccc"]).await, ["bb", "ccc"]);
    assert_eq!(world.store.snapshot(digest(&one)).await.unwrap(), None);
    assert_eq!(world.store.snapshot(digest(&two)).await.unwrap(), Some(snapshot(&two, 3)));
    world.record([&deleted("c-3")]).await;
    assert_eq!(collect(world, 100).await, 5);
    assert_eq!(stored(world, &["a", "bb", "ccc"]).await, [""; 0]);
    assert_eq!(collect(world, 100).await, 0);
}

pub async fn a_chunk_that_something_needs_is_never_dropped(world: &World) {
    store(world.store.as_ref(), "u-1", &["named", "shared"], 0).await;
    store(world.store.as_ref(), "u-2", &["shared", "both", "old"], 0).await;
    world.record([&saved("c-1", &["named", "shared"])]).await;
    assert_eq!(world.store.start_upload(&upload("u-3", &["both", "new"], 50)).await.unwrap(), [1]);
    assert_eq!(collect(world, 50).await, 3);
    assert_eq!(stored(world, &["named", "shared", "both", "old"]).await, ["named", "shared", "both"]);
    send(world, "u-3", "new", 50).await;
    assert_eq!(world.store.missing_chunks("u-3").await.unwrap(), NONE, "what was stored when it began is there still");
    assert_eq!(world.store.finish_upload("u-3", at(50)).await.unwrap(), Some(snapshot(&["both", "new"], 3)));
}

pub async fn a_content_that_comes_again_is_kept_for_whom_it_comes(world: &World) {
    store(world.store.as_ref(), "u-1", &["a", "bb"], 0).await;
    store(world.store.as_ref(), "u-2", &["a", "bb"], 20).await;
    assert_eq!(
        collect(world, 10).await,
        0,
        "a checkpoint may come to name what was stored long ago and came again now"
    );
    assert_eq!(world.store.snapshot(digest(&["a", "bb"])).await.unwrap(), Some(snapshot(&["a", "bb"], 3)));
    assert_eq!(collect(world, 21).await, 3);
}

pub async fn the_bytes_that_only_some_snapshots_take_are_counted(world: &World) {
    let (one, two, three) = (["a", "bb", "a"], ["bb", "ccc"], ["dddd", "eeeee"]);
    for (id, chunks) in [("u-1", &one[..]), ("u-2", &two), ("u-3", &three)] {
        store(world.store.as_ref(), id, chunks, 0).await;
    }
    let only = async |snapshots: &[&[&str]]| {
        let digests: Vec<Digest> = snapshots.iter().map(|chunks| digest(chunks)).collect();
        world.store.bytes_of_only(&digests).await.unwrap()
    };
    assert_eq!(only(&[&one]).await, 1, "a chunk counts once");
    assert_eq!(only(&[&two]).await, 3);
    assert_eq!(only(&[&one, &two]).await, 6, "what both have is free when both go");
    assert_eq!(only(&[&one, &two, &one]).await, 6);
    assert_eq!(only(&[]).await, 0);
    assert_eq!(only(&[&["unknown"]]).await, 0);
    world.store.start_upload(&upload("u-4", &["dddd", "f"], 0)).await.unwrap();
    assert_eq!(only(&[&three]).await, 5, "an upload needs the other one");
}

pub async fn uploads_and_collections_at_once_lose_nothing(world: &World) {
    for round in 0..12 {
        let texts: Vec<String> = (0..6).map(|number| format!("{round} {number}")).collect();
        let chunks: Vec<&str> = texts.iter().map(String::as_str).collect();
        store(world.store.as_ref(), &format!("old-{round}"), &chunks, 0).await;
        let collecting = async {
            for _ in 0..3 {
                collect(world, 50).await;
            }
        };
        let ids: Vec<String> = (0..3).map(|number| format!("u-{round}-{number}")).collect();
        let mut begins = chunks.clone();
        begins.rotate_left(round % 6);
        let storing = ids.iter().map(|id| store(world.store.as_ref(), id, &begins, 100));
        let (kept, ()) = tokio::join!(futures::future::join_all(storing), collecting);
        assert!(kept.iter().all(|snapshot| snapshot.chunks == kept[0].chunks), "{kept:?}");
        assert_eq!(stored(world, &begins).await, begins, "round {round}");
        assert_eq!(world.store.snapshot(kept[0].digest).await.unwrap().as_ref(), Some(&kept[0]));
    }
}
