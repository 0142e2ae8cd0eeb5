//! What a command that changes something prints.

use anstyle::{AnsiColor, Style};
use god33_proto::v1::RecordedEvent;
use serde_json::Value;

use super::arguments::CallArgs;
use super::connection::Output;
use super::{Failure, Target, print, table};

/// An answer of the server as one JSON object, whose members have the names and the order of the contract.
#[derive(Default)]
pub(super) struct Answer(Vec<String>);

impl Answer {
    /// With a member whose value is JSON text already: a message of the contract.
    pub(super) fn with(mut self, name: &str, json: &str) -> Self {
        self.0.push(format!("{}:{json}", Value::from(name)));
        self
    }

    /// With a plain value.
    pub(super) fn value(self, name: &str, value: impl Into<Value>) -> Self {
        self.with(name, &value.into().to_string())
    }

    /// With a list.
    pub(super) fn list<T>(self, name: &str, items: &[T], json: impl Fn(&T) -> String) -> Self {
        let items: Vec<String> = items.iter().map(json).collect();
        self.with(name, &format!("[{}]", items.join(",")))
    }

    /// With what the call recorded.
    pub(super) fn recorded(self, event_ids: &[String], position: u64) -> Self {
        self.value("event_ids", event_ids).value("position", position)
    }

    /// The object as text.
    pub(super) fn text(&self) -> String {
        format!("{{{}}}", self.0.join(","))
    }
}

/// What was done, for a person.
#[derive(Default)]
pub(super) struct Done<'a> {
    /// In a word, for instance "offered".
    pub(super) word: &'a str,
    /// The id that the next command needs; all that --quiet prints.
    pub(super) id: &'a str,
    /// More about it; may be empty.
    pub(super) more: String,
    /// The thing itself, whole; may be empty.
    pub(super) sheet: String,
    /// `NAME=VALUE` of each variable that the commands that follow may find in the environment, where that alone is to be printed.
    pub(super) export: Option<String>,
    /// What to do next: lines, each a few words and a command that can be pasted.
    pub(super) next: String,
}

/// What went well.
const DONE: Style = AnsiColor::Green.on_default();

impl Done<'_> {
    /// Prints it in the form that is wanted: JSON, variables, the id alone, or text with a hint.
    pub(super) fn tell(&self, target: &Target, call: &CallArgs, answer: &Answer) -> Result<(), Failure> {
        if target.output == Output::Json {
            return print::json(&answer.text());
        }
        if let Some(variables) = &self.export {
            return print::text(&format!("export {variables}\n"));
        }
        let id = print::one_line(self.id);
        if call.quiet() {
            return print::text(&format!("{id}\n"));
        }
        let more = if self.more.is_empty() { String::new() } else { format!("  {}", print::one_line(&self.more)) };
        print::text(&format!("{DONE}{}{DONE:#}  {id}{more}\n{}", self.word, self.sheet))?;
        print::hint(&self.next)
    }
}

/// Prints what a watched thing is now: its member of the answer, the event that changed it if any, and a line for people.
pub(super) fn change(
    target: &Target,
    (name, json): (&str, &str),
    event: Option<&RecordedEvent>,
    position: u64,
    line: &str,
) -> Result<(), Failure> {
    if target.output == Output::Json {
        let answer = Answer::default().with(name, json);
        let answer = event.into_iter().fold(answer, |answer, event| answer.with("event", &print::event_json(event)));
        return print::json(&answer.value("position", position).text());
    }
    let what = event.and_then(|event| event.envelope.as_ref()).map(|envelope| table::name(&envelope.event_type));
    print::text(&format!("{line}{}\n", what.map(|name| format!("  {name}")).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_keeps_the_order_and_the_text_of_its_members() {
        let answer = Answer::default().with("handoff", r#"{"b":1,"a":2}"#).recorded(&["e".into()], 7);
        assert_eq!(answer.text(), r#"{"handoff":{"b":1,"a":2},"event_ids":["e"],"position":7}"#);
    }
}
