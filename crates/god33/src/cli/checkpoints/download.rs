//! `god33 checkpoints download`.

use std::fs::File;
use std::io::Write as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Args;
use god33_proto::v1::{DownloadSnapshotRequest, DownloadSnapshotResponse, SnapshotInfo};
use sha2::{Digest as _, Sha256};
use tonic::Streaming;

use super::digest::{digest, finish, hex};
use crate::cli::answer::Answer;
use crate::cli::connection::Output;
use crate::cli::follow::{Watch, follow};
use crate::cli::{Failure, Target, print};

/// Bring the snapshot of a checkpoint back, to a file or to standard output. Every byte is verified; a lost connection is opened again
/// where it broke.
#[derive(Args, Debug)]
pub struct Download {
    /// The checkpoint.
    checkpoint: String,

    /// Its session.
    #[arg(long, env = "GOD33_SESSION", value_name = "ID")]
    session: String,

    /// File to write; it is there when all of it has come. Without it standard output.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

impl Download {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request =
            DownloadSnapshotRequest { session_id: self.session, checkpoint_id: self.checkpoint, from_chunk: 0 };
        let sink = self.to.as_deref().map_or(Ok(Sink::Stdout), Sink::file)?;
        let mut coming = Coming { request, sink, snapshot: None, whole: Sha256::new() };
        let ended = follow(target, &mut coming).await.and_then(|()| coming.verify());
        let snapshot = coming.snapshot.unwrap_or_default();
        match (ended, &self.to) {
            (Ok(()), Some(path)) => {
                coming.sink.keep(path)?;
                tell(target, &snapshot, path)
            }
            (Err(failure), _) => {
                coming.sink.discard();
                Err(failure)
            }
            (Ok(()), None) => Ok(()),
        }
    }
}

/// A snapshot on its way.
struct Coming {
    /// What to ask for next.
    request: DownloadSnapshotRequest,
    sink: Sink,
    snapshot: Option<SnapshotInfo>,
    /// Over all that came.
    whole: Sha256,
}

impl Watch for Coming {
    type Message = DownloadSnapshotResponse;

    async fn open(&mut self, target: &Target) -> Result<Streaming<DownloadSnapshotResponse>, Failure> {
        Ok(target.sessions().await?.download_snapshot(self.request.clone()).await?.into_inner())
    }

