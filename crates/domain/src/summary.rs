//! One line for a person.

mod coordination;
mod execution;
mod words;

use crate::RecordedEvent;
use crate::evolve::kind_of;
use words::Words;

/// The greatest length of a summary in characters.
const LIMIT: usize = 200;

/// Says in one line what happened, for a timeline: at most 200 characters, none of them a control character. Event types that are
/// not known are spelled out, so there is always a line.
pub fn summary(event: &RecordedEvent) -> String {
    let words = Words::of(event);
    let event_type = event.envelope.event_type.as_str();
    let kind = kind_of(event_type);
    let line = coordination::line(kind, &words)
        .or_else(|| execution::line(kind, &words))
        .unwrap_or_else(|| words.with(&spelled_out(event_type), &["summary", "message", "text", "status"]));
    one_line(&line)
}

/// `fireflies.transcriptReady` is "Fireflies transcript ready".
fn spelled_out(event_type: &str) -> String {
    let mut text = String::with_capacity(event_type.len() + 8);
    let mut after_lower = false;
    for c in event_type.chars() {
        if after_lower && c.is_uppercase() {
            text.push(' ');
        }
        after_lower = c.is_lowercase();
        match c {
            '.' | '_' | '-' => text.push(' '),
            c => text.extend(c.to_lowercase()),
        }
    }
    words::capital(&text)
}

/// Drops what a line cannot show, makes every run of white space one space, and cuts at the limit.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut length = 0;
    let shown = |c: char| if c.is_control() || is_hidden(c) { ' ' } else { c };
    let clean = text.chars().map(shown);
    let mut gap = false;
    for c in clean {
        if c.is_whitespace() {
            gap = length > 0;
            continue;
        }
        let needed = 1 + usize::from(gap);
        if length + needed > LIMIT - 1 {
            line.push('…');
            return line;
        }
        if gap {
            line.push(' ');
        }
        line.push(c);
        length += needed;
        gap = false;
    }
    line
}

/// Marks that show nothing of themselves but turn what stands around them: a payload could make a line read as another.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
