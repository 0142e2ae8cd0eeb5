//! Starts a session that takes over from a failed one.

use god33_domain::checkpoint::Checkpoint;
use god33_domain::command::Author;
use god33_domain::feedback::Question;
use god33_domain::handoff::Handoff;
use god33_domain::session::{Session, StartRecovery};
use god33_domain::{Position, SessionId};
use god33_proto::v1::{ErrorReason, StartRecoveryRequest, StartRecoveryResponse};
use tonic::{Request, Response};
use uuid::Uuid;

use super::since::since;
use super::start_session::LONGEST;
use super::{checkpoint, session};
use crate::ask::{Done, ask, asks};
use crate::handoffs::lease;
use crate::wire::path::Path;
use crate::wire::status::Failure;
use crate::wire::violations::Violations;
use crate::wire::{id, plain_text, recorded, wait};
use crate::{App, Principal, show};

asks!(StartRecoveryRequest);

pub(super) async fn start_recovery(
    app: &App,
    request: Request<StartRecoveryRequest>,
) -> Result<Response<StartRecoveryResponse>, Failure> {
    let done = ask(app, &request, command).await?;
    let principal = Principal::of(request.extensions())?;
    let recovery = Recovery::of(&done)?;
    let since = since(app, principal, recovery.failed, recovery.checkpoint_position(), recovery.started()).await?;
    let checkpoint = match recovery.checkpoint {
        Some(checkpoint) => Some(checkpoint::show(app, checkpoint).await?),
        None => None,
    };
    Ok(Response::new(StartRecoveryResponse {
        session: Some(session::message(app, recovery.new).await?),
        checkpoint,
        events_since_checkpoint: since.events.iter().map(recorded::to_proto).collect(),
        events_truncated: since.truncated,
        handoff: recovery.work().map(|work| lease::message(app, work)).transpose()?,
        answered_questions: done.nouns::<Question>().map(show::message).collect::<Result<_, _>>()?,
        event_ids: done.event_ids(),
        position: done.position(),
    }))
}

/// What the command shows.
struct Recovery<'a> {
    done: &'a Done,
    new: &'a Session,
    failed: &'a Session,
    checkpoint: Option<&'a Checkpoint>,
}

impl<'a> Recovery<'a> {
    fn of(done: &'a Done) -> Result<Self, Failure> {
        let mut sessions = done.nouns::<Session>();
        let (Some(new), Some(failed)) = (sessions.next(), sessions.next()) else {
            return Err(Failure::defect("a recovery was started and its answer does not show both sessions"));
        };
        Ok(Self { done, new, failed, checkpoint: done.optional_noun() })
    }

    /// Where the checkpoint was made; without one, where the failed session began.
    fn checkpoint_position(&self) -> Position {
        self.checkpoint.map_or(self.failed.began.previous(), |checkpoint| checkpoint.position)
    }

    /// Where the recovery started.
    fn started(&self) -> Position {
        Position::new(self.done.position())
    }

    /// What the new session works on.
    fn work(&self) -> Option<&'a Handoff> {
        let id = self.new.handoff_id.as_ref()?;
        self.done.nouns::<Handoff>().find(|handoff| handoff.handoff_id == *id)
    }
}

fn command(request: &StartRecoveryRequest, author: Author, found: &mut Violations) -> Option<StartRecovery> {
    let at = |name| Path::Member(&Path::Request, name);
    let failed: Option<SessionId> =
        id::label(&request.failed_session_id, &at("failed_session_id"), ErrorReason::InvalidField, found);
    let fresh = Uuid::now_v7().to_string();
    let new = if request.new_session_id.is_empty() { &fresh } else { &request.new_session_id };
    let new: Option<SessionId> = id::label(new, &at("new_session_id"), ErrorReason::InvalidField, found);
    let heartbeat_timeout =
        wait::seconds(request.heartbeat_timeout.as_ref(), 1.0, LONGEST, &at("heartbeat_timeout"), found);
    let mut name = |text: &str, field| plain_text::optional(text, 255, ErrorReason::InvalidField, &at(field), found);
    Some(StartRecovery {
        author,
        checkpoint_id: name(&request.checkpoint_id, "checkpoint_id"),
        agent_type: name(&request.agent_type, "agent_type"),
        agent_instance_id: name(&request.agent_instance_id, "agent_instance_id"),
        checkpoint_schema_versions: request.checkpoint_schema_versions.clone(),
        failed_session_id: failed?.as_str().to_owned(),
        new_session_id: new?,
        heartbeat_timeout,
    })
}
