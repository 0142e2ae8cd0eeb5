//! Lines for what a long-running agent does: sessions, checkpoints, context and tasks, whatever framework it runs on.

use super::words::{Words, capital};

pub(super) fn line(kind: &str, words: &Words<'_>) -> Option<String> {
    let checkpoint = &["checkpoint_id"];
    let line = match kind {
        "session.started" => words.by("Session started", &["agent_instance_id", "agent_type"], &[]),
        "session.paused" => words.because("Session paused"),
        "session.resumed" => words.linked("Session resumed", "from", &["resuming_from_checkpoint"], &[]),
        "session.completed" => words.with("Session completed", &["summary"]),
        "session.failed" => words.because("Session failed"),
        "session.instructed" => words.by(&instructed(words), &["sent_by"], &["reason"]),
        "session.recovery.started" => words.linked("Recovery started", "from", &["recovering_from_checkpoint"], &[]),
        "checkpoint.saved" => words.with(&saved(words), &["summary", "checkpoint_id"]),
        "checkpoint.pinned" => words.with("Checkpoint pinned", checkpoint),
        "checkpoint.unpinned" => words.with("Checkpoint unpinned", checkpoint),
        "checkpoint.deleted" => words.with("Checkpoint deleted", checkpoint),
        "context.updated" => words.with("Context updated", &["decision_incorporated", "summary"]),
        "context.restored" => words.linked("Context restored", "from", checkpoint, &[]),
        "task.completed" => words.linked("Task completed", "for", &["service"], &["summary"]),
        "task.blocked" => words.with("Task blocked", &["reason", "needs"]),
        "task.resumed" => words.linked("Task resumed", "from", &["resuming_from"], &[]),
        "task.failed" => words.because("Task failed"),
        _ => return None,
    };
    Some(line)
}

/// The words of the contract's instructions, as a person says them.
fn instructed(words: &Words<'_>) -> String {
    let what = match words.text(&["instruction"]).as_deref() {
        Some("cancel") => "Session told to stop its work",
        Some("pause") => "Session told to pause",
        Some("resume") => "Session told to go on",
        Some("save-checkpoint") => "Session told to save a checkpoint",
        Some("lease-lost") => "Session told that its work went to another",
        Some("answer") => "Session told that its question is answered",
        Some("drain") => "Session told to take no more work",
        Some("message") => "Message sent to the session",
        _ => "Session instructed",
    };
    what.to_owned()
}

fn saved(words: &Words<'_>) -> String {
    let kind = words.text(&["checkpoint_type"]).unwrap_or_default();
    capital(format!("{kind} checkpoint saved").trim_start())
}
