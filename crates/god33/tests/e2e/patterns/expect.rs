//! Holds a log against a pattern, written as the design document writes it:
//!
//! ```text
//! solutioning = bmad.workflow.phase.completed <- analysis, planning
//!   - from: bmad-architect
//!   - phase: solutioning
//! ```
//!
//! Each event has a name of the pattern's own, its type, the names of its causes in order, and members of its payload. `from` is who says
//! it, a dot goes into an object, `@name` is the id of an event, and `*` stands for anything.

use std::collections::BTreeMap;

use serde_json::Value;

/// The events of a log, by the names that a pattern gives them.
pub(super) struct Told(Vec<(String, Value)>);

impl Told {
    /// The names, in the order of the log.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The id of an event.
    pub(super) fn id(&self, name: &str) -> &str {
        id_of(self.event(name))
    }

    /// An event as its readers see it.
    pub(super) fn event(&self, name: &str) -> &Value {
        let found = self.0.iter().find(|(known, _)| known == name);
        &found.unwrap_or_else(|| panic!("no event is called {name}")).1
    }
}

/// One event of a pattern.
struct Line<'a> {
    name: &'a str,
    event_type: &'a str,
    causes: Vec<&'a str>,
    members: Vec<(&'a str, &'a str)>,
}

/// The log is exactly this, no event more and none less.
pub(super) fn expect(events: &[Value], pattern: &str) -> Told {
    let lines = parse(pattern);
    let names: BTreeMap<&str, &str> = events.iter().map(id_of).zip(lines.iter().map(|line| line.name)).collect();
    let wanted: Vec<String> = lines.iter().flat_map(write).collect();
    let actual: Vec<String> = (0..events.len()).flat_map(|at| seen(&events[at], lines.get(at), &names)).collect();
    let (wanted, actual) = (wanted.join("\n"), actual.join("\n"));
    assert!(wanted == actual, "the pattern is\n{wanted}\n\nand the log is\n{actual}\n\n{events:#?}");
    Told(lines.iter().map(|line| line.name.to_owned()).zip(events.iter().cloned()).collect())
}

fn parse(pattern: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for text in pattern.lines().map(str::trim).filter(|text| !text.is_empty()) {
        if let Some(member) = text.strip_prefix("- ") {
            let member = member.split_once(": ").unwrap_or_else(|| panic!("no member: {text}"));
            lines.last_mut().expect("a member stands below its event").members.push(member);
            continue;
        }
        let (name, said) = text.split_once(" = ").unwrap_or_else(|| panic!("no event: {text}"));
        let (event_type, causes) = said.split_once(" <- ").unwrap_or((said, ""));
        let causes = causes.split(", ").filter(|cause| !cause.is_empty()).collect();
        lines.push(Line { name, event_type, causes, members: Vec::new() });
    }
    lines
}

fn write(line: &Line<'_>) -> Vec<String> {
    let members = line.members.iter().map(|(member, value)| format!("  - {member}: {}", normal(value)));
    std::iter::once(head(line.name, line.event_type, &line.causes)).chain(members).collect()
}

/// An event in the words of its line.
fn seen(event: &Value, line: Option<&Line<'_>>, names: &BTreeMap<&str, &str>) -> Vec<String> {
    let said = &event["event"];
    let name_of = |id: &Value| {
        let id = id.as_str().unwrap_or_default();
        names.get(id).map_or_else(|| id.to_owned(), |name| (*name).to_owned())
    };
    let causes: Vec<String> = said["correlation_ids"].as_array().into_iter().flatten().map(name_of).collect();
    let causes: Vec<&str> = causes.iter().map(String::as_str).collect();
    let name = line.map_or("(nothing)", |line| line.name);
    let members = line.map(|line| line.members.as_slice()).unwrap_or_default().iter().map(|(member, wanted)| {
        let value = if *member == "from" { speaker(said) } else { at(&said["payload"], member) };
        let text = match (value, *wanted) {
            (Some(_), "*") => "*".to_owned(),
            (Some(value), wanted) if wanted.starts_with('@') => format!("@{}", name_of(value)),
            (Some(Value::String(text)), _) => text.clone(),
            (Some(value), _) => value.to_string(),
            (None, _) => "(absent)".to_owned(),
        };
        format!("  - {member}: {text}")
    });
    std::iter::once(head(name, said["event_type"].as_str().unwrap_or_default(), &causes)).chain(members).collect()
}

fn head(name: &str, event_type: &str, causes: &[&str]) -> String {
    let arrow = if causes.is_empty() { "" } else { " <- " };
    format!("{name} = {event_type}{arrow}{}", causes.join(", "))
}

/// A value as it would be written again: JSON in one spelling, everything else as it is.
fn normal(value: &str) -> String {
    match serde_json::from_str(value) {
        Ok(Value::String(_)) | Err(_) => value.to_owned(),
        Ok(value) => value.to_string(),
    }
}

/// Who says it: whom the payload names, else the agent behind the event.
fn speaker(said: &Value) -> Option<&Value> {
    let named = ["from_agent", "initiator_agent", "answered_by", "agent_id"];
    let named = named.into_iter().find_map(|name| at(&said["payload"], name));
    named.or_else(|| at(said, "agent_context.name")).or_else(|| at(said, "agent_context.type"))
}

fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let found = path.split('.').try_fold(value, |value, name| value.get(name))?;
    Some(found).filter(|found| !found.is_null())
}

fn id_of(event: &Value) -> &str {
    event["event"]["event_id"].as_str().expect("an event has an id")
}

/// A state says all of this. What it says beside that is not looked at.
pub(super) fn shows(state: &Value, wanted: &Value) {
    if let Some(difference) = difference(state, wanted, "") {
        panic!("{difference}\n\nwanted {wanted:#}\n\nin {state:#}");
    }
}

fn difference(state: &Value, wanted: &Value, path: &str) -> Option<String> {
    match (state, wanted) {
        (Value::Object(state), Value::Object(wanted)) => wanted.iter().find_map(|(name, wanted)| {
            let value = state.get(name).unwrap_or(&Value::Null);
            difference(value, wanted, &format!("{path}.{name}"))
        }),
        (Value::Array(state), Value::Array(wanted)) if state.len() == wanted.len() => {
            let pairs = state.iter().zip(wanted).enumerate();
            pairs.into_iter().find_map(|(at, (value, wanted))| difference(value, wanted, &format!("{path}[{at}]")))
        }
        (state, wanted) if state == wanted => None,
        (state, wanted) => Some(format!("{path} is {state} and should be {wanted}")),
    }
}
