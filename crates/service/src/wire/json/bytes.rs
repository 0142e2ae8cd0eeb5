//! Protobuf's bytes: just enough of the encoding to read and write the messages that have a JSON form.

use prost::encoding::{decode_varint, encode_varint};

/// What follows a field's number.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Raw<'a> {
    /// A whole number, a truth value or an enum's value.
    Varint(u64),
    /// A double.
    Fixed64(u64),
    /// A text, a message, or an entry of a map.
    Bytes(&'a [u8]),
}

impl<'a> Raw<'a> {
    /// The bytes of a text or a message; none for a number.
    pub(crate) const fn bytes(self) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Varint(_) | Self::Fixed64(_) => &[],
        }
    }

    /// The number; 0 for bytes.
    pub(crate) const fn number(self) -> u64 {
        match self {
            Self::Varint(number) | Self::Fixed64(number) => number,
            Self::Bytes(_) => 0,
        }
    }
}

/// The fields of an encoded message in the order in which they stand. What is no message ends the list.
pub(crate) struct Fields<'a>(pub(crate) &'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = (u32, Raw<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        let key = decode_varint(&mut self.0).ok()?;
        let raw = match key & 7 {
            0 => Raw::Varint(decode_varint(&mut self.0).ok()?),
            1 => Raw::Fixed64(u64::from_le_bytes(self.take(8)?.try_into().ok()?)),
            2 => {
                let length = usize::try_from(decode_varint(&mut self.0).ok()?).ok()?;
                Raw::Bytes(self.take(length)?)
            }
            _ => return None,
        };
        Some((u32::try_from(key >> 3).ok()?, raw))
    }
}

impl<'a> Fields<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }
}

/// Writes a whole number, a truth value or an enum's value.
pub(crate) fn put_varint(number: u32, value: u64, out: &mut Vec<u8>) {
    encode_varint(u64::from(number) << 3, out);
    encode_varint(value, out);
}

/// Writes a double.
pub(crate) fn put_double(number: u32, value: f64, out: &mut Vec<u8>) {
    encode_varint(u64::from(number) << 3 | 1, out);
    out.extend_from_slice(&value.to_le_bytes());
}

/// Writes a text or a message.
pub(crate) fn put_bytes(number: u32, bytes: &[u8], out: &mut Vec<u8>) {
    encode_varint(u64::from(number) << 3 | 2, out);
    encode_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}
