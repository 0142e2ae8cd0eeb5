//! `god33 collaborations waits`.

use std::fmt::Write as _;

use clap::Args;
use god33_proto::v1::{ListWaitsRequest, ListWaitsResponse, WaitsFor};

use crate::cli::answer::Answer;
use crate::cli::connection::Output;
use crate::cli::print::STRONG;
use crate::cli::{Failure, Target, print, table};

/// List which agent waits for which, and the cycles among them.
#[derive(Args, Debug)]
pub struct Waits {
    /// Only of the participants of this collaboration; without it all waits.
    #[arg(value_name = "COLLABORATION")]
    collaboration_id: Option<String>,
}

impl Waits {
    pub(super) async fn run(self, target: &Target) -> Result<(), Failure> {
        let request = ListWaitsRequest { collaboration_id: self.collaboration_id.unwrap_or_default(), min_position: 0 };
        let answer = target.collaborations().await?.list_waits(request).await?.into_inner();
        if target.output == Output::Json {
            return print::json(&json(&answer));
        }
        print::text(&text(&answer))?;
        print::hint(&next(&answer))
    }
}

fn json(answer: &ListWaitsResponse) -> String {
    Answer::default()
        .list("waits", &answer.waits, print::message_json)
        .list("cycles", &answer.cycles, print::message_json)
        .text()
}

/// The waits, a line each, and then the cycles.
fn text(answer: &ListWaitsResponse) -> String {
    let mut text = String::new();
    for wait in &answer.waits {
        let _ = writeln!(text, "{}", line(wait));
    }
    for cycle in &answer.cycles {
        let _ = writeln!(text, "{STRONG}cycle{STRONG:#}");
        for wait in &cycle.waits {
            let _ = writeln!(text, "  {}", line(wait));
        }
    }
    text
}

fn line(wait: &WaitsFor) -> String {
    let (agent, other) = (table::name(&wait.agent_id), table::name(&wait.waits_for));
    let (kind, id) = (print::or_dash(&wait.kind), print::or_dash(&wait.id));
    format!("{agent} → {other}  {kind}  {id}  {}", table::dim(&print::time(wait.since.as_ref())))
}

/// What ends a cycle: each of its waits can.
fn next(answer: &ListWaitsResponse) -> String {
    if answer.cycles.is_empty() {
        return if answer.waits.is_empty() { "nobody waits".into() } else { "no agents wait for each other".into() };
    }
    let ends = answer.cycles.iter().flat_map(|cycle| &cycle.waits).filter_map(end_of);
    let ends: Vec<_> = ends.map(|command| format!("to end it: {command}")).collect();
    if ends.is_empty() { "agents wait for each other: end one of these waits".into() } else { ends.join("\n") }
}

/// The command that ends a wait, where there is one.
fn end_of(wait: &WaitsFor) -> Option<String> {
    let id = print::shell_word(&wait.id);
    match wait.kind.as_str() {
        "handoff" => Some(format!("god33 handoffs cancel {id} --reason deadlock")),
        "question" => Some(format!("god33 feedback answer {id} DECISION")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use god33_proto::v1::WaitCycle;

    use super::*;

    fn wait(agent: &str, other: &str, kind: &str) -> WaitsFor {
        let (agent_id, waits_for) = (agent.into(), other.into());
        WaitsFor { agent_id, waits_for, kind: kind.into(), id: "id-1".into(), ..WaitsFor::default() }
    }

    #[test]
    fn a_cycle_is_shown_with_what_ends_it() {
        let waits = vec![wait("a", "b", "handoff"), wait("b", "a", "question")];
        let answer = ListWaitsResponse { waits: waits.clone(), cycles: vec![WaitCycle { waits }] };
        let shown = anstream::adapter::strip_str(&text(&answer)).to_string();
        assert!(shown.ends_with("cycle\n  a → b  handoff  id-1  -\n  b → a  question  id-1  -\n"), "{shown}");
        let ends = next(&answer);
        assert!(ends.contains("god33 handoffs cancel id-1") && ends.contains("god33 feedback answer id-1"), "{ends}");
        assert!(json(&answer).contains(r#""cycles":[{"waits":[{"agent_id":"a""#), "{}", json(&answer));
    }

    #[test]
    fn waits_without_a_cycle_need_nobody() {
        assert_eq!(next(&ListWaitsResponse::default()), "nobody waits");
        let answer = ListWaitsResponse { waits: vec![wait("a", "b", "handoff")], cycles: vec![] };
        assert_eq!(next(&answer), "no agents wait for each other");
    }
}
