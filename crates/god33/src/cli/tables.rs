//! Workflows and their histories, for people.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use god33_proto::v1::{TimelineEntry, Workflow, WorkflowPhase, WorkflowStatus};

use super::Failure;
use super::print::{self, DIM, NAME, STRONG, time};

/// One workflow a line.
pub(super) fn workflows(workflows: &[Workflow]) -> Result<(), Failure> {
    let mut text = String::new();
    for workflow in workflows {
        let style = status_style(workflow.status());
        let _ = writeln!(
            text,
            "{}  {style}{:<9}{style:#}  {:<14}  {NAME}{}{NAME:#}  {DIM}{} events, changed {}{DIM:#}",
            workflow.workflow_id,
            status_word(workflow.status()),
            phase_word(workflow.current_phase()),
            or_dash(&workflow.project_name),
            workflow.event_count,
            time(workflow.updated_at.as_ref()),
        );
    }
    print::text(&text)
}

/// One workflow, whole.
pub(super) fn workflow(workflow: &Workflow) -> Result<(), Failure> {
    let mut text = String::new();
    let style = status_style(workflow.status());
    let _ = writeln!(text, "{STRONG}{}{STRONG:#}  {}", or_dash(&workflow.project_name), workflow.workflow_id);
    let _ = writeln!(text, "status   {style}{}{style:#}", status_word(workflow.status()));
    let _ = writeln!(text, "phase    {}", phase_word(workflow.current_phase()));
    let _ = writeln!(text, "agent    {}", or_dash(&workflow.current_agent));
    let _ = writeln!(text, "started  {}", time(workflow.started_at.as_ref()));
    let _ = writeln!(text, "changed  {}", time(workflow.updated_at.as_ref()));
    if workflow.completed_at.is_some() {
        let _ = writeln!(text, "ended    {}", time(workflow.completed_at.as_ref()));
    }
    if !workflow.reason.is_empty() {
        let _ = writeln!(text, "reason   {}", print::one_line(&workflow.reason));
    }
    let _ = writeln!(text, "version  {}  ({} events)", workflow.version, workflow.event_count);
    if workflow.anomalies > 0 {
        let _ = writeln!(text, "odd      {} of its events came when its state did not allow them", workflow.anomalies);
    }
    phases(&mut text, workflow);
    handoffs(&mut text, workflow);
    print::text(&text)?;
    print::hint(&format!("its history: god33 workflows timeline {}", workflow.workflow_id))
}

fn phases(text: &mut String, workflow: &Workflow) {
    for record in &workflow.phase_history {
        let phase = phase_word(record.phase());
        let began = record.started_at.as_ref().map(|at| format!("began {}", time(Some(at))));
        let word = if record.skipped { "skipped" } else { "done" };
        let ended = record.completed_at.as_ref().map(|at| format!("{word} {}", time(Some(at))));
        let when: Vec<String> = began.into_iter().chain(ended).collect();
        let _ = writeln!(text, "  phase    {phase:<14}  {DIM}{}{DIM:#}", when.join(", "));
    }
}

fn handoffs(text: &mut String, workflow: &Workflow) {
    for handoff in &workflow.agent_handoffs {
        let (from, to) = (or_dash(&handoff.from), or_dash(&handoff.to));
        let _ = writeln!(text, "  handoff  {from} → {to}  {DIM}{}{DIM:#}", time(handoff.at.as_ref()));
    }
}

/// One line of history a line.
pub(super) fn timeline(entries: &[TimelineEntry]) -> Result<(), Failure> {
    let mut text = String::new();
    for entry in entries {
        let _ = writeln!(
            text,
            "{DIM}{}{DIM:#}  {:<22}  {}  {NAME}{}{NAME:#}",
            time(entry.timestamp.as_ref()),
            print::one_line(or_dash(&entry.agent)),
            print::one_line(&entry.summary),
            print::one_line(&entry.event_type),
        );
    }
    print::text(&text)
}

const fn status_word(status: WorkflowStatus) -> &'static str {
    match status {
        WorkflowStatus::Unspecified => "unknown",
        WorkflowStatus::Active => "active",
        WorkflowStatus::Completed => "completed",
        WorkflowStatus::Failed => "failed",
        WorkflowStatus::Cancelled => "cancelled",
    }
}

const fn status_style(status: WorkflowStatus) -> Style {
    let colour = match status {
        WorkflowStatus::Completed => AnsiColor::Green,
        WorkflowStatus::Failed => AnsiColor::Red,
        WorkflowStatus::Cancelled => AnsiColor::Yellow,
        WorkflowStatus::Active => AnsiColor::Cyan,
        WorkflowStatus::Unspecified => AnsiColor::BrightBlack,
    };
    colour.on_default()
}

const fn phase_word(phase: WorkflowPhase) -> &'static str {
    match phase {
        WorkflowPhase::Unspecified => "-",
        WorkflowPhase::Analysis => "analysis",
        WorkflowPhase::Planning => "planning",
        WorkflowPhase::Solutioning => "solutioning",
        WorkflowPhase::Implementation => "implementation",
    }
}

const fn or_dash(text: &str) -> &str {
    if text.is_empty() { "-" } else { text }
}
