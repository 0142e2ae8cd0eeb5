//! Finds members that stand twice in one object.

use std::collections::HashSet;

use super::cursor::{Broken, Cursor, unquote};

/// The first member, with its quotes, that repeats one of the same object, at any depth; `None` in well-formed JSON without any.
pub(crate) fn repeated_member(json: &str) -> Option<String> {
    let mut found = None;
    // Well-formed by the time that it comes here; what is not has no members to repeat.
    let _: Result<(), Broken> = look(&mut Cursor::new(json), &mut found, 0);
    found
}

/// Deeper than this no accepted text nests.
const MAX_DEPTH: usize = 128;

fn look(cursor: &mut Cursor<'_>, found: &mut Option<String>, depth: usize) -> Result<(), Broken> {
    let mut first = true;
    match cursor.peek()? {
        _ if depth > MAX_DEPTH => return Err(Broken),
        b'{' => {
            cursor.expect(b'{')?;
            let mut names = HashSet::new();
            while let Some(quoted) = cursor.next_member(&mut first)? {
                if !names.insert(unquote(quoted).unwrap_or(quoted.into())) {
                    *found = Some(quoted.to_owned());
                    return Err(Broken);
                }
                look(cursor, found, depth + 1)?;
            }
        }
        b'[' => {
            cursor.expect(b'[')?;
            while cursor.next_item(&mut first)? {
                look(cursor, found, depth + 1)?;
            }
        }
        _ => {
            cursor.value()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::repeated_member;

    #[test]
    fn a_repeat_is_found_at_any_depth_and_in_any_spelling() {
        for (json, member) in [
            (r#"{"a":1,"a":2}"#, Some(r#""a""#)),
            (r#"[{"x":[{"b":1,"c":2,"b":3}]}]"#, Some(r#""b""#)),
            (r#"{"a":1,"\u0061":2}"#, Some(r#""\u0061""#)),
            (r#"{"a":{"a":{"a":[]}},"b":"{\"a\":1,\"a\":2}"}"#, None),
            ("null", None),
        ] {
            assert_eq!(repeated_member(json).as_deref(), member, "{json}");
        }
    }
}
