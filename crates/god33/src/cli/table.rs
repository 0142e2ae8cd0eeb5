//! Lists and sheets for people, in one look for every noun.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use god33_proto::v1::Artifact;

use super::arguments::{Word, word};
use super::connection::Output;
use super::print::{self, DIM, NAME, STRONG};
use super::{Failure, Target};

/// Prints a list: each thing on a line, as JSON or for people; then how the list goes on. `none` says what to do when it is empty.
pub(super) fn list<T>(
    target: &Target,
    items: &[T],
    json: impl Fn(&T) -> String,
    line: impl Fn(&T) -> String,
    none: &str,
    next_page: &str,
) -> Result<(), Failure> {
    if target.output == Output::Json {
        items.iter().try_for_each(|item| print::json(&json(item)))?;
        return print::more(target, next_page);
    }
    let mut text = String::new();
    for item in items {
        let _ = writeln!(text, "{}", line(item));
    }
    print::text(&text)?;
    if items.is_empty() {
        print::hint(none)?;
    }
    print::more(target, next_page)
}

/// One thing, whole: a title, then a name and a value a line. What is empty is left out.
#[derive(Default)]
pub(super) struct Sheet(String);

impl Sheet {
    /// A sheet with a title and the id of the thing.
    pub(super) fn new(title: &str, id: &str) -> Self {
        Self(format!("{STRONG}{}{STRONG:#}  {}\n", print::or_dash(title), print::one_line(id)))
    }

    /// With a text.
    pub(super) fn text(mut self, name: &str, value: &str) -> Self {
        if !value.is_empty() {
            let _ = writeln!(self.0, "{name:<9}{}", print::one_line(value));
        }
        self
    }

    /// With a text of each of several.
    pub(super) fn texts(self, name: &str, values: impl IntoIterator<Item = String>) -> Self {
        values.into_iter().fold(self, |sheet, value| sheet.text(name, &value))
    }

    /// With a state, in its colour.
    pub(super) fn state<E: Word>(mut self, name: &str, value: E) -> Self {
        let _ = writeln!(self.0, "{name:<9}{}", state(value, 0));
        self
    }

    /// With a time.
    pub(super) fn time(self, name: &str, value: Option<&prost_types::Timestamp>) -> Self {
        let text = value.map(|time| print::time(Some(time)));
        self.text(name, &text.unwrap_or_default())
    }

    /// With what was made.
    pub(super) fn artifacts(self, artifacts: &[Artifact]) -> Self {
        self.texts("artifact", artifacts.iter().map(|made| format!("{}  {}  {}", made.r#type, made.path, made.status)))
    }

    /// The whole text.
    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// The word of a state in its colour, as wide as a column.
pub(super) fn state<E: Word>(value: E, width: usize) -> String {
    let word = word(value);
    let style = style(&word);
    format!("{style}{word:<width$}{style:#}")
}

/// The colour of a state: green for a good end, red for a bad one, yellow for what needs somebody, cyan for what is under way.
fn style(word: &str) -> Style {
    let colour = match word {
        "completed" | "answered" | "resolved" | "healthy" | "done" | "idle" => AnsiColor::Green,
        "failed" | "critical" | "lost" => AnsiColor::Red,
        "cancelled" | "declined" | "expired" | "blocked" | "paused" | "warning" | "high" => AnsiColor::Yellow,
        "-" | "low" | "background" => AnsiColor::BrightBlack,
        _ => AnsiColor::Cyan,
    };
    colour.on_default()
}

/// A name, such as the one of an agent, in its colour.
pub(super) fn name(name: &str) -> String {
    format!("{NAME}{}{NAME:#}", print::or_dash(name))
}

/// What stands back.
pub(super) fn dim(text: &str) -> String {
    format!("{DIM}{}{DIM:#}", print::one_line(text))
}

#[cfg(test)]
mod tests {
    use god33_proto::v1::WorkflowStatus;

    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn a_sheet_leaves_out_what_is_empty_and_keeps_every_value_on_its_line() {
        let sheet = Sheet::new("a\ttitle", "id-1").text("from", "").text("to", "letta\n\u{1b}[2J");
        let sheet = sheet.state("status", WorkflowStatus::Active).time("ended", None).finish();
        assert_eq!(plain(&sheet), "a title  id-1\nto       letta  [2J\nstatus   active\n");
    }

    #[test]
    fn a_state_fills_its_column() {
        assert_eq!(plain(&state(WorkflowStatus::Failed, 9)), "failed   ");
    }
}
