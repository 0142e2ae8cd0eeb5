//! What a client says the declared fields of a message cannot hold: checked, so that no member stands in two places.

use god33_domain::JsonText;
use god33_proto::v1::ErrorReason;

use super::cursor::{Broken, Cursor, unquote};
use super::misfit::{CannotSay, NotTaken};
use super::read::{Strictness, read_field};
use super::repeats::repeated_member;
use super::shape::Shape;
use crate::wire::path::Path;
use crate::wire::violations::Violations;

/// Checks the text of a message's additional members. Gives what stands between its braces, and which declared members it says.
pub(super) fn check<'a>(
    shape: &Shape,
    text: &'a str,
    is_set: &dyn Fn(usize) -> bool,
    at: &Path<'_>,
    found: &mut Violations,
) -> (&'a str, Vec<usize>) {
    if text.is_empty() {
        return ("", Vec::new());
    }
    let at = at.member("additional_members");
    let Some(inner) = object(text, &at, found) else { return ("", Vec::new()) };
    let mut said = Vec::new();
    let checked = each_member(text, |name, value| {
        if let Some((index, field)) = shape.field(name) {
            match refusal(field, value, is_set(index)) {
                Ok(says_something) => said.extend(says_something.then_some(index)),
                Err(why) => found.add(&at, ErrorReason::InvalidMemberName, format!("names \"{name}\", which {why}")),
            }
        }
    });
    if checked.is_err() {
        found.add(&at, ErrorReason::InvalidJson, "is not well-formed JSON");
    }
    (inner, said)
}

/// Checks that a text is one JSON object without repeated members. Gives what stands between its braces.
pub(crate) fn object<'a>(text: &'a str, at: &Path<'_>, found: &mut Violations) -> Option<&'a str> {
    if let Err(error) = JsonText::parse(text) {
        found.add(at, ErrorReason::InvalidJson, error.to_string());
        return None;
    }
    if let Some(name) = repeated_member(text) {
        found.add(at, ErrorReason::InvalidJson, format!("repeats the member {name}: keep one of them"));
        return None;
    }
    let inner = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    if inner.is_none() {
        found.add(at, ErrorReason::InvalidJson, "must be a JSON object");
    }
    inner.map(str::trim)
}

/// Goes through the members of a well-formed object.
pub(crate) fn each_member<'a>(text: &'a str, mut member: impl FnMut(&str, &'a str)) -> Result<(), Broken> {
    let mut cursor = Cursor::new(text);
    cursor.expect(b'{')?;
    let mut first = true;
    while let Some(quoted) = cursor.next_member(&mut first)? {
        let value = cursor.value()?;
        member(&unquote(quoted).unwrap_or(quoted.into()), value);
    }
    Ok(())
}

/// Why a declared member may not stand among the additional ones. True when it may, and says something.
fn refusal(field: &super::shape::Field, value: &str, is_set: bool) -> Result<bool, String> {
    if is_set {
        return Err("is also set as a field: keep one of them".into());
    }
    match read_field(field, &mut Cursor::new(value), Strictness::Strict, &mut Vec::new()) {
        Ok(()) => Err("is declared: put its value into the field".into()),
        Err(NotTaken::CannotSay(why)) => Ok(why == CannotSay::Exactly),
        Err(NotTaken::Misfit(misfit)) => Err(format!(
            "is declared in another shape ({misfit}): to keep it as it is, send the whole payload as custom"
        )),
    }
}
