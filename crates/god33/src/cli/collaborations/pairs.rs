//! `KEY=JSON` and `KEY=N`: what to set, and the versions that were read.

use god33_domain::JsonText;
use god33_proto::v1::SharedContextChange;
use god33_service::text::open_object_of;
use prost_types::Value;

use crate::cli::Failure;
use crate::cli::arguments::json;

/// A key, and what stands behind its `=`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Pair<T> {
    key: String,
    value: T,
}

/// Reads the version of a key.
pub(super) fn version(text: &str) -> Result<Pair<u64>, String> {
    let wrong = || "must be KEY=VERSION, for instance auth=3; version 0: the key must not exist".to_owned();
    let pair = pair(text).ok_or_else(wrong)?;
    Ok(Pair { value: pair.value.parse().map_err(|_| wrong())?, key: pair.key })
}

/// Splits the arguments into the collaboration, where the first one is no pair, and the pairs.
pub(super) fn split(arguments: &[String]) -> Result<(Option<String>, Vec<Pair<String>>), Failure> {
    let (collaboration, pairs) = match arguments {
        [first, rest @ ..] if !first.contains('=') => (Some(first.clone()), rest),
        all => (None, all),
    };
    let wrong = |text: &str| Failure::Usage(format!("{text} must be KEY=JSON, for instance {EXAMPLE}"));
    if pairs.is_empty() {
        return Err(Failure::Usage(format!("nothing to set: add KEY=JSON, for instance {EXAMPLE}")));
    }
    let read: Result<_, _> = pairs.iter().map(|text| pair(text).ok_or_else(|| wrong(text))).collect();
    Ok((collaboration, read?))
}

const EXAMPLE: &str = r#"auth='"jwt"' or retries=3"#;

/// The changes, each with the version that was read where one is given.
pub(super) fn changes(pairs: Vec<Pair<String>>, versions: &[Pair<u64>]) -> Result<Vec<SharedContextChange>, Failure> {
    if let Some(stray) = versions.iter().find(|version| !pairs.iter().any(|pair| pair.key == version.key)) {
        return Err(Failure::Usage(format!(
            "--expect-version {}={}: that key is not set here",
            stray.key, stray.value
        )));
    }
    let change = |Pair { key, value }: Pair<String>| {
        let value = json(&key, &value, open_value_of)?;
        let expected_version = versions.iter().find(|version| version.key == key).map(|version| version.value);
        Ok(SharedContextChange { key, value: Some(value), expected_version })
    };
    pairs.into_iter().map(change).collect()
}

fn pair(text: &str) -> Option<Pair<String>> {
    let (key, value) = text.split_once('=').filter(|(key, _)| !key.is_empty())?;
    Some(Pair { key: key.into(), value: value.into() })
}

/// Reads any JSON value.
fn open_value_of(text: &str) -> Result<Value, String> {
    let value = JsonText::parse(text).map_err(|error| format!("{error} (a text stands in quotes: KEY='\"text\"')"))?;
    let mut object = open_object_of(&format!(r#"{{"value":{}}}"#, value.as_str()))?;
    object.fields.remove("value").ok_or_else(|| "is no JSON value".into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use prost_types::value::Kind;

    use super::*;

    fn arguments(texts: &[&str]) -> Vec<String> {
        texts.iter().map(ToString::to_string).collect()
    }

    fn read(texts: &[&str], versions: &[&str]) -> Result<Vec<SharedContextChange>, Failure> {
        let versions: Vec<_> = versions.iter().map(|text| version(text).unwrap()).collect();
        changes(split(&arguments(texts))?.1, &versions)
    }

    #[test]
    fn what_has_no_equals_sign_before_the_pairs_is_the_collaboration() {
        let (collaboration, pairs) = split(&arguments(&["c-1", "a=1", "b=2"])).unwrap();
        assert_eq!((collaboration.as_deref(), pairs.len()), (Some("c-1"), 2));
        assert_eq!(split(&arguments(&["a=1"])).unwrap().0, None);
    }

    #[test]
    fn a_pair_is_a_key_and_any_json() {
        let changes = read(&["auth=\"jwt\"", "old=null", "url={\"a\":[\"b=c\"]}"], &["auth=3", "old=0"]).unwrap();
        let kinds: Vec<_> = changes.iter().map(|change| change.value.clone().unwrap().kind.unwrap()).collect();
        assert_eq!(kinds[0], Kind::StringValue("jwt".into()));
        assert_eq!(kinds[1], Kind::NullValue(0));
        assert!(matches!(kinds[2], Kind::StructValue(_)));
        let versions: Vec<_> = changes.iter().map(|change| change.expected_version).collect();
        assert_eq!(versions, [Some(3), Some(0), None]);
    }

    #[test]
    fn what_is_no_pair_is_refused_with_an_example() {
        for texts in [&[][..], &["c-1"], &["c-1", "auth"], &["=1"], &["a=1", "c-1"]] {
            let wrong = read(texts, &[]).unwrap_err().to_string();
            assert!(wrong.contains("KEY=JSON"), "{wrong}");
        }
    }

    #[test]
    fn a_value_that_is_no_json_is_refused_by_its_key() {
        for text in ["auth=jwt", "auth=", "auth=1}", r#"auth=1,"other":2"#] {
            let wrong = read(&[text], &[]).unwrap_err().to_string();
            assert!(wrong.starts_with("auth is not well-formed JSON") && wrong.contains("in quotes"), "{wrong}");
        }
    }

    #[test]
    fn a_version_must_belong_to_a_key_that_is_set() {
        let wrong = read(&["a=1"], &["b=2"]).unwrap_err().to_string();
        assert_eq!(wrong, "--expect-version b=2: that key is not set here");
        for text in ["a", "a=", "a=-1", "a=x", "=1"] {
            assert!(version(text).unwrap_err().starts_with("must be KEY=VERSION"), "{text}");
        }
    }
}
