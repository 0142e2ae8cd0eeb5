//! How a snapshot gets to the server: along with the call when it is small, else in chunks of which only the missing are sent.

use std::io::SeekFrom;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures::SinkExt as _;
use futures::channel::mpsc::{Sender, channel};
use god33_proto::v1::{ChunkInfo, StartSnapshotUploadRequest, UploadChunksRequest};
use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use tonic::Status;
use uuid::Uuid;

use super::digest::{digest, finish};
use crate::cli::follow::is_passing;
use crate::cli::{Failure, Target, print};

/// The length of every chunk but the last, and of the largest snapshot that rides along: what the contract allows.
const CHUNK_BYTES: usize = 1 << 20;

/// How often an upload is begun again after a lost connection.
const ATTEMPTS: u32 = 10;

/// How long to wait before an upload is begun again.
const PAUSE: Duration = Duration::from_secs(1);

/// A snapshot that is ready for SaveCheckpoint: one of both.
#[derive(Default)]
pub(super) struct Upload {
    /// It was sent already.
    pub(super) upload_id: String,
    /// It rides along.
    pub(super) snapshot: Bytes,
}

/// Makes a file ready for SaveCheckpoint.
pub(super) async fn send(target: &Target, path: &Path, session_id: &str, media_type: &str) -> Result<Upload, Failure> {
    let mut file = File::open(path).await.map_err(|source| unreadable(path, source))?;
    let plan = Plan::read(&mut file).await.map_err(|source| unreadable(path, source))?;
    match (plan.size, plan.first) {
        (0, _) => Err(Failure::Usage(format!("--snapshot: {} is empty", path.display()))),
        (_, Some(snapshot)) => Ok(Upload { snapshot, ..Upload::default() }),
        (size, None) => {
            let request = StartSnapshotUploadRequest {
                request_id: String::new(),
                session_id: session_id.to_owned(),
                digest: plan.digest,
                size,
                chunks: plan.chunks,
                media_type: media_type.to_owned(),
            };
            let upload_id = upload(target, &mut file, path, request).await?;
            Ok(Upload { upload_id, ..Upload::default() })
        }
    }
}

/// What a snapshot consists of.
struct Plan {
    digest: Bytes,
    size: u64,
    chunks: Vec<ChunkInfo>,
    /// The snapshot itself, when it is small.
    first: Option<Bytes>,
}

impl Plan {
    async fn read(file: &mut File) -> std::io::Result<Self> {
        let (mut whole, mut size, mut chunks, mut first) = (Sha256::new(), 0, Vec::new(), None);
        loop {
            let chunk = next_chunk(file).await?;
            if chunk.is_empty() {
                break;
            }
            whole.update(&chunk);
            size += chunk.len() as u64;
            chunks.push(ChunkInfo { digest: digest(&chunk), size: u32::try_from(chunk.len()).unwrap_or(u32::MAX) });
            first = (chunks.len() == 1).then_some(chunk);
        }
        Ok(Self { digest: finish(whole), size, chunks, first })
    }
}

/// The next chunk of a file; empty at its end.
async fn next_chunk(file: &mut File) -> std::io::Result<Bytes> {
    let mut chunk = Vec::with_capacity(CHUNK_BYTES);
    file.take(CHUNK_BYTES as u64).read_to_end(&mut chunk).await?;
    Ok(chunk.into())
}

/// Sends what the server does not have. After a lost connection the upload is begun anew; what has arrived is not sent twice.
async fn upload(
    target: &Target,
    file: &mut File,
    path: &Path,
    mut request: StartSnapshotUploadRequest,
) -> Result<String, Failure> {
    let mut attempt = 1;
    loop {
        request.request_id = Uuid::new_v4().to_string();
        match send_missing(target, file, path, request.clone()).await {
            Err(failure) if attempt < ATTEMPTS && is_passing(&failure) => attempt += 1,
            ended => return ended,
        }
        print::hint("not all of the snapshot has arrived: sending what is missing")?;
        tokio::time::sleep(PAUSE).await;
    }
}

