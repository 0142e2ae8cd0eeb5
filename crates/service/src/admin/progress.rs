//! Streams that tell how far something is.

use std::sync::Arc;

use futures::{Stream, StreamExt, stream};
use god33_domain::ports::StoreError;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Status;

use crate::wire::status::Failure;
use crate::{App, AppError};

/// How far the work may be ahead of what the client has read.
const AHEAD: usize = 4;

/// Begins work that tells how far it is, and gives what it tells. It ends when the client goes, or the server stops.
pub(super) fn follow<P: Send + 'static, W>(
    app: &Arc<App>,
    work: impl FnOnce(Arc<App>, mpsc::Sender<P>) -> W,
) -> impl Stream<Item = Result<P, Status>> + Send + 'static
where
    W: Future<Output = Result<(), StoreError>> + Send + 'static,
{
    let (sender, told) = mpsc::channel(AHEAD);
    let task = tokio::spawn(work(app.clone(), sender));
    let end = stream::once(task).filter_map(|outcome| async {
        match outcome {
            Ok(Ok(())) => None,
            Ok(Err(error)) => Some(Err(Failure::from(AppError::from(error)).into())),
            Err(_) => Some(Err(Failure::defect("the work behind a stream has panicked").into())),
        }
    });
    let stopping = app.stopping.clone().cancelled_owned();
    ReceiverStream::new(told).map(Ok).chain(end).take_until(stopping)
}
