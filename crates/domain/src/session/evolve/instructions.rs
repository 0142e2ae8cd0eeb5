//! What is wanted of a session.

use super::super::{INSTRUCTIONS_KEPT, Instruction, InstructionKind, Session, instruction_id};
use super::life::heard;
use super::moves::Moves;
use crate::RecordedEvent;
use crate::members::Members;

/// Somebody wants something.
pub(super) fn given(moves: &mut Moves<'_>, id: &str, said: &Members<'_>) {
    let kind = said.name("instruction").and_then(|word| InstructionKind::from_word(&word));
    moves.session(id, |session, event| {
        heard(session, event, said);
        match kind.filter(|_| is_reachable(session)) {
            Some(kind) => {
                let sent_by = said.name("sent_by");
                instruct(session, Instruction { sent_by, ..instruction(event, session, kind, said.text("reason")) });
            }
            None => session.anomalies += 1,
        }
    });
}

/// True unless it ended.
pub(super) fn is_reachable(session: &Session) -> bool {
    session.status.is_none() || session.is_open()
}

/// An instruction that follows from an event.
pub(super) fn instruction(
    event: &RecordedEvent,
    session: &Session,
    kind: InstructionKind,
    reason: Option<String>,
) -> Instruction {
    Instruction {
        instruction_id: instruction_id(event.id(), &session.session_id),
        kind: kind.as_str().to_owned(),
        reason,
        handoff_id: None,
        question_id: None,
        event_id: event.id(),
        sent_by: None,
        sent_at: event.recorded_at,
    }
}

/// Adds an instruction, unless it is there.
pub(super) fn instruct(session: &mut Session, instruction: Instruction) {
    if session.instructions.iter().any(|known| known.instruction_id == instruction.instruction_id) {
        return;
    }
    session.instructions.push(instruction);
    let past = session.instructions.len().saturating_sub(INSTRUCTIONS_KEPT);
    session.instructions.drain(..past);
}
