//! Sessions and what is wanted of them, for people.

use god33_proto::v1::{ContextHealth, Instruction, InstructionKind, Session};
use god33_service::text::open_object_text;

use crate::cli::arguments::word;
use crate::cli::print::{message_json, one_line, or_dash, shell_word, time};
use crate::cli::table::{Sheet, dim, name, state};

/// One session on a line.
pub(in crate::cli) fn line(session: &Session) -> String {
    format!(
        "{}  {}  {}  {}",
        one_line(&session.session_id),
        state(session.status(), 9),
        name(agent(session)),
        dim(&format!("{} checkpoints, heard of {}", session.checkpoint_count, time(session.last_active_at.as_ref()))),
    )
}

/// Its instance where one is known, else its type.
fn agent(session: &Session) -> &str {
    if session.agent_instance_id.is_empty() { &session.agent_type } else { &session.agent_instance_id }
}

/// One session, whole.
pub(in crate::cli) fn whole(session: &Session) -> String {
    let silence = session.heartbeat_timeout.as_ref().map(|span| format!("{} s at most", span.seconds));
    Sheet::new(agent(session), &session.session_id)
        .state("status", session.status())
        .text("reason", &session.reason)
        .text("agent", &session.agent_type)
        .text("runs on", &session.framework)
        .text("registry", &session.agent_id)
        .text("workflow", &session.workflow_id)
        .text("handoff", &session.handoff_id)
        .text("saved", &session.checkpoint_id)
        .text("context", &session.context_health.as_ref().map(context).unwrap_or_default())
        .text("cost", &session.metrics.as_ref().map(message_json).unwrap_or_default())
        .time("started", session.started_at.as_ref())
        .time("heard of", session.last_active_at.as_ref())
        .text("silence", &silence.unwrap_or_default())
        .time("ended", session.completed_at.as_ref())
        .text("after", &session.recovered_from)
        .text("before", &session.recovered_by)
        .text("more", &session.metadata.as_ref().map(open_object_text).unwrap_or_default())
        .text("token", &session.fencing_token.to_string())
        .text("version", &session.version.to_string())
        .finish()
}

fn context(health: &ContextHealth) -> String {
    let size = if health.context_limit > 0 { format!(" of {}", health.context_limit) } else { String::new() };
    format!("{}: {}{size} tokens", word(health.level()), health.context_tokens)
}

/// One instruction on a line.
pub(in crate::cli) fn instruction(instruction: &Instruction) -> String {
    let about = if instruction.handoff_id.is_empty() { &instruction.question_id } else { &instruction.handoff_id };
    format!(
        "{}  {}  {}  {}  {}",
        one_line(&instruction.instruction_id),
        state(instruction.kind(), 15),
        or_dash(about),
        or_dash(&instruction.reason),
        dim(&format!("from {}, {}", or_dash(&instruction.sent_by), time(instruction.sent_at.as_ref()))),
    )
}

/// What an agent does with an instruction, for people.
pub(in crate::cli) fn what_to_do(session_id: &str, instruction: &Instruction) -> String {
    let session = shell_word(session_id);
    match instruction.kind() {
        InstructionKind::Cancel => format!("stop the work, then: god33 sessions complete {session} --summary TEXT"),
        InstructionKind::Pause => format!("save, then wait: god33 checkpoints save {session} --summary TEXT"),
        InstructionKind::SaveCheckpoint => format!("save: god33 checkpoints save {session} --summary TEXT"),
        InstructionKind::LeaseLost => {
            let handoff = shell_word(&instruction.handoff_id);
            format!("stop that work; who holds it now: god33 handoffs get {handoff}")
        }
        InstructionKind::Answer => {
            format!("the answer: god33 feedback get {}", shell_word(&instruction.question_id))
        }
        InstructionKind::Drain => format!("finish, then: god33 sessions complete {session} --summary TEXT"),
        InstructionKind::Resume => "go on".into(),
        InstructionKind::Message | InstructionKind::Unspecified => "read it; what follows is up to the agent".into(),
    }
}
