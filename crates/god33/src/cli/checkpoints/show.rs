//! Checkpoints, for people.

use god33_proto::v1::{Checkpoint, SnapshotInfo};

use super::digest::hex;
use crate::cli::arguments::word;
use crate::cli::print::{message_json, one_line, or_dash, time};
use crate::cli::table::{Sheet, dim};

/// One checkpoint on a line.
pub(in crate::cli) fn line(checkpoint: &Checkpoint) -> String {
    format!(
        "{:>4}  {}  {:<12}  {}  {}",
        checkpoint.ordinal,
        one_line(&checkpoint.checkpoint_id),
        word(checkpoint.checkpoint_type()),
        or_dash(&checkpoint.summary),
        dim(&remarks(checkpoint)),
    )
}

fn remarks(checkpoint: &Checkpoint) -> String {
    let mut remarks = vec![time(checkpoint.created_at.as_ref())];
    remarks.extend(checkpoint.snapshot.as_ref().map(|snapshot| format!("{} bytes", snapshot.size)));
    remarks.extend(checkpoint.pinned.then(|| "pinned".to_owned()));
    remarks.extend(checkpoint.deleted.then(|| "deleted".to_owned()));
    remarks.join(", ")
}

/// One checkpoint, whole.
pub(in crate::cli) fn whole(checkpoint: &Checkpoint) -> String {
    Sheet::new(&format!("checkpoint {}", checkpoint.ordinal), &checkpoint.checkpoint_id)
        .text("session", &checkpoint.session_id)
        .text("workflow", &checkpoint.workflow_id)
        .text("instance", &checkpoint.agent_instance_id)
        .text("type", &word(checkpoint.checkpoint_type()))
        .text("summary", &checkpoint.summary)
        .text("stands", &checkpoint.context_snapshot.as_ref().map(message_json).unwrap_or_default())
        .text("cost", &checkpoint.metrics.as_ref().map(message_json).unwrap_or_default())
        .text("schema", &checkpoint.schema_version)
        .text("snapshot", &checkpoint.snapshot.as_ref().map(snapshot).unwrap_or_default())
        .text("event", &checkpoint.event_id)
        .text("position", &checkpoint.position.to_string())
        .time("saved", checkpoint.created_at.as_ref())
        .text("kept", if checkpoint.pinned { "pinned" } else { "" })
        .text("gone", if checkpoint.deleted { "deleted" } else { "" })
        .finish()
}

fn snapshot(snapshot: &SnapshotInfo) -> String {
    let media_type = or_dash(&snapshot.media_type);
    format!("{} bytes, {media_type}, SHA-256 {}", snapshot.size, hex(&snapshot.digest))
}
