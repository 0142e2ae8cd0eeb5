//! What goes wrong with a database, in the words of the domain.

use god33_domain::ports::StoreError;
use sqlx::migrate::MigrateError;

/// The store could not be opened or brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL of the configuration.
    #[error("the database URL cannot be used: {0}")]
    Url(String),
    /// No connection, or it broke.
    #[error("could not {operation}")]
    Unreachable {
        /// What was tried.
        operation: &'static str,
        /// Why it failed.
        #[source]
        source: sqlx::Error,
    },
    /// Another server than god33 can use.
    #[error("{0}")]
    Unsuitable(String),
    /// There are no tables yet.
    #[error("the database was never prepared for god33: run `god33 migrate`")]
    NotMigrated,
    /// The tables are those of an earlier god33.
    #[error("the database's schema is version {found} and this god33 needs version {needed}: run `god33 migrate`")]
    Older {
        /// The newest migration that was applied.
        found: i64,
        /// The newest that this program knows.
        needed: i64,
    },
    /// The tables are those of a later god33.
    #[error("the database's schema is version {found} and this god33 knows versions up to {known}: use a newer god33")]
    Newer {
        /// The newest migration that was applied.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// A migration did not go through. It changed nothing.
    #[error("could not bring the database's schema up to date")]
    Migration(#[source] MigrateError),
    /// What was there could not be read, or partitions could not be made.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Says what was being done when a driver's call failed.
pub(crate) trait Doing<T> {
    /// `operation` completes "the store could not …".
    fn doing(self, operation: &'static str) -> Result<T, StoreError>;
}

impl<T> Doing<T> for Result<T, sqlx::Error> {
    fn doing(self, operation: &'static str) -> Result<T, StoreError> {
        self.map_err(|error| store_error(operation, error))
    }
}

fn store_error(operation: &'static str, error: sqlx::Error) -> StoreError {
    use sqlx::Error::{ColumnDecode, ColumnNotFound, Database, Decode, TypeNotFound};
    let detail = match &error {
        ColumnDecode { .. } | ColumnNotFound(_) | Decode(_) | TypeNotFound { .. } => Some(error.to_string()),
        // Data exceptions, broken constraints and missing tables come again with every attempt. The server's own sentence is
        // given without its detail, which may quote values.
        Database(error) => hopeless(error.code().as_deref()).then(|| error.message().to_owned()),
        _ => None,
    };
    match detail {
        Some(detail) => StoreError::Corrupt { operation, detail },
        None => StoreError::Unavailable { operation, source: Box::new(error) },
    }
}

/// SQLSTATE classes 22 (data exception) and 23 (constraint), and undefined tables, columns and functions.
fn hopeless(code: Option<&str>) -> bool {
    code.is_some_and(|code| {
        code.starts_with("22") || code.starts_with("23") || ["42P01", "42703", "42883"].contains(&code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_again_with_every_attempt_is_told_from_what_may_pass() {
        for code in ["22021", "22P05", "23505", "42P01"] {
            assert!(hopeless(Some(code)), "{code}");
        }
        // A lock that timed out, a server that shuts down, a missing right that somebody may still grant.
        for code in ["55P03", "57P01", "40P01", "25P03", "42501"] {
            assert!(!hopeless(Some(code)), "{code}");
        }
        assert!(!hopeless(None));
    }
}
