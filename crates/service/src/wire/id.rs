//! Ids and names.

use god33_domain::{AgentId, EventId, InvalidLabel, SessionId, WorkflowId};
use god33_proto::v1::ErrorReason;
use uuid::Uuid;

use super::path::Path;
use super::violations::Violations;

/// Reads a UUID in its hyphenated form.
pub(crate) fn uuid(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<Uuid> {
    let parsed = if text.len() == 36 { Uuid::try_parse(text).ok() } else { None };
    if parsed.is_none() {
        found.add(
            at,
            ErrorReason::InvalidUuid,
            "must be a UUID in its hyphenated form, such as 0198c5a4-6b0e-7f3a-9d51-2f4c1e8a7b60",
        );
    }
    parsed
}

/// Reads the one id that a request is about, as text.
pub(crate) fn required_uuid(text: &str, at: &Path<'_>) -> Result<String, Violations> {
    let mut found = Violations::default();
    uuid(text, at, &mut found).map(|id| id.to_string()).ok_or(found)
}

/// Reads the id of an event.
pub(crate) fn event_id(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<EventId> {
    uuid(text, at, found).map(EventId::new)
}

/// Reads the id of an event that may be absent.
pub(crate) fn optional_event_id(text: &str, at: &Path<'_>, found: &mut Violations) -> Option<EventId> {
    if text.is_empty() { None } else { event_id(text, at, found) }
}

/// Reads a list of ids of events.
pub(crate) fn event_ids(texts: &[String], at: &Path<'_>, found: &mut Violations) -> Vec<EventId> {
    let ids = texts.iter().enumerate().filter_map(|(index, text)| event_id(text, &at.item(index), found));
    ids.collect()
}

/// A name that is read from a text.
pub(crate) trait Label: Sized {
    /// Reads it.
    fn read(text: &str) -> Result<Self, InvalidLabel>;
}

impl Label for WorkflowId {
    fn read(text: &str) -> Result<Self, InvalidLabel> {
        Self::parse(text)
    }
}

impl Label for SessionId {
    fn read(text: &str) -> Result<Self, InvalidLabel> {
        Self::parse(text)
    }
}

impl Label for AgentId {
    fn read(text: &str) -> Result<Self, InvalidLabel> {
        Self::parse(text)
    }
}

/// Reads a name that must be there.
pub(crate) fn label<T: Label>(text: &str, at: &Path<'_>, reason: ErrorReason, found: &mut Violations) -> Option<T> {
    found.keep(at, reason, T::read(text))
}

/// Reads a name that may be absent.
pub(crate) fn optional_label<T: Label>(
    text: &str,
    at: &Path<'_>,
    reason: ErrorReason,
    found: &mut Violations,
) -> Option<T> {
    if text.is_empty() { None } else { label(text, at, reason, found) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_hyphenated_form_of_a_uuid_is_read() {
        let good = "0198C5A4-6b0e-7f3a-9d51-2f4c1e8a7b60";
        let mut found = Violations::default();
        assert_eq!(uuid(good, &Path::Request, &mut found).unwrap().to_string(), good.to_lowercase());
        let bad = [
            "",
            "abc",
            "0198c5a46b0e7f3a9d512f4c1e8a7b60",
            "{0198c5a4-6b0e-7f3a-9d51-2f4c1e8a7b60}",
            "é198c5a4-6b0e-7f3a-9d51-2f4c1e8a7b6",
        ];
        for (index, bad) in bad.iter().enumerate() {
            assert_eq!(uuid(bad, &Path::Request.member("event_id"), &mut found), None);
            assert_eq!(found.len(), index + 1);
        }
    }

    #[test]
    fn every_bad_id_of_a_list_is_named() {
        let mut found = Violations::default();
        let texts = ["x".to_owned(), EventId::generate().to_string(), String::new()];
        assert_eq!(event_ids(&texts, &Path::Request.member("event_ids"), &mut found).len(), 1);
        let fields: Vec<String> = found.into_vec().into_iter().map(|violation| violation.field).collect();
        assert_eq!(fields, ["event_ids[0]", "event_ids[2]"]);
    }
}
