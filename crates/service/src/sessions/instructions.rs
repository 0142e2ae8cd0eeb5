//! What the server and people want of a session, until the session has it.

use std::collections::HashSet;

use god33_domain::session::{self, Session};
use god33_proto::v1::{Instruction, InstructionKind};

use crate::App;
use crate::wire::status::Failure;
use crate::wire::time;

/// Instructions that were not acknowledged yet, the oldest first. A session of which nothing is wanted costs no query.
pub(super) async fn open(app: &App, session: &Session) -> Result<Vec<Instruction>, Failure> {
    if session.instructions.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<String> = session.instructions.iter().map(|wanted| wanted.instruction_id.clone()).collect();
    let received: HashSet<String> = app.store.acknowledged(&ids).await?.into_iter().collect();
    let open = session.instructions.iter().filter(|wanted| !received.contains(&wanted.instruction_id));
    Ok(open.map(message).collect())
}

/// Notes that a session has received instructions. Ids that are none of its own are left out.
pub(super) async fn acknowledge(app: &App, session: &Session, ids: &[String]) -> Result<(), Failure> {
    let own: Vec<String> = ids
        .iter()
        .filter(|id| session.instructions.iter().any(|wanted| wanted.instruction_id == **id))
        .cloned()
        .collect();
    if own.is_empty() {
        return Ok(());
    }
    Ok(app.store.acknowledge(&session.session_id, &own, app.clock.now()).await?)
}

/// An instruction as its message.
pub(super) fn message(wanted: &session::Instruction) -> Instruction {
    let kind = session::InstructionKind::from_word(&wanted.kind).map_or(InstructionKind::Unspecified, to_proto);
    Instruction {
        instruction_id: wanted.instruction_id.clone(),
        kind: kind.into(),
        reason: wanted.reason.clone().unwrap_or_default(),
        handoff_id: wanted.handoff_id.clone().unwrap_or_default(),
        question_id: wanted.question_id.clone().unwrap_or_default(),
        event_id: wanted.event_id.to_string(),
        sent_by: wanted.sent_by.clone().unwrap_or_default(),
        sent_at: Some(time::to_proto(wanted.sent_at)),
    }
}

const fn to_proto(kind: session::InstructionKind) -> InstructionKind {
    match kind {
        session::InstructionKind::Cancel => InstructionKind::Cancel,
        session::InstructionKind::Pause => InstructionKind::Pause,
        session::InstructionKind::Resume => InstructionKind::Resume,
        session::InstructionKind::SaveCheckpoint => InstructionKind::SaveCheckpoint,
        session::InstructionKind::LeaseLost => InstructionKind::LeaseLost,
        session::InstructionKind::Answer => InstructionKind::Answer,
        session::InstructionKind::Drain => InstructionKind::Drain,
        session::InstructionKind::Message => InstructionKind::Message,
    }
}

/// The kind that a request names.
pub(super) fn kind(number: i32) -> Option<session::InstructionKind> {
    let named = InstructionKind::try_from(number).ok()?;
    session::InstructionKind::ALL.into_iter().find(|kind| to_proto(*kind) == named)
}
