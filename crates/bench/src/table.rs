//! Figures as a table for people.

use std::fmt::Write as _;

/// What was measured, row by row.
#[derive(Debug)]
pub(crate) struct Table {
    /// What the table is about.
    pub(crate) title: String,
    /// What each number is, with its unit.
    pub(crate) columns: &'static [&'static str],
    rows: Vec<(String, Vec<Option<f64>>)>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn new(title: impl Into<String>, columns: &'static [&'static str]) -> Self {
        Self { title: title.into(), columns, rows: Vec::new() }
    }

    /// Adds a row. A number that could not be measured, or makes no sense in this row, is `None`.
    pub(crate) fn row(&mut self, name: impl Into<String>, numbers: impl IntoIterator<Item = Option<f64>>) {
        self.rows.push((name.into(), numbers.into_iter().collect()));
    }

    /// The rows: their names, and a number for each column.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = (&'static str, Option<f64>)>)> {
        let cells = |numbers: &'static [&'static str], row: &[Option<f64>]| {
            let row = row.to_vec();
            numbers.iter().enumerate().map(move |(at, column)| (*column, row.get(at).copied().flatten()))
        };
        self.rows.iter().map(move |(name, row)| (name.as_str(), cells(self.columns, row)))
    }

    /// As text: names to the left, numbers to the right.
    pub(crate) fn text(&self) -> String {
        let head = std::iter::once(self.title.clone()).chain(self.columns.iter().map(|&column| column.to_owned()));
        let mut lines: Vec<Vec<String>> = vec![head.collect()];
        lines.extend(self.rows().map(|(name, cells)| {
            std::iter::once(name.to_owned()).chain(cells.map(|(_, number)| shown(number))).collect()
        }));
        let width = |at: usize| lines.iter().map(|line| line[at].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..=self.columns.len()).map(width).collect();
        lines.iter().map(|line| aligned(line, &widths)).collect::<Vec<_>>().join("\n")
    }
}

fn aligned(line: &[String], widths: &[usize]) -> String {
    let mut text = String::new();
    for (at, (cell, width)) in line.iter().zip(widths).enumerate() {
        let _ = if at == 0 { write!(text, "{cell:<width$}") } else { write!(text, "  {cell:>width$}") };
    }
    text
}

/// A number with as many digits as it deserves.
pub(crate) fn shown(number: Option<f64>) -> String {
    match number.filter(|number| number.is_finite()) {
        None => "-".to_owned(),
        Some(number) if number.abs() >= 99.95 => grouped(number.round() as i64),
        Some(number) if number.abs() >= 9.995 => format!("{number:.1}"),
        Some(number) => format!("{number:.2}"),
    }
}

fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "-".to_owned() } else { String::new() };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_what_is_in_them() {
        let mut table = Table::new("on PostgreSQL", &["events/s", "p50 ms"]);
        table.row("1 client", [Some(1_234.4), Some(0.81)]);
        table.row("64 clients", [Some(98_765.0), None]);
        let expected = "on PostgreSQL  events/s  p50 ms\n\
                        1 client          1,234    0.81\n\
                        64 clients       98,765       -";
        assert_eq!(table.text(), expected);
    }

    #[test]
    fn a_row_that_is_too_short_lacks_its_last_numbers() {
        let mut table = Table::new("t", &["a", "b"]);
        table.row("x", [Some(1.0)]);
        let rows: Vec<_> = table.rows().map(|(name, cells)| (name, cells.collect::<Vec<_>>())).collect();
        assert_eq!(rows, [("x", vec![("a", Some(1.0)), ("b", None)])]);
    }

    #[test]
    fn numbers_have_the_digits_that_they_deserve() {
        for (number, text) in [
            (0.0, "0.00"),
            (0.004, "0.00"),
            (3.154_159, "3.15"),
            (42.19, "42.2"),
            (99.96, "100"),
            (999.4, "999"),
            (1_000.0, "1,000"),
            (-1_234_567.0, "-1,234,567"),
        ] {
            assert_eq!(shown(Some(number)), text, "{number}");
        }
        assert_eq!(shown(Some(f64::INFINITY)), "-");
    }
}
