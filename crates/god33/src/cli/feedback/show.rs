//! Questions to people, for people.

use god33_proto::v1::Question;
use god33_service::text::open_object_text;

use crate::cli::print::{one_line, or_dash, time};
use crate::cli::table::{Sheet, dim, name, state};

/// One question on a line.
pub(in crate::cli) fn line(question: &Question) -> String {
    let options =
        if question.options.is_empty() { String::new() } else { format!("  [{}]", question.options.join(" | ")) };
    format!(
        "{}  {}  {}  {}  {}{}  {}",
        one_line(&question.question_id),
        state(question.state(), 9),
        state(question.priority(), 10),
        name(&question.from_agent),
        one_line(&question.question),
        one_line(&options),
        dim(&remarks(question)),
    )
}

fn remarks(question: &Question) -> String {
    let mut remarks = Vec::new();
    if !question.decision.is_empty() {
        remarks.push(format!("{}, by {}", question.decision, or_dash(&question.answered_by)));
    }
    if !question.assignee.is_empty() {
        remarks.push(format!("for {}", question.assignee));
    }
    if question.deadline.is_some() {
        remarks.push(format!("until {}", time(question.deadline.as_ref())));
    }
    remarks.push(format!("asked {}", time(question.created_at.as_ref())));
    remarks.join(", ")
}

/// One question, whole.
pub(in crate::cli) fn whole(question: &Question) -> String {
    Sheet::new(&question.question, &question.question_id)
        .state("state", question.state())
        .text("decision", &question.decision)
        .text("why", &question.rationale)
        .text("by", &question.answered_by)
        .time("answered", question.answered_at.as_ref())
        .texts("option", question.options.clone())
        .text("context", &question.context.as_ref().map(open_object_text).unwrap_or_default())
        .text("from", &question.from_agent)
        .text("session", &question.session_id)
        .text("waits", if question.blocking { "for the answer" } else { "" })
        .text("workflow", &question.workflow_id)
        .state("priority", question.priority())
        .text("for", &question.assignee)
        .texts("passed on", question.delegated_by.iter().map(|name| format!("by {name}")))
        .time("deadline", question.deadline.as_ref())
        .text("default", &question.default_answer)
        .text("then", &question.escalate_to)
        .time("asked", question.created_at.as_ref())
        .text("version", &question.version.to_string())
        .finish()
}
