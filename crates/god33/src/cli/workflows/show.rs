//! Workflows and their histories, for people.

use std::fmt::Write as _;

use god33_proto::v1::{PhaseRecord, TimelineEntry, Workflow};

use crate::cli::arguments::word;
use crate::cli::print::{one_line, or_dash, time};
use crate::cli::table::{Sheet, dim, name, state};

/// One workflow on a line.
pub(in crate::cli) fn line(workflow: &Workflow) -> String {
    format!(
        "{}  {}  {:<14}  {}  {}",
        one_line(&workflow.workflow_id),
        state(workflow.status(), 9),
        word(workflow.current_phase()),
        name(&workflow.project_name),
        dim(&format!("{} events, changed {}", workflow.event_count, time(workflow.updated_at.as_ref()))),
    )
}

/// One workflow, whole.
pub(in crate::cli) fn whole(workflow: &Workflow) -> String {
    let mut sheet = Sheet::new(&workflow.project_name, &workflow.workflow_id)
        .text("for", &workflow.description)
        .state("status", workflow.status())
        .text("phase", &word(workflow.current_phase()))
        .text("agent", &or_dash(&workflow.current_agent))
        .text("started", &time(workflow.started_at.as_ref()))
        .text("changed", &time(workflow.updated_at.as_ref()))
        .time("ended", workflow.completed_at.as_ref())
        .text("reason", &workflow.reason)
        .text("version", &format!("{}  ({} events)", workflow.version, workflow.event_count));
    if workflow.anomalies > 0 {
        let odd = format!("{} of its events came when its state did not allow them", workflow.anomalies);
        sheet = sheet.text("odd", &odd);
    }
    let mut text = sheet.finish();
    for record in &workflow.phase_history {
        let _ = writeln!(text, "  phase    {}", phase(record));
    }
    for handoff in &workflow.agent_handoffs {
        let (from, to) = (or_dash(&handoff.from), or_dash(&handoff.to));
        let _ = writeln!(text, "  handoff  {from} → {to}  {}", dim(&time(handoff.at.as_ref())));
    }
    text
}

fn phase(record: &PhaseRecord) -> String {
    let began = record.started_at.as_ref().map(|at| format!("began {}", time(Some(at))));
    let how = if record.skipped { "skipped" } else { "done" };
    let ended = record.completed_at.as_ref().map(|at| format!("{how} {}", time(Some(at))));
    let when: Vec<String> = began.into_iter().chain(ended).collect();
    format!("{:<14}  {}", word(record.phase()), dim(&when.join(", ")))
}

/// One line of history.
pub(in crate::cli) fn entry(entry: &TimelineEntry) -> String {
    format!(
        "{}  {:<22}  {}  {}",
        dim(&time(entry.timestamp.as_ref())),
        or_dash(&entry.agent),
        one_line(&entry.summary),
        name(&entry.event_type),
    )
}
