//! Streams the instructions for a session, for callers that cannot attach.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt as _;
use god33_proto::v1::watch_instructions_response::Message;
use god33_proto::v1::{StreamAlive, WatchInstructionsRequest, WatchInstructionsResponse};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status};

use super::{instructions, link, session};
use crate::event_store::Answers;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::{App, Principal};

/// How often a silent stream says that it lives.
const ALIVE_EVERY: Duration = Duration::from_secs(10);

pub(super) async fn watch_instructions(
    app: &Arc<App>,
    request: Request<WatchInstructionsRequest>,
) -> Result<Response<Answers<WatchInstructionsResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?.clone();
    let message = request.get_ref();
    let session_id = link::session_id(&message.session_id, &Path::Request.member("session_id"))?;
    let found = link::open_session(app, &principal, &session_id, message.fencing_token).await?;
    let first = Message::Session(session::message(app, &found).await?);
    let (sender, answers) = mpsc::channel(16);
    let watch = Watch {
        app: app.clone(),
        principal,
        session_id,
        fencing_token: message.fencing_token,
        told: HashSet::new(),
        sender,
    };
    tokio::spawn(watch.run(first));
    Ok(Response::new(ReceiverStream::new(answers).boxed()))
}

/// An open watch.
struct Watch {
    app: Arc<App>,
    principal: Principal,
    session_id: String,
    fencing_token: u64,
    told: HashSet<String>,
    sender: mpsc::Sender<Result<WatchInstructionsResponse, Status>>,
}

impl Watch {
    async fn run(mut self, first: Message) {
        let mut changes = self.app.board.session_changes(&self.session_id);
        self.send(first).await;
        let mut alive = tokio::time::interval_at(tokio::time::Instant::now() + ALIVE_EVERY, ALIVE_EVERY);
        loop {
            if let Err(failure) = self.tell().await {
                let _ = self.sender.send(Err(failure.into())).await;
                return;
            }
            tokio::select! {
                () = self.sender.closed() => return,
                () = changes.changed() => {}
                _ = alive.tick() => {
                    let head_position = self.app.tail.head().get();
                    self.send(Message::Alive(StreamAlive { head_position })).await;
                }
                () = self.app.stopping.cancelled() => {
                    let _ = self.sender.send(Err(Failure::from(god33_log::ProposeError::ShuttingDown).into())).await;
                    return;
                }
            }
        }
    }

    async fn tell(&mut self) -> Result<(), Failure> {
        let found = link::open_session(&self.app, &self.principal, &self.session_id, self.fencing_token).await?;
        if found.instructions.iter().all(|wanted| self.told.contains(&wanted.instruction_id)) {
            return Ok(());
        }
        for wanted in instructions::open(&self.app, &found).await? {
            if self.told.insert(wanted.instruction_id.clone()) {
                self.send(Message::Instruction(wanted)).await;
            }
        }
        self.told.extend(found.instructions.iter().map(|wanted| wanted.instruction_id.clone()));
        Ok(())
    }

    async fn send(&self, message: Message) {
        // A caller that is gone is noticed by the loop.
        let _ = self.sender.send(Ok(WatchInstructionsResponse { message: Some(message) })).await;
    }
}
