//! Takes many chunks of a snapshot, in any order.

use god33_proto::v1::{ErrorReason, UploadChunksRequest, UploadChunksResponse};
use tonic::{Request, Response, Status, Streaming};

use super::chunk::Open;
use crate::server::explanation;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

pub(super) async fn upload_chunks(
    app: &App,
    request: Request<Streaming<UploadChunksRequest>>,
) -> Result<Response<UploadChunksResponse>, Status> {
    let principal = Principal::of(request.extensions()).map_err(Failure::from)?.clone();
    let mut chunks = request.into_inner();
    let mut open: Option<Open<'_>> = None;
    while let Some(chunk) = next(app, &mut chunks).await? {
        let upload = match open.take() {
            None => Open::find(app, &principal, &chunk.upload_id).await?,
            Some(upload) if upload.upload.upload_id == chunk.upload_id => upload,
            Some(upload) => return Err(another(&upload.upload.upload_id).into()),
        };
        upload.take(chunk.index, &chunk.data).await?;
        open = Some(upload);
    }
    let Some(open) = open else { return Err(nothing().into()) };
    Ok(Response::new(UploadChunksResponse { missing_chunks: open.missing().await? }))
}

/// The next chunk; `None` when the client has sent all.
async fn next(app: &App, chunks: &mut Streaming<UploadChunksRequest>) -> Result<Option<UploadChunksRequest>, Status> {
    tokio::select! {
        chunk = chunks.message() => chunk.map_err(explain),
        () = app.stopping.cancelled() => Err(Failure::from(god33_log::ProposeError::ShuttingDown).into()),
    }
}

/// What the transport refuses by itself gets its reason here, since on a stream nobody else sees it.
fn explain(status: Status) -> Status {
    explanation(&status, "god33.v1.SessionService/UploadChunks").map_or(status, Status::from)
}

fn another(first: &str) -> Failure {
    let mut found = Violations::default();
    let why = format!("must be {first} on the whole stream: open another stream for another upload");
    found.add(&Path::Request.member("upload_id"), ErrorReason::InvalidField, why);
    found.into()
}

fn nothing() -> Failure {
    Failure::new(ErrorReason::EmptyRequest, "the stream had no chunk: send at least one")
}
