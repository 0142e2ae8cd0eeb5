//! Takes one chunk of a snapshot.

use god33_proto::v1::{UploadChunkRequest, UploadChunkResponse};
use tonic::{Request, Response};

use super::chunk::Open;
use crate::wire::status::Failure;
use crate::{App, Principal};

pub(super) async fn upload_chunk(
    app: &App,
    request: Request<UploadChunkRequest>,
) -> Result<Response<UploadChunkResponse>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let request = request.get_ref();
    let open = Open::find(app, principal, &request.upload_id).await?;
    open.take(request.index, &request.data).await?;
    let missing = u32::try_from(open.missing().await?.len()).unwrap_or(u32::MAX);
    Ok(Response::new(UploadChunkResponse { missing }))
}
