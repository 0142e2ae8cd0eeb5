//! `TYPE:PATH[:STATUS]`.

use god33_proto::v1::Artifact;

/// Reads what an agent made. The last part is a status only when it is a word, so that addresses with a port remain paths.
pub(in crate::cli) fn artifact(text: &str) -> Result<Artifact, String> {
    let wrong = || "must be TYPE:PATH or TYPE:PATH:STATUS, for instance code:src/auth.rs:modified".to_owned();
    let (kind, rest) = text.split_once(':').ok_or_else(wrong)?;
    let (path, status) = match rest.rsplit_once(':') {
        Some((path, status)) if is_word(status) => (path, status),
        _ => (rest, ""),
    };
    if kind.is_empty() || path.is_empty() {
        return Err(wrong());
    }
    Ok(Artifact { r#type: kind.into(), path: path.into(), status: status.into(), ..Artifact::default() })
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c == '-')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn parts(text: &str) -> (String, String, String) {
        let artifact = artifact(text).unwrap();
        (artifact.r#type, artifact.path, artifact.status)
    }

    #[test]
    fn an_artifact_has_a_type_a_path_and_perhaps_a_status() {
        assert_eq!(parts("code:src/a.rs:modified"), ("code".into(), "src/a.rs".into(), "modified".into()));
        assert_eq!(parts("docs:README.md"), ("docs".into(), "README.md".into(), String::new()));
    }

    #[test]
    fn an_address_is_a_path() {
        assert_eq!(parts("docs:https://a.example:8080/b").1, "https://a.example:8080/b");
        assert_eq!(parts("docs:https://a.example:created").1, "https://a.example");
        assert_eq!(parts("service:localhost:8080").1, "localhost:8080");
    }

    #[test]
    fn an_artifact_without_type_or_path_is_refused() {
        for text in ["", "src/a.rs", ":src/a.rs", "code:", "code::created"] {
            assert!(artifact(text).unwrap_err().starts_with("must be TYPE:PATH"), "{text}");
        }
    }
}
