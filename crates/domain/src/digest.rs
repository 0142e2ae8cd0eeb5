//! What was sent, as 32 bytes.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::{Envelope, JsonText};

/// SHA-256 over everything that the producer of an event sent, in one spelling. Equal digests under one event id mean a repeat,
/// different ones a conflict.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Wraps the 32 bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// From a store's column; `None` unless it has 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// From 64 hexadecimal digits; `None` for any other text.
    pub fn from_hex(text: &str) -> Option<Self> {
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
        Self::from_slice(&bytes?).filter(|_| rest.is_empty())
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The digest of a list of parts. Each part is preceded by its length, so that no two lists share their bytes.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        Self(hash.finalize().into())
    }

    /// The digest of bytes as they are.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Begins the digest of bytes that come piece by piece.
    pub fn begin() -> Digesting {
        Digesting(Sha256::new())
    }

    /// The digest of an envelope. `server_time` says that the producer sent no timestamp and the server filled its own in: the
    /// time is then left out, or a retry of the same request would look like another event.
    pub fn of_envelope(envelope: &Envelope, server_time: bool) -> Self {
        let timestamp = if server_time { String::new() } else { envelope.timestamp.to_string() };
        let parents: Vec<String> = envelope.correlation_ids.iter().map(ToString::to_string).collect();
        let causation = envelope.causation_id.map(|id| id.to_string());
        let texts = [
            envelope.event_id.to_string(),
            envelope.event_type.as_str().to_owned(),
            timestamp,
            envelope.version.clone(),
            envelope.source.canonical(),
            parents.join(","),
            canonical(envelope.agent_context.as_ref()),
            envelope.payload.canonical(),
            envelope.chain_id.clone().unwrap_or_default(),
            causation.unwrap_or_default(),
            envelope.traceparent.clone().unwrap_or_default(),
            canonical(envelope.extensions.as_ref()),
        ];
        Self::of_parts(texts.iter().map(String::as_bytes))
    }
}

/// The digest of bytes that come piece by piece.
#[derive(Clone, Debug)]
pub struct Digesting(Sha256);

impl Digesting {
    /// Takes the next piece.
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all pieces.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

fn canonical(json: Option<&JsonText>) -> String {
    json.map(JsonText::canonical).unwrap_or_default()
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
