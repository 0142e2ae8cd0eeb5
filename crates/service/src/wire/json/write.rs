//! The bytes of a message to JSON text, with every check that the contract demands of its fields.

use god33_domain::Timestamp;
use god33_proto::v1::ErrorReason;
use prost::Message as _;
use prost_types::{Struct, Value};

use super::additional;
use super::bytes::{Fields, Raw};
use super::cursor::quote;
use super::duration;
use super::hex::hex;
use super::number::write_double;
use super::open::{separate, write_object as write_open_object, write_value as write_open_value};
use super::read::is_uuid;
use super::shape::{Count, Field, Kind, Shape};
use crate::wire::path::Path;
use crate::wire::violations::Violations;

/// RFC 3339 has years of four digits.
const FIRST_SECOND: i64 = -62_167_219_200;
const LAST_SECOND: i64 = 253_402_300_799;

/// Where the writing stands: the text so far, and what is wrong so far.
pub(super) struct Writer<'w> {
    pub(super) out: &'w mut String,
    pub(super) found: &'w mut Violations,
    /// Ids are written in lower case, whatever case they have.
    pub(super) lower_case_ids: bool,
}

/// The values of one field of a message.
type Values<'a> = (usize, Raw<'a>);

impl Writer<'_> {
    /// Writes an encoded message. `additional` is the text of its additional members where they do not stand in the message itself.
    pub(super) fn object(&mut self, shape: &Shape, message: &[u8], additional: Option<&str>, at: &Path<'_>) {
        let mut own_additional: &[u8] = &[];
        let mut values: Vec<Values<'_>> = Vec::with_capacity(shape.fields.len());
        for (number, raw) in Fields(message) {
            match shape.index_of(number) {
                Some(index) => values.push((index, raw)),
                None if shape.additional == Some(number) => own_additional = raw.bytes(),
                None => {}
            }
        }
        values.sort_by_key(|(index, _)| *index);
        let own_additional = std::str::from_utf8(own_additional).unwrap_or_default();
        let additional = additional.unwrap_or(own_additional);
        let is_set = |index: usize| values.iter().any(|(known, _)| *known == index);
        let (additional, said) = additional::check(shape, additional, &is_set, at, self.found);

        self.out.push('{');
        let start = self.out.len();
        for group in values.chunk_by(|a, b| a.0 == b.0) {
            self.member(&shape.fields[group[0].0], group, start, at);
        }
        if !additional.is_empty() {
            self.comma(start);
            self.out.push_str(additional);
        }
        self.out.push('}');
        for (index, field) in shape.fields.iter().enumerate() {
            if field.required && !is_set(index) && !said.contains(&index) {
                self.missing(field, at);
            }
        }
    }

    fn comma(&mut self, start: usize) {
        if self.out.len() > start {
            self.out.push(',');
        }
    }

    fn missing(&mut self, field: &Field, at: &Path<'_>) {
        let description = match field.kind {
            Kind::Enum(words) => format!("is required: set one of {}", words.listed()),
            Kind::Text if field.is_uuid => "is required: set a UUID in its hyphenated form".into(),
            _ => "is required and must not be empty".into(),
        };
        self.found.add(&at.member(&field.name), ErrorReason::InvalidField, description);
    }

    /// Writes a member; nothing when its value is the unspecified one of an enum.
    fn member(&mut self, field: &Field, values: &[Values<'_>], start: usize, at: &Path<'_>) {
        let before = self.out.len();
        self.comma(start);
        quote(&field.name, self.out);
        self.out.push(':');
        let at = at.member(&field.name);
        let is_written = match field.count {
            Count::One => values.last().is_some_and(|(_, raw)| self.value(field, *raw, &at)),
            Count::List => self.list(field, values, &at),
            Count::Map => self.map(field, values, &at),
        };
        if !is_written {
            self.out.truncate(before);
        }
    }

    fn list(&mut self, field: &Field, values: &[Values<'_>], at: &Path<'_>) -> bool {
        self.out.push('[');
        for (index, (_, raw)) in values.iter().enumerate() {
            separate(index, self.out);
            self.value(field, *raw, &at.item(index));
        }
        self.out.push(']');
        true
    }

    fn map(&mut self, field: &Field, values: &[Values<'_>], at: &Path<'_>) -> bool {
        self.out.push('{');
        for (index, (_, entry)) in values.iter().enumerate() {
            let (mut name, mut value) = ("", Raw::Varint(0));
            for (number, raw) in Fields(entry.bytes()) {
                match number {
                    1 => name = std::str::from_utf8(raw.bytes()).unwrap_or_default(),
                    _ => value = raw,
                }
            }
            separate(index, self.out);
            quote(name, self.out);
            self.out.push(':');
            self.value(field, value, &at.member(name));
        }
        self.out.push('}');
        true
    }

    /// Writes one value. False when it says the same as an absent one.
    fn value(&mut self, field: &Field, raw: Raw<'_>, at: &Path<'_>) -> bool {
        match field.kind {
            Kind::Text => self.text(field, raw, at),
            Kind::Bool => self.out.push_str(if raw.number() == 0 { "false" } else { "true" }),
            Kind::Double => self.double(f64::from_bits(raw.number()), at),
            // A negative number is encoded in two's complement of 64 bits, whatever its type.
            Kind::Integer(range) if range.least < 0 => self.out.push_str(&(raw.number() as i64).to_string()),
            Kind::Integer(_) => self.out.push_str(&raw.number().to_string()),
            Kind::Enum(words) => {
                let number = raw.number() as i32;
                match words.word(number) {
                    Some(word) => quote(word, self.out),
                    None if number == 0 => return false,
                    None => {
                        let description = format!(
                            "has the number {number}, which {} does not declare: use one of {}",
                            words.name,
                            words.listed()
                        );
                        self.found.add(at, ErrorReason::InvalidField, description);
                    }
                }
            }
            Kind::Timestamp => self.timestamp(raw.bytes(), at),
            Kind::Duration => self.duration(raw.bytes(), at),
            Kind::Bytes => {
                if field.must_be_filled() && raw.bytes().is_empty() {
                    self.missing_value(at);
                }
                quote(&hex(raw.bytes()), self.out);
            }
            Kind::Message(id) => {
                if field.must_be_filled() && raw.bytes().is_empty() {
                    self.missing_value(at);
                }
                self.object(id.shape(), raw.bytes(), None, at);
            }
            Kind::OpenObject => {
                let object = Struct::decode(raw.bytes()).unwrap_or_default();
                if field.must_be_filled() && object.fields.is_empty() {
                    self.missing_value(at);
                }
                let written = write_open_object(&object, self.out);
                self.note(written, at);
            }
            Kind::OpenValue => {
                let value = Value::decode(raw.bytes()).unwrap_or_default();
                let written = write_open_value(&value, self.out);
                self.note(written, at);
            }
        }
        true
    }

    fn missing_value(&mut self, at: &Path<'_>) {
        self.found.add(at, ErrorReason::InvalidField, "is required and must not be empty");
    }

    fn note(&mut self, written: Result<(), &'static str>, at: &Path<'_>) {
        if let Err(why) = written {
            self.found.add(at, ErrorReason::InvalidField, why);
        }
    }

    fn text(&mut self, field: &Field, raw: Raw<'_>, at: &Path<'_>) {
        let text = std::str::from_utf8(raw.bytes()).unwrap_or_default();
        if field.must_be_filled() && text.is_empty() {
            self.missing_value(at);
        }
        if field.is_uuid && !text.is_empty() && !is_uuid(text) {
            self.found.add(at, ErrorReason::InvalidUuid, "must be a UUID in its hyphenated form");
        }
        if field.is_uuid && self.lower_case_ids {
            return quote(&text.to_ascii_lowercase(), self.out);
        }
        quote(text, self.out);
    }

    fn double(&mut self, double: f64, at: &Path<'_>) {
        if double.is_finite() {
            write_double(double, self.out);
        } else {
            self.found.add(at, ErrorReason::InvalidField, "must be a finite number: JSON has no other");
        }
    }

    fn duration(&mut self, bytes: &[u8], at: &Path<'_>) {
        let length = prost_types::Duration::decode(bytes).unwrap_or_default();
        match duration::written(&length) {
            Some(seconds) => self.out.push_str(&seconds),
            None => self.found.add(at, ErrorReason::InvalidField, duration::OUT_OF_RANGE),
        }
    }

    fn timestamp(&mut self, bytes: &[u8], at: &Path<'_>) {
        let time = prost_types::Timestamp::decode(bytes).unwrap_or_default();
        let in_range = (FIRST_SECOND..=LAST_SECOND).contains(&time.seconds);
        let nanos = u32::try_from(time.nanos).unwrap_or(u32::MAX);
        match Timestamp::new(time.seconds, nanos) {
            Ok(time) if in_range => quote(&time.to_string(), self.out),
            _ => self.found.add(
                at,
                ErrorReason::InvalidTimestamp,
                "must lie in the years 0000 to 9999, with 0 to 999,999,999 nanoseconds",
            ),
        }
    }
}
