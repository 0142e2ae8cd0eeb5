//! Lists of ids and texts as one parameter each: SQLite limits how many parameters a statement has, but not how long a JSON
//! array is. A statement reads them with `json_each(?)`, ids through `unhex(value)`.

use std::fmt::Write as _;

use god33_domain::{Digest, EventId};
use uuid::Uuid;

/// A JSON array of ids in hexadecimal digits.
pub(crate) fn hex_array(ids: impl IntoIterator<Item = Uuid>) -> String {
    let mut array = String::from("[");
    for id in ids {
        let separator = if array.len() > 1 { "," } else { "" };
        // Writing to a String cannot fail.
        let _ = write!(array, "{separator}\"{}\"", id.as_simple());
    }
    array.push(']');
    array
}

/// [`hex_array`] of event ids.
pub(crate) fn event_ids(ids: &[EventId]) -> String {
    hex_array(ids.iter().map(|id| id.uuid()))
}

/// A JSON array of digests in hexadecimal digits.
pub(crate) fn digests(digests: &[Digest]) -> String {
    serde_json::Value::from_iter(digests.iter().map(Digest::to_string)).to_string()
}

/// A JSON array of texts.
pub(crate) fn text_array<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    serde_json::Value::from_iter(texts).to_string()
}

/// Ids one after the other, 16 bytes each: an event's `correlation_ids` column.
pub(crate) fn joined(ids: &[EventId]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.uuid().into_bytes()).collect()
}

/// The reverse of [`joined`]; `None` when the bytes do not come out even.
pub(crate) fn split(bytes: &[u8]) -> Option<Vec<EventId>> {
    let (ids, rest) = bytes.as_chunks::<16>();
    rest.is_empty().then(|| ids.iter().map(|id| EventId::new(Uuid::from_bytes(*id))).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn joined_ids_split_into_the_same_ids_and_odd_bytes_into_none() {
        let ids = [EventId::generate(), EventId::generate(), EventId::generate()];
        assert_eq!(split(&joined(&ids)).unwrap(), ids);
        assert_eq!(split(&[]), Some(vec![]));
        assert_eq!(split(&joined(&ids)[1..]), None);
    }

    #[test]
    fn arrays_are_json_whatever_the_texts_hold() {
        let texts = ["a", "\"b\"", "c\\", "ü\n"];
        let read: Vec<String> = serde_json::from_str(&text_array(texts)).unwrap();
        assert_eq!(read, texts);
        let id = Uuid::from_u128(0x0123);
        assert_eq!(hex_array([id, id]), format!("[\"{0}\",\"{0}\"]", "00000000000000000000000000000123"));
        assert_eq!(hex_array([]), "[]");
    }
}
