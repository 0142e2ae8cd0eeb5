//! What a figure found, for people and for programs.

use anyhow::{Context as _, Result};
use serde_json::{Map, Value, json};
use std::path::Path;

use crate::table::{Table, shown};

/// What a figure found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What was measured.
    pub(crate) tables: Vec<Table>,
    /// The goals, met or not.
    pub(crate) goals: Vec<Goal>,
}

/// A goal, and what was reached.
#[derive(Debug)]
pub(crate) struct Goal {
    /// What is wanted, in words.
    pub(crate) what: String,
    /// What was reached.
    pub(crate) reached: Option<f64>,
    /// What is wanted.
    pub(crate) bound: Bound,
}

/// On which side of a number a figure shall be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bound {
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Goal {
    /// Whether it is reached. What could not be measured is not.
    pub(crate) fn is_met(&self) -> bool {
        match self.bound {
            Bound::AtLeast(least) => self.reached.is_some_and(|reached| reached >= least),
            Bound::AtMost(most) => self.reached.is_some_and(|reached| reached <= most),
        }
    }

    fn text(&self) -> String {
        let wanted = match self.bound {
            Bound::AtLeast(least) => format!("at least {}", shown(Some(least))),
            Bound::AtMost(most) => format!("at most {}", shown(Some(most))),
        };
        let met = if self.is_met() { "met" } else { "NOT MET" };
        format!("goal: {}: {} ({wanted}): {met}", self.what, shown(self.reached))
    }
}

impl Findings {
    /// The tables and the goals, one under the other.
    pub(crate) fn text(&self) -> String {
        let tables = self.tables.iter().map(|table| table.text() + "\n");
        let goals = self.goals.iter().map(Goal::text);
        tables.chain(goals).collect::<Vec<_>>().join("\n")
    }

    /// The same for programs.
    pub(crate) fn json(&self) -> Value {
        let tables: Vec<Value> = self.tables.iter().map(table_json).collect();
        let goals: Vec<Value> = self.goals.iter().map(goal_json).collect();
        json!({"tables": tables, "goals": goals})
    }
}

fn table_json(table: &Table) -> Value {
    let row = |(name, cells): (&str, _)| {
        let numbers: Map<String, Value> = Iterator::map(cells, number_json).collect();
        json!({"name": name, "numbers": numbers})
    };
    let rows: Vec<Value> = table.rows().map(row).collect();
    json!({"title": table.title, "rows": rows})
}

fn number_json((column, number): (&'static str, Option<f64>)) -> (String, Value) {
    (column.to_owned(), json!(number))
}

fn goal_json(goal: &Goal) -> Value {
    let (side, bound) = match goal.bound {
        Bound::AtLeast(least) => ("at_least", least),
        Bound::AtMost(most) => ("at_most", most),
    };
    json!({"what": goal.what, "reached": goal.reached, side: bound, "met": goal.is_met()})
}

/// Writes a file of results, and the folder that it is in.
pub(crate) fn write(path: &Path, results: &Value) -> Result<()> {
    let doing = || format!("could not write {}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(doing)?;
    }
    std::fs::write(path, format!("{results:#}\n")).with_context(doing)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn goal(reached: Option<f64>, bound: Bound) -> Goal {
        Goal { what: "twice as fast".into(), reached, bound }
    }

    #[test]
    fn a_goal_is_met_from_its_bound_on() {
        assert!(goal(Some(2.0), Bound::AtLeast(2.0)).is_met());
        assert!(!goal(Some(1.9), Bound::AtLeast(2.0)).is_met());
        assert!(goal(Some(2.0), Bound::AtMost(2.0)).is_met());
        assert!(!goal(Some(2.1), Bound::AtMost(2.0)).is_met());
        assert!(!goal(None, Bound::AtMost(2.0)).is_met());
    }

    #[test]
    fn findings_are_shown_and_written() {
        let mut table = Table::new("t", &["a/s"]);
        table.row("x", [Some(2.5)]);
        let findings = Findings { tables: vec![table], goals: vec![goal(Some(2.5), Bound::AtLeast(2.0))] };
        assert_eq!(findings.text(), "t   a/s\nx  2.50\n\ngoal: twice as fast: 2.50 (at least 2.00): met");
        let expected = json!({
            "tables": [{"title": "t", "rows": [{"name": "x", "numbers": {"a/s": 2.5}}]}],
            "goals": [{"what": "twice as fast", "reached": 2.5, "at_least": 2.0, "met": true}],
        });
        assert_eq!(findings.json(), expected);
        assert_eq!(serde_json::from_str::<Value>(&findings.json().to_string()).unwrap(), expected);
    }
}
