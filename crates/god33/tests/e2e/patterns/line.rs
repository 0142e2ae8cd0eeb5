//! How those who take part speak to the server.

use std::time::Duration;

use tokio::sync::watch;
use tonic::transport::Channel;
use tonic::{Code, Response, Status};
use uuid::Uuid;

use crate::server::DEADLINE;

/// A client's way to the server, also to the one that comes after it.
#[derive(Clone)]
pub(super) struct Line(watch::Receiver<Channel>);

impl Line {
    pub(super) const fn new(channel: watch::Receiver<Channel>) -> Self {
        Self(channel)
    }

    /// The connection of the moment.
    pub(super) fn channel(&self) -> Channel {
        self.0.borrow().clone()
    }

    /// Asks until there is an answer, which must not be a refusal. When the node dies under a call, it is made again with its id, as any
    /// client would.
    pub(super) async fn ask<R: Clone, T>(
        &self,
        request: R,
        call: impl AsyncFn(Channel, R) -> Result<Response<T>, Status>,
    ) -> T {
        let asked = async {
            loop {
                match call(self.channel(), request.clone()).await {
                    Ok(answer) => return answer.into_inner(),
                    Err(status) if is_lost(&status) => self.other_node().await,
                    Err(refusal) => panic!("refused: {refusal:?}"),
                }
            }
        };
        tokio::time::timeout(DEADLINE, asked).await.expect("an answer in time")
    }

    /// Waits for another node, or for a moment: the same one may be well again.
    async fn other_node(&self) {
        let mut line = self.0.clone();
        line.mark_unchanged();
        let _ = tokio::time::timeout(Duration::from_millis(100), line.changed()).await;
    }
}

/// The call has no answer, or one that says that it can be made again.
fn is_lost(status: &Status) -> bool {
    let is_of_the_connection = status.details().is_empty();
    match status.code() {
        Code::Unavailable => true,
        Code::Unknown | Code::Internal | Code::Cancelled => is_of_the_connection,
        _ => false,
    }
}

/// An id for a call, so that it can be made again.
pub(super) fn request_id() -> String {
    Uuid::new_v4().to_string()
}
