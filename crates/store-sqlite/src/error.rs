//! What goes wrong in SQLite, in the domain's words.

use god33_domain::ports::StoreError;

/// SQLite's primary result codes: somebody else holds a lock; and three that say that the content is wrong, not the
/// circumstances.
const BUSY: i32 = 5;
const CORRUPT: i32 = 11;
const CONSTRAINT: i32 = 19;
const NOT_A_DATABASE: i32 = 26;

/// Turns a driver's error into the store's: what cannot be read back, or breaks a constraint that the plan should have kept, is
/// corrupt; everything else (a full disk, an I/O error, a lock that did not come free) is worth another try.
pub(crate) fn failed(operation: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| {
        if is_about_content(&error) {
            StoreError::Corrupt { operation, detail: error.to_string() }
        } else {
            StoreError::Unavailable { operation, source: Box::new(error) }
        }
    }
}

/// A row that holds what it should not.
pub(crate) fn corrupt(operation: &'static str, detail: impl Into<String>) -> StoreError {
    StoreError::Corrupt { operation, detail: detail.into() }
}

fn is_about_content(error: &sqlx::Error) -> bool {
    use sqlx::Error as E;
    match error {
        E::ColumnDecode { .. }
        | E::Decode(_)
        | E::Encode(_)
        | E::ColumnNotFound(_)
        | E::ColumnIndexOutOfBounds { .. } => true,
        error => matches!(result_code(error), Some(CORRUPT | CONSTRAINT | NOT_A_DATABASE)),
    }
}

/// Another process holds a lock.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    result_code(error) == Some(BUSY)
}

/// The low byte of SQLite's extended result code.
fn result_code(error: &sqlx::Error) -> Option<i32> {
    let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(extended & 0xff)
}