    fn take(&mut self, _target: &Target, message: DownloadSnapshotResponse) -> Result<ControlFlow<()>, Failure> {
        if let Some(snapshot) = message.snapshot {
            self.snapshot.get_or_insert(snapshot);
        }
        let chunks = self.snapshot.as_ref().map(|snapshot| snapshot.chunks.as_slice()).unwrap_or_default();
        if let Some(announced) = chunks.get(self.request.from_chunk as usize) {
            let is_right = message.index == self.request.from_chunk && digest(&message.data) == announced.digest;
            if !is_right {
                return Err(wrong(&format!("chunk {} is not what was announced", self.request.from_chunk)));
            }
            self.sink.write(&message.data)?;
            self.whole.update(&message.data);
            self.request.from_chunk += 1;
        }
        let is_all = self.request.from_chunk as usize >= chunks.len();
        Ok(if is_all { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

impl Coming {
    /// All that came is what was saved.
    fn verify(&self) -> Result<(), Failure> {
        let announced = self.snapshot.as_ref().map(|snapshot| snapshot.digest.clone()).unwrap_or_default();
        if finish(self.whole.clone()) == announced { Ok(()) } else { Err(wrong("its SHA-256 is another one")) }
    }
}

fn wrong(what: &str) -> Failure {
    let source = std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned());
    Failure::Io { what: "the snapshot came damaged: download it again".into(), source }
}

/// Where a snapshot goes.
enum Sink {
    Stdout,
    /// A file beside the one that is wanted, until all of it has come.
    Part {
        file: File,
        path: PathBuf,
    },
}

impl Sink {
    fn file(path: &Path) -> Result<Self, Failure> {
        let mut part = path.as_os_str().to_owned();
        part.push(format!(".{}.part", std::process::id()));
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|source| unwritable(&part, source))?;
        Ok(Self::Part { file, path: part })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Stdout => print::bytes(bytes),
            Self::Part { file, path } => file.write_all(bytes).map_err(|source| unwritable(path, source)),
        }
    }

    /// Puts the file in its place.
    fn keep(self, path: &Path) -> Result<(), Failure> {
        match self {
            Self::Stdout => Ok(()),
            Self::Part { file, path: part } => {
                file.sync_all().and_then(|()| std::fs::rename(&part, path)).map_err(|source| unwritable(path, source))
            }
        }
    }

    /// Leaves nothing behind.
    fn discard(self) {
        if let Self::Part { path, .. } = self {
            // The reason why it is discarded matters more than that this failed.
            let _ = std::fs::remove_file(path);
        }
    }
}

fn unwritable(path: &Path, source: std::io::Error) -> Failure {
    Failure::Io { what: format!("--to: {} could not be written", path.display()), source }
}

fn tell(target: &Target, snapshot: &SnapshotInfo, path: &Path) -> Result<(), Failure> {
    let file = path.display().to_string();
    if target.output == Output::Json {
        let told = Answer::default().with("snapshot", &print::message_json(snapshot)).value("file", file);
        return print::json(&told.text());
    }
    let digest = hex(&snapshot.digest);
    print::text(&format!("{}  {} bytes, SHA-256 {digest}\n", print::one_line(&file), snapshot.size))?;
    print::hint("when it is restored: god33 sessions restored")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use god33_proto::v1::ChunkInfo;

    use super::*;

    fn target() -> Target {
        Target { server: String::new(), output: Output::Text }
    }

    fn coming(folder: &Path) -> Coming {
        let sink = Sink::file(&folder.join("state")).unwrap();
        Coming { request: DownloadSnapshotRequest::default(), sink, snapshot: None, whole: Sha256::new() }
    }

    fn info(chunks: &[&'static [u8]]) -> SnapshotInfo {
        let infos = chunks.iter().map(|chunk| ChunkInfo { digest: digest(chunk), size: chunk.len() as u32 });
        SnapshotInfo { digest: digest(&chunks.concat()), chunks: infos.collect(), ..SnapshotInfo::default() }
    }

    fn message(snapshot: Option<SnapshotInfo>, index: u32, data: &'static [u8]) -> DownloadSnapshotResponse {
        DownloadSnapshotResponse { snapshot, index, data: data.into() }
    }

    #[test]
    fn a_snapshot_is_put_together_and_goes_on_where_the_stream_broke() {
        let folder = tempfile::tempdir().unwrap();
        let mut coming = coming(folder.path());
        let first = message(Some(info(&[b"abc", b"de"])), 0, b"abc");
        assert!(coming.take(&target(), first).unwrap().is_continue());
        assert_eq!(coming.request.from_chunk, 1);
        let again = message(Some(info(&[b"abc", b"de"])), 1, b"de");
        assert!(coming.take(&target(), again).unwrap().is_break());
        coming.verify().unwrap();
        assert!(!folder.path().join("state").exists());
        coming.sink.keep(&folder.path().join("state")).unwrap();
        assert_eq!(std::fs::read(folder.path().join("state")).unwrap(), b"abcde");
    }

    #[test]
    fn a_damaged_chunk_is_refused_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let mut coming = coming(folder.path());
        assert!(coming.take(&target(), message(Some(info(&[b"abc"])), 0, b"abd")).is_err());
        coming.sink.discard();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_snapshot_whose_chunks_make_another_whole_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut coming = coming(folder.path());
        let lying = SnapshotInfo { digest: digest(b"other"), ..info(&[b"abc"]) };
        assert!(coming.take(&target(), message(Some(lying), 0, b"abc")).unwrap().is_break());
        assert!(coming.verify().is_err());
    }

    #[test]
    fn an_empty_snapshot_has_come_with_the_first_message() {
        let folder = tempfile::tempdir().unwrap();
        let mut coming = coming(folder.path());
        assert!(coming.take(&target(), message(Some(info(&[])), 0, b"")).unwrap().is_break());
        coming.verify().unwrap();
    }
}
