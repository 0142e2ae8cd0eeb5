//! Handoffs, for people.

use god33_proto::v1::{Handoff, Lease};
use god33_service::text::open_object_text;

use crate::cli::arguments::word;
use crate::cli::print::{message_json, one_line, or_dash, time};
use crate::cli::table::{Sheet, dim, name, state};

/// One handoff on a line.
pub(in crate::cli) fn line(handoff: &Handoff) -> String {
    let task = if handoff.task_description.is_empty() { &handoff.task_type } else { &handoff.task_description };
    format!(
        "{}  {}  {}  {} → {}  {}  {}",
        one_line(&handoff.handoff_id),
        state(handoff.state(), 9),
        state(handoff.priority(), 10),
        name(&handoff.from_agent),
        name(&handoff.to_agent),
        or_dash(task),
        dim(&format!("{}changed {}", how_far(handoff), time(handoff.updated_at.as_ref()))),
    )
}

fn how_far(handoff: &Handoff) -> String {
    let attempt = if handoff.attempt > 1 { format!("attempt {}, ", handoff.attempt) } else { String::new() };
    let percent = handoff.progress_pct.map(|percent| format!("{percent}%, ")).unwrap_or_default();
    attempt + &percent
}

/// One handoff, whole.
pub(in crate::cli) fn whole(handoff: &Handoff) -> String {
    let to = match word(handoff.to_kind()).as_str() {
        "-" => handoff.to_agent.clone(),
        kind => format!("{} ({kind})", handoff.to_agent),
    };
    Sheet::new(&handoff.task_type, &handoff.handoff_id)
        .text("task", &handoff.task_description)
        .state("state", handoff.state())
        .text("reason", &handoff.reason)
        .text("from", &handoff.from_agent)
        .text("to", &to)
        .text("workflow", &handoff.workflow_id)
        .state("priority", handoff.priority())
        .time("deadline", handoff.deadline.as_ref())
        .text("attempt", &format!("{} of {}", handoff.attempt, handoff.max_attempts))
        .text("held", &handoff.lease.as_ref().map(lease).unwrap_or_default())
        .text("context", &handoff.context.as_ref().map(message_json).unwrap_or_default())
        .text("saved", &handoff.checkpoint_id)
        .text("percent", &handoff.progress_pct.map(|percent| percent.to_string()).unwrap_or_default())
        .text("progress", &handoff.progress.as_ref().map(open_object_text).unwrap_or_default())
        .artifacts(&handoff.artifacts)
        .text("checks", &handoff.validation.as_ref().map(message_json).unwrap_or_default())
        .text("summary", &handoff.summary)
        .text("next", &handoff.next_action)
        .time("asked", handoff.created_at.as_ref())
        .time("changed", handoff.updated_at.as_ref())
        .text("version", &handoff.version.to_string())
        .finish()
}

/// Who holds it, and for how long.
pub(in crate::cli) fn lease(lease: &Lease) -> String {
    format!(
        "by session {} ({}), token {}, {} s left of {} s",
        lease.session_id,
        or_dash(&lease.agent),
        lease.fencing_token,
        lease.remaining_ms / 1_000,
        lease.duration_ms / 1_000,
    )
}
