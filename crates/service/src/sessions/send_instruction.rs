//! Sends an instruction to a session.

use god33_domain::command::Author;
use god33_domain::session::{Instruct, Session, instruction_id};
use god33_domain::{EventId, SessionId};
use god33_proto::v1::{ErrorReason, EventContext, SendInstructionRequest, SendInstructionResponse};
use tonic::{Request, Response};

use super::instructions;
use crate::App;
use crate::ask::{Asks, ask};
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, text};

impl Asks for SendInstructionRequest {
    const NAME: &'static str = "SendInstructionRequest";

    fn request_id(&self) -> &str {
        &self.request_id
    }

    fn context(&self) -> Option<&EventContext> {
        None
    }
}

pub(super) async fn send_instruction(
    app: &App,
    request: Request<SendInstructionRequest>,
) -> Result<Response<SendInstructionResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let session = done.noun::<Session>()?;
    let event: Option<EventId> = done.0.events.first().map(|event| event.event_id);
    let id = event.map(|event| instruction_id(event, &session.session_id)).unwrap_or_default();
    let sent = session.instructions.iter().find(|wanted| wanted.instruction_id == id);
    let sent = sent.ok_or_else(|| Failure::defect("an instruction was recorded and its session does not have it"))?;
    Ok(Response::new(SendInstructionResponse { instruction: Some(instructions::message(sent)) }))
}

fn command(request: &SendInstructionRequest, author: Author, found: &mut Violations) -> Option<Instruct> {
    let at = |name| Path::Member(&Path::Request, name);
    let session_id: Option<SessionId> =
        id::label(&request.session_id, &at("session_id"), ErrorReason::InvalidField, found);
    let kind = instructions::kind(request.kind);
    let kind = kind.filter(|kind| !kind.is_consequence());
    if kind.is_none() {
        let why = "must be one that can be sent: cancel, pause, resume, save_checkpoint, drain or message";
        found.add(&at("kind"), ErrorReason::InvalidField, why);
    }
    let reason = text::prose(&request.reason, &at("reason"), found);
    Some(Instruct { author, session_id: session_id?.as_str().to_owned(), kind: kind?, reason })
}
