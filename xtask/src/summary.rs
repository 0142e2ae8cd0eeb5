//! What a run of steps came to.

use std::time::Duration;

use anyhow::{Error, Result};

/// The steps so far.
#[derive(Default)]
pub(crate) struct Summary {
    rows: Vec<Row>,
}

struct Row {
    name: &'static str,
    time: Duration,
    failure: Option<Error>,
}

impl Summary {
    /// A step that has run.
    pub(crate) fn add(&mut self, name: &'static str, time: Duration, outcome: Result<()>) {
        self.rows.push(Row { name, time, failure: outcome.err() });
    }

    /// Whether there is nothing to complain about.
    pub(crate) fn all_passed(&self) -> bool {
        self.failed() == 0
    }

    /// The table. The last line is `N passed, N failed` and nothing else, for programs to read.
    pub(crate) fn text(&self) -> String {
        let mut lines = vec![format!("{:<12} {:<7} {:>8}", "step", "result", "seconds")];
        lines.extend(self.rows.iter().map(Row::text));
        for row in &self.rows {
            if let Some(error) = &row.failure {
                lines.push(format!("{}: {error:#}", row.name));
            }
        }
        lines.push(format!("{} passed, {} failed", self.rows.len() - self.failed(), self.failed()));
        lines.join("\n")
    }

    fn failed(&self) -> usize {
        self.rows.iter().filter(|row| row.failure.is_some()).count()
    }
}

impl Row {
    fn text(&self) -> String {
        let result = if self.failure.is_none() { "passed" } else { "failed" };
        format!("{:<12} {result:<7} {:>8.1}", self.name, self.time.as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_table_names_each_step_and_ends_with_the_counts() {
        let mut summary = Summary::default();
        summary.add("fmt", Duration::from_millis(1_200), Ok(()));
        assert!(summary.all_passed());
        summary.add("rust", Duration::from_secs(60), Err(Error::msg("it broke")));
        assert!(!summary.all_passed());
        let expected = "step         result   seconds\n\
                        fmt          passed       1.2\n\
                        rust         failed      60.0\n\
                        rust: it broke\n\
                        1 passed, 1 failed";
        assert_eq!(summary.text(), expected);
    }
}
