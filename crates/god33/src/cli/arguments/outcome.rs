//! How work went.

use std::time::Duration;

use clap::Args;
use god33_proto::v1::{TaskValidation, WorkMetrics};

use super::duration;

/// What work cost.
#[derive(Args, Clone, Debug)]
pub struct MetricsArgs {
    /// Tokens of language models that it took.
    #[arg(long, value_name = "N")]
    tokens: Option<i64>,

    /// Time that it took, for instance 20m.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    duration: Option<Duration>,
}

impl MetricsArgs {
    /// What was measured, where anything was.
    pub(in crate::cli) fn metrics(&self) -> Option<WorkMetrics> {
        (self.tokens.is_some() || self.duration.is_some()).then(|| WorkMetrics {
            tokens_used: self.tokens,
            duration_seconds: self.duration.map(|time| time.as_secs_f64()),
            ..WorkMetrics::default()
        })
    }
}

/// How work stands against its checks.
#[derive(Args, Clone, Debug)]
pub struct ValidationArgs {
    /// Whether the tests passed.
    #[arg(long, value_name = "BOOL")]
    tests_passed: Option<bool>,

    /// Whether the linters passed.
    #[arg(long, value_name = "BOOL")]
    lint_passed: Option<bool>,

    /// Part of the code that the tests cover, in percent.
    #[arg(long, value_name = "PERCENT")]
    coverage: Option<f64>,
}

impl ValidationArgs {
    /// What was checked, where anything was.
    pub(in crate::cli) fn validation(&self) -> Option<TaskValidation> {
        let any = self.tests_passed.is_some() || self.lint_passed.is_some() || self.coverage.is_some();
        any.then(|| TaskValidation {
            tests_passed: self.tests_passed,
            lint_passed: self.lint_passed,
            coverage_pct: self.coverage,
            ..TaskValidation::default()
        })
    }
}
