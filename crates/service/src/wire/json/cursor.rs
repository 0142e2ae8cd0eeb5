//! Reads JSON text token by token, without building a value: so numbers keep their text, repeated members are seen, and what is passed
//! on is passed on as it was written.
//!
//! The text is known to be well-formed wherever it comes from ([`god33_domain::JsonText`]). Should it not be, reading ends with
//! [`Broken`] and never with a panic.

use std::borrow::Cow;

/// The text is no JSON after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken;

/// A place in a JSON text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The first byte of the next token.
    pub(crate) fn peek(&mut self) -> Result<u8, Broken> {
        let rest = &self.text.as_bytes()[self.at..];
        self.at += rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
        self.text.as_bytes().get(self.at).copied().ok_or(Broken)
    }

    /// Passes a byte when it is the next token.
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Ok(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Passes a byte that must be the next token.
    pub(crate) fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.take(byte) { Ok(()) } else { Err(Broken) }
    }

    /// Passes a text and gives it as it was written, with its quotes.
    pub(crate) fn quoted(&mut self) -> Result<&'a str, Broken> {
        self.peek()?;
        let start = self.at;
        self.expect(b'"')?;
        let mut escaped = false;
        for byte in &self.text.as_bytes()[self.at..] {
            self.at += 1;
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => return self.text.get(start..self.at).ok_or(Broken),
                _ => {}
            }
        }
        Err(Broken)
    }

    /// Passes a number, `true`, `false` or `null`, and gives it as it was written.
    pub(crate) fn bare(&mut self) -> Result<&'a str, Broken> {
        self.peek()?;
        let rest = &self.text[self.at..];
        let end = rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        self.at += end;
        if end == 0 { Err(Broken) } else { Ok(&rest[..end]) }
    }

    /// Passes one value of any kind and gives it as it was written.
    pub(crate) fn value(&mut self) -> Result<&'a str, Broken> {
        let first = self.peek()?;
        let start = self.at;
        match first {
            b'"' => return self.quoted(),
            b'{' | b'[' => self.pass_nested()?,
            _ => return self.bare(),
        }
        self.text.get(start..self.at).ok_or(Broken)
    }

    /// Counts brackets outside texts: as deep as it may be, it costs no stack.
    fn pass_nested(&mut self) -> Result<(), Broken> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => {
                    self.quoted()?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return Ok(());
            }
        }
    }

    /// Passes the name of the next member and its colon; `None` at the end of the object. Call [`Cursor::open`] first.
    pub(crate) fn next_member(&mut self, first: &mut bool) -> Result<Option<&'a str>, Broken> {
        if !self.next(b'}', first)? {
            return Ok(None);
        }
        let name = self.quoted()?;
        self.expect(b':')?;
        Ok(Some(name))
    }

    /// True when another item of an array follows.
    pub(crate) fn next_item(&mut self, first: &mut bool) -> Result<bool, Broken> {
        self.next(b']', first)
    }

    fn next(&mut self, close: u8, first: &mut bool) -> Result<bool, Broken> {
        if self.take(close) {
            return Ok(false);
        }
        if !std::mem::take(first) {
            self.expect(b',')?;
        }
        Ok(true)
    }
}

/// The text that a quoted text stands for; `None` for one that no text can hold (half of a surrogate pair).
pub(crate) fn unquote(quoted: &str) -> Option<Cow<'_, str>> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') { serde_json::from_str(quoted).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(inner)) }
}

/// Writes a text with quotes.
pub(crate) fn quote(text: &str, out: &mut String) {
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    out.push('"');
    if text.bytes().all(plain) {
        out.push_str(text);
    } else {
        text.chars().for_each(|c| quote_char(c, out));
    }
    out.push('"');
}

fn quote_char(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        c => out.push(c),
    }
}
