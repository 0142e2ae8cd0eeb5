//! Output: for people with colour on a terminal, for programs as JSON.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use anstyle::{AnsiColor, Style};
use god33_domain::Timestamp;
use god33_proto::v1::{CausalEvent, RecordedEvent};

use super::connection::Output;
use super::{Failure, Target};
pub(super) use god33_service::text::{
    causal_text as causal_json, event_text as event_json, message_text as message_json,
};

/// What stands out.
pub(super) const STRONG: Style = Style::new().bold();
/// What stands back.
pub(super) const DIM: Style = AnsiColor::BrightBlack.on_default();
/// Names of types and projects.
pub(super) const NAME: Style = AnsiColor::Cyan.on_default();

/// Writes text for people to standard output.
pub(super) fn text(text: &str) -> Result<(), Failure> {
    anstream::stdout().lock().write_all(text.as_bytes()).or_else(closed_is_fine).map_err(write_failed)
}

/// Writes one JSON value on a line of its own to standard output.
pub(super) fn json(json: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{json}").and_then(|()| out.flush()).or_else(closed_is_fine).map_err(write_failed)
}

/// Writes bytes as they are to standard output.
pub(super) fn bytes(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).or_else(closed_is_fine).map_err(write_failed)
}

/// Tells how a list goes on; nothing when that was all of it.
pub(super) fn more(target: &Target, page_token: &str) -> Result<(), Failure> {
    match target.output {
        _ if page_token.is_empty() => Ok(()),
        Output::Json => json(&serde_json::json!({"next_page_token": page_token}).to_string()),
        Output::Text => hint(&format!("more: add --page {page_token}")),
    }
}

/// Tells a person what happens or what to do next, on standard error, so that it never mixes with the output.
pub(super) fn hint(hint: &str) -> Result<(), Failure> {
    writeln!(anstream::stderr(), "{DIM}{hint}{DIM:#}").or_else(closed_is_fine).map_err(write_failed)
}

/// `god33 … | head` closes the pipe: that is no failure.
fn closed_is_fine(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::BrokenPipe { std::process::exit(0) } else { Err(error) }
}

fn write_failed(source: io::Error) -> Failure {
    Failure::Io { what: "the output could not be written".into(), source }
}

/// One event a line.
pub(super) fn event_lines(events: &[RecordedEvent]) -> Result<(), Failure> {
    let mut out = String::new();
    for event in events {
        let _ = writeln!(out, "{}", event_line(event));
    }
    text(&out)
}

/// One event on a line.
pub(super) fn event_line(event: &RecordedEvent) -> String {
    let envelope = event.envelope.clone().unwrap_or_default();
    format!(
        "{STRONG}{:>6}{STRONG:#}  {DIM}{}{DIM:#}  {NAME}{}{NAME:#}  {}  {DIM}{}{DIM:#}",
        event.position,
        time(event.recorded_at.as_ref()),
        one_line(&envelope.event_type),
        one_line(if event.agent.is_empty() { "-" } else { &event.agent }),
        envelope.event_id,
    )
}

/// What a walk found, nearest first, indented by its depth.
pub(super) fn causal_lines(events: &[CausalEvent]) -> Result<(), Failure> {
    let mut out = String::new();
    for found in events {
        let indent = "  ".repeat((found.depth as usize).saturating_sub(1).min(40));
        let event = found.event.clone().unwrap_or_default();
        let _ = writeln!(out, "{DIM}{:>3}{DIM:#} {indent}{}", found.depth, event_line(&event));
    }
    text(&out)
}

/// One event with everything about it.
pub(super) fn event_whole(event: &RecordedEvent) -> Result<(), Failure> {
    let pretty = serde_json::from_str::<serde_json::Value>(&event_json(event))
        .and_then(|value| serde_json::to_string_pretty(&value));
    // What a parsed value cannot hold is shown as it stands.
    text(&(pretty.unwrap_or_else(|_| event_json(event)) + "\n"))
}

/// A time for people: RFC 3339 in UTC to the millisecond.
pub(super) fn time(time: Option<&prost_types::Timestamp>) -> String {
    let known = time.and_then(|time| Timestamp::new(time.seconds, u32::try_from(time.nanos).ok()?).ok());
    known.map_or_else(|| "-".into(), |time| time.to_chrono().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// Text from elsewhere, made safe for a terminal: no control characters.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Text from elsewhere as one word of a command that a person may paste into a shell: quoted where the shell would read it otherwise.
pub(super) fn shell_word(text: &str) -> String {
    let text = one_line(text);
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+=,".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

/// A text for a table; `-` for none.
pub(super) fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".into() } else { one_line(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_into_a_shell_is_one_word_of_it() {
        assert_eq!(shell_word("letta-checkpoint-1"), "letta-checkpoint-1");
        assert_eq!(shell_word("$(reboot)"), "'$(reboot)'");
        assert_eq!(shell_word("it's\nhere"), r"'it'\''s here'");
        assert_eq!(shell_word(""), "''");
    }
}
