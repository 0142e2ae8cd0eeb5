//! What goes wrong with a database, in the words of the domain.

use std::error::Error;
use std::fmt;
use std::time::Duration;

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
        source: DriverError,
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
    Migration(#[source] DriverError),
    /// What was there could not be read, or partitions could not be made.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// An error of the driver. The driver's own texts have the text of their source in them; a chain of errors says it once.
#[derive(Debug)]
pub struct DriverError(Box<dyn Error + Send + Sync>);

impl From<sqlx::Error> for DriverError {
    fn from(error: sqlx::Error) -> Self {
        Self(Box::new(error))
    }
}

impl From<MigrateError> for DriverError {
    fn from(error: MigrateError) -> Self {
        Self(Box::new(error))
    }
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for DriverError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        let said = self.0.to_string();
        std::iter::successors(self.0.source(), |&error| error.source()).find(|error| !said.contains(&error.to_string()))
    }
}

/// The server said nothing for so long that nobody waits for it any more.
#[derive(Debug, thiserror::Error)]
#[error("no answer within {} s: the server, or the network to it, seems to stand still", .0.as_secs())]
pub(crate) struct NoAnswer(Duration);

impl NoAnswer {
    /// The same as an error of the store.
    pub(crate) fn within(patience: Duration) -> StoreError {
        StoreError::Unavailable { operation: "get an answer from PostgreSQL", source: Box::new(Self(patience)) }
    }
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
        None => StoreError::Unavailable { operation, source: Box::new(DriverError::from(error)) },
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
    fn a_chain_of_errors_says_the_same_only_once() {
        let error = store_error("list events", sqlx::Error::Io(std::io::Error::other("the cable is gone")));
        let said: Vec<String> = std::iter::successors(Some(&error as &dyn Error), |&error| error.source())
            .map(ToString::to_string)
            .collect();
        assert_eq!(said, ["the store could not list events", "error communicating with database: the cable is gone"]);
    }

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
