//! Records batches one after the other without waiting for each answer.
//!
//! One task reads what the client sends and hands it to the log writer in that order; the answers, in the same order, wait in a bounded
//! queue. When it is full the client is not read on, so a client that reads no answers costs no memory.

use std::sync::Arc;

use futures::{Stream, StreamExt, stream};
use god33_proto::v1::append_stream_response::Outcome;
use god33_proto::v1::{AppendEventsRequest, AppendStreamRequest, AppendStreamResponse, ErrorReason};
use tokio::sync::mpsc;
use tonic::{Request, Response, Status, Streaming};

use super::{Answers, append_events};
use crate::server::explanation;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{Answer, App, Principal};

/// The most batches that are under way at once on a stream.
const UNDER_WAY: usize = 64;

/// What becomes of what the client sent, in its order.
enum Pending {
    /// A batch, handed to the writer.
    Accepted(u64, Answer),
    /// A batch, refused.
    Refused(u64, Failure),
    /// The stream cannot go on.
    Ended(Status),
}

pub(super) fn append_stream(
    app: &Arc<App>,
    request: Request<Streaming<AppendStreamRequest>>,
) -> Result<Response<Answers<AppendStreamResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?.clone();
    let (sender, pending) = mpsc::channel(UNDER_WAY);
    let reader = Reader { app: app.clone(), principal, last_sequence: None };
    tokio::spawn(reader.run(request.into_inner(), sender));
    Ok(Response::new(Box::pin(answers(pending))))
}

struct Reader {
    app: Arc<App>,
    principal: Principal,
    last_sequence: Option<u64>,
}

impl Reader {
    /// Ends when the client has sent all, is gone, or the server stops. What was handed to the writer is written in any case.
    async fn run(mut self, mut requests: Streaming<AppendStreamRequest>, sender: mpsc::Sender<Pending>) {
        let stopping = self.app.stopping.clone();
        loop {
            // A place for the answer first: without one nothing more is read.
            let Ok(place) = sender.reserve().await else { return };
            let request = tokio::select! {
                request = requests.message() => request,
                () = stopping.cancelled() => return place.send(Pending::Ended(shutting_down().into())),
            };
            match request {
                Ok(Some(request)) => place.send(self.take(request).await),
                Ok(None) => return,
                Err(status) => return place.send(Pending::Ended(explain(status))),
            }
        }
    }

    async fn take(&mut self, request: AppendStreamRequest) -> Pending {
        let sequence = request.sequence;
        match self.submit(request).await {
            Ok(answer) => Pending::Accepted(sequence, answer),
            Err(failure) => Pending::Refused(sequence, failure),
        }
    }

    async fn submit(&mut self, request: AppendStreamRequest) -> Result<Answer, Failure> {
        self.check_sequence(request.sequence)?;
        // The same batch gets the same answer, whichever of the two calls brings it and whatever its number.
        let AppendStreamRequest { request_id, events, .. } = request;
        let request = AppendEventsRequest { request_id, events, cursor: None };
        let proposal = append_events::proposal(&self.app, &self.principal, &request)?;
        Ok(self.app.submit(&self.principal, proposal).await?)
    }

    fn check_sequence(&mut self, sequence: u64) -> Result<(), Failure> {
        let mut found = Violations::default();
        match self.last_sequence {
            Some(last) if sequence <= last => {
                let description =
                    format!("is {sequence} and must be greater than that of the batch before, which is {last}");
                found.add(&Path::Request.member("sequence"), ErrorReason::InvalidField, description);
            }
            _ => self.last_sequence = Some(sequence),
        }
        Ok(found.finish()?)
    }
}

fn shutting_down() -> Failure {
    god33_log::ProposeError::ShuttingDown.into()
}

/// What the transport refuses by itself gets its reason here, since on a stream nobody else sees it.
fn explain(status: Status) -> Status {
    explanation(&status, "god33.v1.EventStoreService/AppendStream").map_or(status, Status::from)
}

fn answers(pending: mpsc::Receiver<Pending>) -> impl Stream<Item = Result<AppendStreamResponse, Status>> {
    stream::unfold(pending, |mut pending| async {
        let next = pending.recv().await?;
        Some((answer(next).await, pending))
    })
    .fuse()
}

async fn answer(pending: Pending) -> Result<AppendStreamResponse, Status> {
    let (sequence, outcome) = match pending {
        Pending::Ended(status) => return Err(status),
        Pending::Refused(sequence, failure) => (sequence, Err(failure)),
        Pending::Accepted(sequence, answer) => {
            let answer = answer.await.unwrap_or(Err(god33_log::ProposeError::ShuttingDown));
            (sequence, answer.map_err(Failure::from))
        }
    };
    let outcome = match outcome {
        Ok(appended) => Outcome::Appended(append_events::answer(&appended)),
        Err(failure) => Outcome::Error(failure.into()),
    };
    Ok(AppendStreamResponse { sequence, outcome: Some(outcome) })
}