/// Announces a snapshot and sends what the server does not have.
async fn send_missing(
    target: &Target,
    file: &mut File,
    path: &Path,
    request: StartSnapshotUploadRequest,
) -> Result<String, Failure> {
    let mut client = target.sessions().await?;
    let started = client.start_snapshot_upload(request).await?.into_inner();
    if started.missing_chunks.is_empty() {
        return Ok(started.upload_id);
    }
    let (chunks, stream) = channel(1);
    let sending = feed(file, path, &started.upload_id, &started.missing_chunks, chunks);
    let (fed, answer) = tokio::join!(sending, client.upload_chunks(stream));
    let missing = answer?.into_inner().missing_chunks.len();
    fed?;
    if missing > 0 {
        return Err(Status::unavailable(format!("{missing} chunks of the snapshot did not arrive")).into());
    }
    Ok(started.upload_id)
}

/// Reads the chunks that are missing and passes them on.
async fn feed(
    file: &mut File,
    path: &Path,
    upload_id: &str,
    missing: &[u32],
    mut chunks: Sender<UploadChunksRequest>,
) -> Result<(), Failure> {
    for index in missing {
        let begin = SeekFrom::Start(u64::from(*index) * CHUNK_BYTES as u64);
        file.seek(begin).await.map_err(|source| unreadable(path, source))?;
        let data = next_chunk(file).await.map_err(|source| unreadable(path, source))?;
        let chunk = UploadChunksRequest { upload_id: upload_id.to_owned(), index: *index, data };
        if chunks.send(chunk).await.is_err() {
            // The call has ended; its answer says why.
            break;
        }
    }
    Ok(())
}

fn unreadable(path: &Path, source: std::io::Error) -> Failure {
    Failure::Io { what: format!("--snapshot: {} could not be read", path.display()), source }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Write as _;

    use super::*;
    use crate::cli::checkpoints::digest::hex;

    async fn plan_of(bytes: &[u8]) -> Plan {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        Plan::read(&mut File::open(file.path()).await.unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_small_snapshot_rides_along() {
        let plan = plan_of(b"abc").await;
        assert_eq!(plan.first.unwrap(), "abc");
        assert_eq!(hex(&plan.digest), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(plan_of(&vec![7; CHUNK_BYTES]).await.first.is_some());
    }

    #[tokio::test]
    async fn a_large_snapshot_is_cut_into_chunks() {
        let bytes = [vec![1; CHUNK_BYTES], vec![2; CHUNK_BYTES], vec![3; 5]].concat();
        let plan = plan_of(&bytes).await;
        assert!(plan.first.is_none());
        assert_eq!(plan.size, bytes.len() as u64);
        assert_eq!(plan.digest, digest(&bytes));
        let sizes: Vec<u32> = plan.chunks.iter().map(|chunk| chunk.size).collect();
        assert_eq!(sizes, [1 << 20, 1 << 20, 5]);
        assert_eq!(plan.chunks[2].digest, digest(&[3; 5]));
    }

    #[tokio::test]
    async fn only_the_missing_chunks_are_read() {
        let mut kept = tempfile::NamedTempFile::new().unwrap();
        kept.write_all(&[vec![1; CHUNK_BYTES], vec![2; CHUNK_BYTES], vec![3; 5]].concat()).unwrap();
        let mut file = File::open(kept.path()).await.unwrap();
        let (chunks, mut stream) = channel(8);
        feed(&mut file, kept.path(), "u", &[2, 1], chunks).await.unwrap();
        let sent: Vec<_> =
            std::iter::from_fn(|| stream.try_recv().ok()).map(|chunk| (chunk.index, chunk.data)).collect();
        assert_eq!(sent, [(2, Bytes::from(vec![3; 5])), (1, Bytes::from(vec![2; CHUNK_BYTES]))]);
    }
}
