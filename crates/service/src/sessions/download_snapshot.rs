//! Streams the snapshot of a checkpoint, each chunk held against its digest.

use std::sync::Arc;

use futures::{StreamExt as _, stream};
use god33_domain::checkpoint::{Checkpoint, key};
use god33_domain::ports::Snapshot;
use god33_domain::state::Kind as _;
use god33_proto::v1::{DownloadSnapshotRequest, DownloadSnapshotResponse, ErrorReason};
use tonic::{Request, Response, Status};

use super::{checkpoint, snapshots};
use crate::event_store::Answers;
use crate::wire::path::Path;
use crate::wire::plain_text;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Action, App, Principal};

pub(super) async fn download_snapshot(
    app: &Arc<App>,
    request: Request<DownloadSnapshotRequest>,
) -> Result<Response<Answers<DownloadSnapshotResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let checkpoint = find(app, principal, request).await?;
    let snapshot = match checkpoint.snapshot() {
        Some(digest) => app.store.snapshot(digest).await?,
        None => None,
    };
    let snapshot = snapshot.ok_or_else(snapshots::not_kept)?;
    let from = from_chunk(request.from_chunk, snapshot.chunks.len())?;
    let download = Download { app: app.clone(), snapshot, next: from, said: false };
    Ok(Response::new(stream::unfold(Some(download), step).boxed()))
}

async fn find(app: &App, principal: &Principal, request: &DownloadSnapshotRequest) -> Result<Checkpoint, Failure> {
    let mut found = Violations::default();
    let at = |name| Path::Member(&Path::Request, name);
    for (name, text) in [("session_id", &request.session_id), ("checkpoint_id", &request.checkpoint_id)] {
        plain_text::required(text, 255, ErrorReason::InvalidField, &at(name), &mut found);
    }
    found.finish()?;
    let key = key(&request.session_id, &request.checkpoint_id);
    let reader = app.reader(principal, Action::ReadStates(Checkpoint::KIND, Some(&key)), 0).await?;
    let known = checkpoint::known_to(&reader, &request.session_id, &request.checkpoint_id).await?;
    known.filter(|checkpoint| !checkpoint.deleted).ok_or_else(|| checkpoint::not_found(&request.checkpoint_id))
}

/// The number of the first chunk to send; that of none, when the client has them all.
fn from_chunk(from: u32, count: usize) -> Result<usize, Failure> {
    let from = from as usize;
    if from <= count {
        return Ok(from);
    }
    let mut found = Violations::default();
    let why = format!("is {from}, and the snapshot has {count} chunks, numbered from 0");
    found.add(&Path::Request.member("from_chunk"), ErrorReason::InvalidField, why);
    Err(found.into())
}

/// A download under way.
struct Download {
    app: Arc<App>,
    snapshot: Snapshot,
    /// The number of the next chunk.
    next: usize,
    /// The client was told what the snapshot is.
    said: bool,
}

/// One message, and what is left to do.
async fn step(download: Option<Download>) -> Option<(Result<DownloadSnapshotResponse, Status>, Option<Download>)> {
    let mut download = download?;
    let has_more = download.next < download.snapshot.chunks.len();
    if !has_more && download.said {
        return None;
    }
    match download.message(has_more).await {
        Ok(message) => Some((Ok(message), Some(download))),
        Err(failure) => Some((Err(failure.into()), None)),
    }
}

impl Download {
    /// The first one also says what the snapshot is.
    async fn message(&mut self, has_more: bool) -> Result<DownloadSnapshotResponse, Failure> {
        if self.app.stopping.is_cancelled() {
            return Err(god33_log::ProposeError::ShuttingDown.into());
        }
        let mut message = DownloadSnapshotResponse {
            index: u32::try_from(self.next).unwrap_or(u32::MAX),
            ..DownloadSnapshotResponse::default()
        };
        if !self.said {
            message.snapshot = Some(snapshots::to_proto(&self.snapshot));
            self.said = true;
        }
        if has_more {
            message.data = snapshots::chunk(self.app.store.as_ref(), &self.snapshot, self.next).await?;
            self.next += 1;
        }
        Ok(message)
    }
}
