//! Connects a session: the agent sends signs of life, the server sends instructions as they come.

use std::collections::HashSet;
use std::sync::Arc;

use futures::StreamExt as _;
use god33_log::SessionChanges;
use god33_proto::v1::attach_response::Message;
use god33_proto::v1::{AttachRequest, AttachResponse, ErrorReason, HeartbeatRequest};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Response, Status, Streaming};

use super::{instructions, link, session};
use crate::event_store::Answers;
use crate::server::explanation;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::{App, Principal};

pub(super) async fn attach(
    app: &Arc<App>,
    request: Request<Streaming<AttachRequest>>,
) -> Result<Response<Answers<AttachResponse>>, Failure> {
    let principal = Principal::of(request.extensions())?.clone();
    let (sender, answers) = mpsc::channel(16);
    let link = Link {
        app: app.clone(),
        principal,
        session_id: String::new(),
        fencing_token: 0,
        told: HashSet::new(),
        changes: None,
        sender,
    };
    tokio::spawn(link.run(request.into_inner()));
    Ok(Response::new(ReceiverStream::new(answers).boxed()))
}

/// A connected session.
struct Link {
    app: Arc<App>,
    principal: Principal,
    session_id: String,
    fencing_token: u64,
    /// Instructions that were sent on this connection and not acknowledged yet.
    told: HashSet<String>,
    /// None until the session is named.
    changes: Option<SessionChanges>,
    sender: mpsc::Sender<Result<AttachResponse, Status>>,
}

impl Link {
    /// Ends when the agent hangs up, the session ends or is another's, or the server stops.
    async fn run(mut self, mut requests: Streaming<AttachRequest>) {
        let stopping = self.app.stopping.clone();
        let ended = loop {
            let step = tokio::select! {
                request = requests.message() => match request {
                    Ok(Some(request)) => self.take(request).await,
                    Ok(None) => return,
                    Err(status) => break explanation(&status, "god33.v1.SessionService/Attach").map_or(status, Status::from),
                },
                () = news(&mut self.changes) => self.tell().await,
                () = stopping.cancelled() => break shutting_down(),
            };
            match step {
                Ok(()) if self.sender.is_closed() => return,
                Ok(()) => {}
                Err(failure) => break failure.into(),
            }
        };
        // An agent that is gone needs no reason.
        let _ = self.sender.send(Err(ended)).await;
    }

    async fn take(&mut self, request: AttachRequest) -> Result<(), Failure> {
        let at = Path::Request.member("heartbeat");
        let mut heartbeat = request.heartbeat.unwrap_or_default();
        if self.session_id.is_empty() {
            self.begin(&heartbeat, &at).await?;
        }
        self.keep_to_one_session(&mut heartbeat, &at)?;
        let answer = link::beat(&self.app, &self.principal, &heartbeat, &at).await?;
        for id in &heartbeat.acknowledged_instruction_ids {
            self.told.remove(id);
        }
        self.told.extend(answer.instructions.iter().map(|wanted| wanted.instruction_id.clone()));
        self.send(Message::Heartbeat(answer)).await;
        Ok(())
    }

    /// The first sign of life names the session, which is sent back as it is.
    async fn begin(&mut self, heartbeat: &HeartbeatRequest, at: &Path<'_>) -> Result<(), Failure> {
        let id = link::session_id(&heartbeat.session_id, &at.member("session_id"))?;
        // Before the session is read, so that nothing is missed after that.
        self.changes = Some(self.app.board.session_changes(&id));
        let found = link::open_session(&self.app, &self.principal, &id, heartbeat.fencing_token).await?;
        let message = session::message(&self.app, &found).await?;
        (self.session_id, self.fencing_token) = (id, heartbeat.fencing_token);
        self.send(Message::Session(message)).await;
        Ok(())
    }

    /// Later signs of life need not name the session, and must not name another.
    fn keep_to_one_session(&self, heartbeat: &mut HeartbeatRequest, at: &Path<'_>) -> Result<(), Failure> {
        if !heartbeat.session_id.is_empty() && heartbeat.session_id != self.session_id {
            let mut found = Violations::default();
            let why = format!(
                "is {} and this stream is for session {}: open another stream",
                heartbeat.session_id, self.session_id
            );
            found.add(&at.member("session_id"), ErrorReason::InvalidField, why);
            return Err(found.into());
        }
        heartbeat.session_id.clone_from(&self.session_id);
        if heartbeat.fencing_token == 0 {
            heartbeat.fencing_token = self.fencing_token;
        }
        Ok(())
    }

    /// Sends what is wanted and was not sent yet. A session that ended meanwhile ends the stream.
    async fn tell(&mut self) -> Result<(), Failure> {
        let found = match self.app.board.session(&self.session_id) {
            Some(session) if self.fencing_token == 0 || session.fencing_token == self.fencing_token => {
                session.as_ref().clone()
            }
            _ => link::open_session(&self.app, &self.principal, &self.session_id, self.fencing_token).await?,
        };
        let is_new = found.instructions.iter().any(|wanted| !self.told.contains(&wanted.instruction_id));
        if !is_new {
            return Ok(());
        }
        for wanted in instructions::open(&self.app, &found).await? {
            if self.told.insert(wanted.instruction_id.clone()) {
                self.send(Message::Instruction(wanted)).await;
            }
        }
        // What was acknowledged before is known from now on, and not looked for again.
        self.told.extend(found.instructions.iter().map(|wanted| wanted.instruction_id.clone()));
        Ok(())
    }

    async fn send(&self, message: Message) {
        // An agent that is gone is noticed by the loop.
        let _ = self.sender.send(Ok(AttachResponse { message: Some(message) })).await;
    }
}

/// Waits for news of the session; for ever when none is named yet.
async fn news(changes: &mut Option<SessionChanges>) {
    match changes {
        Some(changes) => changes.changed().await,
        None => std::future::pending().await,
    }
}

fn shutting_down() -> Status {
    Failure::from(god33_log::ProposeError::ShuttingDown).into()
}
