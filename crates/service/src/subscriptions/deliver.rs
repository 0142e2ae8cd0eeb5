//! Streams deliveries; single calls settle them.

use std::sync::Arc;

use futures::StreamExt as _;
use god33_proto::v1::deliver_response::Message;
use god33_proto::v1::{DeliverRequest, DeliverResponse, StreamAlive};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use super::consumer::{self, ALIVE_EVERY, Connected};
use crate::event_store::Answers;
use crate::wire::status::Failure;
use crate::{App, Principal};

pub(super) async fn deliver(
    app: &Arc<App>,
    request: Request<DeliverRequest>,
) -> Result<Response<Answers<DeliverResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?;
    let connected = consumer::connect(app, principal, request.get_ref().hello.as_ref()).await?;
    let (sender, answers) = mpsc::channel(1);
    tokio::spawn(run(app.clone(), connected, sender));
    Ok(Response::new(ReceiverStream::new(answers).boxed()))
}

async fn run(app: Arc<App>, mut connected: Connected, sender: mpsc::Sender<Result<DeliverResponse, Status>>) {
    let mut message = Ok(Message::Welcome(connected.welcome.clone()));
    loop {
        let is_last = message.is_err();
        let answer = message.map(|message| DeliverResponse { message: Some(message) }).map_err(Status::from);
        if sender.send(answer).await.is_err() || is_last {
            return;
        }
        message = tokio::select! {
            next = connected.next() => next.map(Message::Delivery),
            () = sender.closed() => return,
            () = tokio::time::sleep(ALIVE_EVERY) => {
                Ok::<_, Failure>(Message::Alive(StreamAlive { head_position: app.tail.head().get() }))
            }
        };
    }
}
