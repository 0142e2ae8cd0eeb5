//! Consumes: deliveries go out, settlements come in, each on a task of its own, so that neither waits for the other.

use std::sync::Arc;

use futures::StreamExt as _;
use god33_proto::v1::consume_request::Message as Said;
use god33_proto::v1::consume_response::Message;
use god33_proto::v1::{ConsumeRequest, ConsumeResponse, ErrorReason, StreamAlive};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming};

use super::consumer::{self, ALIVE_EVERY, Connected};
use super::settlement::{self, Settlements};
use crate::event_store::Answers;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

/// How many settlements of one stream may be under way. They are committed together where they meet.
const UNDER_WAY: usize = 64;

type Sender = mpsc::Sender<Result<ConsumeResponse, Status>>;

pub(super) async fn consume(
    app: &Arc<App>,
    request: Request<Streaming<ConsumeRequest>>,
) -> Result<Response<Answers<ConsumeResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?.clone();
    let (sender, answers) = mpsc::channel(1);
    // The first message may come after the answer's headers: a client may wait for those before it speaks.
    tokio::spawn(run(app.clone(), principal, request.into_inner(), sender));
    Ok(Response::new(ReceiverStream::new(answers).boxed()))
}

async fn run(app: Arc<App>, principal: Principal, mut said: Streaming<ConsumeRequest>, sender: Sender) {
    let connected = match begin(&app, &principal, &mut said).await {
        Ok(Some(connected)) => connected,
        Ok(None) => return,
        Err(failure) => return drop(sender.send(Err(failure.into())).await),
    };
    let group = connected.group.clone();
    tokio::select! {
        () = tell(&app, connected, &sender) => {}
        failure = hear(&app, &principal, &group, said, &sender) => {
            if let Some(failure) = failure {
                // A consumer that is gone needs no last word.
                let _ = sender.send(Err(failure.into())).await;
            }
        }
    }
}

/// Waits for the first message. `None` when the client left, or the server stops, before it came.
async fn begin(
    app: &App,
    principal: &Principal,
    said: &mut Streaming<ConsumeRequest>,
) -> Result<Option<Connected>, Failure> {
    let first = tokio::select! {
        first = said.message() => first,
        () = app.stopping.cancelled() => return Err(god33_log::ConsumeError::ShuttingDown.into()),
    };
    let Ok(Some(first)) = first else { return Ok(None) };
    match first.message {
        Some(Said::Hello(hello)) => Ok(Some(consumer::connect(app, principal, Some(&hello)).await?)),
        _ => consumer::connect(app, principal, None).await.map(Some),
    }
}

/// Sends deliveries until the stream ends.
async fn tell(app: &App, mut connected: Connected, sender: &Sender) {
    let mut message = Ok(Message::Welcome(connected.welcome.clone()));
    loop {
        let is_last = message.is_err();
        if send(sender, message).await.is_err() || is_last {
            return;
        }
        message = tokio::select! {
            next = connected.next() => next.map(Message::Delivery),
            () = sender.closed() => return,
            () = tokio::time::sleep(ALIVE_EVERY) => {
                Ok(Message::Alive(StreamAlive { head_position: app.tail.head().get() }))
            }
        };
    }
}

async fn send(sender: &Sender, message: Result<Message, Failure>) -> Result<(), ()> {
    let answer = message.map(|message| ConsumeResponse { message: Some(message) }).map_err(Status::from);
    sender.send(answer).await.map_err(|_| ())
}

/// Takes settlements until the client has no more to say. Answers with why the stream ends before.
async fn hear(
    app: &App,
    principal: &Principal,
    group: &str,
    said: Streaming<ConsumeRequest>,
    sender: &Sender,
) -> Option<Failure> {
    let answers =
        said.take_while(|message| std::future::ready(message.is_ok())).filter_map(|message| async { message.ok() });
    let mut answers = std::pin::pin!(answers.map(|message| settle(app, principal, group, message)).buffered(UNDER_WAY));
    while let Some(answer) = answers.next().await {
        match answer {
            Ok(None) => {}
            Ok(Some(report)) => send(sender, Ok(report)).await.ok()?,
            Err(failure) => return Some(failure),
        }
    }
    None
}

/// Settles what one message says. What could not be settled is reported.
async fn settle(
    app: &App,
    principal: &Principal,
    group: &str,
    message: ConsumeRequest,
) -> Result<Option<Message>, Failure> {
    let at = |name| Path::Member(&Path::Request, name);
    let settlements = match &message.message {
        Some(Said::Acknowledge(message)) => settlement::acknowledged(Some(message), &at("acknowledge"))?,
        Some(Said::Reject(message)) => settlement::rejected(Some(message), &at("reject"))?,
        Some(Said::Hello(_)) => {
            return Err(wrong(&at("hello"), "comes once, as the first message: open another stream"));
        }
        None => return Err(wrong(&at("message"), "is required: acknowledge or reject")),
    };
    let (ids, settlements) = settlements.into_parts();
    let (consumers, _) = app.consumers(principal, group).await?;
    let settled = consumers.settle(group, settlements).await?;
    Ok(Settlements::report(&ids, &settled).map(Message::Report))
}

fn wrong(at: &Path<'_>, why: &str) -> Failure {
    let mut found = Violations::default();
    found.add(at, ErrorReason::InvalidField, why);
    found.into()
}
