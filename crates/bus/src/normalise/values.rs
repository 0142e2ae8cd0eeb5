//! Reads single values the way the estate's producers write them.

use god33_domain::{EventId, JsonText, Timestamp, is_plain_text};
use uuid::Uuid;

use crate::members::{Members, object, read_text};

/// An event id: any text but an empty one and the nil UUID, which names nothing.
pub fn event_id(json: &str) -> Option<EventId> {
    let text = read_text(json)?;
    let id = EventId::from_foreign(&text);
    (!text.trim().is_empty() && !id.uuid().is_nil()).then_some(id)
}

/// An event id that is a UUID, which a field holds as it is.
pub fn uuid(json: &str) -> Option<EventId> {
    let id = Uuid::try_parse(read_text(json)?.trim()).ok()?;
    (!id.is_nil()).then(|| EventId::new(id))
}

/// AMQP's message id as an event id, where it is sure to be unique: a UUID or a ULID. A counter or a name is neither.
pub fn message_id(text: &str) -> Option<EventId> {
    let is_uuid = Uuid::try_parse(text).is_ok_and(|id| !id.is_nil());
    let is_ulid = text.len() == 26 && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    (is_uuid || is_ulid).then(|| EventId::from_foreign(text))
}

/// A point in time: text, or a number of seconds or milliseconds since the epoch, also a number written as text.
pub fn time(json: &str) -> Option<Timestamp> {
    let text = read_text(json);
    let text = text.as_deref().unwrap_or(json);
    let number = || text.trim().parse().ok().and_then(|number| Timestamp::from_epoch_number(number).ok());
    Timestamp::parse_lenient(text).ok().or_else(number)
}

/// A text of 1 to `limit` readable characters, which a column can hold.
pub fn plain_text(json: &str, limit: usize) -> Option<String> {
    read_text(json).filter(|text| is_plain_text(text, limit))
}

/// The causes that a list names, and whether they say all that the list says.
pub struct Parents {
    /// The causes, in their order.
    pub ids: Vec<EventId>,
    /// Every item of the list is a UUID and among them.
    pub complete: bool,
}

/// The causes that a list (or a single text) names, at most `limit`.
pub fn parents(json: &str, limit: usize) -> Option<Parents> {
    if let Some(id) = event_id(json) {
        return Some(Parents { ids: vec![id], complete: uuid(json).is_some() });
    }
    let items: Vec<&serde_json::value::RawValue> = serde_json::from_str(json).ok()?;
    let ids: Vec<EventId> = items.iter().filter_map(|item| event_id(item.get())).take(limit).collect();
    let complete = ids.len() == items.len() && items.iter().all(|item| uuid(item.get()).is_some());
    Some(Parents { ids, complete })
}

/// An object as it stands.
pub fn object_text(json: &str) -> Option<JsonText> {
    json.starts_with('{').then(|| JsonText::from_trusted(json.to_owned()))
}

/// Who sent an event: an object as it stands, or a text lifted into one.
pub fn source(json: &str) -> Option<JsonText> {
    object_text(json)
        .or_else(|| json.starts_with('"').then(|| JsonText::from_trusted(object([("app", json), ("original", json)]))))
}

/// The W3C form of a `{trace_id, span_id, trace_flags}` object.
pub fn traceparent(json: &str) -> Option<String> {
    let members = Members::parse(json)?;
    let hex = |name: &str, digits: usize| {
        let text = members.get(name).and_then(read_text)?;
        (text.len() == digits && text.bytes().all(|b| b.is_ascii_hexdigit())).then(|| text.to_ascii_lowercase())
    };
    let flags = hex("trace_flags", 2).or_else(|| {
        let number: u8 = members.get("trace_flags")?.parse().ok()?;
        Some(format!("{number:02x}"))
    });
    Some(format!("00-{}-{}-{}", hex("trace_id", 32)?, hex("span_id", 16)?, flags.as_deref().unwrap_or("00")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn uuid_text() -> String {
        "3a217471-a2c9-4405-b4d4-9ffb1be3a41b".to_owned()
    }

    #[test]
    fn ids_are_texts_that_name_something() {
        assert_eq!(event_id("\"evt-1\""), Some(EventId::from_foreign("evt-1")));
        for nothing in ["\"\"", "\" \"", "\"00000000-0000-0000-0000-000000000000\"", "7", "{}"] {
            assert_eq!(event_id(nothing), None, "{nothing}");
            assert_eq!(uuid(nothing), None, "{nothing}");
        }
        assert_eq!(uuid("\"evt-1\""), None);
        for spelling in [uuid_text(), format!(" {} ", uuid_text().to_uppercase()), uuid_text().replace('-', "")] {
            let json = format!("\"{spelling}\"");
            assert_eq!((uuid(&json), event_id(&json)), (uuid_text().parse().ok(), uuid(&json)), "{spelling}");
        }
    }

    #[test]
    fn a_message_id_counts_only_when_it_is_sure_to_be_unique() {
        assert!(message_id("3a217471a2c94405b4d49ffb1be3a41b").is_some());
        assert!(message_id("01K7CKT5XHEY6DP8BH4CND1QKZ").is_some());
        for other in ["", "1", "heartbeat", "00000000000000000000000000000000", "message-of-26-characters-x"] {
            assert_eq!(message_id(other), None, "{other}");
        }
    }

    #[test]
    fn times_are_read_in_every_spelling() {
        let expected = Timestamp::parse("2025-10-12T16:25:00Z").unwrap();
        for json in ["1760286300000", "1760286300", "\"1760286300000\"", "\"2025-10-12T16:25:00\"", "1.7602863e12"] {
            assert_eq!(time(json), Some(expected), "{json}");
        }
        for json in ["\"soon\"", "{}", "1e999", "\"NaN\"", "true"] {
            assert_eq!(time(json), None, "{json}");
        }
    }

    #[test]
    fn a_list_of_causes_tells_whether_it_was_read_whole() {
        let (a, b) = (uuid_text(), "0b7c3f0e-5f57-4d61-9a0e-2f4d8b1c6a77");
        let all = parents(&format!(r#"["{a}", "{b}"]"#), 2).unwrap();
        assert_eq!((all.ids, all.complete), (vec![EventId::from_foreign(&a), EventId::from_foreign(b)], true));
        assert!(!parents(&format!(r#"["{a}","{b}"]"#), 1).unwrap().complete);
        assert!(!parents(&format!(r#"["{a}",1]"#), 9).unwrap().complete);
        let text = parents(&format!(r#"["{a}","b"]"#), 9).unwrap();
        assert_eq!((text.ids, text.complete), (vec![EventId::from_foreign(&a), EventId::from_foreign("b")], false));
        assert!(parents(&format!("\"{a}\""), 9).unwrap().complete);
        let single = parents("\"a\"", 9).unwrap();
        assert_eq!((single.ids.len(), single.complete), (1, false));
        assert!(parents("7", 9).is_none());
    }

    #[test]
    fn a_trace_context_becomes_a_traceparent() {
        let (trace, span) = ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
        let json = format!(r#"{{"trace_id":"{trace}","span_id":"{span}","trace_flags":1}}"#);
        assert_eq!(traceparent(&json), Some(format!("00-{trace}-{span}-01")));
        assert_eq!(traceparent(r#"{"trace_id":"x"}"#), None);
    }
}
