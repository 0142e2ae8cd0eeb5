//! The nodes that a client knows. When one does not answer, it asks the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use god33_proto::v1::ErrorReason;
use tokio::time::Instant;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Response, Status};
use tonic_types::StatusExt;

use crate::server::DEADLINE;

/// The pause before the next node is asked.
const PAUSE: Duration = Duration::from_millis(50);

/// Connections to some nodes. Clones ask the same node.
#[derive(Clone)]
pub(crate) struct Nodes {
    channels: Vec<Channel>,
    at: Arc<AtomicUsize>,
}

impl Nodes {
    /// Asks the first of these addresses, as long as it answers.
    pub(crate) fn at(addresses: &[&str]) -> Self {
        let channel = |address: &&str| Endpoint::from_shared((*address).to_owned()).unwrap().connect_lazy();
        Self { channels: addresses.iter().map(channel).collect(), at: Arc::default() }
    }

    /// Makes a call, again and elsewhere when a node is away. A call that records something carries a `request_id`, so that it is recorded once.
    pub(crate) async fn ask<T, Answer>(&self, call: impl Fn(Channel) -> Answer) -> Result<T, ErrorReason>
    where
        Answer: Future<Output = Result<Response<T>, Status>>,
    {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let at = self.at.load(Ordering::Relaxed);
            let status = match call(self.channels[at % self.channels.len()].clone()).await {
                Ok(answer) => return Ok(answer.into_inner()),
                Err(status) => status,
            };
            match reason(&status) {
                Some(reason) if status.code() != Code::Unavailable => return Err(reason),
                _ => assert!(Instant::now() < deadline, "no node answers: {status:?}"),
            }
            // Another call may have turned to the next node already.
            let _ = self.at.compare_exchange(at, at + 1, Ordering::Relaxed, Ordering::Relaxed);
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Why a server refused. `None` when it was not the server that said so, but the connection that broke.
fn reason(status: &Status) -> Option<ErrorReason> {
    ErrorReason::from_reason(&status.get_details_error_info()?.reason)
}
