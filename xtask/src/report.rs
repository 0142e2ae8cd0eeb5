//! What the chores print. A closed pipe (`cargo xtask test | head`) must not become a panic in the
//! middle of a clean-up, so write errors are ignored here and only here.

use std::io::{IsTerminal, Write};

/// A line of result on standard output.
pub(crate) fn line(text: impl AsRef<str>) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{}", text.as_ref());
    let _ = out.flush();
}

/// A line about progress on standard error, so that `eval "$(cargo xtask services env)"` stays clean.
pub(crate) fn note(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.as_ref());
}

/// The error with its causes.
pub(crate) fn error(error: &anyhow::Error) {
    note(format!("error: {error:#}"));
}

/// `text` in bold when people read it on a terminal.
pub(crate) fn bold(text: &str) -> String {
    if std::io::stdout().is_terminal() { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() }
}
