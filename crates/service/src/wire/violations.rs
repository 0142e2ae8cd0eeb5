//! What is wrong with a request, all of it.

use god33_proto::v1::ErrorReason;

use super::path::Path;

/// One thing that is wrong with a request, and how to mend it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Violation {
    /// The field, from the request down.
    pub(crate) field: String,
    /// What is wrong and what would be right, to stand after the field's name.
    pub(crate) description: String,
    /// The kind of wrong.
    pub(crate) reason: ErrorReason,
    /// The details that the contract names for the reason.
    pub(crate) details: Vec<(&'static str, String)>,
}

/// Gathers what is wrong while a request is parsed, so that its sender learns everything at once.
#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<Violation>);

impl Violations {
    /// Notes that a field is wrong.
    pub(crate) fn add(&mut self, at: &Path<'_>, reason: ErrorReason, description: impl Into<String>) {
        self.add_with(at, reason, description, Vec::new());
    }

    /// Notes that a field is wrong, with details for programs.
    pub(crate) fn add_with(
        &mut self,
        at: &Path<'_>,
        reason: ErrorReason,
        description: impl Into<String>,
        details: Vec<(&'static str, String)>,
    ) {
        self.0.push(Violation { field: at.to_string(), description: description.into(), reason, details });
    }

    /// Notes what is wrong and keeps what is right.
    pub(crate) fn keep<T>(
        &mut self,
        at: &Path<'_>,
        reason: ErrorReason,
        parsed: Result<T, impl std::fmt::Display>,
    ) -> Option<T> {
        parsed.map_err(|error| self.add(at, reason, error.to_string())).ok()
    }

    /// How many things are wrong so far.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// True while nothing is wrong.
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Everything that is wrong.
    pub(crate) fn into_vec(self) -> Vec<Violation> {
        self.0
    }

    /// Ends the parsing: everything that is wrong, if anything is.
    pub(crate) fn finish(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}
