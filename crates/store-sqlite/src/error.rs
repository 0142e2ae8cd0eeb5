//! What goes wrong in SQLite, in the domain's words.

use god33_domain::ports::StoreError;

/// SQLite's primary result codes that mean that the content is wrong, not the circumstances.
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
        E::Database(error) => {
            let extended: Option<i32> = error.code().and_then(|code| code.parse().ok());
            extended.is_some_and(|code| matches!(code & 0xff, CORRUPT | CONSTRAINT | NOT_A_DATABASE))
        }
        _ => false,
    }
}
